// Postal addresses and telephone numbers: real towns, invented streets, numbers that ring nowhere.
import type { Random } from '../random.ts'
import type { Country, Town } from './countries.ts'
import type { Address } from './entry.ts'
import { languages } from './languages.ts'
import type { Pools } from './pools.ts'
import { fillPattern } from './text.ts'

/** Whose address it is, and where. */
interface AddressOptions {
  readonly key: number
  readonly kind: Address['kind']
  readonly name: string
  readonly country: Country
  readonly town: Town
}

/**
 * Returns an address in a town. Town, region, post code and coordinates agree; the street is one of the language's, the
 * number is drawn, and the town need not have either.
 */
export function addressOf(pools: Pools, { key, kind, name, country, town }: AddressOptions, random: Random): Address {
  const street = spellStreet(random.pick(pools.words(country.language).streets), country)
  const number = fillPattern(random.pick(country.numbers), random)
  return {
    key,
    kind,
    name,
    line1: country.line.replace('{street}', () => street).replace('{number}', () => number),
    ...(random.chance(0.25) && { line2: fillPattern(languages[country.language].floor, random) }),
    city: town.name,
    postalCode: fillPattern(town.postalCode, random),
    region: town.region,
    country: country.code,
    countryName: country.name,
    phone: phoneOf(town, random),
    latitude: near(town.latitude, random),
    longitude: near(town.longitude, random),
  }
}

/** The Swiss write no ß. */
const spellStreet = (street: string, { code }: Country): string =>
  code === 'CH' ? street.replaceAll('ß', 'ss') : street

/** Within about two kilometres of the town's centre, in four places. */
const near = (degrees: number, random: Random): number => Math.round(degrees * 10_000 + random.int(-200, 200)) / 10_000

/** Numbering plans' ranges for fiction as international digits, and who keeps them free. */
const reservedRanges: readonly { readonly digits: RegExp; readonly keeper: string }[] = [
  { digits: /^1[2-9]\d{2}55501\d{2}$/, keeper: 'NANPA: 555-0100 to 555-0199 of every area code' },
  {
    digits:
      /^44(?:2079460|1134960|1144960|1154960|1164960|1174960|1214960|1314960|1414960|1514960|1614960|1914980|1632960|2896496|2920180)\d{3}$/,
    keeper: 'Ofcom: numbers for drama',
  },
  { digits: /^3532091\d{5}$/, keeper: 'ComReg: 020 91x xxxx' },
  {
    digits: /^49(?:3023125|4066969|6990009|2214710|8999998)\d{3}$/,
    keeper: 'Bundesnetzagentur: drama numbers of five towns',
  },
  { digits: /^33(?:19900|26191|35301|46571|53649|63998)\d{4}$/, keeper: 'Arcep: numbers for works of fiction' },
  {
    digits: /^46(?:8465004\d\d|3139006\d\d|4062804\d\d|9803192\d\d|7017406[0-9]{2})$/,
    keeper: 'PTS: numbers for books, films and television',
  },
  { digits: /^61[2378](?:5550|7010)\d{4}$/, keeper: 'ACMA: fictitious numbers of the four areas' },
]

/** Returns whether a telephone number in international form can ring nowhere, because its range is kept free for fiction. */
export function isFictional(phone: string): boolean {
  const digits = phone.replaceAll(/\D/g, '')
  return phone.startsWith('+') && reservedRanges.some((range) => range.digits.test(digits))
}

/**
 * Returns a telephone number of a town in international form with spaces: `+1 212 555 0142`. Where a country keeps no
 * range free for fiction (AT, CH, NL, ES, IT, JP, KW), it is a number of a range abroad: a foreign number that rings nowhere is better than a local one that does.
 */
export const phoneOf = ({ phone }: Town, random: Random): string => fillPattern(phone, random)
