// Contracts of customers: their subscriptions, billing periods, and which invoices bill them.
import { addMonths, dayOf, partsOf, secondsPerDay } from '../../spec/index.ts'
import type { Day, Instant } from '../../spec/index.ts'
import { mix2 } from '../random.ts'
import type { Book } from './book.ts'
import { monthAfter } from './calendar.ts'
import type { CatalogueItem } from './catalogue.ts'
import { creditedBy } from './constraints.ts'
import { customerAt, joinsAt, populationAt } from './customer.ts'
import type { Cycle, Profile } from './customer.ts'
import { entryKey, entryPosition, salt, unit, whole } from './draw.ts'
import type { Entry } from './entry.ts'

/** What a customer has subscribed to: the lines of its contract. */
export interface Subscription {
  /** Number of the catalogue item. */
  readonly item: number
  /** Of a billing period, in thousandths. */
  readonly quantity: number
}

const orderNames = {
  count: salt('subscriptions'),
  item: salt('subscribed item'),
  seats: salt('subscribed quantity'),
}

/** Months of a billing period. */
export const monthsIn: Readonly<Record<Cycle, number>> = { monthly: 1, quarterly: 3, annual: 12 }

/** Returns what a customer has subscribed to: one to three different subscriptions of the catalogue, none where it has none. */
export function subscriptionsOf(
  key: number,
  { cycle, size }: Pick<Profile, 'cycle' | 'size'>,
  catalogue: readonly CatalogueItem[],
): readonly Subscription[] {
  const offered = catalogue.filter(({ productType }) => productType === 'subscription')
  const first = whole(key, orderNames.item, 0, offered.length - 1)
  return Array.from({ length: Math.min(offered.length, whole(key, orderNames.count, 1, 3)) }, (_, place) => {
    const { index, quantities } = offered[(first + place * 3) % offered.length] as CatalogueItem
    const draw = Math.min(0.999, unit(mix2(key, place), orderNames.seats) * 0.7 * (1 + size))
    return { item: index, quantity: (quantities[Math.floor(draw * quantities.length)] as number) * monthsIn[cycle] }
  })
}

/** Which entries of a month are the first of their customer in it. */
interface Month {
  readonly first: Day
  readonly after: Day
  /** Number of its first entry. */
  readonly from: number
  readonly isFirst: Uint8Array
}

/** Tells which invoices bill a contract. */
export type BillsContract = (index: number, issueDay: Day, cycle: Cycle) => boolean

/**
 * Returns what tells which invoices bill a contract: the first of a customer in a month after a billing period has ended. Months are
 * walked when first asked for, and a bit or so of each entry is kept.
 */
export function billsContractIn(book: Book): BillsContract {
  const months = new Map<number, Month>()
  let recent: Month | undefined
  const monthOf = (index: number, day: Day): Month => {
    const first = day - partsOf(day).day + 1
    const known = months.get(first) ?? walk(book, index, first)
    months.set(first, known)
    return known
  }
  return (index, issueDay, cycle) => {
    // Invoices that requests create stand outside of the books.
    if (index >= book.size) return false
    const month = (recent =
      recent && recent.first <= issueDay && issueDay < recent.after ? recent : monthOf(index, issueDay))
    if (month.isFirst[index - month.from] !== 1) return false
    return cycle === 'monthly' || (partsOf(issueDay).month - 1) % monthsIn[cycle] === 0
  }
}

function walk(book: Book, index: number, first: Day): Month {
  const after = monthAfter(first)
  let [from, high] = [0, index]
  while (from < high) {
    const middle = (from + high) >>> 1
    if (book.dayAt(entryPosition(book, middle)) < first) from = middle + 1
    else high = middle
  }
  const seen = new Set<number>()
  const isFirst: number[] = []
  for (let entry = from; entry < book.size && book.dayAt(entryPosition(book, entry)) < after; entry++) {
    const key = entryKey(book, entry)
    const customer = creditedBy(book, entry, key) < 0 ? customerAt(key, populationAt(entry)) : -1
    isFirst.push(Number(customer >= 0 && !seen.has(customer)))
    if (customer >= 0) seen.add(customer)
  }
  return { first, after, from, isFirst: Uint8Array.from(isFirst) }
}

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

const contractNames = {
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
    signedAt: startAt - whole(key, contractNames.hour, 2, 20) * secondsPerDay + 36_000,
    startAt,
    periods: 12 / monthsIn[cycle],
    services: servicesOf(book, Math.max(0, buyer.key), currency, startAt),
  }
}

/** The first of a month some months to three years before the customer is billed first. */
function contractStart(book: Book, key: number, customer: number): Day {
  const { year, month } = partsOf(book.joinDay(customer))
  return dayOf(year, month - whole(key, contractNames.start, 3, 36), 1)
}

/** Each subscription at the price of the list that was valid when the customer joined, as invoices bill it. */
function servicesOf(book: Book, customer: number, currency: string, startAt: Instant): Service[] {
  const prices = book.prices(currency, book.priceListAt(joinsAt(customer)))
  return book.profile(customer).subscriptions.map(({ item, quantity }, index) => ({
    key: customer * 8 + index,
    description: book.catalogue[item]?.name ?? '',
    price: prices[item] as number,
    quantity,
    startAt,
  }))
}

/** Returns the last full billing period before an invoice's month. */
export function periodBefore(issueDay: Day, cycle: Cycle): { start: Day; end: Day } {
  const { year, month } = partsOf(issueDay)
  const first = cycle === 'annual' ? 1 : cycle === 'quarterly' ? month - ((month - 1) % 3) : month
  const end = dayOf(year, first, 1) - 1
  return { start: addMonths(end + 1, -monthsIn[cycle]), end }
}
