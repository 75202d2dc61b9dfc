// Finds schemas by reference (`$ref`, `$dynamicRef`, `$id`, anchors), each with the scope in which it applies.

import { atPointer, failure, isObject, join, split, subschemas, percentDecoded } from '../../spec/index.ts'
import type { Locate, Pointer, Schema } from '../../spec/index.ts'

/** Returns a pointer with the file and line it stands at, where that is known. */
export function describePlace(pointer: Pointer, locate: Locate | undefined): string {
  const place = locate?.(pointer)
  return `${pointer || 'the root'}${place ? ` (${place.file}:${place.line})` : ''}`
}

/** A document that schemas stand in. */
interface SchemaDocument {
  readonly index: number
  readonly root: unknown
}

/** A schema resource: what an `$id` names, or a whole document. */
interface SchemaResource {
  readonly index: number
  readonly uri: string
  readonly document: SchemaDocument
  readonly pointer: Pointer
  readonly anchors: Map<string, Pointer>
  readonly dynamic: Map<string, Pointer>
}

/** A place in a document, and the resource it belongs to. */
interface SchemaLocation {
  readonly resource: SchemaResource
  readonly pointer: Pointer
}

const unnamed = 'document:///'

/** A document and others that it may refer to by their URIs, with everything in them that a reference may name. */
export class SchemaIndex {
  /** The whole of the document sampled from. */
  readonly main: SchemaResource
  readonly locate: Locate | undefined
  readonly #byUri = new Map<string, SchemaResource>()
  readonly #byPlace = new Map<string, SchemaResource>()
  #documents = 0

  constructor(document: unknown, others: Readonly<Record<string, unknown>> = {}, locate?: Locate) {
    this.locate = locate
    this.main = this.#addDocument(document, unnamed)
    // A document answers to the URI it was found under and to its own `$id`.
    for (const [uri, root] of Object.entries(others)) this.#byUri.set(uri, this.#addDocument(root, uri))
  }

  #addDocument(root: unknown, uri: string): SchemaResource {
    const document = { index: this.#documents++, root }
    const resource = this.#addResource(uri, document, '')
    if (!namesSchemas(root)) return resource
    if (isObject(root) && (typeof root.openapi === 'string' || typeof root.swagger === 'string'))
      this.#indexApi(root, '', resource)
    else this.#indexSchema(root, '', resource)
    return resource
  }

