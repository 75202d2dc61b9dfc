import type { Role } from '../../spec/index.ts'
import { equate } from '../equation.ts'
import { defineLaw } from '../law.ts'
import type { Context } from '../law.ts'
import { addUp, allLinesOf, allowancesOf, chargesOf, lineNetOf, taxOf, totalRole } from '../terms.ts'

/** BR-CO-10. Where the document has no role for the line total, the lines must make the subtotal, or else the total. */
export const linesSumToLineTotal = defineLaw({
  code: 'BR-CO-10',
  says: 'line total = Σ line net amounts',
  scope: 'invoice',
  needs: [
    'invoice.lines',
    ['line.net', 'line.total', 'line.price'],
    ['invoice.lineTotal', 'invoice.subtotal', 'invoice.total', 'invoice.payable'],
  ],
  judge(invoice, context) {
    const nets = allLinesOf(invoice)?.map((line) => lineNetOf(line, context))
    if (!nets) return undefined
    const role = sumRole(context)
    if (role === 'invoice.lineTotal') return equate(invoice, role, { plus: nets }, context)
    const plus = [
      addUp(nets),
      chargesOf(invoice, context),
      ...(role === 'invoice.subtotal' ? [] : [taxOf(invoice, context)]),
    ]
    return equate(invoice, role, { plus, minus: [allowancesOf(invoice, context)] }, context)
  },
})

function sumRole(context: Context): Role {
  const stated = (['invoice.lineTotal', 'invoice.subtotal'] as const).find((role) => context.bound.has(role))
  return stated ?? totalRole(context)
}
