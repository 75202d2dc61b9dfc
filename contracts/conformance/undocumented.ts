import { join } from '../../spec/index.ts'
import type { Locate, Pointer } from '../../spec/index.ts'
import type { Walker } from '../traffic/walk.ts'
import { show } from '../violation.ts'
import type { Violation } from '../violation.ts'

/** Bodies can have a great many; the first ones tell enough. */
const most = 1000

/** Returns a violation for every field that no schema of its object lists; objects that say `additionalProperties: true` are open. */
export function undocumentedIn(walker: Walker, schema: Pointer, body: unknown, locate: Locate): readonly Violation[] {
  const found: Violation[] = []
  walker.walk(schema, body, {
    value: () => undefined,
    undocumented(owner, _, value, path) {
      if (owner.schema.additionalProperties === true || found.length >= most) return
      const place = locate(owner.pointer)
      found.push({
        code: 'OAS-FIELD',
        says: 'every field is documented',
        severity: 'error',
        pointer: join('', ...path),
        expected: 'no field of that name',
        received: show(value),
        ...(place && { place }),
      })
    },
  })
  return found
}
