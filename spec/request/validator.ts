import { Validator } from '@cfworker/json-schema'
import type { OutputUnit } from '@cfworker/json-schema'
import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import { isPattern } from '../pattern.ts'
import { at, join, split } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { expectation, shorten } from './problem.ts'
import type { Flaw } from './problem.ts'

/** Returns what is wrong with a value; nothing when it is valid. */
export type Validate = (value: unknown) => Flaw[]

const known = new WeakMap<Document, Map<Pointer, Validate>>()

/** Returns the check of a request value against the schema at a pointer (2020-12), made once per document and pointer. */
export function validatorOf(document: Document, pointer: Pointer): Validate {
  const validators = known.get(document) ?? new Map<Pointer, Validate>()
  known.set(document, validators)
  const made = validators.get(pointer) ?? makeValidator(document, pointer)
  validators.set(pointer, made)
  return made
}

/** More than these help nobody. */
const mostFlaws = 20

function makeValidator(document: Document, pointer: Pointer): Validate {
  const schema = selfContained(document, pointer)
  // The first pass stops at the first error, so that a large hostile body costs little.
  const quick = new Validator(schema, '2020-12', true)
  const thorough = new Validator(schema, '2020-12', false)
  return (value) => {
    const result = quick.validate(value)
    if (result.valid) return []
    const errors = JSON.stringify(value).length > 100_000 ? result.errors : thorough.validate(value).errors
    return flawsOf(schema, value, errors)
  }
}

/** Errors that only say that something further down is wrong. */
const wrappers = new Set([
  '$ref',
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'additionalProperties',
  'unevaluatedProperties',
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  'propertyNames',
  'dependentSchemas',
])

function flawsOf(schema: object, value: unknown, errors: readonly OutputUnit[]): Flaw[] {
  const leaves = errors.filter(({ keyword }) => !wrappers.has(keyword))
  const flaws = (leaves.length > 0 ? leaves : errors).map((error) => flawOf(schema, value, error))
  // "… or null" is said for every nullable place; the other branch says more.
  const told = flaws.filter(
    (flaw) =>
      flaw.expected !== 'null' || !flaws.some((other) => other !== flaw && other.pointer.startsWith(flaw.pointer)),
  )
  const seen = new Set<string>()
  return told
    .filter(({ pointer, code }) => !seen.has(`${pointer} ${code}`) && seen.add(`${pointer} ${code}`))
    .slice(0, mostFlaws)
}

function flawOf(
  schema: object,
  value: unknown,
  { keyword, keywordLocation, instanceLocation, error }: OutputUnit,
): Flaw {
  const here = decodeURIComponent(instanceLocation.slice(1))
  const missing = keyword === 'required' ? /"(.*)"/s.exec(error)?.[1] : undefined
  const pointer = missing === undefined ? here : join(here, missing)
  const code = keyword === 'false' ? 'additionalProperties' : keyword
  const received = at(value, pointer)
  return {
    pointer,
    code,
    expected: expectation(code, keywordAt(schema, keywordLocation)),
    received: received === undefined ? '' : shorten(received),
  }
}

/** Follows a keyword's location, which runs through references. */
function keywordAt(schema: object, location: string): unknown {
  return split(decodeURIComponent(location.slice(1))).reduce<unknown>((value, step) => {
    const next = isObject(value) || Array.isArray(value) ? (value as Record<string, unknown>)[step] : undefined
    return step === '$ref' && typeof next === 'string' ? at(schema, next.slice(1)) : next
  }, schema)
}

const single = new Set([
  'items',
  'contains',
  'additionalProperties',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'unevaluatedItems',
  'unevaluatedProperties',
])
const several = new Set(['prefixItems', 'allOf', 'anyOf', 'oneOf'])
const named = new Set(['properties', 'patternProperties', 'dependentSchemas'])
const plain = new Set([
  'type',
  'const',
  'enum',
  'dependentRequired',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'format',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minContains',
  'maxContains',
  'minProperties',
  'maxProperties',
])

/**
 * Returns a copy of a schema with all it refers to under `$defs`. Only keywords that judge are copied: the validator would
 * read an example's `id` as a schema's name, and marks the objects it reads.
 */
function selfContained(document: Document, pointer: Pointer): object {
  const names = new Map<Pointer, string>()
  const waiting: Pointer[] = []
  const refer = (target: Pointer): { $ref: string } => {
    if (!names.has(target)) {
      names.set(target, String(names.size))
      waiting.push(target)
    }
    return { $ref: `#/$defs/${names.get(target) as string}` }
  }

  function copy(schema: unknown): unknown {
    if (!isObject(schema)) return schema !== false
    const result: Record<string, unknown> = {}
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === '$ref' && typeof value === 'string')
        Object.assign(result, refer(decodeURIComponent(value.slice(1))))
      else if (plain.has(keyword)) result[keyword] = value
      else if (single.has(keyword)) result[keyword] = copy(value)
      else if (several.has(keyword) && Array.isArray(value)) result[keyword] = value.map(copy)
      else if (named.has(keyword) && isObject(value))
        result[keyword] = Object.fromEntries(Object.entries(value).map(([name, sub]) => [name, copy(sub)]))
      else if (keyword === 'pattern' && isPattern(value)) result[keyword] = value
      else if (keyword === 'required' && Array.isArray(value))
        result[keyword] = value.filter((name) => !isReadOnly(document, schema, String(name)))
    }
    return result
  }

  const root = refer(pointer)
  const definitions: Record<string, unknown> = {}
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
    definitions[names.get(next) as string] = copy(at(document, next) ?? true)
  return { ...root, $defs: definitions }
}

/** A `readOnly` property is required of answers only (OpenAPI 3.1, data types). */
function isReadOnly(document: Document, schema: Record<string, unknown>, name: string): boolean {
  const property = isObject(schema.properties) ? schema.properties[name] : undefined
  if (!isObject(property)) return false
  if (property.readOnly === true || typeof property.$ref !== 'string') return property.readOnly === true
  const { value } = resolve(document, decodeURIComponent(property.$ref.slice(1)))
  return isObject(value) && value.readOnly === true
}
