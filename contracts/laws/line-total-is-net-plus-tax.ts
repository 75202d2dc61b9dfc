import { amount, equation } from '../clauses/equation.ts'
import type { Law } from '../law.ts'

export const lineTotalIsNetPlusTax: Law = {
  code: 'PF-LINE-TOTAL',
  says: 'line total = line net + line tax',
  about: 'line',
  needs: ['line.total', 'line.net', 'line.tax'],
  uses: [],
  clauses: [equation('line.total', { plus: [amount('line.net'), amount('line.tax')] })],
}
