import { salt, unit } from './draw.ts'
import { countries, countryOf } from './country.ts'
import { mix2 } from '../random.ts'
import type { Country, Town } from './place.ts'

/** Where the seller lives unless said otherwise. */
export const usualSeller = 'US'

/** Where a customer lives, and what follows from it. */
export interface Home {
  readonly country: Country
  readonly town: Town
  /** ISO 4217 code it is billed in. */
  readonly currency: string
}

const names = { domestic: salt('domestic'), country: salt('country'), town: salt('town'), currency: salt('currency') }

/**
 * Returns the home of a customer in O(1).
 * @param key seed of the customer's own draws: `mix2(Random.of(seed).key, customer)`
 * @param seller where the seller lives: countries are as common as among customers of an American company, and half of the customers of any
 * other live where it does
 * @param currencies ISO 4217 codes to choose from; a currency that no country here uses is used by customers anywhere
 */
export function homeOf(key: number, currencies?: readonly string[], seller: string = usualSeller): Home {
  const stranger = strangerFor(key, currencies)
  const candidates =
    currencies && stranger === undefined ? countries.filter(({ currency }) => currencies.includes(currency)) : countries
  const domestic = seller === usualSeller ? undefined : candidates.find(({ code }) => code === seller)
  const country =
    domestic && stranger === undefined && unit(key, names.domestic) < 0.5
      ? domestic
      : weigh(candidates, unit(key, names.country))
  const town = townAt(country, unit(key, names.town))
  return { country, town, currency: stranger ?? country.currency }
}

/** Returns a town of a country for a draw from 0 to 1: the first are the largest and have most customers. */
export const townAt = ({ towns }: Country, draw: number): Town => towns[Math.floor(draw ** 1.4 * towns.length)] as Town

function strangerFor(key: number, currencies: readonly string[] | undefined): string | undefined {
  if (!currencies) return undefined
  const currency = currencies[Math.floor(unit(key, names.currency) * currencies.length)]
  return countries.some((country) => country.currency === currency) ? undefined : currency
}

function weigh(candidates: readonly Country[], draw: number): Country {
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
