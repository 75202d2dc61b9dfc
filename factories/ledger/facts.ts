import type { Day, Intake, Status } from '../../spec/index.ts'
import { mix2 } from '../random.ts'
import type { Book, Customer } from './book.ts'
import { customerAt } from './customer.ts'
import { normal, salt, unit, whole } from './draw.ts'
import { fulfil } from './fate.ts'
import { never } from './never.ts'
import type { Profile } from './profile.ts'

/** Days of history a ledger covers. */
const span = 400

/** Days between a payment order and its arrival. */
const clearing = 2

/**
 * What is drawn about one invoice, lines aside: independent facts, none of which depends on the day it is looked at.
 * One object is filled again and again where a million invoices are walked.
 */
export class Facts {
  index = 0
  /** Seed of the invoice's own draws. */
  key = 0
  customer = 0
  profile!: Customer
  lines = 0
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
  slot: salt('issue date'),
  lines: salt('number of lines'),
  draft: salt('draft'),
  draftDays: salt('days as a draft'),
  void: salt('void'),
  voidDays: salt('days to void'),
  delay: salt('payment delay'),
  debt: salt('bad debt'),
  part: salt('instalment'),
  share: salt('share of instalment'),
  partDays: salt('days of instalment'),
  writeOff: salt('days to write-off'),
  dispute: salt('dispute'),
  promise: salt('promise'),
  promiseDays: salt('days promised'),
}

/** Fills in the facts of entry `index`; a pure function of the book and the index. */
export function drawFacts(book: Book, index: number, facts: Facts): Facts {
  const key = mix2(book.key ^ 0x696e766f, index)
  const customer = customerAt(key, book.customers)
  const profile = book.profile(customer)
  facts.index = index
  facts.key = key
  facts.customer = customer
  facts.profile = profile
  // Entry 0 is the oldest. Each entry has a slot of time of its own, so that numbers rise with dates.
  const position = Math.min(1, (index + unit(key, names.slot)) / Math.max(1, book.size))
  facts.issueDay = book.epoch - Math.floor(span * (1 - position))
  facts.terms = profile.terms
  facts.dueDay = facts.issueDay + profile.terms
  facts.lines = lineCount(unit(key, names.lines))
  drawLife(key, facts, profile)
  if (book.fate) fulfil(facts, book.fate, book.epoch, span)
  return facts
}

/** Most invoices are short; one in fifty has up to 24 lines. */
function lineCount(draw: number): number {
  if (draw > 0.98) return 9 + Math.floor((draw - 0.98) * 800)
  return 1 + Math.floor(8 * draw * draw)
}

function drawLife(key: number, facts: Facts, profile: Profile): void {
  facts.finalDay = unit(key, names.draft) < 0.35 ? facts.issueDay + whole(key, names.draftDays, 1, 4) : facts.issueDay
  const isBadDebt = unit(key, names.debt) < profile.risk
  const delay = Math.round(profile.lateness + normal(key, names.delay) * (3 + profile.lateness / 3))
  facts.payDay = isBadDebt ? never : Math.max(facts.finalDay + 1, facts.dueDay + delay)
  facts.uncollectibleDay = isBadDebt ? facts.dueDay + whole(key, names.writeOff, 150, 260) : never
  const isPartial = unit(key, names.part) < 0.1
  facts.partDay = isPartial
    ? Math.max(facts.finalDay + 1, Math.min(facts.payDay, facts.dueDay) - whole(key, names.partDays, 2, 12))
    : never
  facts.partShare = isPartial ? whole(key, names.share, 20, 70) : 0
  if (isPartial && facts.partDay >= facts.payDay) facts.payDay = facts.partDay + 1
  const voidDay = unit(key, names.void) < 0.02 ? facts.finalDay + whole(key, names.voidDays, 1, 12) : never
  // What money has arrived for is not voided any more.
  facts.voidDay = voidDay < facts.partDay && voidDay < facts.payDay - clearing ? voidDay : never
  facts.disputeDay = unit(key, names.dispute) < 0.05 ? Math.min(facts.dueDay, facts.finalDay + 9) : never
  facts.promiseDay = unit(key, names.promise) < 0.35 ? facts.dueDay + whole(key, names.promiseDays, 4, 10) : never
}

/** Returns the state of an invoice on a day; `facts` alone decide, so a clock that moves changes nothing else. */
export function statusOn(facts: Facts, today: Day): Status {
  if (today < facts.finalDay) return 'draft'
  if (facts.voidDay <= today) return 'void'
  if (facts.payDay <= today) return 'paid'
  if (facts.payDay - clearing <= today) return 'processing'
  if (facts.uncollectibleDay <= today) return 'uncollectible'
  return facts.dueDay < today ? 'overdue' : 'open'
}

const intakeDraw = salt('intake')

/** Returns where a received invoice is on its way into the buyer's books; older ones have got further. */
export function intakeOf(key: number, age: number): Intake {
  const draw = unit(key, intakeDraw)
  if (age < 30 || draw < 0.3) return draw < 0.12 ? 'pendingRetry' : 'pendingFirst'
  if (draw < 0.38) return 'pendingResult'
  return draw < 0.45 ? 'failed' : 'processed'
}
