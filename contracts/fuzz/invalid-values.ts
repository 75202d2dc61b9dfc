// Breaks one keyword of a valid value's schema at a time.

import { atPointer, isObject, join, resolve } from '../../spec/index.ts'
import type { Document, Pointer } from '../../spec/index.ts'
import { resolvedSchema } from '../samples.ts'

/** A value with one keyword of its schema broken. */
export interface InvalidValue {
  /** `/lines/0/quantity: minimum` */
  readonly what: string
  readonly value: unknown
}

type Schema = Readonly<Record<string, unknown>>
const deepest = 4

/**
 * Returns copies of a valid value with one flaw each. Some may be valid all the same, where a combinator lets them pass: hold them
 * against the schema.
 */
export function invalidValues(
  document: Document,
  pointer: Pointer,
  value: unknown,
  path: Pointer = '',
  depth = 0,
): readonly InvalidValue[] {
  const schema = resolvedSchema(document, pointer)
  const own = [...types(schema), ...words(schema), ...bounds(schema), ...lengths(schema), ...items(schema, value)].map(
    ([keyword, flawed]) => ({ what: `${path}: ${keyword}`, value: flawed }),
  )
  if (depth >= deepest) return own
  const here = atPointer(document, pointer) === undefined ? pointer : resolve(document, pointer).pointer
  const branches = ['allOf', 'oneOf', 'anyOf'].flatMap((keyword) =>
    Array.isArray(schema[keyword])
      ? schema[keyword].flatMap((_, index) =>
          invalidValues(document, join(here, keyword, index), value, path, depth + 1),
        )
      : [],
  )
  return [
    ...own,
    ...inObject(document, here, schema, value, path, depth),
    ...inArray(document, here, value, path, depth),
    ...branches,
  ]
}

type Broken = readonly [keyword: string, value: unknown]

const wrong: Readonly<Record<string, readonly unknown[]>> = {
  string: [42, {}],
  integer: ['many', 1.5],
  number: ['many'],
  boolean: ['perhaps'],
  array: [{}],
  object: [[], 'text'],
}

function types({ type, nullable }: Schema): Broken[] {
  const stated = [type].flat().map(String)
  if (type === undefined) return []
  const nothing: Broken[] = stated.includes('null') || nullable === true ? [] : [['type', null]]
  return [...nothing, ...stated.flatMap((name) => (wrong[name] ?? []).map((value): Broken => ['type', value]))]
}

function words({ enum: list, const: only, format, pattern }: Schema): Broken[] {
  const checked = ['uuid', 'date', 'date-time', 'email', 'uri'].includes(String(format))
  return [
    ...(Array.isArray(list) ? [['enum', 'no-such-word'] as const] : []),
    ...(only === undefined ? [] : [['const', 'no-such-word'] as const]),
    ...(checked ? [['format', 'no such value'] as const] : []),
    ...(pattern === undefined ? [] : [['pattern', '~ ~'] as const]),
  ]
}

function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Schema): Broken[] {
  return [
    ...(typeof minimum === 'number' ? [['minimum', minimum - 1] as const] : []),
    ...(typeof maximum === 'number' ? [['maximum', maximum + 1] as const] : []),
    ...(typeof exclusiveMinimum === 'number' ? [['exclusiveMinimum', exclusiveMinimum] as const] : []),
    ...(typeof exclusiveMaximum === 'number' ? [['exclusiveMaximum', exclusiveMaximum] as const] : []),
    ...(typeof multipleOf === 'number' ? [['multipleOf', multipleOf / 2] as const] : []),
  ]
}

/** Longer ones are no fun for anybody. */
const longest = 20_000

function lengths({ minLength, maxLength }: Schema): Broken[] {
  return [
    ...(typeof minLength === 'number' && minLength > 0 ? [['minLength', 'x'.repeat(minLength - 1)] as const] : []),
    ...(typeof maxLength === 'number' && maxLength < longest
      ? [['maxLength', 'x'.repeat(maxLength + 1)] as const]
      : []),
  ]
}

function items({ minItems, maxItems, uniqueItems }: Schema, value: unknown): Broken[] {
  if (!Array.isArray(value)) return []
  const [first] = value as unknown[]
  return [
    ...(typeof minItems === 'number' && minItems > 0 ? [['minItems', value.slice(0, minItems - 1)] as const] : []),
    ...(typeof maxItems === 'number' && maxItems < 1000 && value.length > 0
      ? [['maxItems', Array.from({ length: maxItems + 1 }, () => first)] as const]
      : []),
    ...(uniqueItems === true && value.length > 0 ? [['uniqueItems', [...(value as unknown[]), first]] as const] : []),
  ]
}

function inObject(
  document: Document,
  here: Pointer,
  schema: Schema,
  value: unknown,
  path: Pointer,
  depth: number,
): InvalidValue[] {
  if (!isObject(value)) return []
  const required = Array.isArray(schema.required) ? schema.required.map(String) : []
  const properties = isObject(schema.properties) ? schema.properties : {}
  const without = required
    .filter((name) => name in value)
    .map((name): InvalidValue => ({
      what: `${join(path, name)}: required`,
      value: Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)),
    }))
  const besides =
    schema.additionalProperties === false || schema.unevaluatedProperties === false
      ? [{ what: `${path}: additionalProperties`, value: { ...value, noSuchProperty: 1 } }]
      : []
  const inside = Object.keys(value)
    .filter((name) => name in properties)
    .flatMap((name) =>
      invalidValues(document, join(here, 'properties', name), value[name], join(path, name), depth + 1).map((flaw) => ({
        ...flaw,
        value: { ...value, [name]: flaw.value },
      })),
    )
  return [...without, ...besides, ...inside]
}

function inArray(document: Document, here: Pointer, value: unknown, path: Pointer, depth: number): InvalidValue[] {
  if (!Array.isArray(value) || value.length === 0) return []
  const [first, ...rest] = value as unknown[]
  return invalidValues(document, join(here, 'items'), first, join(path, 0), depth + 1).map((flaw) => ({
    ...flaw,
    value: [flaw.value, ...rest],
  }))
}
