/** One part of a `multipart/form-data` body. */
export interface FormPart {
  readonly name: string
  readonly filename?: string
  /** As stated; lower case, without parameters. */
  readonly type?: string
  readonly content: Uint8Array
}

/** Returns the parts of a form, or `undefined` where the body is none (RFC 7578, RFC 2046). */
export function partsOfForm(body: Uint8Array, contentType: string): FormPart[] | undefined {
  const boundary = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType)
  const delimiter = boundary && `--${boundary[1] ?? boundary[2]}`
  if (!delimiter) return undefined
  // One character is one byte, so places in the text are places in the body.
  const text = latin1(body)
  const parts: FormPart[] = []
  let start = text.startsWith(delimiter) ? delimiter.length : after(text, `\r\n${delimiter}`, 0)
  for (;;) {
    if (start < 0) return undefined
    if (text.startsWith('--', start)) return parts
    const head = after(text, '\r\n\r\n', start)
    const end = head < 0 ? -1 : text.indexOf(`\r\n${delimiter}`, head - 2)
    if (end < 0) return undefined
    const fields = utf8(body.subarray(start, head))
    const disposition = /^content-disposition:\s*form-data\b(.*)$/im.exec(fields)?.[1] ?? ''
    const name = parameterOf(disposition, 'name')
    const filename = parameterOf(disposition, 'filename')
    const type = /^content-type:\s*([^\s;]+)/im.exec(fields)?.[1]?.toLowerCase()
    if (name === undefined) return undefined
    parts.push({
      name,
      ...(filename !== undefined && { filename }),
      ...(type !== undefined && { type }),
      content: body.subarray(head, Math.max(head, end)),
    })
    start = end + delimiter.length + 2
  }
}

function after(text: string, mark: string, from: number): number {
  const index = text.indexOf(mark, from)
  return index < 0 ? -1 : index + mark.length
}

const parameterOf = (disposition: string, name: string): string | undefined =>
  new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1]

const latin1 = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes)
const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
