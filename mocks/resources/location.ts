import type { Item } from '../../factories/index.ts'
import { usualReply, valueAt } from '../../spec/index.ts'
import type { Asked } from './resolve.ts'

/** Returns the address of a created item, where the answer documents the header (RFC 9110, 10.2.2). */
export function locationOf({ context, resource }: Asked, item: Item): string | undefined {
  const documented = usualReply(context.operation).reply?.headers.some(({ name }) => name.toLowerCase() === 'location')
  const id = resource.identity && valueAt(item, resource.identity)
  if (!documented || id === undefined) return undefined
  const { origin, pathname } = new URL(context.request.url)
  return `${origin}${pathname.replace(/\/$/, '')}/${encodeURIComponent(String(id))}`
}
