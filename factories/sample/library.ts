import { atPointer, failure, isObject, join, split, subschemas } from '../../spec/index.ts'
import type { Locate, Pointer } from '../../spec/index.ts'
import { placeOf } from './place.ts'

/** A document that schemas stand in. */
interface Volume {
  readonly index: number
  readonly root: unknown
}

/** A schema resource: what an `$id` names, or a whole document. */
export interface Resource {
  readonly index: number
  readonly uri: string
  readonly volume: Volume
  readonly pointer: Pointer
  readonly anchors: Map<string, Pointer>
  readonly dynamic: Map<string, Pointer>
}

/** A place in a document, and the resource it belongs to. */
export interface Site {
  readonly resource: Resource
  readonly pointer: Pointer
}

/** The documents of a sampler, with everything in them that a reference may name. */
export interface Library {
  /** The whole of the document sampled from. */
  readonly main: Resource
  readonly locate: Locate | undefined
  /** Returns the site one step or more below another. */
  below(site: Site, path: Pointer): Site
  /** Returns what a reference made at a resource points at. @throws Failure where that is nothing. */
  find(reference: string, from: Site): Site & { readonly anchor?: string }
}

const unnamed = 'document:///'

/** Returns the library of a document and of others that it may refer to by their URIs. */
export function openLibrary(
  document: unknown,
  others: Readonly<Record<string, unknown>> = {},
  locate?: Locate,
): Library {
  const byUri = new Map<string, Resource>()
  const byPlace = new Map<string, Resource>()
  let volumes = 0

  function addVolume(root: unknown, uri: string): Resource {
    const volume = { index: volumes++, root }
    const resource = addResource(uri, volume, '')
    if (!namesSchemas(root)) return resource
    if (isObject(root) && (typeof root.openapi === 'string' || typeof root.swagger === 'string'))
      indexApi(root, '', resource)
    else indexSchema(root, '', resource)
    return resource
  }

  function addResource(uri: string, volume: Volume, pointer: Pointer): Resource {
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

  function indexSchema(schema: unknown, pointer: Pointer, outer: Resource): void {
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
  function indexApi(value: unknown, pointer: Pointer, resource: Resource): void {
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

  function below(site: Site, path: Pointer): Site {
    let { resource, pointer } = site
    for (const step of split(path)) {
      pointer = join(pointer, step)
      resource = byPlace.get(`${resource.volume.index}#${pointer}`) ?? resource
    }
    return { resource, pointer }
  }

  function find(reference: string, from: Site): Site & { readonly anchor?: string } {
    const what = (): string => `resolve "${reference}" at ${placeOf(from.pointer, locate)}`
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
    const site = fragment.startsWith('/')
      ? below({ resource, pointer: resource.pointer }, fragment)
      : anchored === undefined
        ? undefined
        : below({ resource, pointer: resource.pointer }, anchored.slice(resource.pointer.length))
    if (!site || atPointer(resource.volume.root, site.pointer) === undefined)
      throw failure(what(), { expected: 'a schema there', received: 'nothing' })
    return fragment.startsWith('/') ? site : { ...site, anchor: fragment }
  }

  const main = addVolume(document, unnamed)
  for (const [uri, root] of Object.entries(others)) addOther(uri, root)
  return { main, locate, below, find }

  /** A document answers to the URI it was found under and to its own `$id`. */
  function addOther(uri: string, root: unknown): void {
    const resource = addVolume(root, uri)
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
