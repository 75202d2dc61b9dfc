// What a value can mean, and what its makers draw from.

import { countryOf } from '../ledger/countries.ts'
import type { Country } from '../ledger/countries.ts'
import type { Party, Person } from '../ledger/entry.ts'
import { partyOf } from '../ledger/party.ts'
import type { Pools } from '../ledger/pools.ts'
import type { Random } from '../random.ts'
import type { Day } from '../../spec/index.ts'
import type { Clue } from './clue.ts'

/** What a value is made from. */
export interface Draw {
  readonly random: Random
  readonly clue: Clue
  readonly cast: Cast
  readonly today: Day
}

/** Makes a value; `undefined` where it has none for the place. */
export type Make<T = unknown> = (draw: Draw) => T | undefined

/** What the value of a place can mean, and how such a value is made. */
export interface ValueMeaning {
  readonly label: string
  /**
   * Names it goes by, parted by `|`, in the words that `wordsOf` gives. A name ends in them; `=id` is the whole of it,
   * `is *` its beginning, `~cents` any part of it.
   */
  readonly names: string
  /** Words of which the property above or else the description must have one. */
  readonly of?: string
  /** Formats of texts that it can have; a place with another format means something else. */
  readonly formats?: string
  readonly text?: Make<string>
  readonly number?: Make<number>
  readonly flag?: Make<boolean>
  readonly object?: Make<Record<string, unknown> | readonly unknown[]>
  /** How often real data has it, from 0 to 1. */
  readonly presence?: number
  /** What examples are worth: one of them is the value, they show its shape, or they say nothing we may repeat. */
  readonly examples?: 'value' | 'shape' | 'none'
  /** Its text is a number in digits: second choice where a text is asked for. */
  readonly isNumeric?: true
  /** Its texts have one of the formats, or are none of it. */
  readonly needsFormat?: true
  /** A text that is too long may be cut. */
  readonly cuts?: true
}

/** Returns a maker that picks from a list. */
export const oneOf =
  <T>(list: readonly T[]): Make<T> =>
  ({ random }) =>
    random.pick(list)

/** Returns a maker of whole numbers between two bounds. */
export const between =
  (low: number, high: number): Make<number> =>
  ({ random }) =>
    random.int(low, high)

/** Companies and people that texts without a role may name: the best customers of the pools, so that names recur. */
interface Cast {
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
