import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import type { Parameter } from '../parameter.ts'
import { join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { expectation, shorten } from './problem.ts'
import type { Flaw } from './problem.ts'
import { decodeText } from './query.ts'
import type { Query } from './query.ts'
import { scalarReader, typesOf } from './scalar.ts'
import type { ReadText } from './scalar.ts'
import { validatorOf } from './validator.ts'

/**
 * Returns a parameter's value out of the values of its place; `undefined` where it is absent or wrong, and what is wrong
 * with it among the flaws.
 */
export type ReadValue = (values: Query, flaws: Flaw[]) => unknown

/** Returns the reader of a parameter, by its style and schema (OpenAPI 3.1, Style Values). */
export function valueReader(document: Document, parameter: Parameter): ReadValue {
  if (parameter.style === 'content') return jsonReader(document, parameter)
  const types = typesOf(document, parameter.schema)
  if (types.includes('object')) return objectReader(document, parameter)
  if (types.includes('array')) return arrayReader(document, parameter)
  return singleReader(parameter, scalarReader(document, parameter.schema))
}

function singleReader({ name, in: place }: Parameter, read: ReadText): ReadValue {
  const isEncoded = place === 'query' || place === 'cookie'
  return (values, flaws) => {
    const raw = only(values, name, flaws)
    const text = raw === undefined || !isEncoded ? raw : decoded(raw, flaws)
    return text === undefined ? undefined : read(text, '', flaws)
  }
}

function jsonReader(document: Document, { name, in: place, schema }: Parameter): ReadValue {
  const validate = validatorOf(document, schema)
  return (values, flaws) => {
    const raw = only(values, name, flaws)
    const text = raw === undefined || place === 'path' || place === 'header' ? raw : decoded(raw, flaws)
    if (text === undefined) return undefined
    try {
      const value = JSON.parse(text) as unknown
      flaws.push(...validate(value))
      return value
    } catch {
      flaws.push({ pointer: '', code: 'json', expected: 'JSON', received: shorten(text) })
      return undefined
    }
  }
}

function only(values: Query, name: string, flaws: Flaw[]): string | undefined {
  const given = values.get(name)
  if (given && given.length > 1)
    flaws.push({ pointer: '', code: 'duplicate', expected: 'one value', received: `${given.length} values` })
  return given?.length === 1 ? given[0] : undefined
}

function decoded(raw: string, flaws: Flaw[]): string | undefined {
  const text = decodeText(raw)
  if (text === undefined)
    flaws.push({
      pointer: '',
      code: 'encoding',
      expected: 'well-formed percent-encoding of UTF-8',
      received: shorten(raw),
    })
  return text
}

const delimiters: Readonly<Record<string, string>> = { pipeDelimited: '|', spaceDelimited: ' ' }

/** Array-level keywords that the readers check themselves, or that judge nothing. */
const quiet = new Set([
  'type',
  'items',
  'minItems',
  'maxItems',
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
])

function arrayReader(document: Document, parameter: Parameter): ReadValue {
  const { pointer, value } = resolve(document, parameter.schema)
  const schema = isObject(value) ? value : {}
  const items = join(pointer, 'items')
  const read = isObject(schema.items) ? scalarReader(document, items) : (text: string) => text
  const isFree = isFreeText(document, schema, items)
  const brackets = `${parameter.name}[]`
  const validate = Object.keys(schema).every((keyword) => quiet.has(keyword) || keyword.startsWith('x-'))
    ? undefined
    : validatorOf(document, pointer)
  return (values, flaws) => {
    const plain = values.get(parameter.name)
    const bracketed = values.get(brackets)
    if (!plain && !bracketed) return undefined
    const given = [...(plain ?? []), ...(bracketed ?? [])]
    const before = flaws.length
    const texts = given.flatMap((raw) => pieces(raw, parameter, isFree, flaws))
    const list = texts.map((text, index) => read(text, `/${index}`, flaws))
    for (const [keyword, holds] of [
      ['minItems', list.length >= Number(schema.minItems ?? 0)],
      ['maxItems', list.length <= Number(schema.maxItems ?? Infinity)],
    ] as const) {
      if (!holds)
        flaws.push({
          pointer: '',
          code: keyword,
          expected: expectation(keyword, schema[keyword]),
          received: `${list.length} items`,
        })
    }
    if (validate && flaws.length === before) flaws.push(...validate(list))
    return list
  }
}

/** Free text may hold commas of its own. */
function isFreeText(document: Document, schema: Record<string, unknown>, items: Pointer): boolean {
  if (!isObject(schema.items)) return true
  const { value } = resolve(document, items)
  const types = typesOf(document, items)
  return (
    !(isObject(value) && (Array.isArray(value.enum) || 'const' in value)) &&
    (types.length === 0 || types.includes('string'))
  )
}

/**
 * Splits a raw value at its delimiter. A comma that is percent-encoded belongs to the text, except where the text cannot
 * hold one or the style is a comma list: many clients encode every comma.
 */
function pieces(raw: string, { in: place, style, explode }: Parameter, isFree: boolean, flaws: Flaw[]): string[] {
  if (place === 'path' || place === 'header') return raw.split(',').map((piece) => piece.trim())
  const delimiter = delimiters[style]
  if (delimiter !== undefined)
    return explode ? [decoded(raw, flaws) ?? ''] : (decoded(raw, flaws) ?? '').split(delimiter)
  const texts = raw.split(',').map((piece) => decoded(piece, flaws) ?? '')
  return texts.length === 1 && (!explode || !isFree) ? (texts[0] as string).split(',') : texts
}

function objectReader(document: Document, parameter: Parameter): ReadValue {
  const { pointer, value } = resolve(document, parameter.schema)
  const schema = isObject(value) ? value : {}
  const properties = isObject(schema.properties) ? schema.properties : {}
  const readers = new Map(
    Object.keys(properties).map((key) => [key, scalarReader(document, join(pointer, 'properties', key))]),
  )
  const others = isObject(schema.additionalProperties)
    ? scalarReader(document, join(pointer, 'additionalProperties'))
    : (text: string) => text
  const lists = new Set(
    Object.keys(properties).filter((key) => typesOf(document, join(pointer, 'properties', key)).includes('array')),
  )
  const validate = validatorOf(document, parameter.schema)
  return (values, flaws) => {
    const pairs = pairsOf(values, parameter, Object.keys(properties), flaws)
    if (pairs.length === 0) return undefined
    const before = flaws.length
    const result: Record<string, unknown> = {}
    for (const [key, text] of pairs) {
      if (key === '__proto__') continue
      if (lists.has(key)) result[key] = [...((result[key] as unknown[] | undefined) ?? []), text]
      else if (Object.hasOwn(result, key))
        flaws.push({ pointer: join('', key), code: 'duplicate', expected: 'one value', received: 'several' })
      else result[key] = (readers.get(key) ?? others)(text, join('', key), flaws)
    }
    if (flaws.length === before) flaws.push(...validate(result))
    return result
  }
}

function pairsOf(
  values: Query,
  { name, in: place, style, explode }: Parameter,
  keys: readonly string[],
  flaws: Flaw[],
): [string, string][] {
  if (style === 'deepObject') return deepPairs(values, name, flaws)
  if (place === 'query' && explode)
    return keys.flatMap((key) =>
      (values.get(key) ?? []).map((raw): [string, string] => [key, decoded(raw, flaws) ?? '']),
    )
  const raw = only(values, name, flaws)
  if (raw === undefined) return []
  const delimiter = delimiters[style] ?? ','
  const texts = (place === 'path' || place === 'header' ? raw : (decoded(raw, flaws) ?? ''))
    .split(delimiter)
    .map((text) => text.trim())
  if (explode)
    return texts.map((text): [string, string] => [text.split('=', 1)[0] as string, text.slice(text.indexOf('=') + 1)])
  return texts.flatMap((text, index): [string, string][] => (index % 2 === 0 ? [[text, texts[index + 1] ?? '']] : []))
}

/** `name[key]=text`, and `name[key][]=text` for a list. Deeper nesting is not defined by OpenAPI and is left alone. */
function deepPairs(values: Query, name: string, flaws: Flaw[]): [string, string][] {
  const pairs: [string, string][] = []
  for (const [full, given] of values) {
    if (!full.startsWith(`${name}[`)) continue
    const key = /^\[([^[\]]+)\](?:\[\])?$/.exec(full.slice(name.length))?.[1]
    if (key !== undefined) for (const raw of given) pairs.push([key, decoded(raw, flaws) ?? ''])
  }
  return pairs
}
