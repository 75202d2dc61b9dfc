import { salt, unit } from './draw.ts'
import { countries } from './country.ts'
import { taxesOf } from './tax.ts'
import type { Country, TaxTable, Town } from './place.ts'

/** Where a customer lives, and what follows from it. */
export interface Home {
  readonly country: Country
  readonly town: Town
  /** ISO 4217 code it is billed in. */
  readonly currency: string
  readonly taxes: TaxTable
}

const names = { country: salt('country'), town: salt('town'), currency: salt('currency') }

/**
 * Returns the home of a customer in O(1).
 * @param key seed of the customer's own draws: `mix2(Random.of(seed).key, customer)`
 * @param currencies ISO 4217 codes to choose from; a currency that no country here uses is used by customers anywhere
 */
export function homeOf(key: number, currencies?: readonly string[]): Home {
  const stranger = strangerFor(key, currencies)
  const candidates =
    currencies && stranger === undefined ? countries.filter(({ currency }) => currencies.includes(currency)) : countries
  const country = weigh(candidates, unit(key, names.country))
  const town = townAt(country, unit(key, names.town))
  return { country, town, currency: stranger ?? country.currency, taxes: taxesOf(key, country, town) }
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
