import { mediaTypes } from '../topics/web.ts'
import type { Agreement } from '../members.ts'

/** The media type and the ending stated beside a file are those of its name. */
export const filesAgree: Agreement = (members) => {
  const name = members.text(members.find('file name', 'original file name', 'name', 'attachment name'))
  const ending = /\.([a-z]{3,4})$/.exec(name ?? '')?.[1]
  if (ending === undefined || mediaTypes[ending] === undefined) return undefined
  const type = members.find('mime type', 'content type', 'media type')
  const stated = members.find('extension', 'file extension', 'file ext', 'ext')
  return {
    ...(members.text(type)?.includes('/') && { [type as string]: mediaTypes[ending] }),
    ...(members.text(stated) !== undefined && { [stated as string]: ending }),
  }
}
