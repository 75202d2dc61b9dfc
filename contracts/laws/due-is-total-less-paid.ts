import { amount, equation } from '../clauses/equation.ts'
import type { Law } from '../law.ts'
import { roundingOf, totalOf } from '../terms.ts'

/** BR-CO-16. */
export const dueIsTotalLessPaid: Law = {
  code: 'BR-CO-16',
  says: 'due = total − paid + rounding',
  about: 'invoice',
  needs: ['invoice.due', 'invoice.paid', ['invoice.total', 'invoice.payable']],
  clauses: [equation('invoice.due', { plus: [totalOf, roundingOf], minus: [amount('invoice.paid')] })],
}
