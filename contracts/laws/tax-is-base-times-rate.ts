import { multiply, readRate, round } from '../../spec/index.ts'
import type { BusinessObject, Decimal } from '../../spec/index.ts'
import { exponentAt, readAt, spell, stated } from '../amount.ts'
import { clause } from '../law.ts'
import type { LawContext, Law } from '../law.ts'
import { halfUnit } from '../terms.ts'

/** BR-CO-17, rounded half up. Where tax is rounded on each line, every line may add half a unit of difference. */
export const taxIsBaseTimesRate: Law = {
  code: 'BR-CO-17',
  says: 'tax amount = tax base × tax rate',
  about: 'tax',
  needs: ['tax.amount', 'tax.base', 'tax.rate'],
  clauses: [
    clause(['tax.amount', 'tax.base', 'tax.rate'], (group, context) => {
      const percentage = group.first('tax.rate')
      const amount = group.first('tax.amount')
      const rate = percentage && readRate(percentage)
      const base = stated(group, 'tax.base', context)
      const received = amount && readAt(group, amount, context)
      if (!amount || rate === undefined || base === undefined || received === undefined) return undefined
      const exact = multiply(base, rate) / 100n
      const expected = round(exact, exponentAt(group))
      const gap = received > expected ? received - expected : expected - received
      if (gap <= leeway(group, context)) return []
      const write = (value: Decimal): string => spell(value, group, amount, context)
      return [
        {
          at: amount,
          expected: `${write(expected)} (${write(base)} × ${Number(rate) / 1e12} %)`,
          received: write(received),
        },
      ]
    }),
  ],
}

function leeway(group: BusinessObject, { representation, tolerance }: LawContext): Decimal {
  const half = halfUnit(exponentAt(group))
  const parts = ['invoice.lines', 'invoice.allowanceList', 'invoice.chargeList'].flatMap(
    (name) => group.parent?.list(name) ?? [],
  )
  return half * 2n * BigInt(tolerance) + (representation.rounding === 'line' ? half * BigInt(parts.length + 1) : 0n)
}
