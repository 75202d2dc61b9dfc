import { equate } from '../equation.ts'
import { defineLaw } from '../law.ts'
import { allLinesOf, sumOf } from '../terms.ts'

/** The lines share the invoice's tax among them, that of allowances and charges included. */
export const lineTaxesSumToTax = defineLaw({
  code: 'PF-LINE-TAX',
  says: 'tax = Σ line taxes',
  scope: 'invoice',
  needs: ['invoice.tax', 'invoice.lines', 'line.tax'],
  judge(invoice, context) {
    const lines = allLinesOf(invoice)
    return lines && equate(invoice, 'invoice.tax', { plus: [sumOf(lines, 'line.tax', context)] }, context)
  },
})
