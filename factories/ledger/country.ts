import { failure, suggest } from '../../spec/index.ts'
import { at } from './countries/at.ts'
import { au } from './countries/au.ts'
import { ca } from './countries/ca.ts'
import { ch } from './countries/ch.ts'
import { de } from './countries/de.ts'
import { es } from './countries/es.ts'
import { fr } from './countries/fr.ts'
import { gb } from './countries/gb.ts'
import { ie } from './countries/ie.ts'
import { it } from './countries/it.ts'
import { jp } from './countries/jp.ts'
import { kw } from './countries/kw.ts'
import { nl } from './countries/nl.ts'
import { se } from './countries/se.ts'
import { us } from './countries/us.ts'
import type { Country } from './place.ts'

/** Every country that parties live in. */
export const countries: readonly Country[] = [us, ca, gb, ie, de, at, ch, fr, nl, es, it, se, jp, au, kw]

const byCode = new Map(countries.map((country) => [country.code, country]))

/**
 * Returns what is known of a country.
 * @param code ISO 3166-1 alpha-2
 * @throws Failure for a country that no party lives in.
 */
export function countryOf(code: string): Country {
  const country = byCode.get(code)
  if (country) return country
  throw failure('find a country', {
    expected: 'a country of the ledger',
    received: JSON.stringify(code),
    cure: suggest(code, [...byCode.keys()]),
  })
}

/** Currencies customers are billed in unless others are asked for: those that every built-in API has a word for. */
export const usualCurrencies: readonly string[] = [...new Set(countries.map(({ currency }) => currency))].filter(
  (currency) => currency !== kw.currency,
)
