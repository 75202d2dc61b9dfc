import { secondsPerDay } from '../../spec/index.ts'
import type { Day, Instant } from '../../spec/index.ts'
import type { Entry } from '../ledger/entry.ts'
import { dateText, dayAt } from './date-text.ts'
import { moneyText } from './money-text.ts'

/** The facts of an invoice as its texts spell them, in the buyer's locale. */
export interface Words {
  readonly number: string
  readonly seller: string
  readonly buyer: string
  readonly total: string
  readonly issued: string
  readonly due: string
  readonly order: string | undefined
  /** Spells minor units of the invoice's currency. */
  readonly money: (amount: number) => string
  readonly date: (day: Day) => string
}

/** Returns the facts of an invoice in words. */
export function wordsOf(entry: Entry): Words {
  const { currency, exponent, buyer, seller } = entry
  const money = (amount: number): string => moneyText({ amount, currency, exponent }, buyer.locale)
  const date = (day: Day): string => dateText(day, buyer.locale)
  return {
    number: entry.number,
    seller: seller.name,
    buyer: buyer.name,
    total: money(entry.total),
    issued: date(entry.issueDate),
    due: date(entry.dueDate),
    order: entry.purchaseOrder,
    money,
    date,
  }
}

/** Returns what was still owed at a moment, in minor units. */
export function openAt({ total, rounding, payments }: Entry, at: Instant): number {
  let open = total + rounding
  for (const payment of payments) if (!payment.isPending && payment.at <= at) open -= payment.amount
  return open
}

/** Returns the last second of an entry's `today`. */
export const endOf = ({ today }: Pick<Entry, 'today'>): Instant => (today + 1) * secondsPerDay - 1

/** Tells whether the due date has passed on the day of a moment. */
export const isLateAt = ({ dueDate }: Entry, at: Instant): boolean => dayAt(at) > dueDate
