import type { Frame } from '../plan/frame.ts'

/** What the ledger says of a page. */
export const exchange = {
  'page.items': ({ page }: Frame) => page.invoices,
  'page.messages': ({ page }: Frame) => page.messages,
  'page.number': ({ page }: Frame) => page.number,
  'page.size': ({ page }: Frame) => page.size,
  'page.unlimited': () => undefined,
  'page.total': ({ page }: Frame) => page.total,
  'page.pages': ({ page }: Frame) =>
    page.total === undefined || !page.size ? undefined : Math.ceil(page.total / page.size),
  'page.count': ({ page }: Frame) => (page.invoices ?? page.messages)?.length,
  'page.next': ({ page }: Frame) => {
    const { number, size, total } = page
    return number === undefined || size === undefined || total === undefined || (number + 1) * size >= total
      ? undefined
      : number + 1
  },
  'page.cursor': ({ page }: Frame) => page.cursor,
  'page.nextCursor': ({ page }: Frame) => page.nextCursor,
  'page.previousCursor': ({ page }: Frame) => page.previousCursor,
  'page.since': ({ page }: Frame) => page.since,
  'page.isPartial': () => false,
  'page.timezone': ({ page }: Frame) => page.timezone,
}
