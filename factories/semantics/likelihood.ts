// How often optional properties are there, and flags are true, in real data.

import type { NamedSchema } from '../sample/sampler.ts'
import { clueOf } from './clue.ts'
import type { Clue } from './clue.ts'
import type { ValueMeaning } from './meaning.ts'
import { meaningOfClue } from './recognise.ts'

/** How often properties are there that have one of the words in their names; the first that fits counts. */
const presenceTable: readonly (readonly [words: string, presence: number])[] = [
  ['error failure exception stacktrace traceback fault', 0.05],
  ['internal debug raw legacy deprecated experimental', 0.12],
  ['override alternate alternative secondary previous old fallback', 0.2],
  ['deleted archived cancelled canceled voided refunded rejected', 0.15],
  ['test custom extra additional optional', 0.35],
]

const presences = presenceTable.map(([words, presence]) => ({ words: new Set(words.split(' ')), presence }))
const usualPresence = 0.75
/** What may be null is null now and then. */
const nullablePresence = 0.85
const deprecatedPresence = 0.1

/** Returns how often an optional property is there in real data, from 0 to 1: names nearly always, errors hardly ever. */
export const presence = (leaf: NamedSchema): number => {
  const clue = clueOf(leaf)
  return presenceIn(clue, meaningOfClue(clue))
}

/** Returns how often an optional property is written at all: one that may be null is always, because null says that it has no value. */
export const writtenPresence = (leaf: NamedSchema): number => {
  const clue = clueOf(leaf)
  return clue.nullable ? 1 : presenceIn(clue, meaningOfClue(clue))
}

/** Returns the presence of a place whose meaning is known already. */
export function presenceIn(
  { words, types, schema, isOpen, nullable }: Clue,
  meaning: ValueMeaning | undefined,
): number {
  const rarity = schema.deprecated === true ? deprecatedPresence : 1
  // A default of null says that most records have no value.
  const doubt = schema.default === null ? 0.6 : 1
  if (meaning?.presence !== undefined)
    return Math.min(meaning.presence, nullable ? nullablePresence : 1) * rarity * doubt
  if (types.has('boolean')) return 0.95 * rarity
  const named = presences.find((row) => words.some((word) => row.words.has(word)))
  return (named?.presence ?? (isOpen ? 0.15 : usualPresence)) * rarity * doubt
}

/** How often flags are true that have one of the words in their names; the first that fits counts. */
const chanceTable: readonly (readonly [words: string, chance: number])[] = [
  [
    'error errored failed failure deleted void voided archived hidden hide expired blocked locked suspended fraud fraudulent ' +
      'duplicate deprecated spam bounced rejected disputed uncollectible cancelled canceled removed banned muted test sandbox' +
      ' readonly anonymous draft debug refunded exempt disabled paused invalid excluded skipped overridden legacy revoked churned ' +
      'retried stale draft lost unsubscribed impersonated',
    0.06,
  ],
  [
    'one off initial requested request running setup onboarding required requires needs pending manual override partial reverse tip ' +
      'backfilling skip collapsed selected dirty loading syncing in progress',
    0.15,
  ],
  [
    'enabled active approved verified valid available configured connected visible success successful ok allowed healthy subscribed ' +
      'supported confirmed completed accepted authenticated up published live complete reachable operational',
    0.92,
  ],
  ['can allow allows include includes send notify auto automatic automatically read write editable reusable', 0.8],
  ['more next', 0.4],
  ['primary default main preferred favorite current latest', 0.6],
  ['public external listed shared', 0.2],
  ['paid sent seen opened delivered', 0.6],
]

const chances = chanceTable.map(([words, chance]) => ({ words: new Set(words.split(' ')), chance }))

/** Returns how often a flag is true in real data: errors hardly ever, enabled things nearly always. */
export function chanceOf({ words, description, schema }: Clue): number {
  const named = chances.find((row) => words.some((word) => row.words.has(word)))
  if (named) return turned(words, named.chance)
  if (typeof schema.default === 'boolean') return schema.default ? 0.9 : 0.1
  const said = chances.find((row) => description.split(/[^a-z]+/).some((word) => row.words.has(word)))
  return said && said.chance < 0.1 ? 0.1 : 0.35
}

/** `not_…` and `no_…` turn the meaning round. */
const turned = (words: readonly string[], chance: number): number =>
  words.some((word) => word === 'not' || word === 'no') ? 1 - chance : chance
