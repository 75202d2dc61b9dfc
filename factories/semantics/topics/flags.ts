import type { Clue } from '../clue.ts'

/** How often flags are true that have one of the words in their names; the first that fits counts. */
const table: readonly (readonly [words: string, chance: number])[] = [
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

const chances = table.map(([words, chance]) => ({ words: new Set(words.split(' ')), chance }))

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
