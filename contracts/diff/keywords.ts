// Compares the keywords of two schemas.

import { isObject, join } from '../../spec/index.ts'
import type { Pointer } from '../../spec/index.ts'
import { narrowed, opposite, widened } from './change.ts'
import type { ChangeNotes } from './change.ts'
import type { FlatSchema, SchemaPair } from './schemas.ts'
import { canonical } from '../replay.ts'

/** Keywords that hold one schema, each for what it applies to; one that appears narrows. */
const single: Readonly<Record<string, string>> = {
  items: '/*',
  additionalProperties: '/{other}',
  unevaluatedProperties: '/{other}',
  unevaluatedItems: '/{other items}',
  contains: '/{one item}',
  propertyNames: '/{name}',
  then: '',
  else: '',
  contentSchema: '/{content}',
}
/** Keywords that hold schemas by name or position. */
const several: Readonly<Record<string, (name: string) => string>> = {
  patternProperties: (name) => `/{${name}}`,
  dependentSchemas: (name) => `{with ${name}}`,
  prefixItems: (name) => `/${name}`,
}
/** Keywords that other parts of the comparison know, and those that say nothing about values. */
const known = new Set([
  ...Object.keys(single),
  ...Object.keys(several),
  ...`$ref type enum const format pattern default properties required allOf anyOf oneOf minimum maximum exclusiveMinimum
  exclusiveMaximum minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains multipleOf uniqueItems
  readOnly writeOnly contentEncoding contentMediaType deprecated dependentRequired discriminator not title description example examples
  $comment externalDocs xml $id $anchor $schema $dynamicAnchor $vocabulary $defs definitions`.split(/\s+/),
])

/** Notes what differs in keywords that hold schemas, in what depends on other properties, and in what nobody here understands. */
export function compareKeywords(
  notes: ChangeNotes,
  old: FlatSchema,
  now: FlatSchema,
  pair: SchemaPair,
  descend: (pair: SchemaPair) => void,
): void {
  const here = { old: old.pointer, now: now.pointer }
  const change: Change = (isNarrower, code, says, forReaders = 'risky') =>
    notes.note(
      isNarrower ? narrowed(pair.direction) : widened(pair.direction, forReaders),
      code,
      `${pair.what} ${says}`,
      here,
    )
  const inner = (keyword: string, rest: string, what: string, turn = (same: SchemaPair) => same): void => {
    const [before, after] = [old, now].map(({ places }) => (places.get(keyword) ?? '') + rest) as [Pointer, Pointer]
    descend(turn({ ...pair, old: before, now: after, what: pair.what + what }))
  }
  for (const [keyword, what] of Object.entries(single)) {
    const [had, has] = [old, now].map(({ own }) => isTelling(own[keyword]))
    if (had && has) inner(keyword, '', what)
    else if (had !== has && old.own[keyword] !== false && now.own[keyword] !== false)
      change(
        has === true,
        kebab(keyword),
        has ? `now says what ${keyword} must be` : `says no longer what ${keyword} must be`,
      )
    else if (keyword === 'unevaluatedItems' || keyword === 'items')
      if ((old.own[keyword] === false) !== (now.own[keyword] === false))
        change(
          now.own[keyword] === false,
          kebab(keyword),
          now.own[keyword] === false ? 'allows no more items' : 'may have more items',
        )
  }
  for (const [keyword, what] of Object.entries(several)) {
    const [before, after] = [old, now].map(({ own }) => keysOf(own[keyword])) as [string[], string[]]
    for (const name of new Set([...before, ...after])) {
      if (before.includes(name) && after.includes(name)) inner(keyword, join('', name), what(name))
      else
        change(
          after.includes(name),
          kebab(keyword),
          `${after.includes(name) ? 'has' : 'no longer has'} ${keyword} ${name}`,
        )
    }
  }
  if (old.own.not !== undefined && now.own.not !== undefined) inner('not', '', '{not}', negated)
  else if (old.own.not !== now.own.not)
    change(
      now.own.not !== undefined,
      'not',
      now.own.not === undefined ? 'may now be what it must not be before' : 'must now not be something',
    )
  compareDependents(old, now, change)
  compareDiscriminators(old, now, change)
  for (const keyword of new Set([...Object.keys(old.own), ...Object.keys(now.own)]))
    if (!known.has(keyword) && !keyword.startsWith('x-') && !isSame(old.own[keyword], now.own[keyword]))
      notes.note('risky', 'not-compared', `${pair.what} has another ${keyword}: changed, not compared`, here)
}

