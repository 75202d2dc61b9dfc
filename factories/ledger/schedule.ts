import { formatDay, secondsPerDay } from '../../spec/index.ts'
import type { Day, Instant, Status } from '../../spec/index.ts'
import type { Entry } from './entry.ts'
import { contradiction } from './pins.ts'
import type { Pins, Spell } from './pins.ts'

/** The dates, the state and the settlement of an amended entry. */
export type Schedule = Pick<
  Entry,
  | 'status'
  | 'issueDate'
  | 'dueDate'
  | 'periodStart'
  | 'periodEnd'
  | 'createdAt'
  | 'sentAt'
  | 'paidAt'
  | 'voidedAt'
  | 'uncollectibleAt'
  | 'promisedDate'
  | 'paid'
> & {
  /** When the last payment arrived, if one did. */
  readonly lastPaymentAt: Instant
}

/**
 * Returns dates and state that agree: what is pinned stays, the rest gives way.
 * @throws Failure naming the law where the pins cannot stand together.
 */
export function schedule(entry: Entry, pins: Pins, total: number, spell: Spell): Schedule {
  const settled = settledOf(pins, total, spell)
  const status = statusFor(entry, pins, settled, total)
  const paid = status === 'paid' ? total : (settled ?? (isUnpaid(status) ? 0 : partOf(entry.paid, entry.total, total)))
  checkPaid(pins, status, paid, total, spell)
  const { issueDate, dueDate } = daysFor(entry, pins, status)
  const createdAt =
    pins.createdAt ??
    (issueDate === entry.issueDate ? entry.createdAt : Math.min(entry.createdAt, issueDate * secondsPerDay + 28_800))
  // The day of a mock ends at 18 o'clock.
  const lastDay = entry.today * secondsPerDay + 64_740
  const after = (at: Instant): Instant => Math.max(createdAt, Math.min(lastDay, at))
  const isSent = status !== 'draft'
  const lastPaymentAt = pins.paidAt ?? entry.payments.at(-1)?.at ?? after(dueDate * secondsPerDay + 43_200)
  return {
    status,
    paid,
    issueDate,
    dueDate,
    periodStart: pins.periodStart ?? Math.min(entry.periodStart, pins.periodEnd ?? entry.periodStart),
    periodEnd: pins.periodEnd ?? Math.max(entry.periodEnd, pins.periodStart ?? entry.periodEnd),
    createdAt,
    lastPaymentAt,
    sentAt: isSent
      ? (pins.sentAt ??
        (issueDate === entry.issueDate && entry.sentAt !== undefined
          ? entry.sentAt
          : after(issueDate * secondsPerDay + 36_000)))
      : undefined,
    paidAt: status === 'paid' ? (pins.paidAt ?? lastPaymentAt) : undefined,
    voidedAt: status === 'void' ? (pins.voidedAt ?? entry.voidedAt ?? lastDay) : undefined,
    uncollectibleAt:
      status === 'uncollectible' ? (pins.uncollectibleAt ?? entry.uncollectibleAt ?? lastDay) : undefined,
    promisedDate: pins.promisedDate ?? (status === 'overdue' ? entry.promisedDate : undefined),
  }
}

const isUnpaid = (status: Status): boolean => status === 'draft' || status === 'void'

/** A part payment stays what it was while the new total is larger. */
const partOf = (paid: number, before: number, total: number): number => (paid === before || paid >= total ? 0 : paid)

function settledOf({ paid, due }: Pins, total: number, spell: Spell): number | undefined {
  if (paid !== undefined && due !== undefined && total - paid !== due)
    throw contradiction('BR-CO-16', `an amount due of ${spell(total - paid)}`, spell(due))
  const settled = paid ?? (due === undefined ? undefined : total - due)
  if (settled !== undefined && (settled < Math.min(0, total) || settled > Math.max(0, total)))
    throw contradiction('BR-CO-16', `between 0 and ${spell(total)} paid`, spell(settled))
  return settled
}

function statusFor(entry: Entry, pins: Pins, settled: number | undefined, total: number): Status {
  if (pins.status) return pins.status
  if (pins.voidedAt !== undefined) return 'void'
  if (pins.uncollectibleAt !== undefined) return 'uncollectible'
  if (pins.paidAt !== undefined || (settled !== undefined && settled === total && total !== 0)) return 'paid'
  const isStillPaid = entry.status === 'paid' && (settled === undefined || settled === total)
  if (
    isStillPaid ||
    entry.status === 'void' ||
    entry.status === 'uncollectible' ||
    entry.status === 'draft' ||
    entry.status === 'processing'
  )
    return entry.status
  return (pins.dueDate ?? entry.dueDate) < entry.today ? 'overdue' : 'open'
}

function checkPaid(pins: Pins, status: Status, paid: number, total: number, spell: Spell): void {
  const says = (expected: string, received: string): never => {
    throw contradiction('PF-STATUS', expected, received)
  }
  if (status === 'paid' && (pins.paid ?? total) !== total)
    says(`${spell(total)} paid when the status is paid`, spell(pins.paid as number))
  if (status === 'paid' && (pins.due ?? 0) !== 0) says('nothing due when the status is paid', spell(pins.due as number))
  if (isUnpaid(status) && paid !== 0) says(`nothing paid when the status is ${status}`, spell(paid))
  if (status !== 'paid' && !isUnpaid(status) && total !== 0 && paid === total)
    says(`something due when the status is ${status}`, spell(0))
  if (status !== 'paid' && pins.paidAt !== undefined) says(`status paid with a day of payment`, status)
  if (status !== 'void' && pins.voidedAt !== undefined) says('status void with a day of voiding', status)
}

/** Days after which an invoice nobody has dated falls due. */
const usual = 30

function daysFor(entry: Entry, pins: Pins, status: Status): { issueDate: Day; dueDate: Day } {
  const { today } = entry
  const terms = entry.terms || usual
  let dueDate = pins.dueDate ?? (pins.issueDate !== undefined ? pins.issueDate + entry.terms : entry.dueDate)
  let issueDate = pins.issueDate ?? Math.min(entry.issueDate, dueDate)
  const isPast = status === 'overdue' || status === 'uncollectible'
  if (isPast && dueDate >= today) {
    if (pins.dueDate !== undefined)
      throw contradiction(
        'PF-STATUS',
        `a due date before ${formatDay(today)} when the status is ${status}`,
        formatDay(dueDate),
      )
    dueDate = today - 1 - (entry.key % 20)
    if (pins.issueDate === undefined) issueDate = dueDate - terms
    else dueDate = Math.max(issueDate, dueDate)
    if (dueDate >= today)
      throw contradiction(
        'PF-STATUS',
        `an issue date that lets it be ${status} by ${formatDay(today)}`,
        formatDay(issueDate),
      )
  }
  if (status === 'open' && dueDate < today && pins.dueDate === undefined) {
    if (pins.issueDate === undefined) issueDate = Math.max(issueDate, today - Math.floor(terms / 2))
    dueDate = today + terms - Math.floor(terms / 2)
  }
  if (issueDate > dueDate)
    throw contradiction('PF-DATES', `an issue date up to ${formatDay(dueDate)}`, formatDay(issueDate))
  if (issueDate > today)
    throw contradiction('PF-DATES', `an issue date up to today, ${formatDay(today)}`, formatDay(issueDate))
  return { issueDate, dueDate }
}
