import { atPointer, isObject, resolve } from '../spec/index.ts'
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
      return byFormat[String(schema.format)] ?? 'proforma'.padEnd(Number(schema.minLength ?? 0), 'x')
  }
}
