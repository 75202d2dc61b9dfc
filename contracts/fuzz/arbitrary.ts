// Turns schemas into fast-check arbitraries.

import type * as FastCheck from 'fast-check'
import { atPointer, isObject, join, resolve } from '../../spec/index.ts'
import type { Document, Pointer } from '../../spec/index.ts'
import { resolvedSchema } from '../samples.ts'

/** fast-check, loaded when it is needed. */
export type Fc = typeof FastCheck
/** What fast-check draws and shrinks. */
export type Arbitrary = FastCheck.Arbitrary<unknown>
type Schema = Readonly<Record<string, unknown>>

/** Rings of schemas end here: below, only what is required. */
const deepest = 5

/**
 * Returns an arbitrary of values that a schema documents. Combinators are followed as far as they describe what to write; what
 * they forbid is not: hold the values against the schema. Small values come first when a failure is shrunk.
 */
export function valuesFor(fc: Fc, document: Document, pointer: Pointer, depth = 0): Arbitrary {
  const schema = resolvedSchema(document, pointer)
  const here = atPointer(document, pointer) === undefined ? pointer : resolve(document, pointer).pointer
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]))
  for (const keyword of ['oneOf', 'anyOf']) {
    const branches = schema[keyword]
    if (Array.isArray(branches) && branches.length > 0) return choice(fc, document, here, keyword, schema, depth)
  }
  if (Array.isArray(schema.allOf))
    return together(fc, [
      ...schema.allOf.map((_, index) => valuesFor(fc, document, join(here, 'allOf', index), depth)),
      ...(schema.properties === undefined ? [] : [objects(fc, document, here, schema, depth)]),
    ])
  return ofType(fc, document, here, schema, depth)
}

function choice(fc: Fc, document: Document, here: Pointer, keyword: string, schema: Schema, depth: number): Arbitrary {
  const branches = (schema[keyword] as unknown[]).map((_, index) =>
    valuesFor(fc, document, join(here, keyword, index), depth),
  )
  const one = fc.oneof(...branches)
  return isObject(schema.properties) ? together(fc, [one, objects(fc, document, here, schema, depth)]) : one
}

/** Objects are joined; of other values, the last wins. */
const together = (fc: Fc, parts: readonly Arbitrary[]): Arbitrary =>
  fc
    .tuple(...parts)
    .map((values) => (values.every(isObject) ? (Object.assign({}, ...values) as unknown) : values.at(-1)))

function ofType(fc: Fc, document: Document, here: Pointer, schema: Schema, depth: number): Arbitrary {
  const stated: readonly unknown[] = Array.isArray(schema.type)
    ? schema.type
    : schema.type === undefined
      ? guessed(schema)
      : [schema.type]
  const types = schema.nullable === true ? [...stated, 'null'] : stated
  const all = types.map((type): Arbitrary => {
    switch (type) {
      case 'null':
        return fc.constant(null)
      case 'boolean':
        return fc.boolean()
      case 'integer':
        return integers(fc, schema)
      case 'number':
        return numbers(fc, schema)
      case 'array':
        return arrays(fc, document, here, schema, depth)
      case 'object':
        return objects(fc, document, here, schema, depth)
      default:
        return texts(fc, schema)
    }
  })
  return all.length === 1 ? (all[0] as Arbitrary) : fc.oneof(...all)
}

const guessed = (schema: Schema): readonly string[] => {
  if (isObject(schema.properties) || schema.required !== undefined) return ['object']
  return schema.items === undefined ? ['string'] : ['array']
}

const numeric = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise)

/** Beyond these, people do not send numbers; schemas that allow more are not wrong. */
const widest = 1_000_000_000

function integers(fc: Fc, schema: Schema): Arbitrary {
  const step = Number.isInteger(schema.multipleOf) ? (schema.multipleOf as number) : 1
  const min = Math.ceil(
    Math.max(numeric(schema.minimum, -widest), numeric(schema.exclusiveMinimum, -Infinity) + 1) / step,
  )
  const max = Math.floor(
    Math.min(numeric(schema.maximum, widest), numeric(schema.exclusiveMaximum, Infinity) - 1) / step,
  )
  return fc.integer({ min, max: Math.max(min, max) }).map((value) => value * step)
}

