// Turns schema issues, undocumented fields and writeOnly values into violations.

import { atPointer, join, isObject } from '../spec/index.ts'
import type { Issue, Locate, Pointer } from '../spec/index.ts'
import type { SchemaWalker } from './schema-walk.ts'
import { shownJson } from './violation.ts'
import type { Violation } from './violation.ts'

/** Returns violations of a body for what of it does not fit, each at most once. */
export function explain(issues: readonly Issue[], body: unknown, locate: Locate): Violation[] {
  const seen = new Set<string>()
  return issues.flatMap((issue): Violation[] => {
    const { pointer, keyword, home } = issue
    const expected = expectation(issue)
    if (seen.has(`${pointer} ${expected}`)) return []
    seen.add(`${pointer} ${expected}`)
    const place = home === undefined ? undefined : (locate(join(home, keyword)) ?? locate(home))
    return [
      {
        code: 'OAS-SCHEMA',
        says: 'the body has the form its schema documents',
        severity: 'error',
        pointer,
        expected,
        received: shownJson(atPointer(body, pointer)),
        ...(place && { place }),
      },
    ]
  })
}

function expectation({ keyword, asked, fitting }: Issue): string {
  switch (keyword) {
    case 'type':
      return [asked].flat().join(' or ')
    case 'required':
      return 'a required value'
    case 'enum':
      return `one of ${shownJson(asked)}`
    case 'const':
      return shownJson(asked)
    case 'format':
      return String(asked)
    case 'pattern':
      return `a text that matches ${String(asked)}`
    case 'multipleOf':
      return `a multiple of ${String(asked)}`
    case 'minimum':
      return `at least ${String(asked)}`
    case 'maximum':
      return `at most ${String(asked)}`
    case 'exclusiveMinimum':
      return `more than ${String(asked)}`
    case 'exclusiveMaximum':
      return `less than ${String(asked)}`
    case 'minLength':
      return `at least ${String(asked)} characters`
    case 'maxLength':
      return `at most ${String(asked)} characters`
    case 'minItems':
      return `at least ${String(asked)} items`
    case 'maxItems':
      return `at most ${String(asked)} items`
    case 'minProperties':
      return `at least ${String(asked)} properties`
    case 'maxProperties':
      return `at most ${String(asked)} properties`
    case 'contains':
      return 'another number of items that fit'
    case 'not':
      return 'something else'
    case 'propertyNames':
      return 'another name'
    case 'uniqueItems':
      return 'items that differ'
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'nothing: the property is not documented'
    case 'false':
      return 'nothing'
    case 'anyOf':
    case 'oneOf':
      if (fitting !== undefined) return 'a value that fits exactly one of the alternatives'
      return Array.isArray(asked) ? [...new Set(asked)].join(' or ') : `one of ${String(asked ?? 'the')} alternatives`
    default:
      return `what ${keyword} asks for`
  }
}

/** Bodies can have a great many; the first ones tell enough. */
const mostFields = 1000

/** Returns a violation for every field that no schema of its object lists; objects that say `additionalProperties: true` are open. */
export function undocumentedIn(
  walker: SchemaWalker,
  schema: Pointer,
  body: unknown,
  locate: Locate,
): readonly Violation[] {
  const found: Violation[] = []
  walker.walk(schema, body, {
    value: () => undefined,
    undocumented(owner, _, value, path) {
      if (owner.schema.additionalProperties === true || found.length >= mostFields) return
      const place = locate(owner.pointer)
      found.push({
        code: 'OAS-FIELD',
        says: 'every field is documented',
        severity: 'error',
        pointer: join('', ...path),
        expected: 'no field of that name',
        received: shownJson(value),
        ...(place && { place }),
      })
    },
  })
  return found
}

/** Tells whether a document has anything that only requests may say. */
export function hasWriteOnly(tree: unknown): boolean {
  if (typeof tree !== 'object' || tree === null) return false
  return (isObject(tree) && tree.writeOnly === true) || Object.values(tree).some(hasWriteOnly)
}

/** Returns a violation for every value of an answer that only requests may say. What it is, is not told: it may be a password. */
export function writtenIn(walker: SchemaWalker, schema: Pointer, body: unknown, locate: Locate): readonly Violation[] {
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
