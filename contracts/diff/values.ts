// Compares the values that two schemas allow.

import { narrowed, widened } from './change.ts'
import type { SchemaComparison } from './comparison.ts'
import type { FlatSchema } from './flat-schema.ts'

/** Notes what differs between the values that two schemas allow: words, formats, patterns, bounds. */
export function compareValues(comparison: SchemaComparison): void {
  const { old, now } = comparison
  compareWords(comparison)
  compareFormats(comparison)
  for (const [keyword, isLower] of limits) compareLimits(comparison, keyword, isLower)
  compareSteps(comparison)
  const [wasUnique, isUnique] = [old.own.uniqueItems === true, now.own.uniqueItems === true]
  if (wasUnique !== isUnique)
    comparison.change(isUnique, 'unique-items', isUnique ? 'must not repeat items any more' : 'may repeat items')
  const [wasDeprecated, isDeprecated] = [old.own.deprecated === true, now.own.deprecated === true]
  if (wasDeprecated !== isDeprecated)
    comparison.note(
      isDeprecated ? 'risky' : 'safe',
      'deprecated',
      isDeprecated ? ' is now deprecated: it may go away' : ' is no longer deprecated',
    )
}

const toldJson = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value))

/** Those that rise when a schema narrows, and those that fall. */
const limits = [
  ['minimum', true],
  ['exclusiveMinimum', true],
  ['minLength', true],
  ['minItems', true],
  ['minContains', true],
  ['minProperties', true],
  ['maximum', false],
  ['exclusiveMaximum', false],
  ['maxLength', false],
  ['maxItems', false],
  ['maxContains', false],
  ['maxProperties', false],
] as const

function compareLimits(comparison: SchemaComparison, keyword: string, isLower: boolean): void {
  const [before, after] = [comparison.old.own[keyword], comparison.now.own[keyword]]
  if (before === after || (typeof before !== 'number' && typeof after !== 'number')) return
  const isNarrower =
    typeof after === 'number' && (typeof before !== 'number' || (isLower ? after > before : after < before))
  comparison.change(isNarrower, keyword, `has ${keyword} ${toldJson(after)}, was ${toldJson(before)}`)
}

/** A multiple of the old step is one of the new, or the other way round, or neither. */
function compareSteps(comparison: SchemaComparison): void {
  const [before, after] = [comparison.old.own.multipleOf, comparison.now.own.multipleOf]
  if (before === after) return
  const says = `has multipleOf ${toldJson(after)}, was ${toldJson(before)}`
  const divides = (left: unknown, right: unknown): boolean =>
    left === undefined ||
    (right !== undefined && Number.isInteger(Number((Number(right) / Number(left)).toPrecision(12))))
  const isNarrower = divides(before, after)
  const isWider = divides(after, before)
  if (isNarrower || !isWider) comparison.change(true, 'multipleOf', says)
  if (isWider || !isNarrower) comparison.change(false, 'multipleOf', says, isNarrower || isWider ? 'risky' : 'breaking')
}

/** Notes which types came and went; where both sides list words, these tell more. */
export function compareTypes(comparison: SchemaComparison): void {
  const { old, now } = comparison
  const [before, after] = [old.types, now.types]
  if ((!before && !after) || (wordsOf(old) && wordsOf(now))) return
  if (!before || !after)
    return comparison.change(
      after !== undefined,
      after ? 'type-narrowed' : 'type-widened',
      after ? `is now only ${[...after].join(' or ')}` : 'may now be of any type',
      'breaking',
    )
  const lost = [...before].filter((type) => !after.has(type))
  const gained = [...after].filter((type) => !before.has(type))
  // Another type is both: what was sent is refused, what is read is not understood.
  if (lost.length > 0)
    comparison.change(
      true,
      gained.length > 0 ? 'type-changed' : 'type-narrowed',
      `is never ${lost.join(' or ')} any more`,
    )
  if (gained.length > 0)
    comparison.change(
      false,
      lost.length > 0 ? 'type-changed' : 'type-widened',
      `may now be ${gained.join(' or ')}`,
      'breaking',
    )
}

function compareWords(comparison: SchemaComparison): void {
  const [before, after] = [wordsOf(comparison.old), wordsOf(comparison.now)]
  if (!before && !after) return
  if (!before || !after)
    return comparison.change(
      after !== undefined,
      after ? 'enum-added' : 'enum-removed',
      after ? `is now one of ${[...after].join(', ')}` : 'may now be any word',
    )
  const lost = [...before].filter((word) => !after.has(word))
  const gained = [...after].filter((word) => !before.has(word))
  if (lost.length > 0) comparison.change(true, 'enum-narrowed', `is never ${lost.join(', ')} any more`)
  // Where none of the old words is left, readers understand nothing.
  if (gained.length > 0)
    comparison.change(
      false,
      'enum-widened',
      `may now be ${gained.join(', ')}`,
      lost.length === before.size ? 'breaking' : 'risky',
    )
}

const wordsOf = ({ own: { enum: words, const: only } }: FlatSchema): ReadonlySet<string> | undefined =>
  Array.isArray(words) ? new Set(words.map(toldJson)) : only === undefined ? undefined : new Set([toldJson(only)])

/** A text of another form is read as wrongly as one of another type. */
function compareFormats(comparison: SchemaComparison): void {
  const { old, now, pair } = comparison
  for (const keyword of ['format', 'pattern', 'contentEncoding', 'contentMediaType'] as const) {
    const [before, after] = [old.own[keyword], now.own[keyword]]
    if (before === after) continue
    const impact =
      before === undefined
        ? narrowed(pair.direction)
        : after === undefined
          ? widened(pair.direction, 'risky')
          : keyword === 'pattern'
            ? 'risky'
            : 'breaking'
    comparison.note(impact, `${keyword}-changed`, ` has ${keyword} ${toldJson(after)}, was ${toldJson(before)}`)
  }
  const [before, after] = [toldJson(old.own.default), toldJson(now.own.default)]
  if (before !== after) comparison.note('risky', 'default-changed', ` has default ${after}, was ${before}`)
}
