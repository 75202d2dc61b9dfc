import { equation } from '../clauses/equation.ts'
import type { Law } from '../law.ts'
import { sumOf } from '../terms.ts'

/** BR-CO-11. */
export const allowancesSumUp: Law = {
  code: 'BR-CO-11',
  says: 'allowances = Σ document-level allowances',
  about: 'invoice',
  needs: ['invoice.allowances', 'invoice.allowanceList', 'allowance.amount'],
  uses: [],
  clauses: [
    equation('invoice.allowances', { plus: [sumOf('invoice.allowanceList', 'allowance.amount')], isOptional: true }),
  ],
}