  #addResource(uri: string, document: SchemaDocument, pointer: Pointer): SchemaResource {
    const resource = {
      index: this.#byPlace.size,
      uri,
      document,
      pointer,
      anchors: new Map<string, Pointer>(),
      dynamic: new Map<string, Pointer>(),
    }
    this.#byUri.set(uri, resource)
    this.#byPlace.set(`${document.index}#${pointer}`, resource)
    return resource
  }

  #indexSchema(schema: unknown, pointer: Pointer, outer: SchemaResource): void {
    if (!isObject(schema)) return
    let resource = outer
    if (typeof schema.$id === 'string') {
      const uri = absolute(schema.$id, outer.uri)?.href.replace(/#$/, '')
      if (uri !== undefined && uri !== outer.uri) {
        if (pointer === outer.pointer) this.#byUri.set(uri, Object.assign(outer, { uri }))
        else resource = this.#addResource(uri, outer.document, pointer)
      }
    }
    if (typeof schema.$anchor === 'string') resource.anchors.set(schema.$anchor, pointer)
    if (typeof schema.$dynamicAnchor === 'string') {
      resource.anchors.set(schema.$dynamicAnchor, pointer)
      resource.dynamic.set(schema.$dynamicAnchor, pointer)
    }
    for (const inner of subschemas(schema)) this.#indexSchema(inner.schema, pointer + inner.path, resource)
  }

  /** An OpenAPI document holds schemas under `schema` and under `components.schemas`; examples are no place for them. */
  #indexApi(value: unknown, pointer: Pointer, resource: SchemaResource): void {
    if (Array.isArray(value)) value.forEach((item, index) => this.#indexApi(item, join(pointer, index), resource))
    if (!isObject(value)) return
    for (const [key, inner] of Object.entries(value)) {
      const path = join(pointer, key)
      if (key === 'schema') this.#indexSchema(inner, path, resource)
      else if (path === '/components/schemas' && isObject(inner)) {
        for (const [name, schema] of Object.entries(inner)) this.#indexSchema(schema, join(path, name), resource)
      } else if (key !== 'example' && key !== 'examples' && !key.startsWith('x-')) this.#indexApi(inner, path, resource)
    }
  }

  /** Returns the location one step or more below another. */
  below(location: SchemaLocation, path: Pointer): SchemaLocation {
    let { resource, pointer } = location
    for (const step of split(path)) {
      pointer = join(pointer, step)
      resource = this.#byPlace.get(`${resource.document.index}#${pointer}`) ?? resource
    }
    return { resource, pointer }
  }

  /** Returns what a reference made at a resource points at. @throws Failure where that is nothing. */
  find(reference: string, from: SchemaLocation): SchemaLocation & { readonly anchor?: string } {
    const what = (): string => `resolve "${reference}" at ${describePlace(from.pointer, this.locate)}`
    const target = absolute(reference, from.resource.uri)
    if (!target) throw failure(what(), { expected: 'a URI reference', received: 'something else' })
    const stated = target.hash.slice(1)
    const fragment = percentDecoded(stated) ?? stated
    target.hash = ''
    const resource = this.#byUri.get(target.href.replace(/#$/, ''))
    if (!resource) {
      const cure = 'Bundle the documents into one file first.'
      throw failure(what(), { expected: 'a schema inside the document', received: 'a reference that leaves it', cure })
    }
    if (fragment === '') return { resource, pointer: resource.pointer }
    const anchored = resource.anchors.get(fragment)
    const location = fragment.startsWith('/')
      ? this.below({ resource, pointer: resource.pointer }, fragment)
      : anchored === undefined
        ? undefined
        : this.below({ resource, pointer: resource.pointer }, anchored.slice(resource.pointer.length))
    if (!location || atPointer(resource.document.root, location.pointer) === undefined)
      throw failure(what(), { expected: 'a schema there', received: 'nothing' })
    return fragment.startsWith('/') ? location : { ...location, anchor: fragment }
  }
}

const identified = new WeakMap<object, boolean>()

/** Tells whether anything below a value has a name by which references may find it; most documents have none to be indexed. */
function namesSchemas(root: unknown): boolean {
  if (typeof root !== 'object' || root === null) return false
  const known = identified.get(root)
  if (known !== undefined) return known
  const open: object[] = [root]
  const seen = new Set<object>()
  let found = false
  for (let node = open.pop(); node !== undefined && !found; node = open.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    if (Array.isArray(node)) {
      for (const item of node as unknown[]) if (typeof item === 'object' && item !== null) open.push(item)
      continue
    }
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'object' && value !== null) open.push(value as object)
      else if (key === '$id' || key === '$anchor' || key === '$dynamicAnchor') found = true
    }
  }
  identified.set(root, found)
  return found
}

function absolute(reference: string, base: string): URL | undefined {
  try {
    return new URL(reference, base)
  } catch {
    return undefined
  }
}

/** Where each dynamic anchor leads: the outermost resource, of those entered on the way to a schema, that has it. */
interface DynamicScope {
  readonly key: string
  readonly anchors: ReadonlyMap<string, SchemaResource>
}

/** A schema where it is applied: its place, the dynamic scope it is reached in, and whether it must hold or must not. Equal ones are the same object. */
export interface Subschema {
  readonly id: number
  readonly schema: Schema
  readonly location: SchemaLocation
  readonly scope: DynamicScope
  readonly negated: boolean
}

/** The subschemas of documents: each place, dynamic scope and negation has one. */
export class Subschemas {
  readonly #index: SchemaIndex
  readonly #known = new Map<string, Subschema>()
  readonly #steps = new Map<Subschema, Map<string, Subschema>>()

  constructor(index: SchemaIndex) {
    this.#index = index
  }

