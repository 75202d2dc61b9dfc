import { salt, unit, whole } from './draw.ts'
import type { Facts } from './facts.ts'
import { never } from './never.ts'

/** What all invoices of a ledger have in common, in place of what chance would have given them. Days are counted from the ledger's epoch. */
export interface Fate {
  /** Days since the newest invoice was issued. */
  readonly newest?: number
  /** Days between the oldest invoice and the newest. */
  readonly span?: number
  /** Most days that are agreed to pay. */
  readonly longestTerms?: number
  /** Nobody settles an invoice, and none is voided or written off. */
  readonly isUnsettled?: boolean
  /** Percent of the total that one payment has covered by the epoch: from and to. */
  readonly part?: readonly [number, number]
  /** Every invoice is disputed by the epoch. */
  readonly isDisputed?: boolean
  /** Customers are billed in one currency after the other, where otherwise large countries have most of them. */
  readonly mixesCurrencies?: boolean
}

const names = { share: salt('fated share'), part: salt('fated instalment'), dispute: salt('fated dispute') }

/** Changes the drawn facts of an invoice to its fate. Order and laws stay: dates still rise with the index. */
export function fulfil(facts: Facts, fate: Fate, epoch: number, usualSpan: number): void {
  const { newest = 0, span = usualSpan, longestTerms = facts.terms } = fate
  const issueDay = epoch - newest - Math.floor(((epoch - facts.issueDay) * span) / usualSpan)
  const terms = Math.min(facts.terms, longestTerms)
  const dueDay = issueDay + terms
  // What happened some days after the invoice was issued, or fell due, still does.
  const afterIssue = (day: number): number => (day === never ? never : day + issueDay - facts.issueDay)
  const afterDue = (day: number): number => (day === never ? never : day + dueDay - facts.dueDay)
  const finalDay = afterIssue(facts.finalDay)
  const settled = (day: number): number => (fate.isUnsettled ? never : day)
  const partDay = Math.max(finalDay + 1, afterDue(facts.partDay))
  const payDay = settled(Math.max(finalDay + 1, afterDue(facts.payDay)))
  const voidDay = settled(afterIssue(facts.voidDay))
  Object.assign(facts, {
    issueDay,
    terms,
    dueDay,
    finalDay,
    payDay,
    // What money has arrived for is not voided any more.
    voidDay: voidDay < Math.min(partDay, payDay - 2) ? voidDay : never,
    uncollectibleDay: settled(afterDue(facts.uncollectibleDay)),
    partDay: partDay >= payDay ? never : partDay,
    disputeDay: facts.disputeDay === never ? never : Math.min(dueDay, finalDay + 9),
    promiseDay: afterDue(facts.promiseDay),
  })
  if (fate.part) payInPart(facts, fate.part, epoch)
  if (fate.isDisputed)
    facts.disputeDay = between(facts.key, names.dispute, finalDay + 1, Math.min(finalDay + 20, epoch))
}

function payInPart(facts: Facts, [low, high]: readonly [number, number], epoch: number): void {
  facts.partShare = whole(facts.key, names.share, low, high)
  facts.partDay = between(facts.key, names.part, facts.finalDay + 1, Math.min(facts.dueDay + 20, epoch))
}

const between = (key: number, name: number, low: number, high: number): number =>
  low + Math.floor(unit(key, name) * Math.max(1, high - low + 1))

/** Returns the currencies that a customer may be billed in. */
export const currenciesFor = (
  customer: number,
  currencies: readonly string[] | undefined,
  fate: Fate | undefined,
): readonly string[] | undefined =>
  currencies && fate?.mixesCurrencies ? [currencies[customer % currencies.length] as string] : currencies
