import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import { join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'

/** A schema without its branches, and where it stands. */
interface Part {
  readonly pointer: Pointer
  readonly schema: Readonly<Record<string, unknown>>
}

/** Returns a schema and the branches of its `allOf`, `anyOf` and `oneOf`, references followed. */
export function partsOf(document: Document, pointer: Pointer, depth = 0): readonly Part[] {
  const { pointer: here, value: schema } = resolve(document, pointer)
  if (!isObject(schema) || depth > 8) return []
  const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) =>
    Array.isArray(schema[keyword])
      ? schema[keyword].flatMap((_, index) => partsOf(document, join(here, keyword, index), depth + 1))
      : [],
  )
  return [{ pointer: here, schema }, ...branches]
}

/** Returns where the schemas of an array's elements stand. */
export const itemsOf = (parts: readonly Part[]): Pointer[] =>
  parts.flatMap(({ pointer, schema }) => (isObject(schema.items) ? [join(pointer, 'items')] : []))

/** Returns the names of an object's properties. */
export const propertyNames = (parts: readonly Part[]): string[] => [
  ...new Set(parts.flatMap(({ schema: { properties } }) => Object.keys(isObject(properties) ? properties : {}))),
]

/** Returns where the schemas of a property stand: those of its name, else those of all others. */
export function propertyIn(parts: readonly Part[], name: string): Pointer[] {
  const own = parts.flatMap(({ pointer, schema: { properties } }) =>
    isObject(properties) && Object.hasOwn(properties, name) ? [join(pointer, 'properties', name)] : [],
  )
  return own.length > 0
    ? own
    : parts.flatMap(({ pointer, schema }) =>
        isObject(schema.additionalProperties) ? [join(pointer, 'additionalProperties')] : [],
      )
}
