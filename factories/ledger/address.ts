import type { Random } from '../random.ts'
import type { Address } from './entry.ts'
import { languages } from './languages.ts'
import { fill } from './pattern.ts'
import { phoneOf } from './phone.ts'
import type { Country, Town } from './place.ts'
import type { Pools } from './pools.ts'

/** Whose address it is, and where. */
export interface AddressOptions {
  readonly key: number
  readonly kind: Address['kind']
  readonly name: string
  readonly country: Country
  readonly town: Town
}

/**
 * Returns an address in a town. Town, region, post code and coordinates agree; the street is one of the language's, the
 * number is drawn, and nobody has looked whether the town has either, so that it is no one's address but by accident.
 */
export function addressOf(pools: Pools, { key, kind, name, country, town }: AddressOptions, random: Random): Address {
  const street = spell(random.pick(pools.words(country.language).streets), country)
  const number = fill(random.pick(country.numbers), random)
  return {
    key,
    kind,
    name,
    line1: country.line.replace('{street}', () => street).replace('{number}', () => number),
    ...(random.chance(0.25) && { line2: fill(languages[country.language].floor, random) }),
    city: town.name,
    postalCode: fill(town.postalCode, random),
    region: town.region,
    country: country.code,
    countryName: country.name,
    phone: phoneOf(town, random),
    latitude: near(town.latitude, random),
    longitude: near(town.longitude, random),
  }
}

/** The Swiss write no ß. */
const spell = (street: string, { code }: Country): string => (code === 'CH' ? street.replaceAll('ß', 'ss') : street)

/** Within about two kilometres of the town's centre, in four places. */
const near = (degrees: number, random: Random): number => Math.round(degrees * 10_000 + random.int(-200, 200)) / 10_000
