import { at, isObject, join, resolve } from '../../spec/index.ts'
import type { Document, Pointer } from '../../spec/index.ts'
import { resolvedSchema } from '../check/sample.ts'
import { narrowed, widened } from './change.ts'
import type { Direction, Notes } from './change.ts'
import { compareValues } from './values.ts'

/** Where two schemas to be compared stand. */
export interface Pair {
  readonly old: Pointer
  readonly now: Pointer
  readonly direction: Direction
  /** For people: `body /lines/*`. */
  readonly what: string
}

/** A property, and where it stands. */
interface Property {
  readonly pointer: Pointer
  readonly isRequired: boolean
}

/** Everything about a schema that is compared, `allOf` flattened. */
export interface Flat {
  readonly pointer: Pointer
  readonly own: Readonly<Record<string, unknown>>
  readonly properties: ReadonlyMap<string, Property>
  readonly isClosed: boolean
  readonly items?: Pointer
  readonly branches: readonly Pointer[]
}

/** Notes what differs between two schemas and everything below them; rings and repeated pairs are compared once. */
export function compareSchemas(notes: Notes, pair: Pair, seen: Set<string> = new Set()): void {
  const old = flatten(notes.before.document, pair.old)
  const now = flatten(notes.after.document, pair.now)
  const key = `${old.pointer} ${now.pointer} ${pair.direction}`
  if (seen.has(key)) return
  seen.add(key)
  compareValues(notes, old, now, pair)
  compareProperties(notes, old, now, pair, seen)
  if (old.items !== undefined && now.items !== undefined)
    compareSchemas(notes, { ...pair, old: old.items, now: now.items, what: `${pair.what}/*` }, seen)
  compareBranches(notes, old, now, pair, seen)
}

function flatten(document: Document, pointer: Pointer, depth = 0): Flat {
  const here = at(document, pointer) === undefined ? pointer : resolve(document, pointer).pointer
  const own = resolvedSchema(document, pointer)
  const parts =
    Array.isArray(own.allOf) && depth < 10
      ? own.allOf.map((_, index) => flatten(document, join(here, 'allOf', index), depth + 1))
      : []
  const required = new Set(Array.isArray(own.required) ? own.required.map(String) : [])
  const stated = Object.keys(isObject(own.properties) ? own.properties : {}).map((name): [string, Property] => [
    name,
    { pointer: join(here, 'properties', name), isRequired: required.has(name) },
  ])
  const properties = new Map<string, Property>()
  for (const [name, property] of [...parts.flatMap((part) => [...part.properties]), ...stated]) {
    properties.set(name, {
      pointer: property.pointer,
      isRequired: property.isRequired || required.has(name) || (properties.get(name)?.isRequired ?? false),
    })
  }
  const branches = ['oneOf', 'anyOf'].flatMap((keyword) =>
    Array.isArray(own[keyword]) ? own[keyword].map((_, index) => join(here, keyword, index)) : [],
  )
  const items = own.items === undefined ? parts.find((part) => part.items !== undefined)?.items : join(here, 'items')
  return {
    pointer: here,
    properties,
    own: Object.assign({}, ...parts.map((part) => part.own), own) as Flat['own'],
    isClosed:
      own.additionalProperties === false ||
      own.unevaluatedProperties === false ||
      parts.some(({ isClosed }) => isClosed),
    ...(items !== undefined && { items }),
    branches: [...branches, ...parts.flatMap((part) => part.branches)],
  }
}

function compareProperties(notes: Notes, old: Flat, now: Flat, { direction, what }: Pair, seen: Set<string>): void {
  const isRequest = direction === 'request'
  for (const [name, property] of old.properties) {
    const other = now.properties.get(name)
    const place = `${what}/${name}`
    if (!other) {
      notes.note(
        isRequest ? (now.isClosed ? 'breaking' : 'risky') : 'breaking',
        'property-removed',
        `${place} is gone`,
        { old: property.pointer, now: now.pointer },
      )
      continue
    }
    if (property.isRequired && !other.isRequired)
      notes.note(widened(direction), 'property-optional', `${place} may now be missing`, {
        old: property.pointer,
        now: other.pointer,
      })
    if (!property.isRequired && other.isRequired)
      notes.note(narrowed(direction), 'property-required', `${place} is now required`, {
        old: property.pointer,
        now: other.pointer,
      })
    compareSchemas(notes, { old: property.pointer, now: other.pointer, direction, what: place }, seen)
  }
  for (const [name, property] of now.properties) {
    if (old.properties.has(name)) continue
    const isDemanded = isRequest && property.isRequired
    notes.note(
      isDemanded ? 'breaking' : !isRequest && old.isClosed ? 'risky' : 'safe',
      'property-added',
      `${what}/${name} is new${isDemanded ? ' and required' : ''}`,
      { old: old.pointer, now: property.pointer },
    )
  }
  if (old.isClosed !== now.isClosed)
    notes.note(
      now.isClosed ? narrowed(direction) : widened(direction, 'risky'),
      'additional-properties',
      `${what} ${now.isClosed ? 'allows no other properties any more' : 'may now have other properties'}`,
      { old: old.pointer, now: now.pointer },
    )
}

/** Branches are the same where they refer to the same name, or have the same type, constant or title. */
function compareBranches(notes: Notes, old: Flat, now: Flat, pair: Pair, seen: Set<string>): void {
  if (old.branches.length === 0 && now.branches.length === 0) return
  const named = (document: Document, branches: readonly Pointer[]): ReadonlyMap<string, Pointer> =>
    new Map(branches.map((branch, index) => [nameOf(document, branch, index), branch]))
  const before = named(notes.before.document, old.branches)
  const after = named(notes.after.document, now.branches)
  for (const [name, branch] of before) {
    const other = after.get(name)
    if (other !== undefined) compareSchemas(notes, { ...pair, old: branch, now: other }, seen)
    else if (before.size > 0 && after.size > 0)
      notes.note(narrowed(pair.direction), 'alternative-removed', `${pair.what} is never ${name} any more`, {
        old: branch,
        now: now.pointer,
      })
  }
  for (const [name, branch] of after) {
    if (!before.has(name) && before.size > 0)
      notes.note(widened(pair.direction, 'risky'), 'alternative-added', `${pair.what} may now be ${name}`, {
        old: old.pointer,
        now: branch,
      })
  }
}

function nameOf(document: Document, pointer: Pointer, index: number): string {
  const branch = at(document, pointer)
  if (!isObject(branch)) return `alternative ${index + 1}`
  if (typeof branch.$ref === 'string') return branch.$ref.split('/').at(-1) ?? branch.$ref
  if (branch.const !== undefined) return JSON.stringify(branch.const)
  return typeof branch.title === 'string'
    ? branch.title
    : branch.type === undefined
      ? `alternative ${index + 1}`
      : [branch.type].flat().join(' or ')
}
