import { partsOf } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'
import { mix2 } from '../random.ts'
import type { Book } from './book.ts'
import { monthAfter } from './calendar.ts'
import type { CatalogueItem } from './catalogue.ts'
import { customerAt, populationAt } from './customer.ts'
import { salt, unit, whole } from './draw.ts'
import { isCreditDraw } from './mix.ts'
import type { Cycle, Profile } from './profile.ts'
import { keyOf, placeOf } from './sequence.ts'

/** What a customer has subscribed to: the lines of its contract. */
export interface Subscription {
  /** Number of the catalogue item. */
  readonly item: number
  /** Of a billing period, in thousandths. */
  readonly quantity: number
}

const names = {
  credited: salt('credited invoice'),
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
  const first = whole(key, names.item, 0, offered.length - 1)
  return Array.from({ length: Math.min(offered.length, whole(key, names.count, 1, 3)) }, (_, place) => {
    const { index, quantities } = offered[(first + place * 3) % offered.length] as CatalogueItem
    const draw = Math.min(0.999, unit(mix2(key, place), names.seats) * 0.7 * (1 + size))
    return { item: index, quantity: (quantities[Math.floor(draw * quantities.length)] as number) * monthsIn[cycle] }
  })
}

/** Returns the catalogue's other items, the best sellers first. */
export const rankingOf = (key: number, catalogue: readonly CatalogueItem[]): readonly number[] =>
  catalogue
    .filter(({ productType }) => productType !== 'subscription')
    .map(({ index }) => ({ index, draw: unit(mix2(key, index), names.item) }))
    .toSorted((left, right) => left.draw - right.draw)
    .map(({ index }) => index)

/** Entries before which an invoice was issued that a credit note takes back. */
const reach = 40

/** Returns the entry that a credit note takes back, one of those just before it; −1 for an invoice. */
export function creditedBy(book: Book, index: number, key: number): number {
  // Who asks for invoices that nobody settles asks for invoices.
  if (index < reach || book.constraints?.isUnsettled || !isCreditDraw(key, book.mix)) return -1
  let credited = index - whole(key, names.credited, 1, reach)
  while (credited > 0 && isCreditDraw(keyOf(book, credited), book.mix)) credited--
  return credited > 0 ? credited : -1
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
    // What somebody creates stands outside of the books.
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
    if (book.dayAt(placeOf(book, middle)) < first) from = middle + 1
    else high = middle
  }
  const seen = new Set<number>()
  const isFirst: number[] = []
  for (let entry = from; entry < book.size && book.dayAt(placeOf(book, entry)) < after; entry++) {
    const key = keyOf(book, entry)
    const customer = creditedBy(book, entry, key) < 0 ? customerAt(key, populationAt(entry)) : -1
    isFirst.push(Number(customer >= 0 && !seen.has(customer)))
    if (customer >= 0) seen.add(customer)
  }
  return { first, after, from, isFirst: Uint8Array.from(isFirst) }
}
