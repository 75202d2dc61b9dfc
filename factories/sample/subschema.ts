import { atPointer, failure, isObject, join, split, subschemas } from '../../spec/index.ts'
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
  readonly volume: SchemaDocument
  readonly pointer: Pointer
  readonly anchors: Map<string, Pointer>
  readonly dynamic: Map<string, Pointer>
}

/** A place in a document, and the resource it belongs to. */
interface SchemaLocation {
  readonly resource: SchemaResource
  readonly pointer: Pointer
}

/** The documents of a sampler, with everything in them that a reference may name. */
interface SchemaIndex {
  /** The whole of the document sampled from. */
  readonly main: SchemaResource
  readonly locate: Locate | undefined
  /** Returns the location one step or more below another. */
  below(location: SchemaLocation, path: Pointer): SchemaLocation
  /** Returns what a reference made at a resource points at. @throws Failure where that is nothing. */
  find(reference: string, from: SchemaLocation): SchemaLocation & { readonly anchor?: string }
}

const unnamed = 'document:///'

/** Returns the schemaIndex of a document and of others that it may refer to by their URIs. */
export function indexSchemas(
  document: unknown,
  others: Readonly<Record<string, unknown>> = {},
  locate?: Locate,
): SchemaIndex {
  const byUri = new Map<string, SchemaResource>()
  const byPlace = new Map<string, SchemaResource>()
  let documents = 0

  function addDocument(root: unknown, uri: string): SchemaResource {
    const volume = { index: documents++, root }
    const resource = addResource(uri, volume, '')
    if (!namesSchemas(root)) return resource
    if (isObject(root) && (typeof root.openapi === 'string' || typeof root.swagger === 'string'))
      indexApi(root, '', resource)
    else indexSchema(root, '', resource)
    return resource
  }

  function addResource(uri: string, volume: SchemaDocument, pointer: Pointer): SchemaResource {
    const resource = {
      index: byPlace.size,
      uri,
      volume,
      pointer,
      anchors: new Map<string, Pointer>(),
      dynamic: new Map<string, Pointer>(),
    }
    byUri.set(uri, resource)
    byPlace.set(`${volume.index}#${pointer}`, resource)
    return resource
  }

  function indexSchema(schema: unknown, pointer: Pointer, outer: SchemaResource): void {
    if (!isObject(schema)) return
    let resource = outer
    if (typeof schema.$id === 'string') {
      const uri = absolute(schema.$id, outer.uri)?.href.replace(/#$/, '')
      if (uri !== undefined && uri !== outer.uri) {
        if (pointer === outer.pointer) byUri.set(uri, Object.assign(outer, { uri }))
        else resource = addResource(uri, outer.volume, pointer)
      }
    }
    if (typeof schema.$anchor === 'string') resource.anchors.set(schema.$anchor, pointer)
    if (typeof schema.$dynamicAnchor === 'string') {
      resource.anchors.set(schema.$dynamicAnchor, pointer)
      resource.dynamic.set(schema.$dynamicAnchor, pointer)
    }
    for (const inner of subschemas(schema)) indexSchema(inner.schema, pointer + inner.path, resource)
  }

  /** An OpenAPI document holds schemas under `schema` and under `components.schemas`; examples are no place for them. */
  function indexApi(value: unknown, pointer: Pointer, resource: SchemaResource): void {
    if (Array.isArray(value)) value.forEach((item, index) => indexApi(item, join(pointer, index), resource))
    if (!isObject(value)) return
    for (const [key, inner] of Object.entries(value)) {
      const path = join(pointer, key)
      if (key === 'schema') indexSchema(inner, path, resource)
      else if (path === '/components/schemas' && isObject(inner)) {
        for (const [name, schema] of Object.entries(inner)) indexSchema(schema, join(path, name), resource)
      } else if (key !== 'example' && key !== 'examples' && !key.startsWith('x-')) indexApi(inner, path, resource)
    }
  }

  function below(location: SchemaLocation, path: Pointer): SchemaLocation {
    let { resource, pointer } = location
    for (const step of split(path)) {
      pointer = join(pointer, step)
      resource = byPlace.get(`${resource.volume.index}#${pointer}`) ?? resource
    }
    return { resource, pointer }
  }

  function find(reference: string, from: SchemaLocation): SchemaLocation & { readonly anchor?: string } {
    const what = (): string => `resolve "${reference}" at ${describePlace(from.pointer, locate)}`
    const target = absolute(reference, from.resource.uri)
    if (!target) throw failure(what(), { expected: 'a URI reference', received: 'something else' })
    const fragment = decode(target.hash.slice(1))
    target.hash = ''
    const resource = byUri.get(target.href.replace(/#$/, ''))
    if (!resource) {
      const cure = 'Bundle the documents into one file first.'
      throw failure(what(), { expected: 'a schema inside the document', received: 'a reference that leaves it', cure })
    }
    if (fragment === '') return { resource, pointer: resource.pointer }
    const anchored = resource.anchors.get(fragment)
    const location = fragment.startsWith('/')
      ? below({ resource, pointer: resource.pointer }, fragment)
      : anchored === undefined
        ? undefined
        : below({ resource, pointer: resource.pointer }, anchored.slice(resource.pointer.length))
    if (!location || atPointer(resource.volume.root, location.pointer) === undefined)
      throw failure(what(), { expected: 'a schema there', received: 'nothing' })
    return fragment.startsWith('/') ? location : { ...location, anchor: fragment }
  }

  const main = addDocument(document, unnamed)
  for (const [uri, root] of Object.entries(others)) addOther(uri, root)
  return { main, locate, below, find }

  /** A document answers to the URI it was found under and to its own `$id`. */
  function addOther(uri: string, root: unknown): void {
    const resource = addDocument(root, uri)
    byUri.set(uri, resource)
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

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
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

/** Makes the subschemas of a schemaIndex. */
export interface Subschemas {
  readonly schemaIndex: SchemaIndex
  /** Returns the subschema of a place in the main document. */
  root(pointer: Pointer): Subschema
  /** Returns the subschema of a subschema. */
  child(subschema: Subschema, path: Pointer): Subschema
  /** Returns the subschema where the schema must not hold if it must, and the other way round. */
  negation(subschema: Subschema): Subschema
  /** Returns where the `$ref` of a subschema leads. */
  follow(subschema: Subschema, reference: string): Subschema
  /** Returns where the `$dynamicRef` of a subschema leads. */
  followDynamic(subschema: Subschema, reference: string): Subschema
  /** Returns the subschema of a schema that stands in no document, made for a reason that names it. */
  made(near: Subschema, reason: string, schema: Schema): Subschema
}

/** Returns the maker of subschemas. */
export function createSubschemas(schemaIndex: SchemaIndex): Subschemas {
  const known = new Map<string, Subschema>()
  const nowhere: DynamicScope = { key: '', anchors: new Map() }

  function intern(
    key: string,
    schema: Schema,
    location: SchemaLocation,
    scope: DynamicScope,
    negated: boolean,
  ): Subschema {
    const full = `${negated ? '!' : ''}${key} ${scope.key}`
    let subschema = known.get(full)
    if (!subschema) known.set(full, (subschema = { id: known.size, schema, location, scope, negated }))
    return subschema
  }

  const keyOf = ({ resource, pointer }: SchemaLocation): string => `${resource.volume.index}#${pointer}`

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

  function subschemaAt(location: SchemaLocation, scope: DynamicScope, negated = false): Subschema {
    const schema = atPointer(location.resource.volume.root, location.pointer)
    return intern(
      keyOf(location),
      checked(schema, location, schemaIndex.locate),
      location,
      enter(scope, location.resource),
      negated,
    )
  }

  const steps = new Map<Subschema, Map<string, Subschema>>()
  function once(subschema: Subschema, key: string, make: () => Subschema): Subschema {
    const row = steps.get(subschema) ?? new Map<string, Subschema>()
    steps.set(subschema, row)
    let next = row.get(key)
    if (!next) row.set(key, (next = make()))
    return next
  }

  function below(subschema: Subschema, path: Pointer): Subschema {
    const location = schemaIndex.below(subschema.location, path)
    if (atPointer(subschema.location.resource.volume.root, subschema.location.pointer) === subschema.schema)
      return subschemaAt(location, subschema.scope)
    const schema = split(path).reduce<unknown>(
      (value, step) => (value as Record<string, unknown>)[step],
      subschema.schema,
    )
    return intern(keyOf(location), checked(schema, location, schemaIndex.locate), location, subschema.scope, false)
  }

  const follow = (subschema: Subschema, reference: string): Subschema =>
    subschemaAt(schemaIndex.find(reference, subschema.location), subschema.scope)

  function followDynamic(subschema: Subschema, reference: string): Subschema {
    const found = schemaIndex.find(reference, subschema.location)
    const { anchor } = found
    if (anchor === undefined || found.resource.dynamic.get(anchor) !== found.pointer)
      return subschemaAt(found, subschema.scope)
    const outermost = subschema.scope.anchors.get(anchor)
    return subschemaAt(
      outermost ? { resource: outermost, pointer: outermost.dynamic.get(anchor) as Pointer } : found,
      subschema.scope,
    )
  }

  return {
    schemaIndex,
    root: (pointer) => subschemaAt(schemaIndex.below({ resource: schemaIndex.main, pointer: '' }, pointer), nowhere),
    child: (subschema, path) => once(subschema, path, () => below(subschema, path)),
    negation: (subschema) =>
      intern(keyOf(subschema.location), subschema.schema, subschema.location, subschema.scope, !subschema.negated),
    follow: (subschema, reference) => once(subschema, reference, () => follow(subschema, reference)),
    followDynamic: (subschema, reference) =>
      once(subschema, `dynamic ${reference}`, () => followDynamic(subschema, reference)),
    made: (near, reason, schema) => {
      const location = { ...near.location, pointer: `${near.location.pointer} ${reason}` }
      return intern(keyOf(location), schema, location, near.scope, false)
    },
  }
}

function checked(schema: unknown, { pointer }: SchemaLocation, locate: Locate | undefined): Schema {
  if (typeof schema === 'boolean' || isObject(schema)) return schema
  const received = schema === undefined ? 'nothing' : JSON.stringify(schema)
  throw failure(`read the schema at ${describePlace(pointer, locate)}`, {
    expected: 'an object or a boolean',
    received,
  })
}
