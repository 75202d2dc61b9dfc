import { defineLaw } from '../law.ts'

/** BR-16. An invoice whose lines still have to be synchronised is left out. */
export const atLeastOneLine = defineLaw({
  code: 'BR-16',
  says: 'an invoice has at least one line',
  scope: 'invoice',
  needs: ['invoice.lines'],
  judge(invoice) {
    if (!invoice.has('invoice.lines') || invoice.first('invoice.needsLineSync')?.raw === true) return undefined
    return invoice.list('invoice.lines').length > 0
      ? []
      : [{ at: invoice.pointer, expected: 'at least one line', received: 'no lines' }]
  },
})
