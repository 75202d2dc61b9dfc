// Customers as invoices need them: how often each buys, where it lives, what was agreed, how it pays. No names: those are in party.ts.
import { exponentOf } from '../../spec/index.ts'
import { mix2 } from '../random.ts'
import { countries, countryOf } from './countries.ts'
import type { Country, TaxTable, Town } from './countries.ts'
import { normal, salt, unit } from './draw.ts'
import { taxesOf, withinRates } from './tax.ts'
import type { TaxPlace } from './tax.ts'

const customerDraw = salt('customer')

/** Customers that order as much as the largest. */
const equals = 3

/**
 * Returns the number of a customer, drawn so that few get most invoices: customer k with a probability that falls as
 * 1 / (k + 3), much as in Zipf's law.
 * @param key seed of the draw
 * @param population how many customers there are, at least 1
 */
export const customerAt = (key: number, population: number): number =>
  Math.min(population - 1, Math.floor(equals * ((population + equals) / equals) ** unit(key, customerDraw)) - equals)

/** Returns the share of invoices that customer `number` of a population gets, 0 to 1. */
export const customerWeight = (number: number, population: number): number =>
  Math.log((number + equals + 1) / (number + equals)) / Math.log((population + equals) / equals)

const [fewest, most] = [4, 20_000]

/** Returns how many customers a company has when it issues entry `index`: it begins with four, and a large one has 20,000. */
export function populationAt(index: number): number {
  // x to the power of 3/4, by roots: exact on every platform, and quick.
  const root = Math.sqrt(index + 1)
  return Math.min(most, Math.max(fewest, Math.round((root * Math.sqrt(root)) / 1.5)))
}

/** Returns the first entry that may be of a customer. */
export const joinsAt = (customer: number): number =>
  customer < fewest ? 0 : Math.max(0, Math.ceil((1.5 * (customer + 0.5)) ** (4 / 3)) - 1)

/** Where the seller lives unless said otherwise. */
export const usualSeller = 'US'

/** Whom a seller may bill; everybody where missing. */
export interface Market {
  /** ISO 4217 codes customers are billed in; a currency that no country here uses is used by customers anywhere. */
  readonly currencies?: readonly string[] | undefined
  /** ISO 3166-1 alpha-2 codes of where they live, as far as that leaves any. */
  readonly countries?: readonly string[] | undefined
}

/** Where a customer lives, and what follows from it. */
export interface Home {
  readonly country: Country
  readonly town: Town
  /** ISO 4217 code it is billed in. */
  readonly currency: string
}

const homeNames = {
  domestic: salt('domestic'),
  country: salt('country'),
  town: salt('town'),
  currency: salt('currency'),
}

/**
 * Returns the home of a customer in O(1).
 * @param key seed of the customer's own draws: `mix2(Random.of(seed).key, customer)`
 * @param seller where the seller lives: countries are as common as among customers of an American company, and half of the customers of any
 * other live where it does
 */
export function homeOf(key: number, { currencies, countries: codes }: Market = {}, seller: string = usualSeller): Home {
  const foreign = foreignCurrency(key, currencies)
  const paying =
    currencies && foreign === undefined ? countries.filter(({ currency }) => currencies.includes(currency)) : countries
  const within = codes ? paying.filter(({ code }) => codes.includes(code)) : paying
  const candidates = within.length > 0 ? within : paying
  const domestic = seller === usualSeller ? undefined : candidates.find(({ code }) => code === seller)
  const country =
    domestic && foreign === undefined && unit(key, homeNames.domestic) < 0.5
      ? domestic
      : weighted(candidates, unit(key, homeNames.country))
  const town = townAt(country, unit(key, homeNames.town))
  return { country, town, currency: foreign ?? country.currency }
}

/** Returns a town of a country for a draw from 0 to 1: the first are the largest and have most customers. */
export const townAt = ({ towns }: Country, draw: number): Town => towns[Math.floor(draw ** 1.4 * towns.length)] as Town

