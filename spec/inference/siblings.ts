// Tells apart places of one object that would have the same role, by what stands beside them.

import { looksPrinted } from './facts.ts'
import { boundFrom } from './inferred.ts'
import type { Candidate } from './rules.ts'

/** Returns the candidates of one object, each read in the light of the others. @param hasLineDiscounts whether lines have discounts of their own */
export function apart(group: readonly Candidate[], hasLineDiscounts: boolean): readonly Candidate[] {
  const siblings = new Siblings(group, hasLineDiscounts)
  return group.map((candidate) =>
    siblings.isListed(candidate)
      ? readAs(candidate, 'invoice.lineTotal', 0.86, 'called like the list of lines')
      : (readings[candidate.role]?.(candidate, siblings) ?? candidate),
  )
}

/** Returns a candidate with another role. */
export const readAs = (candidate: Candidate, role: string, confidence: number, why: string): Candidate => ({
  ...candidate,
  role,
  confidence,
  evidence: [...candidate.evidence, why],
})

/** The candidates of one object. */
class Siblings {
  private readonly group: readonly Candidate[]
  private readonly hasLineDiscounts: boolean
  private readonly listed: readonly string[]

  constructor(group: readonly Candidate[], hasLineDiscounts: boolean) {
    this.group = group
    this.hasLineDiscounts = hasLineDiscounts
    this.listed = plainOf(group.find(({ role }) => role === 'invoice.lines')?.words ?? [])
  }

  /** Returns those that would be bound to a role. */
  called(role: string): readonly Candidate[] {
    return this.group.filter((candidate) => candidate.role === role && candidate.confidence >= boundFrom)
  }

  has(role: string): boolean {
    return this.called(role).length > 0
  }

  /** Tells whether an amount is called like the list of lines: `rowsAmount` beside `rows`. */
  isListed({ role, words }: Candidate): boolean {
    return (
      this.listed.length > 0 &&
      role.startsWith('invoice.') &&
      words.includes('amount') &&
      plainOf(words).join(' ') === this.listed.join(' ')
    )
  }

  /** Tells whether one of them is called like the list of lines. */
  get saysLineTotal(): boolean {
    return this.has('invoice.lineTotal') || this.group.some((candidate) => this.isListed(candidate))
  }

  /**
   * Tells whether allowances or charges of the whole invoice stand between the lines and the subtotal. Where lines have discounts of their own, a
   * sum of discounts is theirs, and subtotals are without them, unless a description says more.
   */
  get changesSubtotal(): boolean {
    const given = this.called('invoice.allowances')
    const isOfWhole =
      given.some(({ facts }) => ofWhole.test(facts.description)) ||
      this.called('invoice.subtotal').some(({ facts }) => beforeDiscounts.test(facts.description))
    return this.has('invoice.charges') || (given.length > 0 && (isOfWhole || !this.hasLineDiscounts))
  }
}

type Reading = (candidate: Candidate, siblings: Siblings) => Candidate | undefined

const order: Reading = (candidate, siblings) => {
  const others = siblings.called('invoice.purchaseOrder')
  return others.length > 1 &&
    !candidate.words.includes('purchase') &&
    others.some(({ words }) => words.includes('purchase'))
    ? readAs(candidate, 'invoice.salesOrder', 0.85, 'the order of the buyer stands beside it')
    : undefined
}

const legalName: Reading = (candidate, siblings) => {
  const name = candidate.role.replace('legalName', 'name')
  return siblings.has(name)
    ? undefined
    : readAs(candidate, name, Math.min(0.88, candidate.confidence), 'no other name stands beside it')
}

/** Another key of the invoice beside its own, with an example as it is printed. */
const key: Reading = (candidate, siblings) =>
  !siblings.has('invoice.number') && candidate.words.join(' ') === 'invoice id' && looksPrinted(candidate.facts)
    ? readAs(candidate, 'invoice.number', 0.8, 'its example is a number as it is printed')
    : undefined

