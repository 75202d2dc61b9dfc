import type { Leaf } from '../sample/sampler.ts'
import { clueOf } from './clue.ts'
import type { Clue } from './clue.ts'
import type { Meaning } from './meaning.ts'
import { meaningOf } from './recognise.ts'

/** How often properties are there that have one of the words in their names; the first that fits counts. */
const table: readonly (readonly [words: string, presence: number])[] = [
  ['error failure exception stacktrace traceback fault', 0.05],
  ['internal debug raw legacy deprecated experimental', 0.12],
  ['override alternate alternative secondary previous old fallback', 0.2],
  ['deleted archived cancelled canceled voided refunded rejected', 0.15],
  ['test custom extra additional optional', 0.35],
]

const presences = table.map(([words, presence]) => ({ words: new Set(words.split(' ')), presence }))
const usual = 0.75
/** What may be null is null now and then. */
const often = 0.85
const deprecated = 0.1

/** Returns how often an optional property is there in real data, from 0 to 1: names nearly always, errors hardly ever. */
export const presence = (leaf: Leaf): number => {
  const clue = clueOf(leaf)
  return presenceIn(clue, meaningOf(clue))
}

/** Returns how often an optional property is written at all: one that may be null is always, because null says that it has no value. */
export const written = (leaf: Leaf): number => {
  const clue = clueOf(leaf)
  return clue.nullable ? 1 : presenceIn(clue, meaningOf(clue))
}

/** Returns the presence of a place whose meaning is known already. */
export function presenceIn({ words, types, schema, isOpen, nullable }: Clue, meaning: Meaning | undefined): number {
  const rarity = schema.deprecated === true ? deprecated : 1
  // A default of null says that most records have no value.
  const doubt = schema.default === null ? 0.6 : 1
  if (meaning?.presence !== undefined) return Math.min(meaning.presence, nullable ? often : 1) * rarity * doubt
  if (types.has('boolean')) return 0.95 * rarity
  const named = presences.find((row) => words.some((word) => row.words.has(word)))
  return (named?.presence ?? (isOpen ? 0.15 : usual)) * rarity * doubt
}
