// What can be asked of all invoices of a ledger: constraints of scenarios, percentages of a mix, and which invoices are credit notes.
import { failure } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'
import type { Book } from './book.ts'
import { never } from './calendar.ts'
import type { Market } from './customer.ts'
import { entryKey, salt, unit, whole } from './draw.ts'
import type { InvoiceDraw } from './invoice-draw.ts'

/** What all invoices of a ledger have in common, in place of what chance would have given them. Days are counted from the day on which the books are opened. */
export interface Constraints {
  /** Days since the newest invoice was issued. */
  readonly newest?: number
  /** Days between the oldest invoice and the newest. */
  readonly span?: number
  /** Most days that are agreed to pay. */
  readonly longestTerms?: number
  /** No invoice is settled, voided or written off. */
  readonly isUnsettled?: boolean
  /** Percent of the total that one payment has covered by that day: from and to. */
  readonly part?: readonly [number, number]
  /** Every invoice is disputed by that day. */
  readonly isDisputed?: boolean
  /** Customers are billed in one currency after the other, where otherwise large countries have most of them. */
  readonly mixesCurrencies?: boolean
}

const constraintNames = {
  share: salt('constrained share'),
  part: salt('constrained instalment'),
  dispute: salt('constrained dispute'),
}

/** Returns the day of issue under constraints; without a span, days between the oldest invoice and the newest stay as they are. */
export function constrainedDay(day: Day, { newest: since = 0, span }: Constraints, newest: Day, epoch: Day): Day {
  const age = Math.max(0, newest - day)
  return newest - since - (span === undefined ? age : Math.floor((age * span) / Math.max(1, newest - epoch)))
}

/** Changes a drawn invoice, whose day of issue meets them already, so that it meets constraints. */
export function constrain(drawn: InvoiceDraw, constraints: Constraints, newest: Day): void {
  const { longestTerms = drawn.terms } = constraints
  const terms = Math.min(drawn.terms, longestTerms)
  const dueDay = drawn.issueDay + terms
  // What happened some days after the invoice fell due still does.
  const afterDue = (day: number): number => (day === never ? never : day + dueDay - drawn.dueDay)
  const finalDay = constraints.isUnsettled ? Math.min(drawn.finalDay, drawn.issueDay + 2) : drawn.finalDay
  const settled = (day: number): number => (constraints.isUnsettled ? never : day)
  const partDay = Math.max(finalDay + 1, afterDue(drawn.partDay))
  const payDay = settled(Math.max(finalDay + 1, afterDue(drawn.payDay)))
  const voidDay = settled(drawn.voidDay)
  Object.assign(drawn, {
    terms,
    dueDay,
    finalDay,
    payDay,
    // What money has arrived for is not voided any more.
    voidDay: voidDay < Math.min(partDay, payDay - 2) ? voidDay : never,
    uncollectibleDay: settled(afterDue(drawn.uncollectibleDay)),
    partDay: partDay >= payDay ? never : partDay,
    disputeDay: drawn.disputeDay === never ? never : Math.min(dueDay, finalDay + 9),
    promiseDay: afterDue(drawn.promiseDay),
  })
  if (constraints.part) payInPart(drawn, constraints.part, newest)
  if (constraints.isDisputed)
    drawn.disputeDay = between(drawn.key, constraintNames.dispute, finalDay + 1, Math.min(finalDay + 20, newest))
}

function payInPart(drawn: InvoiceDraw, [low, high]: readonly [number, number], newest: Day): void {
  drawn.partShare = whole(drawn.key, constraintNames.share, low, high)
  drawn.partDay = between(drawn.key, constraintNames.part, drawn.finalDay + 1, Math.min(drawn.dueDay + 20, newest))
}

const between = (key: number, name: number, low: number, high: number): number =>
  low + Math.floor(unit(key, name) * Math.max(1, high - low + 1))

/** Returns the market that a customer is one of. */
export const marketFor = (
  customer: number,
  { currencies, countries }: Market,
  constraints: Constraints | undefined,
): Market => ({
  currencies:
    currencies && constraints?.mixesCurrencies ? [currencies[customer % currencies.length] as string] : currencies,
  countries,
})

