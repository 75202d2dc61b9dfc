// Compares two schemas and everything below them.

import { atPointer, isObject, join, resolve } from '../../spec/index.ts'
import type { Document, Pointer } from '../../spec/index.ts'
import { resolvedSchema } from '../samples.ts'
import { matchBranches } from './branches.ts'
import { narrowed, widened } from './change.ts'
import type { ChangeNotes, TravelDirection } from './change.ts'
import { compareKeywords, compareValues } from './keywords.ts'

/** Where two schemas to be compared stand. */
export interface SchemaPair {
  readonly old: Pointer
  readonly now: Pointer
  readonly direction: TravelDirection
  /** For people: `body /lines/*`. */
  readonly what: string
}

/** A property, and where it stands. */
interface FlatProperty {
  readonly pointer: Pointer
  readonly isRequired: boolean
}

/** Everything about a schema that is compared: `allOf` flattened, a choice between something and null taken for that thing or null. */
export interface FlatSchema {
  readonly pointer: Pointer
  /** Where it stands itself, where it is the only branch of a choice. */
  readonly self: Pointer
  readonly own: Readonly<Record<string, unknown>>
  /** Where each keyword stands. */
  readonly places: ReadonlyMap<string, Pointer>
  readonly properties: ReadonlyMap<string, FlatProperty>
  readonly isClosed: boolean
  readonly branches: readonly Pointer[]
  /** Types of its values; `undefined` where they may be of any. */
  readonly types: ReadonlySet<string> | undefined
}

/** Notes what differs between two schemas and everything below them; rings and repeated pairs are compared once. */
export function compareSchemas(notes: ChangeNotes, pair: SchemaPair, seen: Set<string> = new Set()): void {
  const old = flatten(notes.before.document, pair.old)
  const now = flatten(notes.after.document, pair.now)
  const key = `${old.pointer} ${now.pointer} ${pair.direction}`
  if (seen.has(key)) return
  seen.add(key)
  const descend = (inner: SchemaPair): void => compareSchemas(notes, inner, seen)
  const [wasChoice, isChoice] = [old.branches.length > 0, now.branches.length > 0]
  if (wasChoice !== isChoice && !hasOwn(wasChoice ? old : now)) return compareBranches(notes, old, now, pair, descend)
  // Types of a choice are those of its branches, which are compared.
  if (wasChoice && isChoice) compareValues(notes, { ...old, types: undefined }, { ...now, types: undefined }, pair)
  else compareValues(notes, old, now, pair)
  compareProperties(notes, old, now, pair, descend)
  compareKeywords(notes, old, now, pair, descend)
  if (wasChoice && isChoice) compareBranches(notes, old, now, pair, descend)
  else if (wasChoice || isChoice)
    notes.note(
      isChoice ? narrowed(pair.direction) : widened(pair.direction, 'risky'),
      'alternatives',
      `${pair.what} ${isChoice ? 'must now fit one of several alternatives as well' : 'need not fit one of several alternatives any more'}`,
      { old: old.pointer, now: now.pointer },
    )
}

/** Tells whether something stands beside the branches of a choice. */
const hasOwn = ({ properties, own }: FlatSchema): boolean => properties.size > 0 || own.type !== undefined

const isNull = (schema: unknown): boolean =>
  isObject(schema) &&
  (schema.type === 'null' ||
    schema.const === null ||
    (Array.isArray(schema.enum) && schema.enum.length === 1 && schema.enum[0] === null))

/** Deeper ones are taken as they stand. */
const deepest = 10

