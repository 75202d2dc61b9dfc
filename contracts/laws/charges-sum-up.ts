import { equation } from '../clauses/equation.ts'
import type { Law } from '../law.ts'
import { sumOf } from '../terms.ts'

/** BR-CO-12. */
export const chargesSumUp: Law = {
  code: 'BR-CO-12',
  says: 'charges = Σ document-level charges',
  about: 'invoice',
  needs: ['invoice.charges', 'invoice.chargeList', 'charge.amount'],
  uses: [],
  clauses: [equation('invoice.charges', { plus: [sumOf('invoice.chargeList', 'charge.amount')], isOptional: true })],
}
