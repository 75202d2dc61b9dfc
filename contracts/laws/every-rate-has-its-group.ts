import { readRate } from '../../spec/index.ts'
import { clause } from '../law.ts'
import type { Law } from '../law.ts'

/**
 * BR-CO-18, BR-S-01 and their like: a rate on a line stands in the breakdown. Breakdowns without categories often leave out what is not
 * taxed, so a rate of nothing is asked for only where groups have a category.
 */
export const everyRateHasItsGroup: Law = {
  code: 'BR-CO-18',
  says: 'every tax rate on a line has its group in the tax breakdown',
  about: 'invoice',
  needs: ['invoice.taxes', 'tax.rate', 'invoice.lines', 'line.taxRate'],
  uses: ['tax.category'],
  clauses: [
    clause(['invoice.taxes', 'invoice.lines'], (invoice, { bound }) => {
      const groups = invoice.list('invoice.taxes').map((group) => {
        const rate = group.first('tax.rate')
        return rate && readRate(rate)
      })
      if (groups.includes(undefined)) return undefined
      const rates = invoice.list('invoice.lines').flatMap((line) => line.first('line.taxRate') ?? [])
      if (rates.length === 0) return undefined
      return rates.flatMap((at) => {
        const rate = readRate(at)
        const isAsked = rate !== undefined && (rate !== 0n || bound.has('tax.category'))
        if (!isAsked || groups.includes(rate)) return []
        const known = groups.map((group) => `${Number(group) / 1e12} %`).join(', ')
        return [{ at, expected: `a rate of the breakdown (${known || 'none'})`, received: `${Number(rate) / 1e12} %` }]
      })
    }),
  ],
}