function flatten(document: Document, pointer: Pointer, depth = 0): FlatSchema {
  const here = atPointer(document, pointer) === undefined ? pointer : resolve(document, pointer).pointer
  const stated = resolvedSchema(document, pointer)
  const [keyword, list] =
    (['anyOf', 'oneOf'] as const)
      .map((name) => [name, stated[name]] as const)
      .find((entry): entry is readonly ['anyOf' | 'oneOf', unknown[]] => Array.isArray(entry[1])) ?? []
  const open = list?.flatMap((branch, index) => (isNull(branch) ? [] : [index])) ?? []
  const isSole = keyword !== undefined && open.length === 1 && depth < deepest
  const { [keyword ?? '']: _, ...rest } = stated
  const own = isSole ? rest : stated
  const inner = (places: readonly Pointer[]): FlatSchema[] => places.map((place) => flatten(document, place, depth + 1))
  const parts = [
    ...(isSole ? inner([join(here, keyword, open[0] as number)]) : []),
    ...(Array.isArray(own.allOf) && depth < deepest
      ? inner(own.allOf.map((_part, index) => join(here, 'allOf', index)))
      : []),
  ]
  const merged = Object.assign({}, ...parts.map((part) => part.own), own) as FlatSchema['own']
  const branches = [
    ...(isSole ? [] : ['oneOf', 'anyOf']).flatMap((name) =>
      Array.isArray(own[name]) ? own[name].map((_branch, index) => join(here, name, index)) : [],
    ),
    ...parts.flatMap((part) => part.branches),
  ]
  const mayBeNull = isSole && open.length < (list?.length ?? 0)
  const types = typesOf(document, merged, branches, parts, depth)
  return {
    pointer: here,
    self: isSole ? (parts[0]?.self ?? here) : here,
    own: merged,
    places: new Map([
      ...parts.flatMap((part) => [...part.places]),
      ...Object.keys(own).map((name) => [name, join(here, name)] as const),
    ]),
    properties: propertiesOf(own, here, parts),
    isClosed:
      own.additionalProperties === false ||
      own.unevaluatedProperties === false ||
      parts.some(({ isClosed }) => isClosed),
    branches,
    types: types && mayBeNull ? new Set([...types, 'null']) : types,
  }
}

function propertiesOf(
  own: FlatSchema['own'],
  here: Pointer,
  parts: readonly FlatSchema[],
): ReadonlyMap<string, FlatProperty> {
  const required = new Set(Array.isArray(own.required) ? own.required.map(String) : [])
  const stated = Object.keys(isObject(own.properties) ? own.properties : {}).map((name): [string, FlatProperty] => [
    name,
    { pointer: join(here, 'properties', name), isRequired: required.has(name) },
  ])
  const properties = new Map<string, FlatProperty>()
  for (const [name, property] of [...parts.flatMap((part) => [...part.properties]), ...stated])
    properties.set(name, {
      pointer: property.pointer,
      isRequired: property.isRequired || required.has(name) || (properties.get(name)?.isRequired ?? false),
    })
  return properties
}

/** What has a word has its type; a choice has the types of its branches. */
function typesOf(
  document: Document,
  { type, enum: words, const: only }: FlatSchema['own'],
  branches: readonly Pointer[],
  parts: readonly FlatSchema[],
  depth: number,
): ReadonlySet<string> | undefined {
  const whole = (types: Iterable<string>): ReadonlySet<string> => {
    const set = new Set(types)
    return set.has('number') ? new Set([...set, 'integer']) : set
  }
  if (type !== undefined) return whole([type].flat().map(String))
  const values = Array.isArray(words) ? words : only === undefined ? [] : [only]
  if (values.length > 0) return whole(values.map(jsonType))
  if (branches.length > 0 && depth < deepest) {
    const each = branches.map((branch) => flatten(document, branch, depth + 1).types)
    return each.every((types) => types !== undefined) ? whole(each.flatMap((types) => [...types])) : undefined
  }
  return parts.find((part) => part.types !== undefined)?.types
}

const jsonType = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'number' ? 'number' : typeof value

type Descend = (pair: SchemaPair) => void

