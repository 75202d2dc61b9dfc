// Laws about the tax groups of an invoice.

import { readRate, readWords } from '../../spec/index.ts'
import type { BusinessObject, Decimal, Role } from '../../spec/index.ts'
import { exponentAt, gapOf, readAmountAt, spellAmount, amountAt, areDifferent } from '../equation.ts'
import { clause } from '../law.ts'
import type { Law, LawContext, LawFinding } from '../law.ts'
import {
  halfUnit,
  linesByRate,
  taxAt,
  allowancesOf,
  chargesOf,
  linesByTax,
  categoryAt,
  rateOf,
  untaxedCategories,
} from '../terms.ts'

/**
 * BR-CO-17, rounded half up. Tax may also be the sum of the lines' taxes, each rounded for itself; where the document says that it is,
 * every line may add half a unit of difference.
 */
export const taxIsBaseTimesRate: Law = {
  code: 'BR-CO-17',
  says: 'tax amount = tax base × tax rate, nothing where the category has no tax',
  about: 'tax',
  needs: ['tax.amount', 'tax.base', 'tax.rate'],
  uses: ['tax.category', 'tax.surcharge', 'tax.surchargeRate'],
  clauses: [
    clause(['tax.category'], untaxed),
    clause(['tax.surcharge', 'tax.base', 'tax.surchargeRate'], surcharged),
    clause(['tax.amount', 'tax.base', 'tax.rate'], (group, context) => {
      const percentage = group.first('tax.rate')
      const amount = group.first('tax.amount')
      const rate = percentage && readRate(percentage)
      const base = amountAt(group, 'tax.base', context)
      const received = amount && readAmountAt(group, amount, context)
      if (!amount || rate === undefined || base === undefined || received === undefined) return undefined
      const expected = taxAt(base, rate, group)
      if (
        gapOf(received, expected) <= leeway(group, context) ||
        isSumOfLines(group, { base, rate, tax: received }, context)
      )
        return []
      const write = (value: Decimal): string => spellAmount(value, group, amount, context)
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

/** A surcharge (recargo de equivalencia) is its rate of the same base. */
function surcharged(group: BusinessObject, context: LawContext): readonly LawFinding[] | undefined {
  const percentage = group.first('tax.surchargeRate')
  const at = group.first('tax.surcharge')
  const rate = percentage && readRate(percentage)
  const base = amountAt(group, 'tax.base', context)
  const received = at && readAmountAt(group, at, context)
  if (!at || rate === undefined || base === undefined || received === undefined) return undefined
  const expected = taxAt(base, rate, group)
  if (gapOf(received, expected) <= leeway(group, context)) return []
  const write = (value: Decimal): string => spellAmount(value, group, at, context)
  return [{ at, expected: `${write(expected)} (${write(base)} × ${Number(rate) / 1e12} %)`, received: write(received) }]
}

/** BR-Z-09, BR-E-09, BR-AE-09, BR-IC-09, BR-G-09, BR-O-09, and what they say of rates (BR-Z-05 …). */
function untaxed(group: BusinessObject, context: LawContext): readonly LawFinding[] | undefined {
  const word = categoryAt(group, 'tax.category')
  if (word === undefined || !untaxedCategories.has(word)) return undefined
  const rate = group.first('tax.rate')
  const amount = group.first('tax.amount')
  const isTaxed = amount !== undefined && (amountAt(group, 'tax.amount', context) ?? 0n) !== 0n
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

/**
 * BR-S-08, and its like for each category: the base of a rate is what its lines come to, less allowances, plus charges at that rate. Allowances
 * and charges of which no rate is known are passed over with the whole invoice, unless there is one rate only.
 */
export const taxBaseIsSumOfItsLines: Law = {
  code: 'BR-S-08',
  says: 'tax base = Σ lines of that rate − allowances + charges',
  about: 'invoice',
  needs: ['invoice.taxes', 'tax.base', 'tax.rate', 'invoice.lines', 'line.taxRate'],
  uses: ['line.net', 'line.taxCategory', 'tax.category', 'invoice.allowances', 'invoice.charges'],
  clauses: [
    clause(
      ['invoice.taxes', 'invoice.lines'],
      (invoice, context) =>
        (areCategorised(invoice) ? wrongBases(invoice, context, byCategory) : undefined) ??
        wrongBases(invoice, context, byRate),
    ),
  ],
}

/** Tells what a line or a group of the breakdown is taxed as. */
type TaxKey = (object: BusinessObject, rate: Decimal) => string

/** Where no category is told, groups of one rate count together: a rate of nothing may stand for several categories. */
const byRate: TaxKey = (_, rate) => String(rate)
const byCategory: TaxKey = (object, rate) => `${categoryOf(object) ?? ''} ${rate}`

const categoryOf = (object: BusinessObject): string | undefined =>
  categoryAt(object, 'line.taxCategory') ?? categoryAt(object, 'tax.category')

const rateOfGroup = (group: BusinessObject): Decimal | undefined => rateOf(group, 'tax.rate', 'tax.category')

const areCategorised = (invoice: BusinessObject): boolean =>
  [...invoice.list('invoice.lines'), ...invoice.list('invoice.taxes')].every(
    (object) => categoryOf(object) !== undefined,
  )

function wrongBases(invoice: BusinessObject, context: LawContext, keyOf: TaxKey): readonly LawFinding[] | undefined {
  const lines = linesByTax(invoice, context, keyOf)
  const groups = groupsOf(invoice, context, keyOf)
  if (!lines || !groups) return undefined
  const parts = partsByTax(invoice, context, new Set([...lines.keys(), ...groups.keys()]), keyOf === byRate)
  if (!parts) return undefined
  return [...groups].flatMap(([key, { base, rate, first }]): readonly LawFinding[] => {
    const expected = (lines.get(key)?.net ?? 0n) + (parts.get(key) ?? 0n)
    const at = first.first('tax.base')
    if (!at || !areDifferent(base, expected, invoice, context)) return []
    const write = (amount: Decimal): string => spellAmount(amount, invoice, at, context)
    const category = keyOf === byCategory ? ` of category ${categoryOf(first)}` : ''
    return [
      { at, expected: `${write(expected)}, the lines of ${Number(rate) / 1e12} %${category}`, received: write(base) },
    ]
  })
}

interface TaxedGroup {
  readonly base: Decimal
  readonly rate: Decimal
  readonly first: BusinessObject
}

function groupsOf(
  invoice: BusinessObject,
  context: LawContext,
  keyOf: TaxKey,
): ReadonlyMap<string, TaxedGroup> | undefined {
  const groups = new Map<string, TaxedGroup>()
  for (const group of invoice.list('invoice.taxes')) {
    const rate = rateOfGroup(group)
    const base = amountAt(group, 'tax.base', context)
    if (rate === undefined || base === undefined) return undefined
    const key = keyOf(group, rate)
    const known = groups.get(key)
    groups.set(key, { base: base + (known?.base ?? 0n), rate, first: known?.first ?? group })
  }
  return groups
}

/** Returns charges less allowances by what they are taxed as, `undefined` where they cannot be told apart; of those, only rates are known. */
function partsByTax(
  invoice: BusinessObject,
  context: LawContext,
  keys: ReadonlySet<string>,
  areRates: boolean,
): ReadonlyMap<string, Decimal> | undefined {
  const [only] = keys
  const allowances = allowancesOf(invoice, context)
  const charges = chargesOf(invoice, context)
  if (allowances === undefined || charges === undefined) return undefined
  if (allowances === 0n && charges === 0n) return new Map()
  if (keys.size === 1 && only !== undefined) return new Map([[only, charges - allowances]])
  if (!areRates) return undefined
  const parts = new Map<string, Decimal>()
  const lists: readonly (readonly [list: Role, entity: 'allowance' | 'charge', sign: bigint])[] = [
    ['invoice.allowanceList', 'allowance', -1n],
    ['invoice.chargeList', 'charge', 1n],
  ]
  for (const [list, entity, sign] of lists) {
    for (const part of invoice.list(list)) {
      const percentage = part.first(`${entity}.taxRate`)
      const rate = percentage && readRate(percentage)
      const amount = amountAt(part, `${entity}.amount`, context)
      if (rate === undefined || amount === undefined) return undefined
      parts.set(byRate(part, rate), (parts.get(byRate(part, rate)) ?? 0n) + sign * amount)
    }
  }
  const sum = [...parts.values()].reduce((all, amount) => all + amount, 0n)
  return sum === charges - allowances ? parts : undefined
}

/** What has a rate of tax of its own. */
const ratedParts: readonly (readonly [list: Role, rate: Role])[] = [
  ['invoice.lines', 'line.taxRate'],
  ['invoice.allowanceList', 'allowance.taxRate'],
  ['invoice.chargeList', 'charge.taxRate'],
]

/**
 * BR-CO-18, BR-S-01 and their like: a rate on a line, an allowance or a charge stands in the breakdown. Breakdowns without categories often leave out what is not
 * taxed, so a rate of nothing is asked for only where groups have a category.
 */
export const everyRateHasItsGroup: Law = {
  code: 'BR-CO-18',
  says: 'every tax rate of lines, allowances and charges has its group in the tax breakdown',
  about: 'invoice',
  needs: ['invoice.taxes', 'tax.rate', 'invoice.lines', 'line.taxRate'],
  uses: ['tax.category', 'line.taxCategory', 'allowance.taxRate', 'charge.taxRate'],
  clauses: [
    clause(['invoice.taxes', 'invoice.lines'], (invoice, { bound }) => {
      const groups = invoice.list('invoice.taxes').map(rateOfGroup)
      if (groups.includes(undefined)) return undefined
      const rates = ratedParts.flatMap(([list, role]) => invoice.list(list).flatMap((part) => part.first(role) ?? []))
      if (rates.length === 0) return undefined
      return rates.flatMap((at) => {
        const rate = readRate(at)
        const isAsked = rate !== undefined && (rate !== 0n || bound.has('tax.category'))
        if (!isAsked || groups.includes(rate)) return []
        const known = groups.map((group) => `${Number(group) / 1e12} %`).join(', ')
        return [{ at, expected: `a rate of the breakdown (${known || 'none'})`, received: `${Number(rate) / 1e12} %` }]
      })
    }),
    clause(['invoice.taxes', 'invoice.lines'], (invoice) => {
      const groups = invoice.list('invoice.taxes').map(categoryOf)
      const categories = invoice.list('invoice.lines').flatMap((line) => line.first('line.taxCategory') ?? [])
      if (groups.includes(undefined) || categories.length === 0) return undefined
      return categories.flatMap((at) => {
        const [word] = readWords(at.binding, at.raw)
        if (word === undefined || groups.includes(word)) return []
        const expected = `a category of the breakdown (${[...new Set(groups)].join(', ') || 'none'})`
        return [{ at, expected, received: String(at.raw) }]
      })
    }),
  ],
}
