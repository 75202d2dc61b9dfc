import { narrowed, widened } from './change.ts'
import type { ChangeNotes } from './change.ts'
import type { FlatSchema, SchemaPair } from './schemas.ts'

type Note = (isNarrower: boolean, code: string, says: string, forReaders?: 'breaking' | 'risky') => void

/** Notes what differs between the values that two schemas allow: types, words, formats, patterns, bounds. */
export function compareValues(notes: ChangeNotes, old: FlatSchema, now: FlatSchema, pair: SchemaPair): void {
  const here = { old: old.pointer, now: now.pointer }
  const note: Note = (isNarrower, code, says, forReaders = 'risky') =>
    notes.note(
      isNarrower ? narrowed(pair.direction) : widened(pair.direction, forReaders),
      code,
      `${pair.what} ${says}`,
      here,
    )
  const hasWords = wordsOf(old) !== undefined && wordsOf(now) !== undefined
  if (!hasWords) compareTypes(old, now, note)
  compareWords(old, now, note)
  compareFormats(notes, old, now, pair)
  for (const [keyword, isLower] of limits) {
    const before = old.own[keyword]
    const after = now.own[keyword]
    if (before === after || (typeof before !== 'number' && typeof after !== 'number')) continue
    const isNarrower =
      typeof after === 'number' && (typeof before !== 'number' || (isLower ? after > before : after < before))
    note(isNarrower, keyword, `has ${keyword} ${told(after)}, was ${told(before)}`)
  }
  compareSteps(old, now, note)
  if ((old.own.uniqueItems === true) !== (now.own.uniqueItems === true))
    note(
      now.own.uniqueItems === true,
      'unique-items',
      now.own.uniqueItems === true ? 'must not repeat items any more' : 'may repeat items',
    )
  if (old.own.deprecated !== true && now.own.deprecated === true)
    notes.note('risky', 'deprecated', `${pair.what} is now deprecated: it may go away`, here)
}

const told = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value))

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

/** A multiple of the old step is one of the new, or the other way round, or neither. */
function compareSteps(
  { own: { multipleOf: before } }: FlatSchema,
  { own: { multipleOf: after } }: FlatSchema,
  note: Note,
): void {
  if (before === after) return
  const says = `has multipleOf ${told(after)}, was ${told(before)}`
  const divides = (left: unknown, right: unknown): boolean =>
    left === undefined ||
    (right !== undefined && Number.isInteger(Number((Number(right) / Number(left)).toPrecision(12))))
  const isNarrower = divides(before, after)
  const isWider = divides(after, before)
  if (isNarrower || !isWider) note(true, 'multipleOf', says)
  if (isWider || !isNarrower) note(false, 'multipleOf', says, isNarrower || isWider ? 'risky' : 'breaking')
}

function compareTypes({ types: before }: FlatSchema, { types: after }: FlatSchema, note: Note): void {
  if (!before && !after) return
  if (!before || !after)
    return note(
      after !== undefined,
      after ? 'type-narrowed' : 'type-widened',
      after ? `is now only ${[...after].join(' or ')}` : 'may now be of any type',
      'breaking',
    )
  const lost = [...before].filter((type) => !after.has(type))
  const gained = [...after].filter((type) => !before.has(type))
  // Another type is both: what was sent is refused, what is read is not understood.
  if (lost.length > 0)
    note(true, gained.length > 0 ? 'type-changed' : 'type-narrowed', `is never ${lost.join(' or ')} any more`)
  if (gained.length > 0)
    note(false, lost.length > 0 ? 'type-changed' : 'type-widened', `may now be ${gained.join(' or ')}`, 'breaking')
}

function compareWords(old: FlatSchema, now: FlatSchema, note: Note): void {
  const before = wordsOf(old)
  const after = wordsOf(now)
  if (!before && !after) return
  if (!before || !after)
    return note(
      after !== undefined,
      after ? 'enum-added' : 'enum-removed',
      after ? `is now one of ${[...after].join(', ')}` : 'may now be any word',
    )
  const lost = [...before].filter((word) => !after.has(word))
  const gained = [...after].filter((word) => !before.has(word))
  if (lost.length > 0) note(true, 'enum-narrowed', `is never ${lost.join(', ')} any more`)
  // Where none of the old words is left, readers understand nothing.
  if (gained.length > 0)
    note(false, 'enum-widened', `may now be ${gained.join(', ')}`, lost.length === before.size ? 'breaking' : 'risky')
}

const wordsOf = ({ own: { enum: words, const: only } }: FlatSchema): ReadonlySet<string> | undefined =>
  Array.isArray(words) ? new Set(words.map(told)) : only === undefined ? undefined : new Set([told(only)])

/** A text of another form is read as wrongly as one of another type. */
function compareFormats(notes: ChangeNotes, old: FlatSchema, now: FlatSchema, { direction, what }: SchemaPair): void {
  for (const keyword of ['format', 'pattern', 'contentEncoding', 'contentMediaType'] as const) {
    const before = old.own[keyword]
    const after = now.own[keyword]
    if (before === after) continue
    const isNarrower = before === undefined
    const isWider = after === undefined
    const impact = isNarrower
      ? narrowed(direction)
      : isWider
        ? widened(direction, 'risky')
        : keyword === 'pattern'
          ? 'risky'
          : 'breaking'
    notes.note(impact, `${keyword}-changed`, `${what} has ${keyword} ${told(after)}, was ${told(before)}`, {
      old: old.pointer,
      now: now.pointer,
    })
  }
  if (told(old.own.default) !== told(now.own.default))
    notes.note(
      'risky',
      'default-changed',
      `${what} has default ${told(now.own.default)}, was ${told(old.own.default)}`,
      { old: old.pointer, now: now.pointer },
    )
}
