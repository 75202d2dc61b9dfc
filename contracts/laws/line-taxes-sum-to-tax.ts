import { amount, equation } from '../clauses/equation.ts'
import type { Law } from '../law.ts'
import { sumOfLines } from '../terms.ts'

/** The lines share the invoice's tax among them, that of allowances and charges included. */
export const lineTaxesSumToTax: Law = {
  code: 'PF-LINE-TAX',
  says: 'tax = Σ line taxes',
  about: 'invoice',
  needs: ['invoice.tax', 'invoice.lines', 'line.tax'],
  clauses: [equation('invoice.tax', { plus: [sumOfLines(amount('line.tax'))] })],
}
