// Parties: the seller and its customers with all details, and the people who work for them.
import { mix2, Random } from '../random.ts'
import { addressOf, phoneOf } from './address.ts'
import { companyName, describeCompany, industryOf, sellerName } from './company.ts'
import type { Trade } from './articles.ts'
import type { Country, Town } from './countries.ts'
import { homeOf, sellerPlace, townAt } from './customer.ts'
import type { Home } from './customer.ts'
import { normal, salt, unit } from './draw.ts'
import type { Address, Party, Person } from './entry.ts'
import { languages } from './languages.ts'
import type { Pools } from './pools.ts'
import { ibanOf, registrationOf } from './registration.ts'
import { mailName } from './text.ts'

/** How many people a party has room for: the key of a person is that of the party times this, and a place. */
const peoplePerParty = 8

/** For whom people work. */
interface Employer {
  readonly key: number
  readonly domain: string
  readonly country: Country
  readonly town: Town
}

/** Returns people with the given job titles, whose e-mail addresses are made from their names. No two share a name or an address. */
function peopleOf(
  pools: Pools,
  { key, domain, country, town }: Employer,
  jobTitles: readonly string[],
  random: Random,
): Person[] {
  const { givenNames, familyNames } = pools.words(country.language)
  const first = random.int(0, givenNames.length - 1)
  return jobTitles.map((jobTitle, index): Person => {
    // Steps through the given names, which all differ in Latin letters.
    const given = givenNames[(first + index * 7) % givenNames.length] as (typeof givenNames)[number]
    const family = random.pick(familyNames)
    const names = [given.text, family.text]
    return {
      key: (key + 1) * peoplePerParty + index,
      givenName: given.text,
      familyName: family.text,
      name: (languages[country.language].isFamilyFirst ? names.toReversed() : names).join(' '),
      email: `${mailName(given.latin)}.${mailName(family.latin)}@${domain}`,
      phone: phoneOf(town, random),
      jobTitle,
      isPrimary: index === 0,
    }
  })
}

const clerks = ['Accounts Payable Specialist', 'Accounts Payable Clerk', 'Accounts Payable Manager', 'Bookkeeper']
const others = [
  'Chief Financial Officer',
  'Financial Controller',
  'Procurement Manager',
  'Purchasing Lead',
  'Office Manager',
  'Treasury Analyst',
  'IT Manager',
]

/** Returns the job titles of a customer's one to four contacts; the first looks after its invoices. */
function customerJobs(random: Random): string[] {
  const start = random.int(0, others.length - 1)
  return [
    random.pick(clerks),
    ...Array.from({ length: random.int(0, 3) }, (_, index) => others[(start + index * 2) % others.length] as string),
  ]
}

const staffJobs = [
  'Accounts Receivable Manager',
  'Collections Specialist',
  'Collections Specialist',
  'Account Manager',
  'Account Manager',
  'Customer Success Manager',
]

/** Returns the job titles of the seller's four to six people who deal with invoices. */
const sellerJobs = (random: Random): string[] => staffJobs.slice(0, random.int(4, 6))

/** Returns the key of the party that a person works for. */
export const partyOfPerson = ({ key }: Pick<Person, 'key'>): number => Math.floor(key / peoplePerParty) - 1

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
  { country, town, currency }: Home = homeOf(mix2(pools.key, key), pools),
): Party {
  const own = mix2(pools.key, key)
  const { industry, ...name } = companyName(pools, key, country)
  const founded = 2019 - Math.floor(100 * unit(own, names.founded) ** 2.2)
  // Customers with low numbers buy most, so they are larger.
  const employees = Math.max(
    3,
    Math.round(
      industryOf(industry).employees * Math.exp(normal(own, names.employees) * 0.9) * (0.6 + 12 / (key + 2) ** 0.7),
    ),
  )
  return {
    ...detail(pools, { key, own, country, town, currency, ...name }, customerJobs(at(own, names.people))),
    industry: industryOf(industry).name,
    description: describeCompany(industry, town.name, founded),
    employees,
    founded,
  }
}

/**
 * Returns the company whose books these are.
 * @param code country it lives in, which decides its currency
 * @param trade what it deals in
 * @throws Failure for a country that is not in the ledger.
 */
export function sellerOf(pools: Pools, code = 'US', trade: Trade = 'technology'): Party {
  const own = mix2(pools.key, names.seller)
  const { country, town } = sellerPlace(pools.key, code)
  const name = sellerName(pools, unit(own, names.legal), country, trade)
  return {
    ...detail(
      pools,
      { key: -1, own, country, town, currency: country.currency, ...name },
      sellerJobs(at(own, names.people)),
    ),
    industry: industryOf(trade).name,
    description: describeCompany(trade, town.name, 2009),
    employees: 240,
    founded: 2009,
  }
}

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
