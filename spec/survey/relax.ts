import { isObject } from '../document.ts'
import { at } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'

/** Keywords that forbid more where less is said beside them: what becomes of a schema without the one must not be held against anybody. */
const dependents: Readonly<Record<string, readonly string[]>> = {
  properties: ['additionalProperties'],
  patternProperties: ['additionalProperties'],
  prefixItems: ['items'],
  contains: ['minContains', 'maxContains'],
  minContains: ['contains', 'maxContains'],
  if: ['then', 'else'],
}

/** Keywords of which a schema that says less forbids more. */
const inverse = ['not', 'if', 'oneOf', 'unevaluatedProperties', 'unevaluatedItems']

/** Tells whether a schema has keywords that have to go where what they look at cannot be read. */
export const isDelicate = (schema: Readonly<Record<string, unknown>>): boolean =>
  inverse.some((keyword) => schema[keyword] !== undefined)

/** Returns the keywords that have to go with one that goes. */
export const goingWith = (keyword: string): readonly string[] =>
  Object.hasOwn(dependents, keyword) ? (dependents[keyword] ?? []) : []

/**
 * Changes a schema in a document of which something that it looks at has become wider, so that it becomes no narrower: one of
 * several becomes any of them, and what must not hold, decides, or counts what is left over is left out.
 */
export function relax(document: unknown, pointer: Pointer): void {
  const schema = at(document, pointer)
  if (!isObject(schema)) return
  if (Array.isArray(schema.oneOf) && schema.anyOf === undefined) schema.anyOf = schema.oneOf
  for (const keyword of [...inverse, 'then', 'else']) delete schema[keyword]
}
