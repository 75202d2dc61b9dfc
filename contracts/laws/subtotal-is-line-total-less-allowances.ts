import { stated } from '../amount.ts'
import { equate } from '../equation.ts'
import { defineLaw } from '../law.ts'
import { allowancesOf, chargesOf } from '../terms.ts'

/** BR-CO-13. */
export const subtotalIsLineTotalLessAllowances = defineLaw({
  code: 'BR-CO-13',
  says: 'subtotal = line total − allowances + charges',
  scope: 'invoice',
  needs: ['invoice.subtotal', 'invoice.lineTotal'],
  judge: (invoice, context) =>
    equate(
      invoice,
      'invoice.subtotal',
      {
        plus: [stated(invoice, 'invoice.lineTotal', context), chargesOf(invoice, context)],
        minus: [allowancesOf(invoice, context)],
      },
      context,
    ),
})
