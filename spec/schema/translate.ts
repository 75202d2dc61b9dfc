// Writes schemas of a document as plain JSON Schema 2020-12 for Ajv.

import { isObject } from '../document.ts'
import type { Document } from '../document.ts'
import { failure } from '../failure.ts'
import { keywords } from '../keywords.ts'
import { atPointer, join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { choose, heirsOf, withHeirs } from './discriminator.ts'
import type { Mode } from './engine.ts'
import { formats } from './formats.ts'

/** A schema as Ajv takes it. */
type Plain = boolean | Record<string, unknown>

/** How the schemas of a document are meant. */
export interface StoreOptions {
  /** Without one, everything is asked for. */
  readonly direction?: Direction
  readonly mode: Mode
}

/** What not every schema needs. */
interface Needs {
  /** A property is named that every object inherits: `constructor`. */
  own: boolean
  /** `unevaluatedProperties` or `unevaluatedItems` count what others have looked at. */
  unevaluated: boolean
}

/** Schemas of a document written as plain JSON Schema 2020-12, one by one, as they are reached. */
export interface Store {
  /** Every schema taken so far, under `$defs`; grows as more are taken. */
  readonly root: { readonly $id: string; readonly $defs: Readonly<Record<string, Plain>> }
  /**
   * Takes a schema and every schema it refers to, and returns the reference to it; a ring of references stays a ring.
   * @throws Failure for a reference that dangles or leaves the document.
   */
  take(pointer: Pointer): string
  /** Returns where in the document a schema of the store stands. */
  readonly home: (schema: unknown) => Pointer | undefined
  /** What the schemas taken so far need of Ajv besides, which costs time: objects of its own are made again where it changes. */
  readonly needs: Readonly<Needs>
}

/** Keywords that say nothing about validity, or that are followed here. */
const silent = new Set(
  `example examples xml externalDocs discriminator default title description deprecated nullable readOnly writeOnly contentEncoding
  contentMediaType contentSchema $id $schema $comment $defs definitions $anchor $dynamicAnchor $vocabulary`.split(
    /\s+/,
  ),
)

/** Keywords whose schemas look at the same value, so that properties that do not travel are theirs as well. */
const beside = new Set(['allOf', 'anyOf', 'oneOf', 'then', 'else', 'dependentSchemas', '$ref'])

/** Keywords that ask whether a property is there. */
const naming = new Set(['properties', 'required', 'dependentRequired', 'dependentSchemas', 'dependencies'])

const none: readonly string[] = []
const base = 'proforma:/document'

/** Returns an empty store over a document; the document itself is never changed. */
export function storeOf(document: Document, { direction, mode }: StoreOptions): Store {
  const names = new Map<string, string>()
  const schemas: Record<string, Plain> = {}
  const homes = new Map<unknown, Pointer>()
  const needs: Needs = { own: false, unevaluated: false }
  let taken = 0

  /** Heirs that refer to what they extend mean it alone: they are what its tag chooses. */
  function refer(pointer: Pointer, hidden: readonly string[], from?: Pointer): string {
    const isOwn = from !== undefined && heirsOf(document, pointer).some((heir) => isPartOf(from, heir))
    const key = `${isOwn ? 'own ' : ''}${pointer} ${hidden.toSorted().join()}`
    const known = names.get(key)
    if (known !== undefined) return `#/$defs/${known}`
    const schema = atPointer(document, pointer)
    if (typeof schema !== 'boolean' && !isObject(schema))
      throw failure(`read schema at ${pointer}`, {
        expected: 'a schema',
        received: JSON.stringify(schema) ?? 'nothing',
      })
    const name = `s${taken++}`
    names.set(key, name)
    try {
      schemas[name] = write(schema, pointer, hidden, isOwn)
    } catch (error) {
      // A schema with a dangling reference below it dangles each time it is taken.
      names.delete(key)
      throw error
    }
    return `#/$defs/${name}`
  }

  function write(stated: unknown, pointer: Pointer, outer: readonly string[], isOwn = false): Plain {
    if (!isObject(stated)) return stated !== false
    const hidden = direction ? [...new Set([...outer, ...hiddenAt(document, pointer, direction)])] : none
    const schema = isOwn ? stated : withHeirs(choose(stated, document), document, pointer)
    const plain: Record<string, unknown> = {}
    for (const [keyword, value] of Object.entries(mode === 'lenient' ? loosen(schema) : schema)) {
      if (silent.has(keyword) || !keywords.has(keyword)) continue
      add(plain, keyword, value, { pointer: join(pointer, keyword), hidden: beside.has(keyword) ? hidden : none })
    }
    tidy(plain, hidden)
    const merged = orNull(plain)
    homes.set(merged, pointer)
    return merged
  }

  function add(
    plain: Record<string, unknown>,
    keyword: string,
    value: unknown,
    { pointer, hidden }: { readonly pointer: Pointer; readonly hidden: readonly string[] },
  ): void {
    const holding = keywords.get(keyword)
    if ((keyword === '$ref' || keyword === '$dynamicRef') && typeof value === 'string')
      plain.$ref = refer(targetOf(value, pointer), hidden, pointer)
    else if (keyword === 'dependencies' && isObject(value)) addDependencies(plain, value, pointer)
    else if (holding === 'schema') plain[keyword] = write(value, pointer, hidden)
    else if (holding === 'list' && Array.isArray(value))
      plain[keyword] = value.map((item, index) => write(item, join(pointer, index), hidden))
    else if (holding === 'map' && isObject(value))
      plain[keyword] = Object.fromEntries(
        Object.entries(value)
          // A name with half a character cannot be written into the pointers that Ajv makes, nor into JSON that is UTF-8.
          .filter(([name]) => name.isWellFormed())
          .map(([name, item]) => [name, write(item, join(pointer, name), hidden)]),
      )
    else plain[keyword] = value
    if (naming.has(keyword)) needs.own ||= namesIn(value).some((name) => name in Object.prototype)
    if (keyword.startsWith('unevaluated')) needs.unevaluated = true
  }

  /** What an earlier draft said with one keyword. */
  function addDependencies(plain: Record<string, unknown>, value: Record<string, unknown>, pointer: Pointer): void {
    const [lists, others] = [true, false].map((isList) =>
      Object.entries(value).filter(([, needs]) => Array.isArray(needs) === isList),
    ) as [[string, unknown][], [string, unknown][]]
    plain.dependentRequired = Object.fromEntries(lists)
    plain.dependentSchemas = Object.fromEntries(
      others.map(([name, item]) => [name, write(item, join(pointer, name), none)]),
    )
  }

  return {
    root: { $id: base, $defs: schemas },
    take: (pointer) => base + refer(pointer, none),
    home: (schema) => homes.get(schema),
    needs,
  }
}

const namesIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : isObject(value) ? Object.keys(value) : []

const isPartOf = (pointer: Pointer, heir: Pointer): boolean =>
  pointer.startsWith(`${heir}/allOf/`) && /^\d+\/\$ref$/.test(pointer.slice(heir.length + '/allOf/'.length))

/** Takes out what is not asked for in this direction, unknown formats, and what Ajv does not take. */
function tidy(plain: Record<string, unknown>, hidden: readonly string[]): void {
  const isAsked = (name: unknown): boolean => !hidden.includes(String(name))
  if (Array.isArray(plain.required)) plain.required = [...new Set(plain.required.filter(isAsked))]
  if (isObject(plain.dependentRequired))
    plain.dependentRequired = Object.fromEntries(
      Object.entries(plain.dependentRequired).map(([name, needs]) => [
        name,
        Array.isArray(needs) ? needs.filter(isAsked) : [],
      ]),
    )
  if (typeof plain.format === 'string' && !Object.hasOwn(formats, plain.format)) delete plain.format
  if (Array.isArray(plain.enum) && plain.enum.length === 0) {
    delete plain.enum
    plain.allOf = [...(Array.isArray(plain.allOf) ? (plain.allOf as unknown[]) : []), false]
  }
}

/** Branches of a choice that are no longer told apart by what they forbid may fit together. */
function loosen({ oneOf, anyOf, ...schema }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const open = Object.fromEntries(
    Object.entries(schema).filter(
      ([keyword, value]) =>
        value !== false || (keyword !== 'additionalProperties' && keyword !== 'unevaluatedProperties'),
    ),
  )
  if (oneOf === undefined || anyOf !== undefined)
    return { ...open, ...(oneOf !== undefined && { oneOf }), ...(anyOf !== undefined && { anyOf }) }
  return { ...open, anyOf: oneOf }
}

/** One step only: keywords beside a reference count too. */
function targetOf(reference: string, pointer: Pointer): Pointer {
  if (reference.startsWith('#')) return decodeURIComponent(reference.slice(1))
  throw failure(`resolve "${reference}" at ${pointer}`, {
    expected: 'a reference inside the document (#/…)',
    received: 'one that leaves it',
    cure: 'Bundle the document into one file first.',
  })
}

/** Which way a value travels: `readOnly` properties are not asked of requests, `writeOnly` ones not of answers. */
export type Direction = 'request' | 'response'

const hidingKeywords = { request: 'readOnly', response: 'writeOnly' } as const

/** References that follow each other further than this are not followed. */
const deepest = 8

/** Returns the names of the properties of an object that do not travel, said by a schema, by what it refers to and by its `allOf`. */
function hiddenAt(document: Document, pointer: Pointer, direction: Direction, depth = 0): readonly string[] {
  const schema = atPointer(document, pointer)
  if (!isObject(schema) || depth > deepest) return []
  const own = Object.keys(isObject(schema.properties) ? schema.properties : {}).filter((name) =>
    isHidden(document, join(pointer, 'properties', name), direction),
  )
  return [...own, ...besideAt(schema, pointer).flatMap((other) => hiddenAt(document, other, direction, depth + 1))]
}

/** Tells whether the schema at a pointer, one that it refers to, or one of its `allOf` says that its value does not travel. */
function isHidden(document: Document, pointer: Pointer, direction: Direction, depth = 0): boolean {
  const schema = atPointer(document, pointer)
  if (!isObject(schema) || depth > deepest) return false
  return (
    schema[hidingKeywords[direction]] === true ||
    besideAt(schema, pointer).some((other) => isHidden(document, other, direction, depth + 1))
  )
}

function besideAt(schema: Readonly<Record<string, unknown>>, pointer: Pointer): readonly Pointer[] {
  return [
    ...(typeof schema.$ref === 'string' && schema.$ref.startsWith('#')
      ? [decodeURIComponent(schema.$ref.slice(1))]
      : []),
    ...(Array.isArray(schema.allOf) ? schema.allOf.map((_, index) => join(pointer, 'allOf', index)) : []),
  ]
}

/** Keywords that ask something of null, too, or that count what others have looked at. */
const general = new Set(
  `$ref allOf anyOf oneOf not if then else enum const dependentSchemas unevaluatedProperties unevaluatedItems`.split(
    ' ',
  ),
)

const isNull = (branch: unknown): boolean =>
  isObject(branch) && branch.type === 'null' && Object.keys(branch).length === 1

/**
 * Returns a schema that is a choice between another and null as that other, whose type may also be null: nearly every choice of an API
 * is one of these, and code for one type is shorter than code for a choice. Any other comes back as it is.
 */
function orNull(plain: Record<string, unknown>): Record<string, unknown> {
  const [[keyword, branches] = [], ...others] = Object.entries(plain)
  if (others.length > 0 || (keyword !== 'anyOf' && keyword !== 'oneOf') || !Array.isArray(branches)) return plain
  const [some, nulls] = [false, true].map((wanted) => branches.filter((branch) => isNull(branch) === wanted)) as [
    unknown[],
    unknown[],
  ]
  const [only] = some
  if (some.length !== 1 || nulls.length !== 1 || !isObject(only) || only.type === undefined) return plain
  const types: unknown[] = [only.type].flat()
  if (types.includes('null') || Object.keys(only).some((word) => general.has(word))) return plain
  return { ...only, type: branches[0] === only ? [...types, 'null'] : ['null', ...types] }
}
