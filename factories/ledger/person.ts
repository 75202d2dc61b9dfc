import type { Random } from '../random.ts'
import type { Person } from './entry.ts'
import { languages } from './languages.ts'
import { phoneOf } from './phone.ts'
import type { Country, Town } from './place.ts'
import type { Pools } from './pools.ts'
import { mailName } from './slug.ts'

/** How many people a party has room for: the key of a person is that of the party times this, and a place. */
const peoplePerParty = 8

/** For whom people work. */
export interface Employer {
  readonly key: number
  readonly domain: string
  readonly country: Country
  readonly town: Town
}

/** Returns people with the given job titles, whose e-mail addresses are made from their names. No two share a name or an address. */
export function peopleOf(
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
export function customerJobs(random: Random): string[] {
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
export const sellerJobs = (random: Random): string[] => staffJobs.slice(0, random.int(4, 6))

/** Returns the key of the party that somebody works for. */
export const partyOfPerson = ({ key }: Pick<Person, 'key'>): number => Math.floor(key / peoplePerParty) - 1