function foreignCurrency(key: number, currencies: readonly string[] | undefined): string | undefined {
  if (!currencies) return undefined
  const currency = currencies[Math.floor(unit(key, homeNames.currency) * currencies.length)]
  return countries.some((country) => country.currency === currency) ? undefined : currency
}

function weighted(candidates: readonly Country[], draw: number): Country {
  let rest = draw * candidates.reduce((sum, { weight }) => sum + weight, 0)
  for (const country of candidates) {
    rest -= country.weight
    if (rest < 0) return country
  }
  return candidates.at(-1) as Country
}

const [seller, sellerTown] = [salt('seller'), salt('second town')]

/**
 * Returns where the seller lives.
 * @param key seed of the ledger's draws
 * @param code ISO 3166-1 alpha-2
 * @throws Failure for a country that is not in the ledger.
 */
export function sellerPlace(key: number, code: string): { readonly country: Country; readonly town: Town } {
  const country = countryOf(code)
  return { country, town: townAt(country, unit(mix2(key, seller), sellerTown)) }
}

/** How often a contract is billed. */
export type Cycle = 'monthly' | 'quarterly' | 'annual'

/** What must be known of a customer to draw its invoices: how it is taxed, what was agreed, and how it pays. */
export interface Profile {
  readonly home: Home
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly currency: string
  /** Decimal places of the currency. */
  readonly exponent: number
  readonly isSepa: boolean
  readonly taxes: TaxTable
  /** Agreed days to pay. */
  readonly terms: number
  readonly cycle: Cycle
  /** Days after the due date at which it usually pays; negative for early payers. */
  readonly lateness: number
  /** Share of its invoices that it never pays. */
  readonly risk: number
  /** Leaning of its quantities, −1 to 1: above 0 for customers who buy much. */
  readonly size: number
}

const profileNames = {
  terms: salt('terms'),
  cycle: salt('cycle'),
  lateness: salt('lateness'),
  kind: salt('sort of payer'),
  risk: salt('risk'),
  size: salt('size'),
}

/**
 * Returns the profile of a customer in O(1); `key` and `market` are those of `homeOf`.
 * @param rates tax rates that may be charged, in thousandths of a percent; any where missing
 */
export function profileOf(key: number, seller: TaxPlace, market?: Market, rates?: readonly number[]): Profile {
  const home = homeOf(key, market, seller.country.code)
  return {
    home,
    country: home.country.code,
    currency: home.currency,
    exponent: exponentOf(home.currency),
    isSepa: home.country.isSepa && home.currency === 'EUR',
    taxes: withinRates(taxesOf(key, home, seller), rates),
    terms: termsOf(unit(key, profileNames.terms), home.country.isSepa),
    cycle: cycleOf(unit(key, profileNames.cycle)),
    ...payerOf(key),
    size: Math.min(0.8, Math.max(-0.8, normal(key, profileNames.size) * 0.3)),
  }
}

/** Continental Europe agrees on shorter terms than the rest. */
function termsOf(draw: number, isEuropean: boolean): number {
  if (draw < 0.06) return 0
  if (isEuropean) return draw < 0.35 ? 14 : draw < 0.85 ? 30 : draw < 0.95 ? 45 : 60
  return draw < 0.16 ? 15 : draw < 0.7 ? 30 : draw < 0.85 ? 45 : draw < 0.97 ? 60 : 90
}

const cycleOf = (draw: number): Cycle => (draw < 0.6 ? 'monthly' : draw < 0.85 ? 'quarterly' : 'annual')

/** Half of the customers pay on time, a quarter some days late, the rest when they are reminded often enough. */
function payerOf(key: number): Pick<Profile, 'lateness' | 'risk'> {
  const kind = unit(key, profileNames.kind)
  const [low, high] = kind < 0.52 ? [-10, -1] : kind < 0.8 ? [3, 15] : kind < 0.93 ? [16, 45] : [45, 95]
  const risk =
    (kind < 0.52 ? 0.004 : kind < 0.8 ? 0.015 : kind < 0.93 ? 0.03 : 0.14) * (0.5 + unit(key, profileNames.risk))
  return { lateness: Math.round(low + (high - low) * unit(key, profileNames.lateness)), risk }
}
