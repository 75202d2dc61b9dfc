import { amount, equation } from '../clauses/equation.ts'
import type { Law } from '../law.ts'

/** What is asked for is the total, whatever has been paid since. */
export const payableIsTotal: Law = {
  code: 'PF-PAYABLE',
  says: 'the amount asked for = total',
  about: 'invoice',
  needs: ['invoice.payable', 'invoice.total'],
  uses: [],
  clauses: [equation('invoice.payable', { plus: [amount('invoice.total')] })],
}
