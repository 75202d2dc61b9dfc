// When things happen around an invoice: sent, reminded, disputed, promised, paid.

import { secondsPerDay } from '../../spec/index.ts'
import type { Day, Instant } from '../../spec/index.ts'
import type { Entry, Payment } from '../ledger/entry.ts'
import { calendarOf, officeOpens, officeTime } from '../ledger/calendar.ts'
import { Random } from '../random.ts'
import { dayAt, endOf, openAt } from './facts.ts'

/** How firmly the buyer is reminded. */
type Level = 1 | 2 | 3

/** What a call is about. */
export type Topic = 'dispute' | 'promise' | 'inquiry' | 'wrongContact' | 'noAnswer'

/** One thing that happened between buyer and seller. */
export type Beat =
  | {
      readonly kind:
        | 'issued'
        | 'acknowledged'
        | 'courtesy'
        | 'promiseBroken'
        | 'dispute'
        | 'promise'
        | 'ordered'
        | 'voided'
        | 'copy'
        | 'referred'
      readonly at: Instant
    }
  | { readonly kind: 'reminder'; readonly at: Instant; readonly level: Level }
  | { readonly kind: 'disputeNoted' | 'promiseNoted'; readonly at: Instant; readonly byCall: boolean }
  | { readonly kind: 'remittance' | 'receipt'; readonly at: Instant; readonly payment: Payment }
  /** `doneAt`: when what was agreed on the call was done; missing where that is still open. */
  | { readonly kind: 'call'; readonly at: Instant; readonly topic: Topic; readonly doneAt?: Instant }

/** Room a call needs: it must be over, and understood, in time. */
const callRoom = 1_800
const hour = 3_600

/** Where beats may fall. */
interface Span {
  readonly entry: Entry
  readonly random: Random
  /** From then on the buyer knows of the invoice. */
  readonly start: Instant
  /** From then on nobody asks for money: it is settled, ordered, given up. */
  readonly stop: Instant
  readonly end: Instant
}

/** Returns what happened around an invoice, oldest first: nothing before it was made, nothing after the end of its `today`. */
export function timelineOf(entry: Entry): readonly Beat[] {
  if (entry.status === 'draft') return []
  const span = spanOf(entry)
  const claims = claimsOf(span)
  const beats = [
    ...opening(span, claims),
    ...claims.beats,
    ...chasing(span, claims),
    ...calling(span, claims),
    ...settling(span),
    ...closing(span),
  ]
  return beats.filter(({ at }) => at <= span.end).sort((left, right) => left.at - right.at)
}

function spanOf(entry: Entry): Span {
  const end = endOf(entry)
  const start = Math.min(end, Math.max(entry.createdAt, entry.sentAt ?? entry.createdAt))
  const ordered = entry.payments.filter(({ isPending }) => isPending).map(({ at }) => at)
  const isOrdered = entry.status === 'processing' && ordered.length === 0
  const random = new Random(entry.key).at('story').at('timeline')
  const stops = [end, ...ordered, entry.paidAt, entry.voidedAt, entry.uncollectibleAt].filter((at) => at !== undefined)
  if (isOrdered) stops.push(Math.min(end, atOffice(entry, entry.today - 1, random.at('ordered'))))
  return { entry, random, start, stop: Math.max(start, Math.min(...stops)), end }
}

/** Returns a moment of office hours of the seller, on the next working day where the day is none. */
function atOffice({ seller }: Entry, day: Day, random: Random): Instant {
  return officeOpens(seller.country, calendarOf(seller.country).next(day)) + random.int(0, officeTime)
}

/** Returns a moment soon after the seller's office has opened: reminders go first. */
function atOpening({ seller }: Entry, day: Day, random: Random): Instant {
  return officeOpens(seller.country, calendarOf(seller.country).next(day)) + random.int(0, hour - 1)
}

/** Returns the wish where it lies between the bounds, else a moment between them. */
function place(wish: Instant, low: Instant, high: Instant, random: Random): Instant {
  if (wish >= low && wish <= high) return wish
  return high <= low ? high : random.int(low + Math.floor((high - low) / 3), high)
}

