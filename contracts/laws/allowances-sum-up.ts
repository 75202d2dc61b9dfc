import { equate } from '../equation.ts'
import { defineLaw } from '../law.ts'
import { sumOf } from '../terms.ts'

/** BR-CO-11. */
export const allowancesSumUp = defineLaw({
  code: 'BR-CO-11',
  says: 'allowances = Σ document-level allowances',
  scope: 'invoice',
  needs: ['invoice.allowances', 'invoice.allowanceList', 'allowance.amount'],
  judge: (invoice, context) =>
    invoice.has('invoice.allowanceList')
      ? equate(
          invoice,
          'invoice.allowances',
          { plus: [sumOf(invoice.list('invoice.allowanceList'), 'allowance.amount', context)] },
          context,
        )
      : undefined,
})
