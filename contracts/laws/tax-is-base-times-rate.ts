import { readRate, readWords } from '../../spec/index.ts'
import type { BusinessObject, Decimal } from '../../spec/index.ts'
import { exponentAt, gapOf, readAt, spell, stated } from '../amount.ts'
import { clause } from '../law.ts'
import type { Law, LawContext, LawFinding } from '../law.ts'
import { halfUnit, linesByRate, taxAt } from '../terms.ts'

/**
 * BR-CO-17, rounded half up. Tax may also be the sum of the lines' taxes, each rounded for itself; where the document says that it is,
 * every line may add half a unit of difference.
 */
export const taxIsBaseTimesRate: Law = {
  code: 'BR-CO-17',
  says: 'tax amount = tax base × tax rate, nothing where the category has no tax',
  about: 'tax',
  needs: ['tax.amount', 'tax.base', 'tax.rate'],
  uses: ['tax.category'],
  clauses: [
    clause(['tax.category'], untaxed),
    clause(['tax.amount', 'tax.base', 'tax.rate'], (group, context) => {
      const percentage = group.first('tax.rate')
      const amount = group.first('tax.amount')
      const rate = percentage && readRate(percentage)
      const base = stated(group, 'tax.base', context)
      const received = amount && readAt(group, amount, context)
      if (!amount || rate === undefined || base === undefined || received === undefined) return undefined
      const expected = taxAt(base, rate, group)
      if (
        gapOf(received, expected) <= leeway(group, context) ||
        isSumOfLines(group, { base, rate, tax: received }, context)
      )
        return []
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

const untaxedCategories = new Set(['Z', 'E', 'AE', 'O'])

/** BR-Z-09, BR-E-09, BR-AE-09, BR-O-09, and what they say of rates (BR-Z-05 …). */
function untaxed(group: BusinessObject, context: LawContext): readonly LawFinding[] | undefined {
  const category = group.first('tax.category')
  const [word] = category ? readWords(category.binding, category.raw) : []
  if (word === undefined || !untaxedCategories.has(word)) return undefined
  const rate = group.first('tax.rate')
  const amount = group.first('tax.amount')
  const isTaxed = amount !== undefined && (stated(group, 'tax.amount', context) ?? 0n) !== 0n
  return [
    ...(rate && (readRate(rate) ?? 0n) !== 0n
      ? [{ at: rate, expected: `0, as the category is ${word}`, received: String(rate.raw) }]
      : []),
    ...(isTaxed ? [{ at: amount, expected: `no tax, as the category is ${word}`, received: String(amount.raw) }] : []),
  ]
}

interface TaxGroup {
  readonly base: Decimal
  readonly rate: Decimal
  readonly tax: Decimal
}

/** Tells whether the lines of the rate make the group, and their taxes its tax. */
function isSumOfLines(group: BusinessObject, { base, rate, tax }: TaxGroup, context: LawContext): boolean {
  const lines = group.parent && linesByRate(group.parent, context)?.find((candidate) => candidate.rate === rate)
  return lines?.net === base && lines.tax === tax
}

function leeway(group: BusinessObject, { representation, tolerance }: LawContext): Decimal {
  const half = halfUnit(exponentAt(group))
  const parts = ['invoice.lines', 'invoice.allowanceList', 'invoice.chargeList'].flatMap(
    (name) => group.parent?.list(name) ?? [],
  )
  return half * 2n * BigInt(tolerance) + (representation.rounding === 'line' ? half * BigInt(parts.length + 1) : 0n)
}
