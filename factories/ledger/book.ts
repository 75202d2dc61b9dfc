// The book of a seed: what is drawn once for all invoices (catalogue, calendar, days of issue, customers and their prices).
import type { Day } from '../../spec/index.ts'
import { mix2, Random } from '../random.ts'
import type { Seed } from '../random.ts'
import { calendarOf } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import type { Trade } from './articles.ts'
import { catalogueOf, priceOn, rankingOf } from './catalogue.ts'
import type { CatalogueItem } from './catalogue.ts'
import { constrainedDay, marketFor } from './constraints.ts'
import type { Constraints, Mix } from './constraints.ts'
import { billsContractIn, subscriptionsOf } from './contract.ts'
import type { BillsContract, Subscription } from './contract.ts'
import { priceIn } from './currencies.ts'
import { joinsAt, populationAt, profileOf, sellerPlace, usualSeller } from './customer.ts'
import type { Market, Profile } from './customer.ts'
import { entryPosition, salt, whole } from './draw.ts'
import { epochReaching, issueDaysFrom, usualPace, yearsOf } from './issue-days.ts'
import type { IssueDays, Pace } from './issue-days.ts'

/** What a ledger is drawn from. */
interface BookOptions extends Market {
  readonly seed: Seed
  /** Number of invoices: all others stay as they are when there are more. */
  readonly size: number
  /** First day of the books; where missing, the one with which the last of so many invoices is of `newest`. */
  readonly epoch?: Day | undefined
  /** The day on which the books are opened, that of the newest invoice where `epoch` is missing. */
  readonly newest: Day
  /** Percentages of invoices that come to something. */
  readonly mix?: Mix | undefined
  /** How many invoices are issued on a day, and how that changes. */
  readonly pace?: Partial<Pace> | undefined
  /** Tax rates that may be charged, in thousandths of a percent; any where missing. */
  readonly rates?: readonly number[] | undefined
  readonly constraints?: Constraints | undefined
  /** ISO 3166-1 alpha-2: where the seller lives; the United States where missing. */
  readonly seller?: string | undefined
  /** What the seller deals in; a draw of the seed where missing. */
  readonly trade?: Trade | undefined
}

/** A customer as its invoices are drawn. */
export interface Customer extends Profile {
  /** Price lists in minor units of its currency, as far as they have been asked for. */
  readonly priceLists: readonly Float64Array[]
  /** Prices of its contract, those of the list that was valid when it joined: in minor units of its currency, by catalogue item. */
  readonly contractPrices: Float64Array
  /** Price of a unit of freight, in minor units of its currency. */
  readonly freightPrice: number
  /** Tax rates of the catalogue in thousandths of a percent. */
  readonly taxRates: Int32Array
  /** What its contract bills in each period. */
  readonly subscriptions: readonly Subscription[]
  /** Place in the ranking of items at which its own favourites begin. */
  readonly favourite: number
}

/** Everything that is drawn once for all invoices: the seller's catalogue, its calendar, and what is needed to know of each customer. */
export interface Book extends BookOptions {
  /** Seed of all keyed draws. */
  readonly key: number
  readonly epoch: Day
  /** Customers that so many invoices may be of. */
  readonly customers: number
  /** Days on which the seller works. */
  readonly calendar: Calendar
  readonly catalogue: readonly CatalogueItem[]
  /** Numbers of the items that are sold one by one, the best sellers first. */
  readonly ranking: readonly number[]
  /** Tells whether an invoice bills its customer's contract, by number, day of issue and billing cycle. */
  readonly billsContract: BillsContract
  /** Returns the day of issue at a place in the sequence of entries, which may lie between two of them. */
  dayAt(position: number): Day
  /** Returns the day from which on a customer may be billed. */
  joinDay(customer: number): Day
  /** Returns the profile of a customer, drawn once. */
  profile(customer: number): Customer
  /** Returns the price list that is valid at a place in the sequence of entries, from 0; there is a new one each year. */
  priceListAt(position: number): number
  /** Returns the prices of a list in minor units of a currency, by catalogue item. */
  prices(currency: string, list: number): Float64Array
}

/**
 * Returns the books of a seed. Cheap: nothing is drawn before it is asked for.
 * @throws Failure when a day is asked for, and books of this pace would have to begin centuries ago.
 */
export function bookOf(options: BookOptions): Book {
  const { size, newest, constraints } = options
  const { key } = Random.of(options.seed)
  const catalogue = catalogueOf(options.seed, options.trade)
  const { seller = usualSeller } = options
  const place = once(() => sellerPlace(key, seller))
  const calendar = calendarOf(seller)
  const ranking = rankingOf(key, catalogue)
  const profiles: Customer[] = []
  const lists = priceListsOf(key, catalogue)
  const { prices } = lists
  const priceListAt = yearsOf({ ...usualPace, ...options.pace })
  const drawProfile = (customer: number): Customer => {
    const own = mix2(key, customer)
    const profile = profileOf(own, place(), marketFor(customer, options, constraints), options.rates)
    return {
      ...profile,
      priceLists: lists.of(profile.currency),
      contractPrices: prices(profile.currency, priceListAt(joinsAt(customer))),
      freightPrice: priceIn(250, profile.currency),
      taxRates: Int32Array.from(catalogue, ({ taxedAs }) => profile.taxes[taxedAs].rate),
      subscriptions: subscriptionsOf(own, profile, catalogue),
      favourite: whole(own, favourite, 0, ranking.length - 1),
    }
  }
  const days = once((): IssueDays => {
    const issue = { key, calendar, pace: { ...usualPace, ...options.pace } }
    // Scenarios lay out their days from the newest backwards.
    const stated = constraints ? undefined : options.epoch
    return issueDaysFrom(stated ?? epochReaching(entryPosition({ key }, Math.max(0, size - 1)), newest, issue), issue)
  })
  const dayAt = (position: number): Day => {
    const day = days().dayAt(position)
    return constraints ? calendar.previous(constrainedDay(day, constraints, newest, days().epoch)) : day
  }
  const book: Book = {
    ...options,
    key,
    get epoch() {
      return days().epoch
    },
    customers: populationAt(size - 1),
    calendar,
    catalogue,
    dayAt,
    joinDay: (customer) => dayAt(joinsAt(customer)),
    profile: (customer) => (profiles[customer] ??= drawProfile(customer)),
    priceListAt,
    prices,
    ranking,
    billsContract: (index, day, cycle) => bills(index, day, cycle),
  }
  const bills = billsContractIn(book)
  return book
}

interface PriceLists {
  /** Returns the lists of a currency that have been put together. */
  readonly of: (currency: string) => readonly Float64Array[]
  readonly prices: Book['prices']
}

/** Each list is put together once, when it is first asked for. */
function priceListsOf(key: number, catalogue: readonly CatalogueItem[]): PriceLists {
  const known = new Map<string, Float64Array[]>()
  const of = (currency: string): Float64Array[] => {
    const lists = known.get(currency) ?? []
    known.set(currency, lists)
    return lists
  }
  return {
    of,
    prices: (currency, list) =>
      (of(currency)[list] ??= Float64Array.from(catalogue, (item) => priceIn(priceOn(key, item, list), currency))),
  }
}

const favourite = salt('favourite item')

/** Returns a function that remembers what it returned. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