/** Two decimals, as amounts have them, so that nothing depends on how a float is written. */
function numbers(fc: Fc, schema: Schema): Arbitrary {
  const step = numeric(schema.multipleOf, 0.01)
  const places = Math.round(1 / step)
  const min =
    Math.ceil(numeric(schema.minimum, numeric(schema.exclusiveMinimum, -widest / 1000)) * places) +
    (schema.exclusiveMinimum === undefined ? 0 : 1)
  const max =
    Math.floor(numeric(schema.maximum, numeric(schema.exclusiveMaximum, widest / 1000)) * places) -
    (schema.exclusiveMaximum === undefined ? 0 : 1)
  return fc.integer({ min, max: Math.max(min, max) }).map((value) => value / places)
}

/** Texts that programs stumble over. */
const odd = [
  '0',
  'null',
  '-1',
  "'",
  '"',
  '%00',
  '../..',
  '<b>',
  '{{1}}',
  '😀',
  'ä',
  ' ',
  '\\',
  '1e999',
  'a,b',
  'a&b=c',
  '💶 €',
]

function texts(fc: Fc, schema: Schema): Arbitrary {
  const formatted = typeof schema.format === 'string' ? formats(fc)[schema.format] : undefined
  if (formatted) return formatted
  const minLength = numeric(schema.minLength, 0)
  const maxLength = Math.min(numeric(schema.maxLength, minLength + 30), minLength + 60)
  if (typeof schema.pattern === 'string') {
    const matching = patterned(fc, schema.pattern)
    if (matching) return matching
  }
  const any = fc.string({ minLength, maxLength, unit: 'grapheme-ascii' })
  const fitting = odd.filter((text) => [...text].length >= minLength && [...text].length <= maxLength)
  return fitting.length === 0
    ? any
    : fc.oneof({ weight: 3, arbitrary: any }, { weight: 1, arbitrary: fc.constantFrom(...fitting) })
}

/** fast-check does not understand every pattern. */
function patterned(fc: Fc, pattern: string): Arbitrary | undefined {
  try {
    const matching = fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: 60 })
    fc.sample(matching, 1)
    return matching
  } catch {
    return undefined
  }
}

const formats = (fc: Fc): Readonly<Record<string, Arbitrary>> => {
  const days = fc
    .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2037-12-31T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString())
  const word = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/)
  return {
    date: days.map((text) => text.slice(0, 10)),
    'date-time': days.map((text) => `${text.slice(0, 19)}Z`),
    uuid: fc.uuid(),
    email: word.map((name) => `${name}@proforma.example`),
    uri: word.map((name) => `https://proforma.example/${name}`),
    hostname: word.map((name) => `${name}.example`),
    ipv4: fc.constant('192.0.2.1'),
  }
}

function arrays(fc: Fc, document: Document, here: Pointer, schema: Schema, depth: number): Arbitrary {
  const minLength = numeric(schema.minItems, 0)
  const maxLength =
    depth >= deepest ? minLength : Math.max(minLength, Math.min(numeric(schema.maxItems, 3), minLength + 3))
  const items =
    schema.items === undefined ? fc.constant('text') : valuesFor(fc, document, join(here, 'items'), depth + 1)
  return schema.uniqueItems === true
    ? fc.uniqueArray(items, { minLength, maxLength, selector: (item) => JSON.stringify(item) })
    : fc.array(items, { minLength, maxLength })
}

function objects(fc: Fc, document: Document, here: Pointer, schema: Schema, depth: number): Arbitrary {
  const required = new Set(Array.isArray(schema.required) ? schema.required.map(String) : [])
  const properties = Object.keys(isObject(schema.properties) ? schema.properties : {})
  const written = properties.filter(
    (name) =>
      required.has(name) ||
      (depth < deepest && resolvedSchema(document, join(here, 'properties', name)).readOnly !== true),
  )
  const record: Record<string, Arbitrary> = Object.fromEntries(
    written.map((name) => [name, valuesFor(fc, document, join(here, 'properties', name), depth + 1)]),
  )
  const whole = fc.record(record, { requiredKeys: written.filter((name) => required.has(name)) })
  if (depth > 0 || required.size === written.length) return whole
  // A whole body often says what no business allows; a bare one rarely does.
  return fc.oneof(
    fc.record(Object.fromEntries([...required].flatMap((name) => (record[name] ? [[name, record[name]]] : [])))),
    whole,
  )
}
