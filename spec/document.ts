import { failure } from './failure.ts'
import { at } from './pointer.ts'
import type { Pointer } from './pointer.ts'

/** A JSON Schema as it stands in a document (2020-12, the dialect of OpenAPI 3.1). */
export type Schema = boolean | SchemaObject
export interface SchemaObject { readonly [keyword: string]: unknown }

/** An OpenAPI document as parsed, with its overlay applied. Never changed after that. */
export interface Document { readonly [key: string]: unknown }

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

/** Remembers where the parts of a document stand, for errors of whoever follows its references. */
export const keepPlaces = (document: Document, locate: Locate): void => void places.set(document, locate)

/** Returns a pointer with its file and line, where they are known. */
function placed(document: Document, pointer: Pointer): string {
  const place = places.get(document)?.(pointer)
  return place ? `${pointer} (${place.file}:${place.line})` : pointer
}

/**
 * Follows `$ref`s from a place in the document to what they finally point at.
 * @throws Failure where a reference dangles, leaves the document or runs in a circle.
 */
export function resolve(document: Document, pointer: Pointer): Located<unknown> {
  const seen = new Set<Pointer>()
  let here = pointer
  for (;;) {
    const value = at(document, here)
    if (!isObject(value) || typeof value.$ref !== 'string') return { pointer: here, value }
    seen.add(here)
    if (!value.$ref.startsWith('#/') && value.$ref !== '#') {
      throw failure(`resolve "${value.$ref}" at ${placed(document, here)}`, {
        expected: 'a reference inside the document (#/…)',
        received: 'one that leaves it',
        cure: 'Bundle the document into one file first.',
      })
    }
    const next = decodeURIComponent(value.$ref.slice(1))
    if (at(document, next) === undefined) {
      throw failure(`resolve "${value.$ref}" at ${placed(document, here)}`, { expected: `something at ${next}`, received: 'nothing' })
    }
    if (seen.has(next)) throw failure(`resolve "${value.$ref}" at ${placed(document, here)}`, { expected: 'an end', received: 'a circle of references' })
    here = next
  }
}
