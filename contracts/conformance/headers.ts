import { at, isObject, resolve } from '../../spec/index.ts'
import type { Document, Pointer } from '../../spec/index.ts'

/** Returns what a header or another plain text stands for under a schema: a number where one is documented, a list where a list is. */
export function coerce(text: string, schema: Pointer, document: Document): unknown {
  const { value, pointer } =
    at(document, schema) === undefined ? { value: undefined, pointer: schema } : resolve(document, schema)
  if (!isObject(value)) return text
  const types: readonly unknown[] = Array.isArray(value.type) ? value.type : [value.type]
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text))
    return Number(text)
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  if (types.includes('array'))
    return text === '' ? [] : text.split(',').map((part) => coerce(part.trim(), `${pointer}/items`, document))
  return text
}
