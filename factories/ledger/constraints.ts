import type { Day } from '../../spec/index.ts'
import { never } from './calendar.ts'
import { salt, unit, whole } from './draw.ts'
import type { InvoiceDraw } from './invoice-draw.ts'

/** What all invoices of a ledger have in common, in place of what chance would have given them. Days are counted from the day on which the books are opened. */
export interface Constraints {
  /** Days since the newest invoice was issued. */
  readonly newest?: number
  /** Days between the oldest invoice and the newest. */
  readonly span?: number
  /** Most days that are agreed to pay. */
  readonly longestTerms?: number
  /** Nobody settles an invoice, and none is voided or written off. */
  readonly isUnsettled?: boolean
  /** Percent of the total that one payment has covered by that day: from and to. */
  readonly part?: readonly [number, number]
  /** Every invoice is disputed by that day. */
  readonly isDisputed?: boolean
  /** Customers are billed in one currency after the other, where otherwise large countries have most of them. */
  readonly mixesCurrencies?: boolean
}

const names = {
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
    drawn.disputeDay = between(drawn.key, names.dispute, finalDay + 1, Math.min(finalDay + 20, newest))
}

function payInPart(drawn: InvoiceDraw, [low, high]: readonly [number, number], newest: Day): void {
  drawn.partShare = whole(drawn.key, names.share, low, high)
  drawn.partDay = between(drawn.key, names.part, drawn.finalDay + 1, Math.min(drawn.dueDay + 20, newest))
}

const between = (key: number, name: number, low: number, high: number): number =>
  low + Math.floor(unit(key, name) * Math.max(1, high - low + 1))

/** Returns the currencies that a customer may be billed in. */
export const currenciesFor = (
  customer: number,
  currencies: readonly string[] | undefined,
  constraints: Constraints | undefined,
): readonly string[] | undefined =>
  currencies && constraints?.mixesCurrencies ? [currencies[customer % currencies.length] as string] : currencies
