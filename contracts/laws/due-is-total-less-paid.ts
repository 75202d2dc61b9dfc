import { stated } from '../amount.ts'
import { equate } from '../equation.ts'
import { defineLaw } from '../law.ts'
import { roundingOf, totalOf } from '../terms.ts'

/** BR-CO-16. */
export const dueIsTotalLessPaid = defineLaw({
  code: 'BR-CO-16',
  says: 'due = total − paid + rounding',
  scope: 'invoice',
  needs: ['invoice.due', 'invoice.paid', ['invoice.total', 'invoice.payable']],
  judge: (invoice, context) =>
    equate(
      invoice,
      'invoice.due',
      {
        plus: [totalOf(invoice, context), roundingOf(invoice, context)],
        minus: [stated(invoice, 'invoice.paid', context)],
      },
      context,
    ),
})
