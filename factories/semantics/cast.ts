import type { Random } from '../random.ts'
import { countryOf } from '../ledger/countries.ts'
import type { Party, Person } from '../ledger/entry.ts'
import { partyOf } from '../ledger/party.ts'
import type { Country } from '../ledger/countries.ts'
import type { Pools } from '../ledger/pools.ts'

/** Companies and people that texts without a role may name: the best customers of the pools, so that names recur. */
export interface Cast {
  party(random: Random): Party
  person(random: Random): Person
  country(random: Random): Country
}

const size = 48

/** Returns the cast of pools; each company is drawn when first picked. */
export function castOf(pools: Pools): Cast {
  const parties: (Party | undefined)[] = Array.from({ length: size })
  const party = (random: Random): Party => {
    const key = random.int(0, size - 1)
    return (parties[key] ??= partyOf(pools, key))
  }
  return {
    party,
    person: (random) => random.pick(party(random).people),
    country: (random) => countryOf(party(random).country),
  }
}
