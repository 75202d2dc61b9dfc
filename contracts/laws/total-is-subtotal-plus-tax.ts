import { equate } from '../equation.ts'
import { defineLaw } from '../law.ts'
import { subtotalOf, taxOf, totalRole } from '../terms.ts'

/** BR-CO-15. What is asked for stands in for the total where the document has no role for that. */
export const totalIsSubtotalPlusTax = defineLaw({
  code: 'BR-CO-15',
  says: 'total = subtotal + tax',
  scope: 'invoice',
  needs: [
    ['invoice.total', 'invoice.payable'],
    ['invoice.subtotal', 'invoice.lineTotal'],
  ],
  judge: (invoice, context) =>
    equate(invoice, totalRole(context), { plus: [subtotalOf(invoice, context), taxOf(invoice, context)] }, context),
})
