import type { Meaning } from './meaning.ts'
import { bags } from './topics/objects.ts'
import { codes } from './topics/codes.ts'
import { faults } from './topics/faults.ts'
import { firms } from './topics/companies.ts'
import { identities } from './topics/identities.ts'
import { numbers } from './topics/numbers.ts'
import { passages } from './topics/prose.ts'
import { people } from './topics/people.ts'
import { places } from './topics/places.ts'
import { sums } from './topics/money.ts'
import { times } from './topics/times.ts'
import { vocabulary } from './topics/vocabulary.ts'
import { web } from './topics/web.ts'

/** What examples say of people, places and companies may be somebody's: it is not repeated. */
const discreet = (list: readonly Meaning[]): Meaning[] => list.map((meaning) => ({ examples: 'none', ...meaning }))

/** Everything a value can mean, in the order in which equally good matches count. */
export const meanings: readonly Meaning[] = [
  ...faults,
  ...discreet(people),
  ...discreet(places),
  ...discreet(firms),
  ...sums,
  ...times,
  ...numbers,
  ...discreet(web),
  ...identities,
  ...codes,
  ...vocabulary,
  ...passages,
  ...bags,
]