/** Dispute and promise, whichever way they were uttered. */
interface Claims {
  readonly disputedAt: Instant
  readonly promisedAt: Instant
  /** Until then the promise holds back reminders. */
  readonly patience: Instant
  readonly hasCall: boolean
  readonly beats: readonly Beat[]
}

const never = Infinity

function claimsOf(span: Span): Claims {
  const { entry, random, start, stop } = span
  const beats: Beat[] = []
  let disputedAt = never
  if (entry.isDisputed) {
    const draws = random.at('dispute')
    disputedAt = place(
      atOffice(entry, Math.min(entry.dueDate + 2, dayAt(start) + draws.int(2, 9)), draws),
      start + hour,
      stop,
      draws,
    )
    beats.push(...uttered(span, 'dispute', disputedAt, 0.4))
  }
  let promisedAt = never
  if (entry.promisedDate !== undefined) {
    const draws = random.at('promise')
    const low = Math.max(start + hour, disputedAt === never ? 0 : disputedAt + hour)
    const high = Math.min(stop, entry.promisedDate * secondsPerDay)
    promisedAt = place(atOffice(entry, entry.dueDate + draws.int(1, 2), draws), low, high >= low ? high : stop, draws)
    beats.push(...uttered(span, 'promise', promisedAt, 0.5))
  }
  const patience = entry.promisedDate === undefined ? 0 : (entry.promisedDate + 1) * secondsPerDay
  return { disputedAt, promisedAt, patience, hasCall: beats.some(({ kind }) => kind === 'call'), beats }
}

/** Said on the telephone and confirmed in writing, or written and then noted. */
function uttered({ entry, random, stop }: Span, topic: 'dispute' | 'promise', at: Instant, callShare: number): Beat[] {
  const draws = random.at(topic).at('channel')
  const noted = topic === 'dispute' ? 'disputeNoted' : 'promiseNoted'
  if (draws.chance(callShare) && at + callRoom <= stop) {
    return [
      { kind: 'call', topic, at },
      { kind: noted, byCall: true, at: at + draws.int(callRoom / 2, callRoom) },
    ]
  }
  const reply = atOffice(entry, dayAt(at) + 1, draws)
  return [{ kind: topic, at }, ...(reply < stop ? [{ kind: noted, byCall: false, at: reply } as const] : [])]
}

function opening({ entry, random, start, stop }: Span, { disputedAt, promisedAt }: Claims): Beat[] {
  const beats: Beat[] = entry.sentAt === undefined ? [] : [{ kind: 'issued', at: start }]
  const quiet = Math.min(stop, disputedAt, promisedAt, entry.dueDate * secondsPerDay)
  const draws = random.at('opening')
  const acknowledgedAt = atOffice(entry, dayAt(start) + draws.int(1, 2), draws)
  if (draws.chance(0.25) && entry.sentAt !== undefined && acknowledgedAt > start && acknowledgedAt < quiet)
    beats.push({ kind: 'acknowledged', at: acknowledgedAt })
  const courtesyAt = atOpening(entry, entry.dueDate - draws.int(3, 6), draws)
  if (
    draws.chance(0.6) &&
    courtesyAt > start + 3 * secondsPerDay &&
    courtesyAt < quiet &&
    openAt(entry, courtesyAt) > 0
  )
    beats.push({ kind: 'courtesy', at: courtesyAt })
  return beats
}

/** Reminders: after the due date, while money is owed, nothing is disputed, and no promise stands. */
function chasing({ entry, random, start, stop }: Span, { disputedAt, promisedAt, patience }: Claims): Beat[] {
  const draws = random.at('chasing')
  const early = (day: Day): Instant => atOpening(entry, day, draws)
  const isDue = (at: Instant): boolean => at > start && at < stop && at < disputedAt && openAt(entry, at) > 0
  const beats: Beat[] = []
  const first = early(entry.dueDate + 1)
  const remind = (at: Instant): void => void beats.push({ kind: 'reminder', level: (beats.length + 1) as Level, at })
  if (isDue(first) && first < promisedAt) remind(first)
  const isBroken = promisedAt !== never && promisedAt < patience
  const broken = Math.max(early(dayAt(patience) + 1), isBroken ? promisedAt + secondsPerDay : 0)
  if (isBroken && isDue(broken)) beats.push({ kind: 'promiseBroken', at: broken })
  const second = early(entry.dueDate + draws.int(12, 16))
  if (!isBroken && isDue(second) && second < promisedAt) remind(second)
  const third = Math.max(early(entry.dueDate + draws.int(27, 33)), isBroken ? broken + 8 * secondsPerDay : 0)
  if (isDue(third) && (isBroken || third < promisedAt)) remind(third)
  return beats
}

