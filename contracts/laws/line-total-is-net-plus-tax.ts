import { stated } from '../amount.ts'
import { equate } from '../equation.ts'
import { defineLaw } from '../law.ts'

export const lineTotalIsNetPlusTax = defineLaw({
  code: 'PF-LINE-TOTAL',
  says: 'line total = line net + line tax',
  scope: 'line',
  needs: ['line.total', 'line.net', 'line.tax'],
  judge: (line, context) =>
    equate(
      line,
      'line.total',
      { plus: [stated(line, 'line.net', context), stated(line, 'line.tax', context)] },
      context,
    ),
})
