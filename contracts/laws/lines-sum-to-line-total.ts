import { equation } from '../clauses/equation.ts'
import type { EquationTerms } from '../clauses/equation.ts'
import type { Law } from '../law.ts'
import { allLines, allowancesOf, chargesOf, lineNetOf, sumOfLines, taxOf } from '../terms.ts'

const nets = sumOfLines(lineNetOf)
const total: EquationTerms = { plus: [nets, chargesOf, taxOf], minus: [allowancesOf] }

/** BR-CO-10. Where the document has no role for the line total, the lines must make the subtotal, or else the total. */
export const linesSumToLineTotal: Law = {
  code: 'BR-CO-10',
  says: 'line total = Σ line net amounts',
  about: 'invoice',
  needs: [
    'invoice.lines',
    ['line.net', 'line.total', 'line.price'],
    ['invoice.lineTotal', 'invoice.subtotal', 'invoice.total', 'invoice.payable'],
  ],
  uses: ['invoice.allowances', 'invoice.charges'],
  clauses: [
    equation('invoice.lineTotal', { plus: [allLines(lineNetOf)] }),
    equation('invoice.subtotal', {
      plus: [nets, chargesOf],
      minus: [allowancesOf],
      unless: ['invoice.lineTotal'],
    }),
    equation('invoice.total', { ...total, unless: ['invoice.lineTotal', 'invoice.subtotal'] }),
    equation('invoice.payable', { ...total, unless: ['invoice.lineTotal', 'invoice.subtotal', 'invoice.total'] }),
  ],
}
