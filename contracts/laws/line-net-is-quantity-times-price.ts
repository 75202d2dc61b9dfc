import { formatDecimal, readNumber } from '../../spec/index.ts'
import type { Scope } from '../../spec/index.ts'
import { equate } from '../equation.ts'
import { defineLaw } from '../law.ts'
import type { Claim } from '../law.ts'
import { grossOf, lineAllowanceOf, lineTaxOf } from '../terms.ts'

/** Quantity × price is rounded half up. Where the document has no role for the net amount, the line total must be net + tax. */
export const lineNetIsQuantityTimesPrice = defineLaw({
  code: 'PF-LINE',
  says: 'line net = quantity × price − allowance',
  scope: 'line',
  needs: ['line.quantity', 'line.price', ['line.net', 'line.total']],
  judge(line, context) {
    const gross = grossOf(line, context)
    const minus = [lineAllowanceOf(line, context)]
    const claims = context.bound.has('line.net')
      ? equate(line, 'line.net', { plus: [gross], minus }, context)
      : equate(line, 'line.total', { plus: [gross, lineTaxOf(line, context)], minus }, context)
    return claims?.map((claim) => explain(claim, line))
  },
})

function explain(claim: Claim, line: Scope): Claim {
  const quantity = line.first('line.quantity')
  const units = quantity && readNumber(quantity)
  const price = line.first('line.price')
  return units === undefined || !price
    ? claim
    : { ...claim, expected: `${claim.expected}, ${formatDecimal(units)} at ${String(price.raw)}` }
}
