// Draws the independent facts of an invoice, lines aside: customer, terms, and the days on which things happen to it.
import type { Day, Intake, Status } from '../../spec/index.ts'
import type { Book, Customer } from './book.ts'
import { never } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import { applyMix, constrain, creditedBy } from './constraints.ts'
import { customerAt, populationAt } from './customer.ts'
import type { Profile } from './customer.ts'
import { entryKey, entryPosition, normal, salt, unit, whole } from './draw.ts'

/** Days between a payment order and its arrival. */
const clearing = 2

/**
 * What is drawn about one invoice, lines aside: independent facts, none of which depends on the day it is looked at.
 * One object is filled again and again where a million invoices are walked.
 */
export class InvoiceDraw {
  index = 0
  /** Seed of the invoice's own draws. */
  key = 0
  customer = 0
  /** The entry that a credit note takes back; −1 for an invoice. */
  credited = -1
  /** Seed of its lines: that of the credited invoice, or its own. */
  orderKey = 0
  profile!: Customer
  lines = 0
  /** Prices of what is sold one by one, by catalogue item. */
  prices!: Float64Array
  /** Lines that bill the customer's contract: the first. */
  subscriptions = 0
  issueDay: Day = 0
  dueDay: Day = 0
  terms = 0
  /** Until then it is a draft. */
  finalDay: Day = 0
  voidDay: Day = never
  /** The first instalment, where it is paid in parts. */
  partDay: Day = never
  /** Percent of the total that the first instalment pays. */
  partShare = 0
  /** The payment that settles it. */
  payDay: Day = never
  uncollectibleDay: Day = never
  disputeDay: Day = never
  promiseDay: Day = never
}

const names = {
  lines: salt('number of lines'),
  draft: salt('draft'),
  void: salt('void'),
  voidDays: salt('days to void'),
  delay: salt('payment delay'),
  debt: salt('bad debt'),
  part: salt('instalment'),
  share: salt('share of instalment'),
  partDays: salt('days of instalment'),
  writeOff: salt('days to write-off'),
  dispute: salt('dispute'),
  disputeDays: salt('days of dispute'),
  promise: salt('promise'),
  promiseDays: salt('days promised'),
}

/** Draws entry `index`; a pure function of seed, first day of the books and index, whatever the number of entries. */
export function drawInvoice(book: Book, index: number, drawn: InvoiceDraw): InvoiceDraw {
  const key = entryKey(book, index)
  const credited = creditedBy(book, index, key)
  // A credit note is of the invoice that it takes back, to the same customer.
  const orderIndex = credited < 0 ? index : credited
  const orderKey = credited < 0 ? key : entryKey(book, credited)
  const customer = customerAt(orderKey, populationAt(orderIndex))
  const profile = book.profile(customer)
  drawn.credited = credited
  drawn.orderKey = orderKey
  drawn.index = index
  drawn.key = key
  drawn.customer = customer
  drawn.profile = profile
  drawn.issueDay = book.dayAt(entryPosition(book, index))
  drawn.terms = credited < 0 ? profile.terms : 30
  drawn.dueDay = drawn.issueDay + drawn.terms
  // No article stands twice on an invoice.
  const lines = Math.min(lineCount(unit(orderKey, names.lines)), book.ranking.length)
  const position = entryPosition(book, orderIndex)
  const list = book.priceListAt(position)
  drawn.prices = profile.priceLists[list] ?? book.prices(profile.currency, list)
  const { cycle, subscriptions } = profile
  drawn.subscriptions = book.billsContract(orderIndex, book.dayAt(position), cycle) ? subscriptions.length : 0
  const ordered = drawn.subscriptions + (drawn.subscriptions > 0 ? lines - 1 : lines)
  // Most credit notes take everything back, the others the first line.
  drawn.lines = credited < 0 || unit(key, names.share) < 0.6 ? ordered : 1
  drawLife(key, drawn, profile)
  if (credited >= 0) drawCreditLife(key, drawn)
  else if (book.mix && !book.constraints) applyMix(drawn, book.mix)
  if (book.constraints) constrain(drawn, book.constraints, book.newest)
  keepWorkingDays(drawn, book.calendar)
  return drawn
}

/** What is owed back is paid back within two weeks. */
function drawCreditLife(key: number, drawn: InvoiceDraw): void {
  drawn.payDay = drawn.finalDay + whole(key, names.delay, 3, 14)
  drawn.partDay = drawn.voidDay = drawn.uncollectibleDay = drawn.disputeDay = drawn.promiseDay = never
  drawn.partShare = 0
}