/** Calls about a late invoice beyond those in which dispute and promise were uttered: two in all at most. */
function calling(
  { entry, random, start, stop }: Span,
  { disputedAt, promisedAt, patience, hasCall, beats }: Claims,
): Beat[] {
  const draws = random.at('calling')
  const lateFrom = (entry.dueDate + 1) * secondsPerDay
  const fits = (at: Instant): boolean =>
    at > Math.max(start, lateFrom) && at + callRoom < stop && at < disputedAt && openAt(entry, at) > 0
  if (hasCall) {
    const said = beats.filter(({ kind }) => kind === 'call')
    const doneAt = (said[0] as Beat).at
    const missed = atOffice(entry, dayAt(doneAt) - draws.int(1, 2), draws)
    return said.length === 1 && draws.chance(0.4) && fits(missed) && missed < promisedAt
      ? [{ kind: 'call', topic: 'noAnswer', at: missed, doneAt }]
      : []
  }
  const isFree = (at: Instant): boolean => fits(at) && (at < promisedAt || at > patience + secondsPerDay)
  const at = atOffice(entry, entry.dueDate + draws.int(5, 11), draws)
  if (!draws.chance(0.6) || !isFree(at)) return []
  const topic = draws.weighted<Topic>([
    { weight: 45, value: 'inquiry' },
    { weight: 35, value: 'noAnswer' },
    { weight: entry.buyer.people.length > 1 ? 20 : 0, value: 'wrongContact' },
  ])
  if (topic !== 'noAnswer') return followedUp(topic, at, draws)
  const again = atOffice(entry, dayAt(at) + draws.int(2, 5), draws)
  return draws.chance(0.5) && isFree(again)
    ? [{ kind: 'call', topic, at, doneAt: again }, ...followedUp('inquiry', again, draws)]
    : [{ kind: 'call', topic, at }]
}

/** The copy that was asked for is sent, or whoever was referred to is written to. */
function followedUp(topic: Topic, at: Instant, draws: Random): Beat[] {
  const doneAt = at + draws.int(callRoom / 2, callRoom)
  return [
    { kind: 'call', topic, at, doneAt },
    { kind: topic === 'wrongContact' ? 'referred' : 'copy', at: doneAt },
  ]
}

/** Advice of a payment before it arrives, a receipt after it. */
function settling({ entry, random, start, end }: Span): Beat[] {
  return entry.payments.flatMap((payment): Beat[] => {
    const draws = random.at('payment').at(payment.index)
    const isLast = payment.index === entry.payments.length - 1
    const eve = calendarOf(entry.seller.country).previous(dayAt(payment.at) - 1)
    const advisedAt = Math.max(start + 1, Math.min(atOffice(entry, eve, draws), end))
    const advice: Beat[] =
      draws.chance(isLast ? 0.45 : 0.7) && advisedAt < payment.at && payment.amount > 0
        ? [{ kind: 'remittance', payment, at: advisedAt }]
        : []
    if (payment.isPending || payment.amount <= 0) return advice
    return [...advice, { kind: 'receipt', payment, at: Math.min(end, payment.at + draws.int(300, 2_400)) }]
  })
}

function closing({ entry, random, start, stop, end }: Span): Beat[] {
  const { status, voidedAt, payments } = entry
  const delay = random.at('closing').int(60, hour)
  if (status === 'void' && voidedAt !== undefined)
    return [{ kind: 'voided', at: Math.max(start, Math.min(end, voidedAt + delay)) }]
  const isOrdered = status === 'processing' && !payments.some(({ isPending }) => isPending)
  return isOrdered ? [{ kind: 'ordered', at: Math.min(end, Math.max(start + 1, stop)) }] : []
}
