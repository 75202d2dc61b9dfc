import type { Frame } from '../plan/frame.ts'

/** What the ledger says of a page. */
export const exchange = {
  'page.items': ({ page }: Frame) => page.invoices,
  'page.pages': ({ page }: Frame) =>
    page.total === undefined || !page.size ? undefined : Math.ceil(page.total / page.size),
  'page.count': ({ page }: Frame) => (page.invoices ?? page.messages)?.length,
  'page.next': ({ page }: Frame) => {
    const { number, size, total } = page
    return number === undefined || size === undefined || total === undefined || (number + 1) * size >= total
      ? undefined
      : number + 1
  },
}