/** What must not fit: there a wider schema is a narrower one. */
const negated = (pair: SchemaPair): SchemaPair => ({ ...pair, direction: opposite(pair.direction) })

type Change = (isNarrower: boolean, code: string, says: string, forReaders?: 'breaking' | 'risky') => void

/** Tells whether a subschema forbids anything. */
const isTelling = (schema: unknown): boolean => isObject(schema) && Object.keys(schema).length > 0

const keysOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((_, index) => String(index)) : isObject(value) ? Object.keys(value) : []

const kebab = (keyword: string): string => keyword.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Tells whether two values are the same JSON, in whatever order their members stand. */
export const isSame = (left: unknown, right: unknown): boolean => canonical(left) === canonical(right)

function compareDependents(old: FlatSchema, now: FlatSchema, change: Change): void {
  const asks = ({ own: { dependentRequired: stated } }: FlatSchema): string[] =>
    Object.entries(isObject(stated) ? stated : {}).flatMap(([name, wanted]) =>
      Array.isArray(wanted) ? wanted.map((other) => `${String(other)} with ${name}`) : [],
    )
  for (const wanted of asks(now))
    if (!asks(old).includes(wanted)) change(true, 'dependent-required', `now needs ${wanted}`)
  for (const wanted of asks(old))
    if (!asks(now).includes(wanted)) change(false, 'dependent-required', `no longer needs ${wanted}`)
}

function compareDiscriminators(old: FlatSchema, now: FlatSchema, change: Change): void {
  const [before, after] = [old.own.discriminator, now.own.discriminator].map((stated) =>
    isObject(stated) ? stated : {},
  ) as [Record<string, unknown>, Record<string, unknown>]
  if (before.propertyName !== after.propertyName) {
    for (const isNarrower of [true, false])
      change(
        isNarrower,
        'discriminator',
        `is told apart by ${String(after.propertyName ?? 'nothing')}, was by ${String(before.propertyName ?? 'nothing')}`,
        'breaking',
      )
    return
  }
  const [words, nowWords] = [before.mapping, after.mapping].map((mapping) => (isObject(mapping) ? mapping : {})) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ]
  for (const word of new Set([...Object.keys(words), ...Object.keys(nowWords)])) {
    if (words[word] === nowWords[word]) continue
    if (nowWords[word] !== undefined) change(false, 'discriminator', `"${word}" now means ${String(nowWords[word])}`)
    if (words[word] !== undefined) change(true, 'discriminator', `"${word}" no longer means ${String(words[word])}`)
  }
}

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
    note(isNarrower, keyword, `has ${keyword} ${toldJson(after)}, was ${toldJson(before)}`)
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

/** A multiple of the old step is one of the new, or the other way round, or neither. */
function compareSteps(
  { own: { multipleOf: before } }: FlatSchema,
  { own: { multipleOf: after } }: FlatSchema,
  note: Note,
): void {
  if (before === after) return
  const says = `has multipleOf ${toldJson(after)}, was ${toldJson(before)}`
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
  Array.isArray(words) ? new Set(words.map(toldJson)) : only === undefined ? undefined : new Set([toldJson(only)])

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
    notes.note(impact, `${keyword}-changed`, `${what} has ${keyword} ${toldJson(after)}, was ${toldJson(before)}`, {
      old: old.pointer,
      now: now.pointer,
    })
  }
  if (toldJson(old.own.default) !== toldJson(now.own.default))
    notes.note(
      'risky',
      'default-changed',
      `${what} has default ${toldJson(now.own.default)}, was ${toldJson(old.own.default)}`,
      { old: old.pointer, now: now.pointer },
    )
}
