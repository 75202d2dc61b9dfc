import { atPointer, isObject, resolve } from '../spec/index.ts'
import type { Document, Pointer } from '../spec/index.ts'

/** Any credential will do; this one says so. */
export const credential = 'any'

/** Returns the example of a parameter or media type (OpenAPI 3.1, Media Type Object), or `undefined`. */
export function exampleOf(
  document: Document,
  { example, examples }: Record<string, unknown>,
  pointer: Pointer,
): unknown {
  const [first] = isObject(examples) ? Object.keys(examples) : []
  const named = first === undefined ? undefined : resolve(document, `${pointer}/examples/${first}`).value
  return example ?? (isObject(named) ? named.value : undefined)
}

/** Returns the schema at a pointer, references followed; an empty one where there is none. */
export const schemaAt = (document: Document, pointer: Pointer): Record<string, unknown> => {
  const { value } = atPointer(document, pointer) === undefined ? {} : resolve(document, pointer)
  return isObject(value) ? value : {}
}

const byFormat: Readonly<Record<string, unknown>> = {
  uuid: '00000000-0000-4000-8000-000000000000',
  date: '2026-01-15',
  'date-time': '2026-01-15T00:00:00Z',
}

/** Returns a value that fits a schema: what the document offers, else a plain one of its type. */
export function sample({
  example,
  examples,
  default: usual,
  const: only,
  enum: words,
  type,
  format,
  minimum,
}: Record<string, unknown>): unknown {
  const stated =
    example ??
    (Array.isArray(examples) ? examples[0] : undefined) ??
    usual ??
    only ??
    (Array.isArray(words) ? words[0] : undefined)
  if (stated !== undefined) return stated
  const kind: unknown = Array.isArray(type) ? type[0] : type
  if (kind === 'integer' || kind === 'number') return typeof minimum === 'number' ? minimum : 1
  if (kind === 'boolean') return true
  return kind === 'object' ? {} : kind === 'array' ? [] : (byFormat[String(format)] ?? credential)
}