/** What can be asked of a share of the invoices. */
export const mixKinds = ['draft', 'overdue', 'partial', 'disputed', 'void', 'uncollectible', 'paid', 'credit'] as const

/**
 * Percentages of all invoices that come to something, whatever the day: stay drafts, are never paid (`overdue`), paid in part only, disputed
 * and not paid, voided, written off, paid about when they are due, or are credit notes. The rest is as it comes.
 */
export type Mix = Readonly<Partial<Record<(typeof mixKinds)[number], number>>>

/** Percentage of credit notes where the mix states none. */
const usualCredit = 2.5

const mixNames = {
  kind: salt('mix'),
  credit: salt('credit note'),
  credited: salt('credited invoice'),
  days: salt('days of mix'),
  share: salt('share of mix'),
}

/** @throws Failure for percentages that make more than a hundred together. */
export function checkMix(mix: Mix): void {
  const { credit: _, ...shares } = mix
  const sum = Object.values(shares).reduce((all, share) => all + share, 0)
  if (sum > 100)
    throw failure('open the ledger', {
      expected: 'shares of invoices that make up to 100 percent',
      received: `${sum} percent`,
    })
}

/** Tells whether the draws of a key are those of a credit note. */
const isCreditDraw = (key: number, mix: Mix | undefined): boolean =>
  unit(key, mixNames.credit) * 100 < (mix?.credit ?? usualCredit)

/** Changes the course of a drawn invoice to that of its share, if it falls into one. */
export function applyMix(drawn: InvoiceDraw, mix: Mix): void {
  let rest = unit(drawn.key, mixNames.kind) * 100
  for (const kind of mixKinds) {
    if (kind === 'credit') continue
    rest -= mix[kind] ?? 0
    if (rest < 0) return courses[kind](drawn)
  }
}

const unsettled = { voidDay: never, partDay: never, partShare: 0, payDay: never, uncollectibleDay: never }
const daysOf = ({ key }: InvoiceDraw, low: number, high: number): number => whole(key, mixNames.days, low, high)

const courses: Readonly<Record<Exclude<keyof Mix, 'credit'>, (drawn: InvoiceDraw) => void>> = {
  draft: (drawn) => void Object.assign(drawn, unsettled, { finalDay: never, disputeDay: never, promiseDay: never }),
  overdue: (drawn) => void Object.assign(drawn, unsettled, { disputeDay: never }),
  partial: (drawn) =>
    void Object.assign(drawn, unsettled, {
      partDay: drawn.dueDay + daysOf(drawn, -10, 10),
      partShare: whole(drawn.key, mixNames.share, 20, 70),
      disputeDay: never,
    }),
  disputed: (drawn) =>
    void Object.assign(drawn, unsettled, { disputeDay: Math.min(drawn.dueDay, drawn.finalDay + 9), promiseDay: never }),
  void: (drawn) => void Object.assign(drawn, unsettled, { voidDay: drawn.finalDay + daysOf(drawn, 1, 12) }),
  uncollectible: (drawn) =>
    void Object.assign(drawn, unsettled, { uncollectibleDay: drawn.dueDay + daysOf(drawn, 60, 120) }),
  paid: (drawn) => void Object.assign(drawn, unsettled, { payDay: drawn.dueDay + daysOf(drawn, -5, 10) }),
}

/** Entries before which an invoice was issued that a credit note takes back. */
const reach = 40

/** Returns the entry that a credit note takes back, one of those just before it; −1 for an invoice. */
export function creditedBy(book: Book, index: number, key: number): number {
  // Constraints to unsettled invoices ask for invoices, not for credit notes.
  if (index < reach || book.constraints?.isUnsettled || !isCreditDraw(key, book.mix)) return -1
  let credited = index - whole(key, mixNames.credited, 1, reach)
  while (credited > 0 && isCreditDraw(entryKey(book, credited), book.mix)) credited--
  return credited > 0 ? credited : -1
}
