// Reads parameters by their style (OpenAPI 3.1, Style Values).

import { percentDecoded } from '../quote.ts'
import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import type { Parameter } from '../operation.ts'
import { join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import {
  cast,
  flawFinder,
  itemsOf,
  propertyIn,
  propertyNames,
  scalarReader,
  schemaParts,
  treeOf,
  typesOf,
} from './cast.ts'
import type { Pair, ReadText } from './cast.ts'
import { expectation, shortJson } from './problem.ts'
import type { Flaw } from './problem.ts'

/**
 * Returns a parameter's value out of the values of its place; `undefined` where it is absent or wrong, and what is wrong
 * with it among the flaws.
 */
export type ReadValue = (values: QueryValues, flaws: Flaw[]) => unknown

/** Returns the reader of a parameter, by its style and schema (OpenAPI 3.1, Style Values). */
export function valueReader(document: Document, parameter: Parameter): ReadValue {
  if (parameter.style === 'content') return jsonReader(document, parameter)
  const types = typesOf(document, parameter.schema).filter((type) => type !== 'null')
  const readers: ReadValue[] = []
  if (types.includes('object')) readers.push(objectReader(document, parameter))
  if (types.includes('array')) readers.push(arrayReader(document, parameter))
  if (types.length === 0 || types.some((type) => type !== 'object' && type !== 'array'))
    readers.push(singleReader(parameter, scalarReader(document, parameter.schema)))
  const read = readers.length === 1 ? (readers[0] as ReadValue) : firstOf(readers)
  return parameter.in === 'path' && prefixes[parameter.style] ? unprefixed(parameter, read) : read
}

/** Where a schema has a choice of list, object and single value, the first reading without a flaw counts. */
const firstOf =
  (readers: readonly ReadValue[]): ReadValue =>
  (values, flaws) => {
    let last: Flaw[] = []
    for (const read of readers) {
      const own: Flaw[] = []
      const value = read(values, own)
      if (own.length > 0) last = own
      else if (value !== undefined) return value
    }
    flaws.push(...last)
    return undefined
  }

const prefixes: Readonly<Record<string, string>> = { label: '.', matrix: ';' }

/** Returns a reader of `.3,4`, `.3.4`, `;ids=3,4` and `;ids=3;ids=4` as it would read `3,4` (RFC 6570, 3.2.5 and 3.2.7). */
function unprefixed({ name, style, explode }: Parameter, read: ReadValue): ReadValue {
  const prefix = prefixes[style] as string
  return (values, flaws) => {
    const text = values.get(name)?.[0]
    if (text === undefined) return read(values, flaws)
    if (!text.startsWith(prefix)) {
      flaws.push({
        pointer: '',
        code: 'style',
        expected: `a text that begins with "${prefix}"`,
        received: shortJson(text),
      })
      return undefined
    }
    const pieces = explode ? text.slice(1).split(prefix) : [text.slice(1)]
    const own =
      style === 'matrix'
        ? pieces.map((piece) => (piece.startsWith(`${name}=`) ? piece.slice(name.length + 1) : piece))
        : pieces
    return read(new Map([[name, [own.join(',')]]]), flaws)
  }
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
  const validate = flawFinder(document, schema)
  return (values, flaws) => {
    const raw = only(values, name, flaws)
    const text = raw === undefined || place === 'path' || place === 'header' ? raw : decoded(raw, flaws)
    if (text === undefined) return undefined
    try {
      const value = JSON.parse(text) as unknown
      flaws.push(...validate(value))
      return value
    } catch {
      flaws.push({ pointer: '', code: 'json', expected: 'JSON', received: shortJson(text) })
      return undefined
    }
  }
}

function only(values: QueryValues, name: string, flaws: Flaw[]): string | undefined {
  const given = values.get(name)
  if (given && given.length > 1)
    flaws.push({ pointer: '', code: 'duplicate', expected: 'one value', received: `${given.length} values` })
  return given?.length === 1 ? given[0] : undefined
}

function decoded(raw: string, flaws: Flaw[]): string | undefined {
  const text = decodeComponent(raw)
  if (text === undefined)
    flaws.push({
      pointer: '',
      code: 'encoding',
      expected: 'well-formed percent-encoding of UTF-8',
      received: shortJson(raw),
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
  const parts = schemaParts(document, parameter.schema)
  const schema: Record<string, unknown> = parts[0]?.schema ?? {}
  const items = itemsOf(parts)
  const readers = items.map((pointer) => scalarReader(document, pointer))
  const read: ReadText = (text, place, flaws) => (readers.length > 0 ? readText(readers, text, place, flaws) : text)
  const isFree = items.length === 0 || items.some((pointer) => isFreeText(document, pointer))
  const brackets = `${parameter.name}[]`
  const validate = Object.keys(schema).every((keyword) => quiet.has(keyword) || keyword.startsWith('x-'))
    ? undefined
    : flawFinder(document, parameter.schema)
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

/** Returns the first value that a text can be without a flaw. */
function readText(readers: readonly ReadText[], text: string, place: Pointer, flaws: Flaw[]): unknown {
  let last: Flaw[] = []
  for (const read of readers) {
    last = []
    const value = read(text, place, last)
    if (last.length === 0) return value
  }
  flaws.push(...last)
  return undefined
}

/** Free text may hold commas of its own. */
function isFreeText(document: Document, items: Pointer): boolean {
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
  if (parameter.style === 'deepObject') return deepReader(document, parameter)
  const parts = schemaParts(document, parameter.schema)
  const properties = propertyNames(parts)
  const readers = new Map(
    properties.map((key) => [key, propertyIn(parts, key).map((pointer) => scalarReader(document, pointer))]),
  )
  const others = parts.flatMap(({ pointer, schema }) =>
    isObject(schema.additionalProperties) ? [scalarReader(document, join(pointer, 'additionalProperties'))] : [],
  )
  const lists = new Set(
    properties.filter((key) => propertyIn(parts, key).some((pointer) => typesOf(document, pointer).includes('array'))),
  )
  const validate = flawFinder(document, parameter.schema)
  return (values, flaws) => {
    const pairs = pairsOf(values, parameter, properties, flaws)
    if (pairs.length === 0) return undefined
    const before = flaws.length
    const result: Record<string, unknown> = {}
    for (const [key, text] of pairs) {
      if (key === '__proto__') continue
      if (lists.has(key)) result[key] = [...((result[key] as unknown[] | undefined) ?? []), text]
      else if (Object.hasOwn(result, key))
        flaws.push({ pointer: join('', key), code: 'duplicate', expected: 'one value', received: 'several' })
      else {
        const own = readers.get(key) ?? others
        result[key] = own.length > 0 ? readText(own, text, join('', key), flaws) : text
      }
    }
    if (flaws.length === before) flaws.push(...validate(result))
    return result
  }
}

function pairsOf(
  values: QueryValues,
  { name, in: place, style, explode }: Parameter,
  keys: readonly string[],
  flaws: Flaw[],
): [string, string][] {
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

/** `name[key]=text`, `name[key][]=text` for a list, and `name[key][gte]=text` as the clients of many APIs write it. */
function deepReader(document: Document, { name, schema }: Parameter): ReadValue {
  const validate = flawFinder(document, schema)
  return (values, flaws) => {
    const pairs: Pair[] = []
    for (const [full, given] of values) {
      if (!full.startsWith(`${name}[`) || !full.endsWith(']')) continue
      for (const raw of given) pairs.push([full, decoded(raw, flaws) ?? ''])
    }
    const fields = treeOf(pairs, deepest)?.[name]
    if (fields === undefined || typeof fields !== 'object') return undefined
    const value = cast(document, [schema], fields)
    flaws.push(...validate(value))
    return value
  }
}

/** Levels of brackets that are read. */
const deepest = 8

/** Raw values of a query by decoded name, in order; `&` and the first `=` are read, the rest is still encoded. */
export type QueryValues = ReadonlyMap<string, readonly string[]>

const none: QueryValues = new Map()

/** Returns the parameters of a query string, with or without its `?`. */
export function parseQuery(query: string | URLSearchParams): QueryValues {
  const text = typeof query === 'string' ? (query.startsWith('?') ? query.slice(1) : query) : query.toString()
  if (text === '') return none
  const parameters = new Map<string, string[]>()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const raw = equals < 0 ? pair : pair.slice(0, equals)
    const name = decodeComponent(raw) ?? raw
    const value = equals < 0 ? '' : pair.slice(equals + 1)
    const values = parameters.get(name)
    if (values) values.push(value)
    else parameters.set(name, [value])
  }
  return parameters
}

/** Returns the cookies of a `Cookie` header by name, values still encoded (RFC 6265, 5.4). */
export function parseCookies(header: string | null | undefined): QueryValues {
  if (!header) return none
  const cookies = new Map<string, string[]>()
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals < 0) continue
    const name = pair.slice(0, equals).trim()
    const value = pair.slice(equals + 1).trim()
    const values = cookies.get(name)
    if (values) values.push(value)
    else cookies.set(name, [value])
  }
  return cookies
}

/** Returns a percent-encoded text decoded, `+` as a space, or `undefined` where it is not well encoded. */
export function decodeComponent(raw: string): string | undefined {
  const text = raw.includes('+') ? raw.replaceAll('+', ' ') : raw
  return text.includes('%') ? percentDecoded(text) : text
}
