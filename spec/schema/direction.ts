import { isObject } from '../document.ts'
import type { Document } from '../document.ts'
import { at, join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'

/** Which way a value travels: `readOnly` properties are not asked of requests, `writeOnly` ones not of answers. */
export type Direction = 'request' | 'response'

const keywords = { request: 'readOnly', response: 'writeOnly' } as const

/** References that follow each other further than this are not followed. */
const deepest = 8

/** Returns the names of the properties of an object that do not travel, said by a schema, by what it refers to and by its `allOf`. */
export function hiddenAt(document: Document, pointer: Pointer, direction: Direction, depth = 0): readonly string[] {
  const schema = at(document, pointer)
  if (!isObject(schema) || depth > deepest) return []
  const own = Object.keys(isObject(schema.properties) ? schema.properties : {}).filter((name) =>
    isHidden(document, join(pointer, 'properties', name), direction),
  )
  return [...own, ...beside(schema, pointer).flatMap((other) => hiddenAt(document, other, direction, depth + 1))]
}

/** Tells whether the schema at a pointer, one that it refers to, or one of its `allOf` says that its value does not travel. */
function isHidden(document: Document, pointer: Pointer, direction: Direction, depth = 0): boolean {
  const schema = at(document, pointer)
  if (!isObject(schema) || depth > deepest) return false
  return (
    schema[keywords[direction]] === true ||
    beside(schema, pointer).some((other) => isHidden(document, other, direction, depth + 1))
  )
}

function beside(schema: Readonly<Record<string, unknown>>, pointer: Pointer): readonly Pointer[] {
  return [
    ...(typeof schema.$ref === 'string' && schema.$ref.startsWith('#')
      ? [decodeURIComponent(schema.$ref.slice(1))]
      : []),
    ...(Array.isArray(schema.allOf) ? schema.allOf.map((_, index) => join(pointer, 'allOf', index)) : []),
  ]
}