function compareProperties(
  notes: ChangeNotes,
  old: FlatSchema,
  now: FlatSchema,
  { direction, what }: SchemaPair,
  descend: Descend,
): void {
  const isRequest = direction === 'request'
  const hidden = isRequest ? 'readOnly' : 'writeOnly'
  const isHidden = (document: Document, pointer: Pointer): boolean => resolvedSchema(document, pointer)[hidden] === true
  for (const [name, property] of old.properties) {
    const other = now.properties.get(name)
    const place = `${what}/${name}`
    const wasHidden = isHidden(notes.before.document, property.pointer)
    if (!other) {
      if (!wasHidden)
        notes.note(
          isRequest ? (now.isClosed ? 'breaking' : 'risky') : 'breaking',
          'property-removed',
          `${place} is gone`,
          { old: property.pointer, now: now.pointer },
        )
      continue
    }
    const here = { old: property.pointer, now: other.pointer }
    const isNowHidden = isHidden(notes.after.document, other.pointer)
    if (wasHidden !== isNowHidden)
      notes.note(
        !isNowHidden ? 'safe' : isRequest ? 'risky' : 'breaking',
        isRequest ? 'read-only' : 'write-only',
        isNowHidden ? `${place} is now ${hidden}` : `${place} is no longer ${hidden}`,
        here,
      )
    if (wasHidden || isNowHidden) continue
    if (property.isRequired && !other.isRequired)
      notes.note(widened(direction), 'property-optional', `${place} may now be missing`, here)
    if (!property.isRequired && other.isRequired)
      notes.note(narrowed(direction), 'property-required', `${place} is now required`, here)
    descend({ ...here, direction, what: place })
  }
  for (const [name, property] of now.properties) {
    if (old.properties.has(name) || isHidden(notes.after.document, property.pointer)) continue
    const isDemanded = isRequest && property.isRequired
    notes.note(
      isDemanded ? 'breaking' : !isRequest && old.isClosed ? 'risky' : 'safe',
      'property-added',
      `${what}/${name} is new${isDemanded ? ' and required' : ''}`,
      { old: old.pointer, now: property.pointer },
    )
  }
  for (const name of requiredOnly(now))
    if (!requiredOnly(old).includes(name) && !old.properties.get(name)?.isRequired)
      notes.note(narrowed(direction), 'property-required', `${what}/${name} is now required`, {
        old: old.pointer,
        now: now.pointer,
      })
  for (const name of requiredOnly(old))
    if (!requiredOnly(now).includes(name) && !now.properties.get(name)?.isRequired)
      notes.note(widened(direction), 'property-optional', `${what}/${name} may now be missing`, {
        old: old.pointer,
        now: now.pointer,
      })
  if (old.isClosed !== now.isClosed)
    notes.note(
      now.isClosed ? narrowed(direction) : widened(direction, 'risky'),
      'additional-properties',
      `${what} ${now.isClosed ? 'allows no other properties any more' : 'may now have other properties'}`,
      { old: old.pointer, now: now.pointer },
    )
}

/** What is required and described nowhere. */
const requiredOnly = ({ own: { required }, properties }: FlatSchema): readonly string[] =>
  Array.isArray(required) ? required.map(String).filter((name) => !properties.has(name)) : []

/** Where only one side is a choice, the other is taken for a choice of one. */
function compareBranches(
  notes: ChangeNotes,
  old: FlatSchema,
  now: FlatSchema,
  pair: SchemaPair,
  descend: Descend,
): void {
  if (old.branches.length === 0 && now.branches.length === 0) return
  const [before, after] = [old, now].map(({ branches, self }) => (branches.length > 0 ? branches : [self])) as [
    readonly Pointer[],
    readonly Pointer[],
  ]
  const { same, removed, added } = matchBranches(
    { document: notes.before.document, pointers: before },
    { document: notes.after.document, pointers: after },
  )
  for (const [branch, other] of same) descend({ ...pair, old: branch, now: other })
  for (const { name, pointer } of removed)
    notes.note(narrowed(pair.direction), 'alternative-removed', `${pair.what} is never ${name} any more`, {
      old: pointer,
      now: now.pointer,
    })
  for (const { name, pointer } of added)
    notes.note(widened(pair.direction, 'risky'), 'alternative-added', `${pair.what} may now be ${name}`, {
      old: old.pointer,
      now: pointer,
    })
}
