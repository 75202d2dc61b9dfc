import { equation } from '../clauses/equation.ts'
import type { Law } from '../law.ts'
import { paidOf, roundingOf, totalOf } from '../terms.ts'

/** BR-CO-16. What is paid is optional (BT-113): an invoice that leaves it out has nothing paid. */
export const dueIsTotalLessPaid: Law = {
  code: 'BR-CO-16',
  says: 'due = total − paid + rounding',
  about: 'invoice',
  needs: ['invoice.due', 'invoice.paid', ['invoice.total', 'invoice.payable']],
  uses: ['invoice.rounding'],
  clauses: [equation('invoice.due', { plus: [totalOf, roundingOf], minus: [paidOf] })],
}
