// Walks a body along its schemas and tells which schemas apply at each place.

import { isObject, atPointer, join, patternOf, tagsOf } from '../spec/index.ts'
import type { Document, Pointer, Pattern } from '../spec/index.ts'

/** Steps from the root of a body; changed in place while a walk goes on. */
export type Path = readonly (string | number)[]

/** Told what a walk meets. */
interface Visitor {
  /** A value, every schema that applies to it, and where the first of them stand. */
  value(parts: readonly SchemaPart[], value: unknown, path: Path, starts: readonly Pointer[]): void
  /** A property that no schema of its object knows; `owner` is the first of them that lists properties. */
  undocumented(owner: SchemaPart, name: string, value: unknown, path: Path): void
}

/** Bodies nest no deeper than this in earnest. */
const deepest = 200

/** Walks bodies along the schemas of a document. */
export class SchemaWalker {
  readonly #document: Document
  readonly #fits: (schema: Pointer, value: unknown) => boolean
  readonly #nodes = new Map<Pointer, SchemaNode>()

  /** @param fits tells whether a value is valid under a schema, which decides between alternatives */
  constructor(document: Document, fits: (schema: Pointer, value: unknown) => boolean) {
    this.#document = document
    this.#fits = fits
  }

  /** Tells a visitor of every value in a body, from the outermost to the innermost. */
  walk(schema: Pointer, body: unknown, visitor: Visitor): void {
    new Walk(this, visitor).visit([schema], body)
  }

  /** Returns what stands at a pointer; read once. */
  node(pointer: Pointer): SchemaNode {
    const known = this.#nodes.get(pointer)
    if (known) return known
    const node = schemaNodeAt(this.#document, pointer)
    this.#nodes.set(pointer, node)
    return node
  }

  /** Returns the schemas at some pointers, and those of their alternatives that apply to a value. */
  applying(starts: readonly Pointer[], value: unknown): readonly SchemaNode[] {
    const found: SchemaNode[] = []
    for (const start of starts) this.#expand(this.node(start), value, found)
    return found
  }

  #expand(node: SchemaNode, value: unknown, found: SchemaNode[]): void {
    found.push(node)
    for (const choice of node.choices)
      for (const branch of this.#chosen(choice, value)) this.#expand(this.node(branch), value, found)
  }

  #chosen({ branches, tag }: Choice, value: unknown): readonly Pointer[] {
    if (tag && isObject(value)) {
      const branch = tag.words.get(String(value[tag.property]))
      if (branch !== undefined) return [branch]
    }
    const possible = branches.filter((branch) => admits(this.node(branch), value))
    if (possible.length < 2) return possible
    const fitting = possible.filter((branch) => this.#fits(branch, value))
    return fitting.length > 0 ? fitting : possible
  }
}

/** One walk through a body. */
class Walk {
  readonly #walker: SchemaWalker
  readonly #visitor: Visitor
  /** Where it is. */
  readonly #path: (string | number)[] = []

  constructor(walker: SchemaWalker, visitor: Visitor) {
    this.#walker = walker
    this.#visitor = visitor
  }

  visit(starts: readonly Pointer[], value: unknown): void {
    if (this.#path.length > deepest) return
    const found = this.#walker.applying(starts, value)
    const parts = found.length === 1 ? (found[0] as SchemaNode).parts : found.flatMap((node) => node.parts)
    this.#visitor.value(parts, value, this.#path, starts)
    if (Array.isArray(value)) this.#items(found, value)
    else if (isObject(value)) this.#members(found, value)
  }

  #items(found: readonly SchemaNode[], value: readonly unknown[]): void {
    for (const [index, item] of value.entries()) {
      const starts = found.flatMap(({ prefix, items: rest }) => prefix[index] ?? rest ?? [])
      if (starts.length === 0) continue
      this.#path.push(index)
      this.visit(starts, item)
      this.#path.pop()
    }
  }

  #members(found: readonly SchemaNode[], value: Readonly<Record<string, unknown>>): void {
    for (const name of Object.keys(value)) {
      const starts = startsOf(found, name)
      this.#path.push(name)
      if (starts.length > 0) this.visit(starts, value[name])
      else this.#undocumented(found, name, value[name])
      this.#path.pop()
    }
  }

  #undocumented(found: readonly SchemaNode[], name: string, value: unknown): void {
    const parts = found.flatMap((node) => node.parts)
    const owner = parts.find(({ schema }) => isObject(schema.properties))
    if (owner && !parts.some(({ schema }) => isObject(schema.additionalProperties)))
      this.#visitor.undocumented(owner, name, value, this.#path)
  }
}

const noPlaces: readonly Pointer[] = []

/** Nearly always one node of all knows the property: then nothing is made. */
function startsOf(found: readonly SchemaNode[], name: string): readonly Pointer[] {
  let known = noPlaces
  for (const node of found) {
    const places = placesOf(node, name)
    if (places.length === 0) continue
    if (known.length > 0) return found.flatMap((candidate) => placesOf(candidate, name))
    known = places
  }
  return known
}

function placesOf({ properties, patterns, others }: SchemaNode, name: string): readonly Pointer[] {
  const own = properties.get(name)
  if (own) return own
  if (patterns.length === 0 && others === undefined) return noPlaces
  const matching = patterns.filter(([pattern]) => pattern.test(name)).map(([, pointer]) => pointer)
  return matching.length > 0 || others === undefined ? matching : [others]
}

