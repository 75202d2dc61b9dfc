import { countries } from '../../ledger/countries.ts'
import { fillPattern } from '../../ledger/text.ts'
import type { Country, Town } from '../../ledger/countries.ts'
import type { Pools } from '../../ledger/pools.ts'
import { hashText, Random } from '../../random.ts'
import type { Agreement, Members } from '../members.ts'

interface Spot {
  readonly town: Town
  readonly country: Country
}

const towns: ReadonlyMap<string, Spot> = new Map(
  countries.flatMap((country) => country.towns.map((town) => [town.name, { town, country }] as const)),
)

const anchors = [
  'city',
  'town',
  'locality',
  'city name',
  'admin area 2',
  'country code',
  'country',
  'country name',
] as const

/** Region, post code, country, coordinates, time zone, telephone number and street are those of the town; without a town, of one in the country. */
export const placesAgree: Agreement = (members, pools) => {
  if (members.find(...anchors) === undefined) return undefined
  const random = new Random(hashText(JSON.stringify(members.value)))
  const spot = spotOf(members, random)
  if (!spot) return undefined
  const { town, country } = spot
  const changes: Record<string, unknown> = {}
  const set = (value: unknown, ...names: readonly string[]): void => {
    const name = members.find(...names)
    if (name !== undefined && typeof members.value[name] === typeof value) changes[name] = value
  }
  set(town.region, 'region', 'state', 'province', 'county', 'state code', 'admin area 1', 'region code')
  set(fillPattern(town.postalCode, random), 'postal code', 'postal', 'post code')
  set(near(town.latitude, random), 'latitude')
  set(near(town.longitude, random), 'longitude')
  set(town.timezone ?? country.timezones[0], 'time zone')
  set(fillPattern(town.phone, random), 'phone', 'phone number')
  if (pools)
    set(
      streetIn(country, pools, random),
      'line 1',
      'address line 1',
      'address line',
      'street',
      'street address',
      'street 1',
      'line',
    )
  setCountry(members, country, changes)
  return changes
}

/** A country stands for a town only where something else has to agree with it. */
function spotOf(members: Members, random: Random): Spot | undefined {
  const city = members.find(...anchors.slice(0, 5))
  const known = towns.get(members.text(city) ?? '')
  if (known || members.text(city) !== undefined) return known
  if (members.find('postal code', 'postal', 'line 1', 'address line 1', 'street', 'address line') === undefined)
    return undefined
  const stated = members.text(members.find('country code', 'country', 'country name'))
  const country = countries.find(({ code, name }) => code === stated || name === stated)
  return country && { country, town: random.pick(country.towns) }
}

function streetIn({ language, line, numbers }: Country, pools: Pools, random: Random): string {
  const street = random.pick(pools.words(language).streets)
  const number = fillPattern(random.pick(numbers), random)
  return line.replace('{street}', () => street).replace('{number}', () => number)
}

/** Codes stay codes in their letter case, names stay names. */
function setCountry(members: Members, { code, name }: Country, changes: Record<string, unknown>): void {
  for (const key of ['country code', 'country', 'country name'].map((words) => members.find(words))) {
    const text = members.text(key)
    if (
      key === undefined ||
      text === undefined ||
      /^\d+$/.test(text) ||
      (text.length === 3 && text === text.toUpperCase())
    )
      continue
    changes[key] = text.length > 2 ? name : text === text.toLowerCase() ? code.toLowerCase() : code
  }
}

const near = (degrees: number, random: Random): number => Math.round(degrees * 10_000 + random.int(-200, 200)) / 10_000
