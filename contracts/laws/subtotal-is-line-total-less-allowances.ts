import { amount, equation } from '../clauses/equation.ts'
import type { Law } from '../law.ts'
import { allowancesOf, chargesOf } from '../terms.ts'

/** BR-CO-13. */
export const subtotalIsLineTotalLessAllowances: Law = {
  code: 'BR-CO-13',
  says: 'subtotal = line total − allowances + charges',
  about: 'invoice',
  needs: ['invoice.subtotal', 'invoice.lineTotal'],
  uses: ['invoice.allowances', 'invoice.charges'],
  clauses: [equation('invoice.subtotal', { plus: [amount('invoice.lineTotal'), chargesOf], minus: [allowancesOf] })],
}
