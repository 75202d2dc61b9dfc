// Makes plain sample values for parameters and bodies from schemas.

import { atPointer, isObject, join, resolve } from '../spec/index.ts'
import type { Document, Parameter, Pointer } from '../spec/index.ts'

/** Ids that are valid and belong to nothing. */
export const nilUuid = '00000000-0000-4000-8000-000000000000'

const byFormat: Readonly<Record<string, unknown>> = {
  uuid: nilUuid,
  date: '2026-01-15',
  'date-time': '2026-01-15T00:00:00Z',
  email: 'check@proforma.example',
  uri: 'https://proforma.example/',
}

/** Returns the schema at a pointer, references followed, what stands beside the first one included; an empty one where there is none. */
export function resolvedSchema(document: Document, pointer: Pointer): Readonly<Record<string, unknown>> {
  const beside = atPointer(document, pointer)
  if (beside === undefined) return {}
  const { value } = resolve(document, pointer)
  return { ...(isObject(value) && value), ...(isObject(beside) && beside) }
}

/** Returns the type of a schema, null left out. */
export const typeBesideNull = ({ type }: Readonly<Record<string, unknown>>): unknown =>
  Array.isArray(type) ? type.find((candidate) => candidate !== 'null') : type

/** Returns what a document offers as an example of a schema’s value, or `undefined`. */
export function exampleIn(schema: Readonly<Record<string, unknown>>): unknown {
  const [first] = Array.isArray(schema.examples) ? (schema.examples as unknown[]) : []
  const [word] = Array.isArray(schema.enum) ? (schema.enum as unknown[]) : []
  return schema.const ?? schema.example ?? first ?? schema.default ?? word
}

/** Returns a value for a parameter that has to be sent: the document’s example, or one that fits its type and format. */
export function sampleParameter(document: Document, { pointer, schema }: Parameter): unknown {
  const stated = atPointer(document, pointer)
  if (isObject(stated) && stated.example !== undefined) return stated.example
  const [named] = isObject(stated) && isObject(stated.examples) ? Object.values(stated.examples) : []
  return isObject(named) && named.value !== undefined ? named.value : sampleValue(resolvedSchema(document, schema))
}

/** Deeper objects are left out, or empty where they have to be there. */
const deepest = 5

/**
 * Returns an object with plain values for the properties that may be sent, or with `isWhole: false` for those that have to be; parts and the
 * first alternative are joined. Whether it fits what else the schema asks for is the caller's to see.
 */
export function sampleObject(
  document: Document,
  pointer: Pointer,
  { isWhole }: { readonly isWhole: boolean },
  depth = 0,
): unknown {
  const schema = resolvedSchema(document, pointer)
  const here = atPointer(document, pointer) === undefined ? pointer : resolve(document, pointer).pointer
  if (exampleIn(schema) !== undefined && depth > 0) return exampleIn(schema)
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((keyword) => {
    const branches = schema[keyword]
    if (!Array.isArray(branches)) return []
    const chosen =
      keyword === 'allOf'
        ? branches.keys()
        : [
            Math.max(
              0,
              branches.findIndex((branch) => !isNull(branch)),
            ),
          ]
    return [...chosen].map((index) => sampleObject(document, join(here, keyword, index), { isWhole }, depth))
  })
  if (parts.length > 0 && schema.properties === undefined && !parts.every(isObject)) return parts.at(-1)
  if (schema.properties === undefined && parts.length === 0)
    return typeBesideNull(schema) === 'array' ? sampleItems(document, here, schema, depth) : sampleValue(schema)
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : []
  const own = Object.keys(isObject(schema.properties) ? schema.properties : {}).flatMap((name) => {
    const place = join(here, 'properties', name)
    const isWanted = required.includes(name) || (isWhole && depth < 2)
    if (!isWanted || depth > deepest || resolvedSchema(document, place).readOnly === true) return []
    return [[name, sampleObject(document, place, { isWhole: isWhole && depth === 0 }, depth + 1)] as const]
  })
  return Object.assign({}, ...parts.filter(isObject), Object.fromEntries(own)) as unknown
}

function sampleItems(
  document: Document,
  pointer: Pointer,
  { minItems }: Readonly<Record<string, unknown>>,
  depth: number,
): unknown[] {
  const count = typeof minItems === 'number' ? Math.min(minItems, deepest) : 0
  return Array.from({ length: count }, () =>
    sampleObject(document, join(pointer, 'items'), { isWhole: false }, depth + 1),
  )
}

const isNull = (schema: unknown): boolean => isObject(schema) && schema.type === 'null'

/** An idempotency key that this check sends twice. */
export const replayedKey = '0f1d3c5a-7b2e-4d6f-8a9c-1e2f3a4b5c6d'

/** Returns a plain value that fits a schema’s type and format. */
export function sampleValue(schema: Readonly<Record<string, unknown>>): unknown {
  const example = exampleIn(schema)
  if (example !== undefined) return example
  switch (typeBesideNull(schema)) {
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 1
    case 'boolean':
      return true
    case 'array':
      return []
    case 'object':
      return {}
    default:
      return (
        byFormat[String(schema.format)] ??
        'proforma'.padEnd(Number(schema.minLength ?? 0), 'x').slice(0, Number(schema.maxLength ?? Infinity))
      )
  }
}
