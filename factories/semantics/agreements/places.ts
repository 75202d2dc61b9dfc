import { countries } from '../../ledger/country.ts'
import { fill } from '../../ledger/pattern.ts'
import type { Country, Town } from '../../ledger/place.ts'
import { hashText, Random } from '../../random.ts'
import type { Agreement, Members } from '../members.ts'

const towns: ReadonlyMap<string, { readonly town: Town; readonly country: Country }> =
  new Map(countries.flatMap((country) => country.towns.map((town) => [town.name, { town, country }] as const)))

/** Region, post code, country, coordinates, time zone and telephone number are those of the town. */
export const placesAgree: Agreement = (members) => {
  const city = members.find('city', 'town', 'locality', 'city name', 'admin area 2')
  const place = towns.get(members.text(city) ?? '')
  if (!place) return undefined
  const { town, country } = place
  const random = new Random(hashText(JSON.stringify(members.value)))
  const changes: Record<string, unknown> = {}
  const set = (value: unknown, ...names: readonly string[]): void => {
    const name = members.find(...names)
    if (name !== undefined && typeof members.value[name] === typeof value) changes[name] = value
  }
  set(town.region, 'region', 'state', 'province', 'county', 'state code', 'admin area 1', 'region code')
  set(fill(town.postalCode, random), 'postal code', 'postal', 'post code')
  set(near(town.latitude, random), 'latitude')
  set(near(town.longitude, random), 'longitude')
  set(town.timezone ?? country.timezones[0], 'time zone')
  set(fill(town.phone, random), 'phone', 'phone number')
  setCountry(members, country, changes)
  return changes
}

/** Codes stay codes in their letter case, names stay names. */
function setCountry(members: Members, { code, name }: Country, changes: Record<string, unknown>): void {
  for (const key of ['country code', 'country', 'country name'].map((words) => members.find(words))) {
    const text = members.text(key)
    if (key === undefined || text === undefined || (text.length === 3 && text === text.toUpperCase())) continue
    changes[key] = text.length > 2 ? name : text === text.toLowerCase() ? code.toLowerCase() : code
  }
}

const near = (degrees: number, random: Random): number => Math.round(degrees * 10_000 + random.int(-200, 200)) / 10_000