const description: Reading = (candidate, siblings) =>
  siblings.has('line.name')
    ? undefined
    : readAs(candidate, 'line.name', Math.min(0.88, candidate.confidence), 'no other name stands beside it')

const created: Reading = (candidate, siblings) => {
  const both = siblings.called('invoice.createdAt')
  if (both.length !== 2 || siblings.has('invoice.issueDate')) return undefined
  const day = both.find(
    ({ facts, words }) => facts.format === 'date' || (words.includes('date') && !words.includes('at')),
  )
  return day === candidate
    ? readAs(candidate, 'invoice.issueDate', 0.8, 'a day beside the moment of creation')
    : undefined
}

const due: Reading = (candidate, siblings) => {
  const all = siblings.called('invoice.due')
  const left = all.filter(({ words }) => words.includes('outstanding'))
  return all.includes(candidate) &&
    left.length > 0 &&
    !left.includes(candidate) &&
    /\b(?:due|payable)\b/.test(candidate.words.join(' '))
    ? readAs(candidate, 'invoice.payable', 0.86, 'another place says what is still owed')
    : undefined
}

const subtotal: Reading = (candidate, siblings) => {
  const { words, facts, confidence } = candidate
  if (siblings.has('invoice.charges') && sumOfLines.test(facts.description))
    return readAs(candidate, 'invoice.lineTotal', 0.86, 'described as the sum of the lines')
  const all = siblings.called('invoice.subtotal')
  const hasNet = all.some((other) => !other.words.includes('subtotal'))
  return siblings.changesSubtotal &&
    words.includes('subtotal') &&
    (hasNet || all.length === 1) &&
    !siblings.saysLineTotal
    ? readAs(candidate, 'invoice.lineTotal', Math.min(confidence, 0.8), 'discounts stand beside it')
    : undefined
}

const lineNet: Reading = (candidate, siblings) => {
  const { words } = candidate
  const text = words.join(' ')
  const nets = siblings.called('line.net')
  // Beside a price and a total, a bare amount says how many.
  const isCount =
    text === 'amount' &&
    !siblings.has('line.quantity') &&
    nets.some((other) => other.words.join(' ') !== 'amount') &&
    siblings.has('line.price')
  if (isCount) return readAs(candidate, 'line.quantity', 0.78, 'a price and a total stand beside it')
  const plainest = nets.toSorted((one, other) => netRank(other) - netRank(one))[0]
  return plainest &&
    candidate !== plainest &&
    (words.includes('total') || (text === 'amount' && siblings.has('line.tax'))) &&
    !words.includes('excl') &&
    !words.includes('net')
    ? readAs(candidate, 'line.total', 0.82, 'the net stands beside it')
    : undefined
}

const readings: Readonly<Record<string, Reading>> = {
  'invoice.purchaseOrder': order,
  'party.legalName': legalName,
  'buyer.legalName': legalName,
  'seller.legalName': legalName,
  'invoice.id': key,
  'line.description': description,
  'invoice.createdAt': created,
  'invoice.due': due,
  'invoice.subtotal': subtotal,
  'line.net': lineNet,
}

const ofWhole = /whole|entire|document|invoice[- ]level|(?:on|of) the invoice/i

const beforeDiscounts =
  /\bbefore (?:\w+ ){0,2}discounts?|vor (?:abzug|rabatt)|avant (?:les )?remises?|antes de(?:l| los)? descuentos?|prima (?:dello|degli) scont|v[oó]{1,2}r korting/i

const sumOfLines = /\b(?:sum|total) of (?:all |the )*(?:invoice )?(?:rows|lines|items|line items|positions)\b/i

const plainOf = (words: readonly string[]): string[] =>
  words.filter((word) => word !== 'amount' && word !== 'total' && word !== 'invoice')

const netRank = ({ words }: Candidate): number =>
  words.includes('net') || words.includes('excl') ? 3 : words.includes('subtotal') ? 2 : words.includes('total') ? 0 : 1
