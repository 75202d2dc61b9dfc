// A parsed OpenAPI document: references, kind, servers, and where its parts stand in files.

import { percentDecoded } from './quote.ts'
import { failure } from './failure.ts'
import type { FailureParts } from './failure.ts'
import { atPointer } from './pointer.ts'
import type { Pointer } from './pointer.ts'

/** A JSON Schema as it stands in a document (2020-12, the dialect of OpenAPI 3.1). */
export type Schema = boolean | SchemaObject
export interface SchemaObject {
  readonly [keyword: string]: unknown
}

/** An OpenAPI document as parsed, with its overlay applied. Never changed after that. */
export interface Document {
  readonly [key: string]: unknown
}

/** Where something stands in a file; line and column from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Returns where a pointer of the document stands, where that is known. */
export type Locate = (pointer: Pointer) => Place | undefined

/** Tells whether a value is an object and not an array. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Something in the document, and where it stands. */
export interface Located<T> {
  readonly pointer: Pointer
  readonly value: T
}

const places = new WeakMap<Document, Locate>()

/** Remembers where the parts of a document stand, for errors about its references. */
export const keepPlaces = (document: Document, locate: Locate): void => void places.set(document, locate)

/** Returns a pointer with its file and line, where they are known. */
function placed(document: Document, pointer: Pointer): string {
  const place = places.get(document)?.(pointer)
  return place ? `${pointer} (${place.file}:${place.line})` : pointer
}

/** A reference that leads nowhere, and where it stands. */
interface Mishap extends FailureParts {
  readonly reference: string
  readonly pointer: Pointer
}

/** Returns where a reference at a place points to, or why it leads nowhere. */
export function referenceTarget(document: Document, reference: string, pointer: Pointer): Pointer | Mishap {
  if (!reference.startsWith('#/') && reference !== '#') {
    return {
      reference,
      pointer,
      expected: 'a reference inside the document (#/…)',
      received: 'one that leaves it',
      cure: 'Bundle the document into one file first.',
    }
  }
  const target = percentDecoded(reference.slice(1))
  if (target === undefined) return { reference, pointer, expected: 'a URI fragment', received: 'escapes that are none' }
  return atPointer(document, target) === undefined
    ? { reference, pointer, expected: `something at ${target}`, received: 'nothing' }
    : target
}

/** Follows `$ref`s from a place in the document to what they finally point at, or to where one dangles, leaves the document or closes a circle. */
export function follow(document: Document, pointer: Pointer): Located<unknown> | Mishap {
  const seen = new Set<Pointer>()
  let here = pointer
  for (;;) {
    const value = atPointer(document, here)
    if (!isObject(value) || typeof value.$ref !== 'string') return { pointer: here, value }
    seen.add(here)
    const next = referenceTarget(document, value.$ref, here)
    if (typeof next !== 'string') return next
    if (seen.has(next))
      return { reference: value.$ref, pointer: here, expected: 'an end', received: 'a circle of references' }
    here = next
  }
}

/**
 * Follows `$ref`s from a place in the document to what they finally point at.
 * @throws Failure where a reference dangles, leaves the document or runs in a circle; in a compiled model none does.
 */
export function resolve(document: Document, pointer: Pointer): Located<unknown> {
  const found = follow(document, pointer)
  if (!('reference' in found)) return found
  throw failure(`resolve "${found.reference}" at ${placed(document, found.pointer)}`, found)
}

/** Tells whether a document is of an OpenAPI that is known here. */
export const isOpenApi = (value: unknown): boolean =>
  isObject(value) && typeof value.openapi === 'string' && /^3\.[0-2]\b/.test(value.openapi)

/** Returns what kind of document something is that is not of OpenAPI, as a noun. */
export function documentKindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (!isObject(value)) return `a ${typeof value}`
  if (typeof value.openapi === 'string') return `OpenAPI ${value.openapi}`
  const version = value.openapi ?? value.swagger
  if (version !== undefined) return `${value.openapi === undefined ? 'Swagger' : 'OpenAPI'} ${String(version)}`
  const info = isObject(value.info) ? value.info : {}
  if (value.asyncapi !== undefined) return 'an AsyncAPI document'
  if (value.arazzo !== undefined) return 'an Arazzo description'
  if (value.overlay !== undefined) return 'an Overlay'
  if (value.raml !== undefined) return 'RAML'
  if ('_postman_id' in info || /getpostman|postman\.com/.test(String(info.schema))) return 'a Postman collection'
  if (isObject(value.log) && Array.isArray(value.log.entries)) return 'a HAR file'
  if ('__schema' in value || (isObject(value.data) && '__schema' in value.data)) return 'a GraphQL schema'
  if (['$schema', '$defs', 'definitions', 'properties', 'allOf', 'anyOf', 'oneOf'].some((key) => key in value))
    return 'a JSON Schema'
  return isObject(value.paths) ? 'paths without a version (openapi: 3.1.0)' : 'something else'
}

/** Returns what to do with a document of another kind, where there is something. */
export function cureForKind(kind: string): string | undefined {
  return kind === 'an Overlay' ? 'Name the document, and this with --overlay.' : undefined
}

/**
 * Returns the addresses of a document's servers in its order, variables at their defaults; `/` where it names none (OpenAPI 3.1, 4.8.1).
 * What is relative is relative to where the document is served from.
 */
export function serversOf({ servers }: Document): string[] {
  const stated = Array.isArray(servers) ? servers.filter(isObject) : []
  return stated.length > 0 ? stated.map(serverAddress) : ['/']
}

function serverAddress({ url, variables }: Record<string, unknown>): string {
  return (typeof url === 'string' ? url : '/').replace(/\{([^{}]+)\}/g, (text, name: string) => {
    const variable = isObject(variables) ? variables[name] : undefined
    return isObject(variable) ? String(variable.default) : text
  })
}

/** Tells whether a text is an address on the network. */
export const isRemote = (text: string): boolean => /^https?:\/\//i.test(text)
