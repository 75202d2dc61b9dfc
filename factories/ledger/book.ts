import type { Day } from '../../spec/index.ts'
import { catalogueOf } from './catalogue.ts'
import type { CatalogueItem } from './catalogue.ts'
import { currenciesFor } from './constraints.ts'
import type { Constraints } from './constraints.ts'
import { priceIn } from './rates.ts'
import { profileOf } from './profile.ts'
import type { Profile } from './profile.ts'
import { mix2, Random } from '../random.ts'
import type { Seed } from '../random.ts'

/** What a ledger is drawn from. */
export interface BookOptions {
  readonly seed: Seed
  /** Number of invoices. */
  readonly size: number
  /** Day of the newest invoice. */
  readonly epoch: Day
  /** ISO 4217 codes customers may be billed in; all that customers use where missing. */
  readonly currencies?: readonly string[]
  readonly constraints?: Constraints | undefined
}

/** A customer as its invoices are drawn. */
export interface Customer extends Profile {
  /** Prices of the catalogue in minor units of its currency. */
  readonly prices: Float64Array
}

/** Everything that is drawn once for all invoices: the seller's catalogue, and what is needed to know of each customer. */
export interface Book extends BookOptions {
  /** Seed of all keyed draws. */
  readonly key: number
  readonly customers: number
  readonly catalogue: readonly CatalogueItem[]
  /** Returns the profile of a customer, drawn once. */
  profile(customer: number): Customer
  /** Returns the price of a catalogue item in minor units of a currency. */
  price(item: number, currency: string): number
}

/** Returns the books of a seed. Cheap: nothing is drawn before it is asked for. */
export function bookOf(options: BookOptions): Book {
  const { key } = Random.of(options.seed)
  const customers = populationFor(options.size)
  const catalogue = catalogueOf(options.seed)
  const profiles: Customer[] = []
  const lists = new Map<string, Float64Array>()
  const prices = (currency: string): Float64Array => {
    const list = lists.get(currency) ?? Float64Array.from(catalogue, ({ price }) => priceIn(price, currency))
    lists.set(currency, list)
    return list
  }
  const drawProfile = (customer: number): Customer => {
    const profile = profileOf(mix2(key, customer), currenciesFor(customer, options.currencies, options.constraints))
    return { ...profile, prices: prices(profile.currency) }
  }
  return {
    ...options,
    key,
    customers,
    catalogue,
    profile: (customer) => (profiles[customer] ??= drawProfile(customer)),
    price: (item, currency) => prices(currency)[item] as number,
  }
}

/** A business with few invoices has few customers; a large one at most 20,000. */
const populationFor = (size: number): number =>
  Math.min(20_000, Math.max(4, Math.round(Math.max(0, size) ** 0.75 / 1.5)))
