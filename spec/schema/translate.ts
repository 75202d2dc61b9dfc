// Writes schemas of a document as plain JSON Schema 2020-12 for Ajv.

import { isObject } from '../document.ts'
import type { Document } from '../document.ts'
import { failure } from '../failure.ts'
import { keywords } from '../keywords.ts'
import { atPointer, join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { choose, heirsOf, withHeirs } from './discriminator.ts'
import { effortKeyword } from './ajv-keywords.ts'
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
export const storeOf = (document: Document, options: StoreOptions): Store => new DocumentStore(document, options)

/** What a keyword says at a place, and the properties of the value that do not travel. */
interface Stated {
  readonly keyword: string
  readonly value: unknown
  readonly pointer: Pointer
  readonly hidden: readonly string[]
}

/** What it costs to ask a schema about a value, where a letter costs one. */
const asking = 4

class DocumentStore implements Store {
  readonly root: { readonly $id: string; readonly $defs: Record<string, Plain> } = { $id: base, $defs: {} }
  readonly needs: Needs = { own: false, unevaluated: false }
  readonly #document: Document
  readonly #direction: Direction | undefined
  readonly #mode: Mode
  readonly #names = new Map<string, string>()
  readonly #homes = new Map<unknown, Pointer>()
  #taken = 0
  /** Schemas written so far. */
  #written = 0

  constructor(document: Document, { direction, mode }: StoreOptions) {
    this.#document = document
    this.#direction = direction
    this.#mode = mode
  }

  take(pointer: Pointer): string {
    return base + this.#refer(pointer, none)
  }

  readonly home = (schema: unknown): Pointer | undefined => this.#homes.get(schema)

  /** Heirs that refer to what they extend mean it alone: they are what its tag chooses. */
  #refer(pointer: Pointer, hidden: readonly string[], from?: Pointer): string {
    const document = this.#document
    const isOwn = from !== undefined && heirsOf(document, pointer).some((heir) => isPartOf(from, heir))
    const key = `${isOwn ? 'own ' : ''}${pointer} ${hidden.toSorted().join()}`
    const known = this.#names.get(key)
    if (known !== undefined) return `#/$defs/${known}`
    const schema = atPointer(document, pointer)
    if (typeof schema !== 'boolean' && !isObject(schema))
      throw failure(`read schema at ${pointer}`, {
        expected: 'a schema',
        received: JSON.stringify(schema) ?? 'nothing',
      })
    const name = `s${this.#taken++}`
    this.#names.set(key, name)
    try {
      this.root.$defs[name] = this.#writeWhole(schema, pointer, hidden, isOwn)
    } catch (error) {
      // A schema with a dangling reference below it dangles each time it is taken.
      this.#names.delete(key)
      throw error
    }
    return `#/$defs/${name}`
  }

  /** References may ask a schema about the same value again and again: one that has parts says what it costs. */
  #writeWhole(schema: unknown, pointer: Pointer, hidden: readonly string[], isOwn: boolean): Plain {
    const before = this.#written
    const plain = this.#write(schema, pointer, hidden, isOwn)
    const parts = this.#written - before
    if (typeof plain !== 'boolean' && parts > 1) plain[effortKeyword] = asking * parts
    return plain
  }

  #write(stated: unknown, pointer: Pointer, outer: readonly string[], isOwn = false): Plain {
    this.#written++
    if (!isObject(stated)) return stated !== false
    const document = this.#document
    const hidden = this.#direction ? [...new Set([...outer, ...hiddenAt(document, pointer, this.#direction)])] : none
    const schema = isOwn ? stated : withHeirs(choose(stated, document), document, pointer)
    const plain: Record<string, unknown> = {}
    for (const [keyword, value] of Object.entries(this.#mode === 'lenient' ? loosen(schema) : schema)) {
      if (silent.has(keyword) || !keywords.has(keyword)) continue
      const place = join(pointer, keyword)
      this.#add(plain, { keyword, value, pointer: place, hidden: beside.has(keyword) ? hidden : none })
    }
    tidy(plain, hidden)
    const merged = orNull(plain)
    this.#homes.set(merged, pointer)
    return merged
  }

  #add(plain: Record<string, unknown>, { keyword, value, pointer, hidden }: Stated): void {
    const holding = keywords.get(keyword)
    if ((keyword === '$ref' || keyword === '$dynamicRef') && typeof value === 'string')
      plain.$ref = this.#refer(targetOf(value, pointer), hidden, pointer)
    else if (keyword === 'dependencies' && isObject(value)) this.#addDependencies(plain, value, pointer)
    else if (holding === 'schema') plain[keyword] = this.#write(value, pointer, hidden)
    else if (holding === 'list' && Array.isArray(value))
      plain[keyword] = value.map((item, index) => this.#write(item, join(pointer, index), hidden))
    else if (holding === 'map' && isObject(value))
      plain[keyword] = Object.fromEntries(
        Object.entries(value)
          // A name with half a character cannot be written into the pointers that Ajv makes, nor into JSON that is UTF-8.
          .filter(([name]) => name.isWellFormed())
          .map(([name, item]) => [name, this.#write(item, join(pointer, name), hidden)]),
      )
    else plain[keyword] = value
    if (naming.has(keyword)) this.needs.own ||= namesIn(value).some((name) => name in Object.prototype)
    if (keyword.startsWith('unevaluated')) this.needs.unevaluated = true
  }

  /** What an earlier draft said with one keyword. */
  #addDependencies(plain: Record<string, unknown>, value: Record<string, unknown>, pointer: Pointer): void {
    const [lists, others] = [true, false].map((isList) =>
      Object.entries(value).filter(([, needs]) => Array.isArray(needs) === isList),
    ) as [[string, unknown][], [string, unknown][]]
    plain.dependentRequired = Object.fromEntries(lists)
    plain.dependentSchemas = Object.fromEntries(
      others.map(([name, item]) => [name, this.#write(item, join(pointer, name), none)]),
    )
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
