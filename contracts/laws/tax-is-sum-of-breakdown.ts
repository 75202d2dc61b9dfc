import { equate } from '../equation.ts'
import { defineLaw } from '../law.ts'
import { sumOf } from '../terms.ts'

/** BR-CO-14. */
export const taxIsSumOfBreakdown = defineLaw({
  code: 'BR-CO-14',
  says: 'tax = Σ tax breakdown',
  scope: 'invoice',
  needs: ['invoice.tax', 'invoice.taxes', 'tax.amount'],
  judge: (invoice, context) =>
    invoice.has('invoice.taxes')
      ? equate(invoice, 'invoice.tax', { plus: [sumOf(invoice.list('invoice.taxes'), 'tax.amount', context)] }, context)
      : undefined,
})
