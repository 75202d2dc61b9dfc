// Meanings: addresses, countries, languages and currencies.

import type { Address } from '../ledger/entry.ts'
import { oneOf } from '../semantics/meaning.ts'
import type { Draw, ValueMeaning } from '../semantics/meaning.ts'

const addressOf = ({ cast, random }: Draw): Address => cast.party(random).address

/** ISO 3166-1 alpha-3 and numeric. */
const longCodes: Readonly<Record<string, readonly [string, string]>> = {
  US: ['USA', '840'],
  CA: ['CAN', '124'],
  GB: ['GBR', '826'],
  IE: ['IRL', '372'],
  DE: ['DEU', '276'],
  AT: ['AUT', '040'],
  CH: ['CHE', '756'],
  FR: ['FRA', '250'],
  NL: ['NLD', '528'],
  ES: ['ESP', '724'],
  IT: ['ITA', '380'],
  SE: ['SWE', '752'],
  JP: ['JPN', '392'],
  AU: ['AUS', '036'],
  KW: ['KWT', '414'],
}

/** Returns a country in the code that the place has room for. */
function countryCode(draw: Draw): string {
  const { country } = addressOf(draw)
  const { minLength } = draw.clue.schema
  const isLong = minLength === 3 || /alpha-?3|three-letter|3-letter/.test(draw.clue.description)
  return isLong ? (longCodes[country]?.[0] ?? country) : country
}

/** A bare "country" is the code unless the name is asked for: most APIs mean ISO 3166. */
function countryText(draw: Draw): string {
  const { description, schema, examples } = draw.clue
  const asksForName =
    /\bname of (?:the |a )?country|country name|full name/.test(description) ||
    examples.some((example) => typeof example === 'string' && example.length > 3)
  return asksForName && !(typeof schema.maxLength === 'number' && schema.maxLength < 4)
    ? addressOf(draw).countryName
    : countryCode(draw)
}

const wholeAddress = (draw: Draw): string => {
  const { line1, postalCode, city, countryName } = addressOf(draw)
  return `${line1}, ${postalCode} ${city}, ${countryName}`
}

const street = (draw: Draw): string =>
  addressOf(draw)
    .line1.replaceAll(/(?:^|\s)\d+\S*(?=\s|$)/g, '')
    .replaceAll(/^[\s,]+|[\s,]+$/g, '')

