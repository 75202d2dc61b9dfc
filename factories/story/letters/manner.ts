import type { Person } from '../../ledger/entry.ts'
import type { Random } from '../../random.ts'

/** How somebody begins and ends letters. */
export interface Manner {
  readonly greet: (person: Person) => string
  readonly close: string
}

const formal: Manner = { greet: ({ name }) => `Dear ${name},`, close: 'Yours sincerely,' }

const manners: readonly Manner[] = [
  { greet: ({ name }) => `Dear ${name},`, close: 'Kind regards,' },
  { greet: ({ givenName }) => `Dear ${givenName},`, close: 'Best regards,' },
  { greet: ({ givenName }) => `Hello ${givenName},`, close: 'Many thanks,' },
  { greet: ({ givenName }) => `Hi ${givenName},`, close: 'Best,' },
  { greet: ({ name }) => `Hello ${name},`, close: 'With kind regards,' },
  { greet: ({ givenName }) => `Good day ${givenName},`, close: 'Regards,' },
]

/** Returns one of the ways people write to each other; the formal one where the matter is serious. */
export const mannerOf = (random: Random, isSerious: boolean): Manner => (isSerious ? formal : random.pick(manners))

/** Returns a signature: name, job, company. */
export const signature = ({ name, jobTitle }: Person, company: string): string => `${name}\n${jobTitle}, ${company}`
