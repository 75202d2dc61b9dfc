import { mix2, Random } from '../random.ts'
import type { Seed } from '../random.ts'
import { addressOf } from './address.ts'
import { companyName, describeCompany, sellerName } from './company.ts'
import { normal, salt, unit } from './draw.ts'
import type { Address, Party, Person } from './entry.ts'
import { homeOf, sellerPlace, townAt } from './home.ts'
import type { Home } from './home.ts'
import { ibanOf } from './iban.ts'
import { industries } from './industry.ts'
import { languages } from './languages.ts'
import { customerJobs, peopleOf, sellerJobs } from './person.ts'
import { phoneOf } from './phone.ts'
import type { Country, Town } from './place.ts'
import { poolsOf } from './pools.ts'
import type { Pools } from './pools.ts'
import { registrationOf } from './tax-id.ts'

const names = {
  legal: salt('legal form'),
  ids: salt('registration'),
  billing: salt('billing address'),
  shipping: salt('shipping address'),
  people: salt('people'),
  phone: salt('phone'),
  bank: salt('bank account'),
  founded: salt('founded'),
  employees: salt('employees'),
  mailbox: salt('mailbox'),
  town: salt('second town'),
  away: salt('ships elsewhere'),
  seller: salt('seller'),
}

/** What a party is made of, before its details are drawn. */
interface Outline {
  readonly key: number
  /** Seed of its own draws. */
  readonly own: number
  readonly country: Country
  readonly town: Town
  readonly currency: string
  readonly name: string
  readonly registered: string
  readonly domain: string
}

/** Returns a customer in O(1): the same for the same pools and number, whatever was asked before. */
export function partyOf(
  pools: Pools,
  key: number,
  { country, town, currency }: Home = homeOf(mix2(pools.key, key), pools.currencies),
): Party {
  const own = mix2(pools.key, key)
  const { industry, ...name } = companyName(pools, key, country)
  const founded = 2019 - Math.floor(100 * unit(own, names.founded) ** 2.2)
  // Customers with low numbers buy most, so they are larger.
  const employees = Math.max(
    3,
    Math.round(
      industries[industry].employees * Math.exp(normal(own, names.employees) * 0.9) * (0.6 + 12 / (key + 2) ** 0.7),
    ),
  )
  return {
    ...detail(pools, { key, own, country, town, currency, ...name }, customerJobs(at(own, names.people))),
    industry: industries[industry].name,
    description: describeCompany(industry, town.name, founded),
    employees,
    founded,
  }
}

/**
 * Returns the company whose books these are.
 * @param code country it lives in, which decides its currency
 * @throws Failure for a country that is not in the ledger.
 */
export function sellerOf(pools: Pools, code = 'US'): Party {
  const own = mix2(pools.key, names.seller)
  const { country, town } = sellerPlace(pools.key, code)
  const name = sellerName(pools, unit(own, names.legal), country)
  return {
    ...detail(
      pools,
      { key: -1, own, country, town, currency: country.currency, ...name },
      sellerJobs(at(own, names.people)),
    ),
    industry: 'Information technology',
    description: `Business software, hardware and consulting, in ${town.name} since 2009.`,
    employees: 240,
    founded: 2009,
  }
}

/** Returns the seller's people who deal with invoices: four to six, the first is in charge. */
export const staffOf = (pools: Pools, code = 'US'): readonly Person[] => sellerOf(pools, code).people

function detail(
  pools: Pools,
  outline: Outline,
  jobs: readonly string[],
): Omit<Party, 'industry' | 'description' | 'employees' | 'founded'> {
  const { key, own, country, town, name, registered, domain } = outline
  const legalName = withForm(registered, at(own, names.legal).weighted(country.legalForms))
  return {
    key,
    name,
    legalName,
    ...registrationOf(country, town, at(own, names.ids)),
    email: `${key < 0 ? 'billing' : at(own, names.mailbox).pick(languages[country.language].mailboxes)}@${domain}`,
    phone: phoneOf(town, at(own, names.phone)),
    website: `https://www.${domain}`,
    domain,
    iban: ibanOf(country, at(own, names.bank)),
    currency: outline.currency,
    country: country.code,
    locale: country.locale,
    timezone: town.timezone ?? country.timezones[0],
    ...addressesOf(pools, outline, legalName),
    people: peopleOf(pools, { key, domain, country, town }, jobs, at(own, names.people + 1)),
  }
}

/** Addresses of party k have the keys 2k + 2 and 2k + 3. */
function addressesOf(
  pools: Pools,
  { key, own, country, town, name }: Outline,
  legalName: string,
): { address: Address; shippingAddress: Address } {
  const billing = key < 0 ? 'seller' : 'billing'
  const address = addressOf(
    pools,
    { key: (key + 1) * 2, kind: billing, name: legalName, country, town },
    at(own, names.billing),
  )
  const shipping = { key: address.key + 1, kind: 'shipping' } as const
  if (unit(own, names.away) < 0.65) return { address, shippingAddress: { ...address, ...shipping, name } }
  const elsewhere = townAt(country, unit(own, names.town))
  return {
    address,
    shippingAddress: addressOf(pools, { ...shipping, name, country, town: elsewhere }, at(own, names.shipping)),
  }
}

const at = (own: number, name: number): Random => new Random(mix2(own, name))

/** In Japan the legal form comes first, without a space. */
const withForm = (name: string, form: string): string =>
  /^\p{Script=Han}/u.test(form) ? form + name : `${name} ${form}`

/** Where parties come from. */
export interface PartiesOptions {
  /** Returns what is known of a customer already; its home is drawn where missing. */
  readonly profile?: (customer: number) => { readonly home: Home }
  /** ISO 4217 codes customers are billed in, for homes that are drawn. */
  readonly currencies?: readonly string[]
  /** ISO 3166-1 alpha-2: where the seller lives; US where missing. */
  readonly country?: string
}

/** Everybody an invoice can be about. */
export interface Parties {
  readonly seller: Party
  /** The seller's people who deal with invoices; the first is in charge. */
  readonly staff: readonly Person[]
  /** Returns a customer by number from 0. */
  party(key: number): Party
}

const places = 1024

/**
 * Returns the parties of a seed; each is drawn when first asked for, and the last thousand or so are kept.
 * @throws Failure when the seller is asked for and its country is not in the ledger.
 */
export function partiesOf(seed: Seed, { profile, currencies, country }: PartiesOptions = {}): Parties {
  const pools = poolsOf(seed, currencies)
  const kept: (Party | undefined)[] = Array.from({ length: places })
  let seller: Party | undefined
  const sell = (): Party => (seller ??= sellerOf(pools, country))
  return {
    get seller() {
      return sell()
    },
    get staff() {
      return sell().people
    },
    party(key) {
      if (key < 0) return sell()
      const place = key % places
      const known = kept[place]
      if (known?.key === key) return known
      return (kept[place] = partyOf(pools, key, profile?.(key).home))
    },
  }
}