  /** Returns the subschema of a place in the main document. */
  root(pointer: Pointer): Subschema {
    const location = this.#index.below({ resource: this.#index.main, pointer: '' }, pointer)
    return this.#at(location, { key: '', anchors: new Map() })
  }

  /** Returns the subschema at a path below another. */
  child(subschema: Subschema, path: Pointer): Subschema {
    return this.#once(subschema, path, () => {
      const { location, schema, scope } = subschema
      const below = this.#index.below(location, path)
      if (atPointer(location.resource.document.root, location.pointer) === schema) return this.#at(below, scope)
      // What was made for a reason stands in no document.
      const inner = split(path).reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], schema)
      return this.#intern(checked(inner, below, this.#index.locate), below, scope)
    })
  }

  /** Returns the subschema where the schema must not hold if it must, and the other way round. */
  negation({ schema, location, scope, negated }: Subschema): Subschema {
    return this.#intern(schema, location, scope, !negated)
  }

  /** Returns where the `$ref` of a subschema leads. */
  follow(subschema: Subschema, reference: string): Subschema {
    return this.#once(subschema, reference, () =>
      this.#at(this.#index.find(reference, subschema.location), subschema.scope),
    )
  }

  /** Returns where the `$dynamicRef` of a subschema leads: to the outermost resource entered on the way that has the anchor. */
  followDynamic(subschema: Subschema, reference: string): Subschema {
    return this.#once(subschema, `dynamic ${reference}`, () => {
      const found = this.#index.find(reference, subschema.location)
      const { anchor } = found
      const isDynamic = anchor !== undefined && found.resource.dynamic.get(anchor) === found.pointer
      const outermost = isDynamic ? subschema.scope.anchors.get(anchor) : undefined
      return this.#at(
        outermost ? { resource: outermost, pointer: outermost.dynamic.get(anchor as string) as Pointer } : found,
        subschema.scope,
      )
    })
  }

  /** Returns the subschema of a schema that stands in no document, made for a reason that names it. */
  made({ location, scope }: Subschema, reason: string, schema: Schema): Subschema {
    return this.#intern(schema, { ...location, pointer: `${location.pointer} ${reason}` }, scope)
  }

  #at(location: SchemaLocation, scope: DynamicScope): Subschema {
    const schema = atPointer(location.resource.document.root, location.pointer)
    return this.#intern(checked(schema, location, this.#index.locate), location, enter(scope, location.resource))
  }

  #intern(schema: Schema, location: SchemaLocation, scope: DynamicScope, negated = false): Subschema {
    const { resource, pointer } = location
    const key = `${negated ? '!' : ''}${resource.document.index}#${pointer} ${scope.key}`
    const known = this.#known.get(key)
    if (known) return known
    const subschema = { id: this.#known.size, schema, location, scope, negated }
    this.#known.set(key, subschema)
    return subschema
  }

  #once(subschema: Subschema, key: string, make: () => Subschema): Subschema {
    const row = this.#steps.get(subschema) ?? new Map<string, Subschema>()
    this.#steps.set(subschema, row)
    const next = row.get(key) ?? make()
    row.set(key, next)
    return next
  }
}

/** Returns the scope with the anchors that a resource adds. */
function enter(scope: DynamicScope, resource: SchemaResource): DynamicScope {
  const added = [...resource.dynamic.keys()].filter((anchor) => !scope.anchors.has(anchor))
  if (added.length === 0) return scope
  const anchors = new Map(
    [...scope.anchors, ...added.map((anchor) => [anchor, resource] as const)].sort(([left], [right]) =>
      left < right ? -1 : 1,
    ),
  )
  return { key: [...anchors].map(([anchor, { index }]) => `${anchor}=${index}`).join(), anchors }
}

function checked(schema: unknown, { pointer }: SchemaLocation, locate: Locate | undefined): Schema {
  if (typeof schema === 'boolean' || isObject(schema)) return schema
  const received = schema === undefined ? 'nothing' : JSON.stringify(schema)
  throw failure(`read the schema at ${describePlace(pointer, locate)}`, {
    expected: 'an object or a boolean',
    received,
  })
}
