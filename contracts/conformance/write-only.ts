import { at, isObject, join, resolve } from '../../spec/index.ts'
import type { Document, Locate, Pointer } from '../../spec/index.ts'
import type { Walker } from '../trace/walk.ts'
import type { Violation } from '../violation.ts'

/** Tells whether a document has anything that only requests may say. */
export function hasWriteOnly(tree: unknown): boolean {
  if (typeof tree !== 'object' || tree === null) return false
  return (isObject(tree) && tree.writeOnly === true) || Object.values(tree).some(hasWriteOnly)
}

/** Tells whether a property of a schema is `writeOnly`: it is then required of requests only. */
export function isWriteOnly(document: Document, schema: Readonly<Record<string, unknown>>, name: string): boolean {
  const property =
    isObject(schema.properties) && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined
  if (!isObject(property) || property.writeOnly === true || typeof property.$ref !== 'string')
    return isObject(property) && property.writeOnly === true
  const target = decodeURIComponent(property.$ref.slice(1))
  const value =
    property.$ref.startsWith('#/') && at(document, target) !== undefined ? resolve(document, target).value : undefined
  return isObject(value) && value.writeOnly === true
}

/** Returns a violation for every value of an answer that only requests may say. What it is, is not told: it may be a password. */
export function writtenIn(walker: Walker, schema: Pointer, body: unknown, locate: Locate): readonly Violation[] {
  const found: Violation[] = []
  walker.walk(schema, body, {
    value(layers, _, path) {
      const layer = layers.find((candidate) => candidate.schema.writeOnly === true)
      const place = layer && locate(layer.pointer)
      if (layer)
        found.push({
          code: 'OAS-WRITEONLY',
          says: 'answers do not say what only requests may',
          severity: 'error',
          pointer: join('', ...path),
          expected: 'nothing: it is writeOnly',
          received: 'a value',
          ...(place && { place }),
        })
    },
    stranger: () => undefined,
  })
  return found
}
