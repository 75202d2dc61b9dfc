import { isObject, join } from '../../spec/index.ts'
import type { Locate, Pointer } from '../../spec/index.ts'
import type { Walker } from '../traffic/walk.ts'
import type { Violation } from '../violation.ts'

/** Tells whether a document has anything that only requests may say. */
export function hasWriteOnly(tree: unknown): boolean {
  if (typeof tree !== 'object' || tree === null) return false
  return (isObject(tree) && tree.writeOnly === true) || Object.values(tree).some(hasWriteOnly)
}

/** Returns a violation for every value of an answer that only requests may say. What it is, is not told: it may be a password. */
export function writtenIn(walker: Walker, schema: Pointer, body: unknown, locate: Locate): readonly Violation[] {
  const found: Violation[] = []
  walker.walk(schema, body, {
    value(parts, _, path) {
      const part = parts.find((candidate) => candidate.schema.writeOnly === true)
      const place = part && locate(part.pointer)
      if (part)
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
    undocumented: () => undefined,
  })
  return found
}