/** Most invoices are short; one in fifty has up to 24 lines. */
function lineCount(draw: number): number {
  if (draw > 0.98) return 9 + Math.floor((draw - 0.98) * 800)
  return 1 + Math.floor(8 * draw * draw)
}

/** People and banks do what they do on working days; what was in order stays in order. */
function keepWorkingDays(drawn: InvoiceDraw, { next }: Calendar): void {
  drawn.finalDay = next(drawn.finalDay)
  drawn.partDay = next(Math.max(drawn.partDay, drawn.finalDay + 1))
  drawn.payDay = next(Math.max(drawn.payDay, drawn.partDay === never ? drawn.finalDay + 1 : drawn.partDay + 1))
  drawn.voidDay = next(Math.max(drawn.voidDay, drawn.finalDay + 1))
  // What money has arrived for is not voided any more.
  if (drawn.voidDay >= Math.min(drawn.partDay, drawn.payDay - clearing)) drawn.voidDay = never
  drawn.uncollectibleDay = next(drawn.uncollectibleDay)
  drawn.disputeDay = next(drawn.disputeDay)
  drawn.promiseDay = next(drawn.promiseDay)
}

/** Two thirds are sent on the day of issue, most of the others within four days, one in fifty weeks later. */
const draftDays = (draw: number): number =>
  draw < 0.02 ? 8 + Math.floor(draw * 1_000) : draw < 0.35 ? 1 + Math.floor(draw * 10) : 0

function drawLife(key: number, drawn: InvoiceDraw, profile: Profile): void {
  drawn.finalDay = drawn.issueDay + draftDays(unit(key, names.draft))
  const isBadDebt = unit(key, names.debt) < profile.risk
  const delay = Math.round(profile.lateness + normal(key, names.delay) * (3 + profile.lateness / 3))
  drawn.payDay = isBadDebt ? never : Math.max(drawn.finalDay + 1, drawn.dueDay + delay)
  drawn.uncollectibleDay = isBadDebt ? drawn.dueDay + whole(key, names.writeOff, 150, 260) : never
  const isPartial = unit(key, names.part) < 0.1
  drawn.partDay = isPartial
    ? Math.max(drawn.finalDay + 1, Math.min(drawn.payDay, drawn.dueDay) - whole(key, names.partDays, 2, 12))
    : never
  drawn.partShare = isPartial ? whole(key, names.share, 20, 70) : 0
  if (isPartial && drawn.partDay >= drawn.payDay) drawn.payDay = drawn.partDay + 1
  drawn.voidDay = unit(key, names.void) < 0.02 ? drawn.finalDay + whole(key, names.voidDays, 1, 12) : never
  drawn.disputeDay = unit(key, names.dispute) < 0.07 ? Math.min(drawn.dueDay, drawn.finalDay + 9) : never
  // What is disputed is paid when the dispute is settled.
  if (drawn.disputeDay !== never && !isBadDebt) drawn.payDay += whole(key, names.disputeDays, 10, 45)
  drawn.promiseDay = unit(key, names.promise) < 0.35 ? drawn.dueDay + whole(key, names.promiseDays, 4, 10) : never
}

/** Returns the state of an invoice on a day; what was drawn alone decides, so a clock that moves changes nothing else. */
export function statusOn(drawn: InvoiceDraw, today: Day): Status {
  if (today < drawn.finalDay) return 'draft'
  if (drawn.voidDay <= today) return 'void'
  if (drawn.payDay <= today) return 'paid'
  if (drawn.payDay - clearing <= today) return 'processing'
  if (drawn.uncollectibleDay <= today) return 'uncollectible'
  return drawn.dueDay < today ? 'overdue' : 'open'
}

const intakeNames = { claim: salt('intake'), result: salt('intake result'), failure: salt('intake failure') }

/**
 * Returns where a received invoice is on its way into the buyer's books, by its age in days. Half of them are claimed within eleven days, one in
 * ten waits for more than three months; the result comes some days later. Two in a hundred fail and are left so.
 */
export function intakeOf(key: number, age: number): Intake {
  const wait = unit(key, intakeNames.claim)
  const claimed = 2 + Math.floor(wait * wait * wait * wait * 150)
  if (age < claimed) return age > claimed / 2 && wait > 0.6 ? 'pendingRetry' : 'pendingFirst'
  if (age < claimed + whole(key, intakeNames.result, 1, 6)) return 'pendingResult'
  return unit(key, intakeNames.failure) < 0.02 ? 'failed' : 'processed'
}