/** Returns the JSON type of a value; whole numbers are `integer`. */
export function jsonTypeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value
}

const admits = ({ parts }: SchemaNode, value: unknown): boolean =>
  parts.every(({ schema: { type } }) => {
    if (type === undefined) return true
    const own = jsonTypeOf(value)
    return [type].flat().some((candidate) => candidate === own || (candidate === 'number' && own === 'integer'))
  })

/** One schema that applies to a value, references followed. */
export interface SchemaPart {
  readonly pointer: Pointer
  readonly schema: Readonly<Record<string, unknown>>
  /** What it says of texts: nothing, that values are texts, or what sort of text. */
  readonly text: 'unsaid' | 'plain' | 'told'
}

/** Alternatives, of which some apply to a value; tagged ones say which by a property of the value. */
interface Choice {
  readonly branches: readonly Pointer[]
  readonly tag?: { readonly property: string; readonly words: ReadonlyMap<string, Pointer> }
}

/** What a document says about the values of one place, taken apart: everything that always applies, and what may. */
interface SchemaNode {
  /** Where it stands, references not followed. */
  readonly pointer: Pointer
  readonly parts: readonly SchemaPart[]
  readonly choices: readonly Choice[]
  /** Where the schemas of each property stand. */
  readonly properties: ReadonlyMap<string, readonly Pointer[]>
  readonly patterns: readonly (readonly [Pattern, Pointer])[]
  /** Where the schema of all other properties stands. */
  readonly others?: Pointer
  readonly items?: Pointer
  readonly prefix: readonly Pointer[]
}

function schemaNodeAt(document: Document, pointer: Pointer): SchemaNode {
  const parts: SchemaPart[] = []
  const choices: Choice[] = []
  collect(document, pointer, parts, choices, new Set())
  const properties = new Map<string, Pointer[]>()
  const patterns: [Pattern, Pointer][] = []
  let others: Pointer | undefined
  let items: Pointer | undefined
  let prefix: readonly Pointer[] = []
  for (const { pointer: here, schema } of parts) {
    for (const name of namesIn(schema.properties))
      properties.set(name, [...(properties.get(name) ?? []), join(here, 'properties', name)])
    for (const source of namesIn(schema.patternProperties))
      patterns.push([patternOf(source), join(here, 'patternProperties', source)])
    if (isObject(schema.additionalProperties) && Object.keys(schema.additionalProperties).length > 0)
      others ??= join(here, 'additionalProperties')
    if (isObject(schema.items)) items ??= join(here, 'items')
    if (Array.isArray(schema.prefixItems))
      prefix = schema.prefixItems.map((_, index) => join(here, 'prefixItems', index))
  }
  return {
    pointer,
    parts,
    choices,
    properties,
    patterns,
    prefix,
    ...(others !== undefined && { others }),
    ...(items !== undefined && { items }),
  }
}

const namesIn = (value: unknown): string[] => (isObject(value) ? Object.keys(value) : [])

function collect(
  document: Document,
  pointer: Pointer,
  parts: SchemaPart[],
  choices: Choice[],
  seen: Set<Pointer>,
): void {
  const schema = atPointer(document, pointer)
  if (!isObject(schema) || seen.has(pointer)) return
  seen.add(pointer)
  parts.push({ pointer, schema, text: textIn(schema) })
  // One step only: what stands beside the next reference counts, too. One that dangles leads nowhere here; conformance reports it.
  if (typeof schema.$ref === 'string' && schema.$ref.startsWith('#'))
    collect(document, decodeURIComponent(schema.$ref.slice(1)), parts, choices, seen)
  if (Array.isArray(schema.allOf))
    for (const index of schema.allOf.keys()) collect(document, join(pointer, 'allOf', index), parts, choices, seen)
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const branches = schema[keyword]
    if (Array.isArray(branches)) choices.push(choiceOf(document, schema, branches, join(pointer, keyword)))
  }
  const conditional = ['then', 'else']
    .filter((keyword) => isObject(schema[keyword]))
    .map((keyword) => join(pointer, keyword))
  if (conditional.length > 0) choices.push({ branches: conditional })
}

const telling = ['format', 'enum', 'const', 'pattern', 'contentEncoding', 'contentMediaType']

const textIn = (schema: SchemaPart['schema']): SchemaPart['text'] =>
  telling.some((keyword) => schema[keyword] !== undefined)
    ? 'told'
    : [schema.type].flat().includes('string')
      ? 'plain'
      : 'unsaid'

function choiceOf(
  document: Document,
  { discriminator }: SchemaPart['schema'],
  branches: readonly unknown[],
  pointer: Pointer,
): Choice {
  const pointers = branches.map((_, index) => join(pointer, index))
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string') return { branches: pointers }
  const references = branches.map((branch) => (isObject(branch) && typeof branch.$ref === 'string' ? branch.$ref : ''))
  const tags = tagsOf(
    references.filter((reference) => reference !== ''),
    isObject(discriminator.mapping) ? discriminator.mapping : {},
    document,
  )
  const words = new Map(
    tags.flatMap(([word, reference]) => {
      const index = references.indexOf(reference)
      return index < 0 ? [] : [[word, pointers[index] as Pointer] as const]
    }),
  )
  return { branches: pointers, tag: { property: discriminator.propertyName, words } }
}
