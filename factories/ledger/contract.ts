import { addMonths, dayOf, partsOf, secondsPerDay } from '../../spec/index.ts'
import type { Day, Instant } from '../../spec/index.ts'
import { mix2 } from '../random.ts'
import type { Book } from './book.ts'
import { salt, whole } from './draw.ts'
import type { Entry } from './entry.ts'
import { monthsIn } from './orders.ts'
import type { Cycle } from './profile.ts'

/** What a contract bills in each period. Amounts in minor units, quantity in thousandths. */
interface Service {
  readonly key: number
  readonly description: string
  readonly price: number
  readonly quantity: number
  readonly startAt: Instant
}

/** The agreement behind a customer's invoices. */
export interface Contract {
  /** The customer's number: one contract each. */
  readonly key: number
  readonly name: string
  readonly status: 'draft' | 'live' | 'ended'
  readonly cycle: Cycle
  readonly currency: string
  readonly signedAt: Instant
  readonly startAt: Instant
  readonly periods: number
  readonly services: readonly Service[]
}

const names = {
  start: salt('contract start'),
  hour: salt('contract hour'),
}

/** Returns the contract that an invoice bills; the same for every invoice of its buyer. */
export function contractOf(book: Book, { buyer, currency }: Pick<Entry, 'buyer' | 'currency'>): Contract {
  const key = mix2(book.key ^ 0x636f6e74, buyer.key)
  const { cycle } = book.profile(Math.max(0, buyer.key))
  const startAt = contractStart(book, key, Math.max(0, buyer.key)) * secondsPerDay
  return {
    key: Math.max(0, buyer.key),
    name: `${buyer.name} ${cycle} services`,
    status: 'live',
    cycle,
    currency,
    signedAt: startAt - whole(key, names.hour, 2, 20) * secondsPerDay + 36_000,
    startAt,
    periods: 12 / monthsIn[cycle],
    services: servicesOf(book, Math.max(0, buyer.key), currency, startAt),
  }
}

/** The first of a month some months to three years before the customer is billed first. */
function contractStart(book: Book, key: number, customer: number): Day {
  const { year, month } = partsOf(book.joinDay(customer))
  return dayOf(year, month - whole(key, names.start, 3, 36), 1)
}

/** Each subscription at its list price, as invoices bill it. */
const servicesOf = (book: Book, customer: number, currency: string, startAt: Instant): Service[] =>
  book.profile(customer).subscriptions.map(({ item, quantity }, index) => ({
    key: customer * 8 + index,
    description: book.catalogue[item]?.name ?? '',
    price: book.price(item, currency),
    quantity,
    startAt,
  }))

/** Returns the last full billing period before an invoice's month. */
export function periodBefore(issueDay: Day, cycle: Cycle): { start: Day; end: Day } {
  const { year, month } = partsOf(issueDay)
  const first = cycle === 'annual' ? 1 : cycle === 'quarterly' ? month - ((month - 1) % 3) : month
  const end = dayOf(year, first, 1) - 1
  return { start: addMonths(end + 1, -monthsIn[cycle]), end }
}
