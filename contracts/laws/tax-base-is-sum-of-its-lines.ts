import { readRate } from '../../spec/index.ts'
import type { BusinessObject, Decimal, Role } from '../../spec/index.ts'
import { differ, spell, stated } from '../amount.ts'
import { clause } from '../law.ts'
import type { Law, LawContext, LawFinding } from '../law.ts'
import { allowancesOf, chargesOf, linesByRate } from '../terms.ts'

/**
 * BR-S-08, and its like for each category: the base of a rate is what its lines come to, less allowances, plus charges at that rate. Allowances
 * and charges of which no rate is known are passed over with the whole invoice, unless there is one rate only.
 */
export const taxBaseIsSumOfItsLines: Law = {
  code: 'BR-S-08',
  says: 'tax base = Σ lines of that rate − allowances + charges',
  about: 'invoice',
  needs: ['invoice.taxes', 'tax.base', 'tax.rate', 'invoice.lines', 'line.taxRate'],
  uses: ['line.net', 'invoice.allowances', 'invoice.charges'],
  clauses: [
    clause(['invoice.taxes', 'invoice.lines'], (invoice, context) => {
      const lines = linesByRate(invoice, context)
      const groups = groupsOf(invoice, context)
      if (!lines || !groups) return undefined
      const rates = new Set([...lines.map(({ rate }) => rate), ...groups.keys()])
      const parts = partsByRate(invoice, context, rates)
      if (!parts) return undefined
      return [...groups].flatMap(([rate, { base, first }]): readonly LawFinding[] => {
        const net = lines.find((group) => group.rate === rate)?.net ?? 0n
        const expected = net + (parts.get(rate) ?? 0n)
        const at = first.first('tax.base')
        if (!at || !differ(base, expected, invoice, context)) return []
        const write = (amount: Decimal): string => spell(amount, invoice, at, context)
        return [{ at, expected: `${write(expected)}, the lines of ${Number(rate) / 1e12} %`, received: write(base) }]
      })
    }),
  ],
}

interface RateGroup {
  readonly base: Decimal
  readonly first: BusinessObject
}

/** Groups of one rate count together: a rate of nothing may stand for several categories. */
function groupsOf(invoice: BusinessObject, context: LawContext): ReadonlyMap<Decimal, RateGroup> | undefined {
  const groups = new Map<Decimal, RateGroup>()
  for (const group of invoice.list('invoice.taxes')) {
    const percentage = group.first('tax.rate')
    const rate = percentage && readRate(percentage)
    const base = stated(group, 'tax.base', context)
    if (rate === undefined || base === undefined) return undefined
    const known = groups.get(rate)
    groups.set(rate, { base: base + (known?.base ?? 0n), first: known?.first ?? group })
  }
  return groups
}

/** Returns charges less allowances by rate, `undefined` where they cannot be told apart. */
function partsByRate(
  invoice: BusinessObject,
  context: LawContext,
  rates: ReadonlySet<Decimal>,
): ReadonlyMap<Decimal, Decimal> | undefined {
  const [only] = rates
  const allowances = allowancesOf(invoice, context)
  const charges = chargesOf(invoice, context)
  if (allowances === undefined || charges === undefined) return undefined
  if (allowances === 0n && charges === 0n) return new Map()
  if (rates.size === 1 && only !== undefined) return new Map([[only, charges - allowances]])
  const parts = new Map<Decimal, Decimal>()
  const lists: readonly (readonly [list: Role, entity: 'allowance' | 'charge', sign: bigint])[] = [
    ['invoice.allowanceList', 'allowance', -1n],
    ['invoice.chargeList', 'charge', 1n],
  ]
  for (const [list, entity, sign] of lists) {
    for (const part of invoice.list(list)) {
      const percentage = part.first(`${entity}.taxRate`)
      const rate = percentage && readRate(percentage)
      const amount = stated(part, `${entity}.amount`, context)
      if (rate === undefined || amount === undefined) return undefined
      parts.set(rate, (parts.get(rate) ?? 0n) + sign * amount)
    }
  }
  const sum = [...parts.values()].reduce((all, amount) => all + amount, 0n)
  return sum === charges - allowances ? parts : undefined
}
