// What a schema says of the values of a place, and how well they fit a kind of value.

import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import { join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import type { Kind } from '../roles.ts'
import { nameMeaning } from './dictionary.ts'

/** What a schema says of the values of a place, references followed and combinators laid together. */
export interface SchemaFacts {
  readonly types: ReadonlySet<string>
  readonly format: string | undefined
  readonly pattern: string | undefined
  readonly words: readonly unknown[] | undefined
  /** Names of the words of an enum, where the document gives them: `x-enum-varnames`, or titles of constants. */
  readonly wordNames: readonly string[] | undefined
  readonly description: string
  /** All that is said of it, also where its schema is stated. */
  readonly remarks: string
  readonly examples: readonly unknown[]
  readonly maximum: number | undefined
  /** Properties as objects state them: where each one's schema is referred to. */
  readonly properties: ReadonlyMap<string, Pointer>
  readonly items: Pointer | undefined
  /** The name of the schema that is referred to, if any. */
  readonly called: string | undefined
}

interface Growing {
  types: Set<string>
  format: string | undefined
  pattern: string | undefined
  words: unknown[] | undefined
  wordNames: string[] | undefined
  description: string
  remarks: string
  examples: unknown[]
  maximum: number | undefined
  properties: Map<string, Pointer>
  items: Pointer | undefined
}

/** Returns a function that gives the facts of any schema of a document, found once. */
export function factsIn(document: Document): (pointer: Pointer) => SchemaFacts {
  const known = new Map<Pointer, SchemaFacts>()
  return (pointer) => {
    const before = known.get(pointer)
    if (before) return before
    const facts = factsAt(document, pointer)
    known.set(pointer, facts)
    return facts
  }
}

function factsAt(document: Document, pointer: Pointer): SchemaFacts {
  const facts: Growing = {
    types: new Set(),
    format: undefined,
    pattern: undefined,
    words: undefined,
    wordNames: undefined,
    description: '',
    remarks: '',
    examples: [],
    maximum: undefined,
    properties: new Map(),
    items: undefined,
  }
  const seen = new Set<Pointer>()
  const { pointer: target } = resolve(document, pointer)
  gather(document, pointer, facts, seen)
  return { ...facts, called: target === pointer ? undefined : target.split('/').at(-1) }
}

function gather(document: Document, stated: Pointer, facts: Growing, seen: Set<Pointer>): void {
  const own = valueAt(document, stated)
  if (typeof own?.description === 'string') facts.description ||= own.description
  if (typeof own?.description === 'string') facts.remarks += ` ${own.description}`
  if (own?.example !== undefined) facts.examples.push(own.example)
  const { pointer, value: schema } = resolve(document, stated)
  if (!isObject(schema) || seen.has(pointer)) return
  seen.add(pointer)
  for (const type of [schema.type].flat()) if (typeof type === 'string') facts.types.add(type)
  if (typeof schema.format === 'string') facts.format ??= schema.format
  if (typeof schema.pattern === 'string') facts.pattern ??= schema.pattern
  if (typeof schema.maximum === 'number') facts.maximum ??= schema.maximum
  if (typeof schema.description === 'string') facts.description ||= schema.description
  if (typeof schema.description === 'string' && own !== schema) facts.remarks += ` ${schema.description}`
  if (Array.isArray(schema.enum)) facts.words = [...(facts.words ?? []), ...(schema.enum as unknown[])]
  const names = schema['x-enum-varnames'] ?? schema['x-enumNames']
  if (Array.isArray(names)) facts.wordNames ??= names.map(String)
  if (schema.const !== undefined) {
    facts.words = [...(facts.words ?? []), schema.const]
    if (typeof schema.title === 'string') facts.wordNames = [...(facts.wordNames ?? []), schema.title]
  }
  if (schema.example !== undefined && own !== schema) facts.examples.push(schema.example)
  if (Array.isArray(schema.examples)) facts.examples.push(...(schema.examples as unknown[]))
  if (isObject(schema.properties))
    for (const name of Object.keys(schema.properties))
      if (!facts.properties.has(name)) facts.properties.set(name, join(pointer, 'properties', name))
  if (isObject(schema.items)) facts.items ??= join(pointer, 'items')
  for (const keyword of ['allOf', 'anyOf', 'oneOf'])
    if (Array.isArray(schema[keyword]))
      for (const index of schema[keyword].keys()) gather(document, join(pointer, keyword, index), facts, seen)
}

function valueAt(document: Document, pointer: Pointer): Record<string, unknown> | undefined {
  let here: unknown = document
  for (const step of pointer.split('/').slice(1))
    here =
      isObject(here) || Array.isArray(here)
        ? (here as Record<string, unknown>)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
        : undefined
  return isObject(here) ? here : undefined
}

const decimal = /^-?\d+\.\d+$/
const decimals = /^\d+(?:\.\d+)?$/
const isDecimal = (one: unknown): boolean => typeof one === 'string' && decimal.test(one)
const day = /^\d{4}-\d\d-\d\d$/
/** `/Date(1518685950940+0000)/` */
export const msDate = /^\/Date\(-?\d+(?:[+-]\d{4})?\)\/$/
const moment = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/

/** An object that is an amount: the number and the currency beside it. */
export interface MoneyObject {
  readonly amount: string
  readonly currency: string
  /** The number is called after the minor unit: `cents`, `amount_minor`. */
  readonly isMinor: boolean
}

const has = ({ types }: SchemaFacts, ...names: string[]): boolean => names.some((name) => types.has(name))

/** Names of the number in an amount: `amount`, `value`, `cents`, `minor`, `amount_minor`. */
const numbers = new Set(['', 'amount', 'number', 'total', 'quantity'])

/** Returns how an object spells an amount of money, or `undefined` for one that is something else. */
export function moneyIn(
  { properties }: SchemaFacts,
  factsOf: (pointer: string) => SchemaFacts,
): MoneyObject | undefined {
  if (properties.size < 2 || properties.size > 5) return undefined
  const names = [...properties.keys()]
  const currency =
    names.find((name) => nameMeaning(wordsOf(name)).words.includes('currency')) ??
    (names.length === 2 ? names.find((name) => /^(?:iso_?)?(?:code|4217)$|^iso$/i.test(name)) : undefined)
  const isNumber = (name: string): boolean => {
    const { words, isMinor } = nameMeaning(wordsOf(name))
    const text = words.join(' ')
    // "units" stands for a quantity elsewhere; beside a currency and called minor it is the number.
    return name !== currency && numbers.has(text) && (isMinor || (text !== '' && text !== 'quantity'))
  }
  const amount = names.find(isNumber)
  if (currency === undefined || amount === undefined) return undefined
  if (!has(factsOf(properties.get(currency) as string), 'string')) return undefined
  return has(factsOf(properties.get(amount) as string), 'object', 'array', 'boolean')
    ? undefined
    : { amount, currency, isMinor: nameMeaning(wordsOf(amount)).isMinor }
}

/** Returns how well values of a place fit a sort of value, from 0 (not at all) to 1. */
export function fitOf(kind: Kind, facts: SchemaFacts, words: readonly string[]): number {
  const numeric = has(facts, 'number', 'integer')
  const text = has(facts, 'string')
  if (facts.types.size === 0 && facts.properties.size === 0) return kind === 'text' || kind === 'amount' ? 0.85 : 0.7
  switch (kind) {
    case 'amount':
    case 'quantity':
    case 'rate':
    case 'ratio':
      if (numeric) return isMomentNumber(facts) ? 0 : 1
      if (facts.words) return kind === 'rate' && facts.words.every((word) => decimals.test(String(word))) ? 0.95 : 0
      return text ? decimalText(facts) : 0
    case 'count':
      return numeric ? 1 : text && /^\d+$/.test(String(facts.examples[0] ?? '')) ? 0.9 : 0
    case 'date':
    case 'instant':
      return dateFit(kind, facts, words)
    case 'flag':
      return has(facts, 'boolean') ? 1 : 0
    case 'code':
      if (!facts.words && text && facts.examples.length > 0 && facts.examples.every(isDecimal)) return 0
      return facts.words || text ? 1 : numeric ? 0.9 : has(facts, 'boolean') ? 0.5 : 0
    case 'id':
      return has(facts, 'boolean', 'number', 'object', 'array') || isDateText(facts) ? 0 : text || numeric ? 1 : 0
    case 'text':
      if (facts.format === 'uuid') return 0
      return text && !isDateText(facts) && !facts.words ? 1 : text && facts.words ? 0.7 : 0
    default:
      return 0
  }
}

const isDateText = ({ format, examples }: SchemaFacts): boolean =>
  format === 'date' ||
  format === 'date-time' ||
  examples.some((one) => typeof one === 'string' && msDate.test(one)) ||
  examples.some((one) => typeof one === 'string' && day.test(one.slice(0, 10)) && (day.test(one) || moment.test(one)))

/** `2026-0001`, `INV-00042`: a number for people, by an example. */
export const looksPrinted = ({ examples }: SchemaFacts): boolean =>
  examples.some(
    (one) =>
      typeof one === 'string' &&
      (/^[A-Z]{1,6}[-/ ]?\d{3,}$/.test(one) || /^(?:[A-Z]{1,6}[-/ ])?(?:19|20)\d\d[-/.]\d{2,}$/.test(one)),
  ) && !examples.some((one) => typeof one === 'string' && day.test(one))

/** Seconds since 1970, by format, description or the size of an example. */
export const isMomentNumber = ({ types, format, description, examples }: SchemaFacts): boolean =>
  (types.has('integer') || types.has('number')) &&
  (/unix|epoch|timestamp/i.test(format ?? '') ||
    /\b(?:unix|epoch)\b|seconds since|milliseconds since/i.test(description) ||
    examples.some(
      (one) =>
        typeof one === 'number' && one > 1e9 && one < 3e12 && Number.isInteger(one) && /time|date/i.test(description),
    ))

function dateFit(kind: 'date' | 'instant', facts: SchemaFacts, words: readonly string[]): number {
  const { format, types } = facts
  if (types.has('string')) {
    if (format === 'date') return kind === 'date' ? 1 : 0.95
    if (format === 'date-time') return kind === 'instant' ? 1 : 0.97
    if (isDateText(facts) || /date|time/i.test(format ?? '') || /\[0-9\]\{4\}-|\\d\{4\}-/.test(facts.pattern ?? ''))
      return 0.97
    if (facts.words || (format !== undefined && format !== '')) return 0
    return words.some((word) => word === 'date' || word === 'at' || word === 'created' || word === 'modified')
      ? 0.92
      : 0.5
  }
  if (types.has('integer') || types.has('number'))
    return isMomentNumber(facts)
      ? 1
      : words.some((word) => word === 'date' || word === 'at')
        ? 0.85
        : words.includes('created')
          ? 0.85
          : 0
  return 0
}

/** A text that holds a decimal number says so by format, pattern, example or description. */
function decimalText({ format, pattern, examples, description }: SchemaFacts): number {
  if (format !== undefined && /^(?:date|time|uuid|uri|email)/.test(format)) return 0
  if (format !== undefined && /decimal|money|amount|currency|numeric|number|float|double|int64|int32/i.test(format))
    return 1
  if (pattern !== undefined) return /\\d|0-9/.test(pattern) && !/[A-Za-z]\w*\$/.test(pattern) ? 0.98 : 0
  if (examples.some((one) => typeof one === 'string' && (decimal.test(one) || /^-?\d+$/.test(one)))) return 0.98
  if (examples.length > 0 || /\b(?:id|identifier|uuid|reference to)\b/i.test(description)) return 0
  return /decimal|amount|total|price|sum|percent/i.test(description) ? 0.9 : 0.86
}
