// Shapes: which roles stand at which places of a body, combinators flattened and references followed.

import { parseBinding, parseKeyed } from './binding.ts'
import type { Binding, Keyed } from './binding.ts'
import { isObject, resolve } from './document.ts'
import type { Document } from './document.ts'
import { failure } from './failure.ts'
import { atPointer, join } from './pointer.ts'
import type { Pointer } from './pointer.ts'
import type { Entity } from './roles.ts'
import { vocabularyOf } from './vocabulary.ts'
import type { Vocabulary } from './vocabulary.ts'

/**
 * What a schema says about the places of a body: which roles stand where. Combinators are flattened, references are
 * followed, rings are closed in memory.
 */
export interface Shape {
  /** Where the schema stands, references followed. */
  readonly pointer: Pointer
  /** The role of this place. */
  readonly binding: Binding | undefined
  readonly keyed: Keyed | undefined
  readonly properties: ReadonlyMap<string, Shape>
  readonly items: Shape | undefined
}

// All of one form, whatever they have: bodies are read by them.
interface Growing extends Pick<Shape, 'pointer'> {
  binding: Binding | undefined
  keyed: Keyed | undefined
  properties: Map<string, Shape>
  items: Shape | undefined
}

/** Returns a function that gives the shape of any schema of the document; shapes are made once for each sort of object they stand in. */
export function shapesOf(document: Document, { roles = true } = {}): (pointer: Pointer) => Shape {
  const vocabulary = vocabularyOf(document)
  const known = new Map<string, Growing>()

  function shapeAt(pointer: Pointer, around: Entity): Growing {
    const stated = annotations(document, pointer)
    const { annotation, keyed, target } = roles
      ? stated
      : { target: stated.target, annotation: undefined, keyed: undefined }
    const key = `${target} ${JSON.stringify(annotation ?? null)} ${around}`
    const made = known.get(key)
    if (made) return made
    const shape: Growing = {
      pointer: target,
      binding: undefined,
      keyed: undefined,
      properties: new Map(),
      items: undefined,
    }
    const binding =
      annotation === undefined
        ? undefined
        : ownBinding(
            parseBinding(annotation, () => ` at ${pointer}`, vocabulary),
            around,
            vocabulary,
            ` at ${pointer}`,
          )
    if (binding) shape.binding = binding
    if (keyed !== undefined) shape.keyed = parseKeyed(keyed, () => ` at ${pointer}`, vocabulary)
    known.set(key, shape)
    grow(shape, target, entityWithin(binding, around), new Set())
    return shape
  }

  function grow(shape: Growing, pointer: Pointer, within: Entity, visited: Set<Pointer>): void {
    const { pointer: here, value: schema } = resolve(document, pointer)
    if (!isObject(schema) || visited.has(here)) return
    visited.add(here)
    if (isObject(schema.properties)) {
      for (const name of Object.keys(schema.properties)) {
        if (!shape.properties.has(name)) shape.properties.set(name, shapeAt(join(here, 'properties', name), within))
      }
    }
    if (isObject(schema.items)) shape.items ??= shapeAt(join(here, 'items'), within)
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const branches = schema[keyword]
      if (Array.isArray(branches))
        for (const index of branches.keys()) grow(shape, join(here, keyword, index), within, visited)
    }
    for (const keyword of ['if', 'then', 'else'])
      if (isObject(schema[keyword])) grow(shape, join(here, keyword), within, visited)
  }

  return (pointer) => shapeAt(pointer, 'page')
}

/** Annotations beside a `$ref` win over those of what it points at; a lone non-null branch counts as the schema itself. */
function annotations(
  document: Document,
  pointer: Pointer,
  seen: ReadonlySet<Pointer> = new Set(),
): { annotation?: unknown; keyed?: unknown; target: Pointer } {
  const here = objectAt(document, pointer)
  const { pointer: target, value } = resolve(document, pointer)
  const schema = isObject(value) ? value : {}
  const annotation = here?.['x-role'] ?? schema['x-role']
  const keyed = here?.['x-keyed'] ?? schema['x-keyed']
  const branch = annotation === undefined ? loneBranch(schema, target) : undefined
  // A schema that is its own branch says nothing; the sampler refuses it, with its place.
  const inherited =
    branch === undefined || seen.has(branch) ? undefined : annotations(document, branch, new Set([...seen, branch]))
  return { annotation: annotation ?? inherited?.annotation, keyed: keyed ?? inherited?.keyed, target }
}

const objectAt = (document: Document, pointer: Pointer): Record<string, unknown> | undefined => {
  const value = atPointer(document, pointer)
  return isObject(value) ? value : undefined
}

function loneBranch(schema: Record<string, unknown>, pointer: Pointer): Pointer | undefined {
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    const branches = schema[keyword]
    if (!Array.isArray(branches)) continue
    const live = branches.flatMap((branch, index) => (isObject(branch) && branch.type === 'null' ? [] : [index]))
    if (live.length === 1) return join(pointer, keyword, live[0] as number)
  }
  return undefined
}

/**
 * Returns a binding with `self.…` resolved for the object it stands in: in a contract `self.id` is `contract.id`.
 * Outside every object it means nothing: `undefined`. Other bindings come back as they are.
 * @throws Failure where the vocabulary has no such role for that object.
 */
function ownBinding(binding: Binding, entity: Entity, { parse }: Vocabulary, here = ''): Binding | undefined {
  if (!binding.role.startsWith('self.')) return binding
  if (entity === 'page') return undefined
  const name = binding.role.replace('self', entity)
  const own = parse(name)
  if (!own)
    throw failure(`read x-role${here}`, {
      expected: `"${binding.role}" in an object that has it`,
      received: `"${name}", which the vocabulary lacks`,
    })
  return { ...binding, role: own.role, term: own.term }
}

/** Returns the object inside a place: the one its role opens, else the one around. */
const entityWithin = (binding: Binding | undefined, around: Entity): Entity =>
  binding && (binding.term.kind === 'entity' || binding.term.kind === 'list') ? (binding.term.of ?? around) : around
