import { equation } from '../clauses/equation.ts'
import type { Law } from '../law.ts'
import { subtotalOf, taxOf } from '../terms.ts'

const plus = [subtotalOf, taxOf]

/** BR-CO-15. What is asked for stands in for the total where the document has no role for that. */
export const totalIsSubtotalPlusTax: Law = {
  code: 'BR-CO-15',
  says: 'total = subtotal + tax',
  about: 'invoice',
  needs: [
    ['invoice.total', 'invoice.payable'],
    ['invoice.subtotal', 'invoice.lineTotal'],
  ],
  uses: ['invoice.tax', 'invoice.allowances', 'invoice.charges'],
  clauses: [equation('invoice.total', { plus }), equation('invoice.payable', { plus, unless: ['invoice.total'] })],
}