/** Addresses, and where they are. */
export const placeMeanings: readonly ValueMeaning[] = [
  {
    label: 'street',
    names:
      'address line|address line 1|line 1|street 1|address 1|street address|=line|=street|street line|street line 1',
    text: (draw) => addressOf(draw).line1,
    presence: 0.95,
  },
  {
    label: 'second line',
    names: 'address line 2|line 2|street 2|address 2|street line 2|apartment|suite|unit number',
    text: ({ random }) => random.pick(['Suite ', 'Floor ', 'Unit ']) + random.int(2, 40),
    presence: 0.2,
  },
  {
    label: 'third line',
    names: 'address line 3|line 3|address line 4|line 4|street 3|address 3',
    text: ({ random }) => `Building ${random.pick(['A', 'B', 'C', 'D'])}`,
    presence: 0.04,
  },
  { label: 'street name', names: 'street name|road', text: street },
  {
    label: 'house number',
    names: 'street number|house number|building number',
    text: ({ random }) => String(random.int(1, 240)),
  },
  { label: 'street type', names: 'street type', text: oneOf(['Street', 'Road', 'Avenue', 'Lane']), presence: 0.2 },
  {
    label: 'building',
    names: 'building name|building|sub building|premise',
    text: oneOf(['North Tower', 'East Wing', 'Harbor House', 'Block C', 'Gate 2']),
    presence: 0.1,
  },
  {
    label: 'district',
    names: 'district|neighborhood|suburb|quarter|ward|dependent locality|admin area 3|admin area 4|sub locality',
    text: oneOf(['Old Town', 'Riverside', 'Northside', 'Docklands', 'Hillcrest', 'West End']),
    presence: 0.1,
  },
  {
    label: 'city',
    names: 'city|town|city name|locality|municipality|place of business|admin area 2|post town',
    text: (draw) => addressOf(draw).city,
    presence: 0.95,
  },
  {
    label: 'region',
    names:
      'region|province|county|state code|province code|canton|state province|admin area 1|administrative area|region code|' +
      'state name|country subdivision',
    text: (draw) => addressOf(draw).region,
    presence: 0.75,
  },
  {
    label: 'region',
    names: '=state',
    of: 'address billing shipping location place',
    text: (draw) => addressOf(draw).region,
    presence: 0.75,
  },
  {
    label: 'postal code',
    names: 'postal code|postal|postcode|post code|postal zone',
    text: (draw) => addressOf(draw).postalCode,
    presence: 0.95,
  },
  {
    label: 'country code',
    names: 'country code|country iso|country iso code|country 2|nationality code|iso country',
    text: countryCode,
    presence: 0.95,
  },
  {
    label: 'country',
    names: 'country|nationality|country of origin|jurisdiction|residence',
    text: countryText,
    presence: 0.95,
  },
  {
    label: 'country name',
    names: 'country name|full country',
    text: (draw) => addressOf(draw).countryName,
    presence: 0.9,
  },
  {
    label: 'continent',
    names: 'continent',
    text: oneOf(['Europe', 'North America', 'Asia', 'Oceania']),
    presence: 0.4,
  },
  {
    label: 'address',
    names:
      'address|billing address|shipping address|full address|postal address|mailing address|formatted address|location address|' +
      'delivery address|registered office|headquarter',
    text: wholeAddress,
    presence: 0.85,
  },
  {
    label: 'location',
    names: 'location|place|venue|site|office|branch',
    text: (draw) => {
      const { city, countryName } = addressOf(draw)
      return `${city}, ${countryName}`
    },
    presence: 0.5,
    examples: 'value',
  },
  { label: 'latitude', names: 'latitude', number: (draw) => addressOf(draw).latitude, presence: 0.5 },
  { label: 'longitude', names: 'longitude', number: (draw) => addressOf(draw).longitude, presence: 0.5 },
  {
    label: 'time zone',
    names: 'time zone|=tz|tz name|time zone name|time zone id',
    text: ({ cast, random }) => cast.party(random).timezone,
    presence: 0.8,
  },
  {
    label: 'locale',
    names: 'locale|language tag|culture|locale code',
    text: ({ cast, random, clue }) => separated(cast.party(random).locale, clue.examples),
    presence: 0.8,
  },
  {
    label: 'language',
    names: 'language|language code|lang|preferred language|content language|invoice language|invoicing language',
    text: ({ cast, random }) => cast.country(random).language,
    presence: 0.7,
  },
  {
    label: 'language name',
    names: 'language name',
    text: ({ cast, random }) => languageNames[cast.country(random).language] ?? 'English',
    presence: 0.6,
  },
  {
    label: 'currency',
    names: 'currency|currency code|=ccy|iso currency|base currency|currency iso|currency id',
    text: ({ cast, random }) => cast.party(random).currency,
    presence: 0.97,
  },
  {
    label: 'currency name',
    names: 'currency name',
    text: ({ cast, random }) => currencyNames[cast.party(random).currency]?.[0],
    presence: 0.6,
  },
  {
    label: 'currency symbol',
    names: 'currency symbol',
    text: ({ cast, random }) => currencyNames[cast.party(random).currency]?.[1],
    presence: 0.6,
  },
]

const languageNames: Readonly<Record<string, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  nl: 'Dutch',
  es: 'Spanish',
  it: 'Italian',
  sv: 'Swedish',
  ja: 'Japanese',
  ar: 'Arabic',
}

const currencyNames: Readonly<Record<string, readonly [string, string]>> = {
  USD: ['US dollar', '$'],
  CAD: ['Canadian dollar', 'CA$'],
  GBP: ['Pound sterling', '£'],
  EUR: ['Euro', '€'],
  CHF: ['Swiss franc', 'CHF'],
  SEK: ['Swedish krona', 'kr'],
  JPY: ['Yen', '¥'],
  AUD: ['Australian dollar', 'A$'],
  KWD: ['Kuwaiti dinar', 'KD'],
}

/** Some write en_US: the examples tell. */
const separated = (locale: string, examples: readonly unknown[]): string =>
  examples.some((example) => typeof example === 'string' && example.includes('_')) ? locale.replace('-', '_') : locale
