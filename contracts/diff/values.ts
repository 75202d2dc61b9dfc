import { narrowed, widened } from './change.ts'
import type { Notes } from './change.ts'
import type { Flat, Pair } from './schemas.ts'

/** Notes what differs between the values that two schemas allow: types, words, formats, patterns, bounds. */
export function compareValues(notes: Notes, old: Flat, now: Flat, pair: Pair): void {
  const note = (isNarrower: boolean, code: string, says: string, forReaders: 'breaking' | 'risky' = 'risky'): void =>
    notes.note(
      isNarrower ? narrowed(pair.direction) : widened(pair.direction, forReaders),
      code,
      `${pair.what} ${says}`,
      { old: old.pointer, now: now.pointer },
    )
  compareTypes(old, now, note)
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
}

type Note = (isNarrower: boolean, code: string, says: string, forReaders?: 'breaking' | 'risky') => void

const told = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value))

/** Those that rise when a schema narrows, and those that fall. */
const limits = [
  ['minimum', true],
  ['exclusiveMinimum', true],
  ['minLength', true],
  ['minItems', true],
  ['minProperties', true],
  ['maximum', false],
  ['exclusiveMaximum', false],
  ['maxLength', false],
  ['maxItems', false],
  ['maxProperties', false],
] as const

/** No type at all is every type. */
function typesOf({ own: { type }, branches }: Flat): ReadonlySet<string> | undefined {
  if (type === undefined || branches.length > 0) return undefined
  const types = [type].flat().map(String)
  return new Set(types.includes('number') ? [...types, 'integer'] : types)
}

function compareTypes(old: Flat, now: Flat, note: Note): void {
  const before = typesOf(old)
  const after = typesOf(now)
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

function compareWords(old: Flat, now: Flat, note: Note): void {
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
  if (gained.length > 0) note(false, 'enum-widened', `may now be ${gained.join(', ')}`)
}

const wordsOf = ({ own: { enum: words, const: only } }: Flat): ReadonlySet<string> | undefined =>
  Array.isArray(words) ? new Set(words.map(told)) : only === undefined ? undefined : new Set([told(only)])

/** A text of another form is read as wrongly as one of another type. */
function compareFormats(notes: Notes, old: Flat, now: Flat, { direction, what }: Pair): void {
  for (const keyword of ['format', 'pattern'] as const) {
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
