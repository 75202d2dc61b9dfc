import { formatDecimal, readNumber } from '../../spec/index.ts'
import type { BusinessObject } from '../../spec/index.ts'
import { equation } from '../clauses/equation.ts'
import type { Law } from '../law.ts'
import { grossOf, lineAllowanceOf, lineTaxOf } from '../terms.ts'

/** Quantity × price is rounded half up. Where the document has no role for the net amount, the line total must be net + tax. */
export const lineNetIsQuantityTimesPrice: Law = {
  code: 'PF-LINE',
  says: 'line net = quantity × price − allowance',
  about: 'line',
  needs: ['line.quantity', 'line.price', ['line.net', 'line.total']],
  clauses: [
    equation('line.net', { plus: [grossOf], minus: [lineAllowanceOf], because: unitsAtPrice }),
    equation('line.total', {
      plus: [grossOf, lineTaxOf],
      minus: [lineAllowanceOf],
      unless: ['line.net'],
      because: unitsAtPrice,
    }),
  ],
}

function unitsAtPrice(line: BusinessObject): string {
  const quantity = line.first('line.quantity')
  const units = quantity && readNumber(quantity)
  return units === undefined ? '' : `, ${formatDecimal(units)} at ${String(line.raw('line.price'))}`
}
