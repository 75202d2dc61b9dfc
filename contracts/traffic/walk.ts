import { isObject } from '../../spec/index.ts'
import type { Document, Pointer } from '../../spec/index.ts'
import { schemaNodeAt } from './schema-node.ts'
import type { Choice, SchemaPart, SchemaNode } from './schema-node.ts'

/** Steps from the root of a body; changed in place while a walk goes on. */
export type Path = readonly (string | number)[]

/** Told what a walk meets. */
interface Visitor {
  /** A value, every schema that applies to it, and where the first of them stand. */
  value(parts: readonly SchemaPart[], value: unknown, path: Path, starts: readonly Pointer[]): void
  /** A property that no schema of its object knows; `owner` is the first of them that lists properties. */
  undocumented(owner: SchemaPart, name: string, value: unknown, path: Path): void
}

/** Walks bodies along their schemas. */
export interface Walker {
  walk(schema: Pointer, body: unknown, visitor: Visitor): void
  /** Returns the site at a pointer; made once. */
  site(pointer: Pointer): SchemaNode
}

/** Bodies nest no deeper than this in earnest. */
const deepest = 200

/** Returns a walker over a document; `fits` tells whether a value is valid under a schema, which decides between alternatives. */
export function walkerOf(document: Document, fits: (schema: Pointer, value: unknown) => boolean): Walker {
  const sites = new Map<Pointer, SchemaNode>()
  const site = (pointer: Pointer): SchemaNode => {
    const known = sites.get(pointer)
    if (known) return known
    const made = schemaNodeAt(document, pointer)
    sites.set(pointer, made)
    return made
  }

  /** Adds a site and those of its alternatives that apply. */
  function expand(start: SchemaNode, value: unknown, found: SchemaNode[]): void {
    found.push(start)
    for (const choice of start.choices) for (const branch of chosen(choice, value)) expand(site(branch), value, found)
  }

  function chosen({ branches, tag }: Choice, value: unknown): readonly Pointer[] {
    if (tag && isObject(value)) {
      const branch = tag.words.get(String(value[tag.property]))
      if (branch !== undefined) return [branch]
    }
    const possible = branches.filter((branch) => admits(site(branch), value))
    if (possible.length < 2) return possible
    const fitting = possible.filter((branch) => fits(branch, value))
    return fitting.length > 0 ? fitting : possible
  }

  function walk(starts: readonly Pointer[], value: unknown, path: (string | number)[], visitor: Visitor): void {
    if (path.length > deepest) return
    const found: SchemaNode[] = []
    for (const start of starts) expand(site(start), value, found)
    visitor.value(
      found.length === 1 ? (found[0] as SchemaNode).parts : found.flatMap(({ parts }) => parts),
      value,
      path,
      starts,
    )
    if (Array.isArray(value)) items(found, value, path, visitor)
    else if (isObject(value)) members(found, value, path, visitor)
  }

  function items(
    found: readonly SchemaNode[],
    value: readonly unknown[],
    path: (string | number)[],
    visitor: Visitor,
  ): void {
    for (const [index, item] of value.entries()) {
      const starts = found.flatMap(({ prefix, items: rest }) => prefix[index] ?? rest ?? [])
      if (starts.length > 0) step(starts, item, index, path, visitor)
    }
  }

  function members(
    found: readonly SchemaNode[],
    value: Readonly<Record<string, unknown>>,
    path: (string | number)[],
    visitor: Visitor,
  ): void {
    for (const name of Object.keys(value)) {
      const starts = startsOf(found, name)
      if (starts.length > 0) step(starts, value[name], name, path, visitor)
      else stray(found, name, value[name], path, visitor)
    }
  }

  function stray(
    found: readonly SchemaNode[],
    name: string,
    value: unknown,
    path: (string | number)[],
    visitor: Visitor,
  ): void {
    const parts = found.flatMap((site) => site.parts)
    const owner = parts.find(({ schema }) => isObject(schema.properties))
    if (!owner || parts.some(({ schema }) => isObject(schema.additionalProperties))) return
    path.push(name)
    visitor.undocumented(owner, name, value, path)
    path.pop()
  }

  function step(
    starts: readonly Pointer[],
    value: unknown,
    name: string | number,
    path: (string | number)[],
    visitor: Visitor,
  ): void {
    path.push(name)
    walk(starts, value, path, visitor)
    path.pop()
  }

  return { site, walk: (schema, body, visitor) => walk([schema], body, [], visitor) }
}

const none: readonly Pointer[] = []

/** Nearly always one site of all knows the property: then nothing is made. */
function startsOf(found: readonly SchemaNode[], name: string): readonly Pointer[] {
  let known = none
  for (const site of found) {
    const places = placesOf(site, name)
    if (places.length === 0) continue
    if (known.length > 0) return found.flatMap((candidate) => placesOf(candidate, name))
    known = places
  }
  return known
}

function placesOf({ properties, patterns, others }: SchemaNode, name: string): readonly Pointer[] {
  const own = properties.get(name)
  if (own) return own
  if (patterns.length === 0 && others === undefined) return none
  const matching = patterns.filter(([pattern]) => pattern.test(name)).map(([, pointer]) => pointer)
  return matching.length > 0 || others === undefined ? matching : [others]
}

/** Returns the JSON type of a value; whole numbers are `integer`. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value
}

const admits = ({ parts }: SchemaNode, value: unknown): boolean =>
  parts.every(({ schema: { type } }) => {
    if (type === undefined) return true
    const own = typeOf(value)
    return [type].flat().some((candidate) => candidate === own || (candidate === 'number' && own === 'integer'))
  })
