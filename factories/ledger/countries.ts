// Countries that parties live in, put together from the tables of countries and towns.
import { failure, suggest } from '../../spec/index.ts'
import { countryTable } from './country-table.ts'
import type { LanguageCode } from './languages.ts'
import { townTable } from './town-table.ts'

/** A town that exists, as far as forms care: its name, post codes and place on the map agree. */
export interface Town {
  readonly name: string
  /** State, county or canton, as addresses there write it. */
  readonly region: string
  /** Pattern of its post codes. */
  readonly postalCode: string
  readonly latitude: number
  readonly longitude: number
  /** Pattern of its telephone numbers, all of them in a range reserved for fiction. */
  readonly phone: string
  /** IANA name, where it differs from the country's first. */
  readonly timezone?: string | undefined
  /** Thousandths of a percent, where sales tax is a matter of place. */
  readonly salesTax?: number | undefined
}

/** What a tax rate is called and how much it is. */
export interface TaxRate {
  readonly category: 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G' | 'O'
  /** Thousandths of a percent. */
  readonly rate: number
  /** VAT, MwSt., Sales tax. */
  readonly name: string
  /** Why nothing is due; missing for category S. */
  readonly reason?: string
}

/** The rates of most goods and services, of printed books and of basic food. */
export interface TaxTable {
  readonly standard: TaxRate
  readonly books: TaxRate
  readonly food: TaxRate
  /** Where goods alone are treated otherwise than services, at the same rate. */
  readonly goods?: TaxRate
}

/** A row of the table of countries. */
export interface CountryFacts {
  /** ISO 3166-1 alpha-2. */
  readonly code: string
  /** In English. */
  readonly name: string
  /** ISO 4217. */
  readonly currency: string
  /** BCP 47. */
  readonly locale: string
  readonly language: LanguageCode
  /** IANA names; towns that name none are in the first. */
  readonly timezones: readonly [string, ...string[]]
  /** How common customers from there are, relative to the others. */
  readonly weight: number
  /** Pays by SEPA credit transfer. */
  readonly isSepa?: true
  /** Takes part in the reverse charge of Directive 2006/112/EC. */
  readonly isEu?: true
  readonly taxes: TaxTable
  /** Endings of company names and how common they are. */
  readonly legalForms: Readonly<Record<string, number>>
  /** Order of street and number: `{number} {street}`. */
  readonly line: string
  /** Patterns of house numbers; up to three digits where missing. */
  readonly numbers?: readonly string[]
  /** Pattern of IBANs or, where there are none, of account numbers; see `ibanOf`. */
  readonly iban: string
  /** Hour of UTC at which offices open. */
  readonly opens: number
  /** Public holidays, in the words of `holidaysIn`. */
  readonly holidays: string
  /** Days of the week that are no working days, from Sunday, 0; Saturday and Sunday where missing. */
  readonly weekend?: readonly number[]
}

/** All that a country decides about the parties that live there. */
export interface Country extends Omit<CountryFacts, 'legalForms' | 'isSepa' | 'isEu'> {
  readonly isSepa: boolean
  readonly isEu: boolean
  readonly numbers: readonly string[]
  readonly towns: readonly Town[]
  readonly legalForms: readonly { readonly weight: number; readonly value: string }[]
}

/** Every country that parties live in. */
export const countries: readonly Country[] = countryTable.map((facts) => ({
  isSepa: false,
  isEu: false,
  numbers: ['@', '@#', '@##'],
  ...facts,
  legalForms: Object.entries(facts.legalForms).map(([value, weight]) => ({ value, weight })),
  towns: (townTable[facts.code] ?? []).map(
    ([name, region, postalCode, latitude, longitude, phone, timezone, salesTax]): Town => ({
      name,
      region,
      postalCode,
      latitude,
      longitude,
      phone,
      timezone,
      salesTax,
    }),
  ),
}))

const byCode = new Map(countries.map((country) => [country.code, country]))

/** Returns what is known of a country, ISO 3166-1 alpha-2, or `undefined`. */
export const findCountry = (code: string): Country | undefined => byCode.get(code)

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
  (currency) => currency !== 'KWD',
)
