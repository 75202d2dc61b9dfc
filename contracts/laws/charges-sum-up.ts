import { equate } from '../equation.ts'
import { defineLaw } from '../law.ts'
import { sumOf } from '../terms.ts'

/** BR-CO-12. */
export const chargesSumUp = defineLaw({
  code: 'BR-CO-12',
  says: 'charges = Σ document-level charges',
  scope: 'invoice',
  needs: ['invoice.charges', 'invoice.chargeList', 'charge.amount'],
  judge: (invoice, context) =>
    invoice.has('invoice.chargeList')
      ? equate(
          invoice,
          'invoice.charges',
          { plus: [sumOf(invoice.list('invoice.chargeList'), 'charge.amount', context)] },
          context,
        )
      : undefined,
})
