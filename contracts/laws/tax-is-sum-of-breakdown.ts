import { equation } from '../clauses/equation.ts'
import type { Law } from '../law.ts'
import { sumOf } from '../terms.ts'

/** BR-CO-14. */
export const taxIsSumOfBreakdown: Law = {
  code: 'BR-CO-14',
  says: 'tax = Σ tax breakdown',
  about: 'invoice',
  needs: ['invoice.tax', 'invoice.taxes', 'tax.amount'],
  uses: [],
  clauses: [equation('invoice.tax', { plus: [sumOf('invoice.taxes', 'tax.amount')] })],
}
