// Turns texts into the values that a schema says, and finds what is wrong with them.

import { hiddenValue, isConfidentialFormat } from '../confidential.ts'
import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import { atPointer, join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { engineOf } from '../schema/engine.ts'
import type { Issue } from '../schema/issue.ts'
import { expectation, shortJson, shownValue } from './problem.ts'
import type { Flaw } from './problem.ts'

/** Texts by the names of a form, nested as `lines[0][price]` says; a name that comes several times has several. */
type Field = unknown

/** A name and its text. */
export type Pair = readonly [name: string, value: unknown]

/** Returns names and texts as a tree: `a[b][0]=c`, `a[]=c`, and a name that comes several times. */
export function treeOf(pairs: Iterable<Pair>, maxDepth: number): Record<string, Field> | undefined {
  const root: Record<string, Field> = {}
  for (const [name, value] of pairs) {
    const steps = stepsOf(name)
    if (steps.length > maxDepth) return undefined
    let here = root
    for (const [index, step] of steps.entries()) {
      // `a[]=1&a[]=2`: each is one more.
      const key = step === '' ? String(Object.keys(here).length) : step
      if (key === '__proto__') break
      const known = Object.hasOwn(here, key) ? here[key] : undefined
      if (index === steps.length - 1) here[key] = known === undefined ? value : [known, value].flat()
      else {
        const next = isTree(known) ? known : {}
        here[key] = next
        here = next
      }
    }
  }
  return root
}

/** Deeper names (`a[b][c]…`) are left out. */
const deepestForm = 64

/** Returns a form (`application/x-www-form-urlencoded`) as the value that a schema says: numbers, flags, lists and objects out of its texts. */
export const formValue = (document: Document, schema: Pointer, text: string): unknown =>
  cast(document, [schema], treeOf(new URLSearchParams(text), deepestForm) ?? {})

const isTree = (value: Field): value is Record<string, Field> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function stepsOf(name: string): string[] {
  const open = name.indexOf('[')
  if (open <= 0 || !/^(?:\[[^[\]]*\])+$/.test(name.slice(open))) return [name]
  return [name.slice(0, open), ...name.slice(open + 1, -1).split('][')]
}

/**
 * Returns a tree of texts as the value that schemas say: numbers, flags and lists out of texts, JSON where an object is asked for.
 * What cannot be read stays text, for a validator to judge.
 *
 * @param pointers where the schemas stand that it may have
 */
export function cast(document: Document, pointers: readonly Pointer[], field: Field): unknown {
  const types = new Set(pointers.flatMap((pointer) => typesOf(document, pointer)))
  const parts = pointers.flatMap((pointer) => schemaParts(document, pointer))
  if (Array.isArray(field)) return field.map((element) => cast(document, itemsOf(parts), element))
  if (isTree(field)) {
    const isList = types.has('array') || (types.size === 0 && !parts.some(({ schema }) => schema.properties))
    const keys = Object.keys(field)
    if (isList && keys.length > 0 && keys.every((key) => /^\d+$/.test(key)))
      return Object.values(field).map((element) => cast(document, itemsOf(parts), element))
    return Object.fromEntries(keys.map((key) => [key, cast(document, propertyIn(parts, key), field[key])]))
  }
  if (typeof field !== 'string') return field
  for (const pointer of pointers) {
    const flaws: [] = []
    const value = scalarReader(document, pointer)(field, '', flaws)
    if (flaws.length === 0) return value
  }
  if (types.has('string')) return field
  const json = types.has('object') || types.has('array') ? parse(field) : undefined
  if (json !== undefined) return json
  return types.has('array') ? [cast(document, itemsOf(parts), field)] : field
}

function parse(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Returns the value that a text of a parameter stands for; adds what is wrong with it to the flaws. */
export type ReadText = (text: string, pointer: Pointer, flaws: Flaw[]) => unknown

/**
 * Returns the reader of a single value. Of the values that a text can stand for, the first valid one wins: 5 before "5".
 */
export function scalarReader(document: Document, pointer: Pointer): ReadText {
  const types = typesOf(document, pointer)
  const validate = flawFinder(document, pointer)
  const candidates = types.length === 0 ? ['string'] : order.filter((type) => types.includes(type))
  return (text, place, flaws) => {
    let last: readonly Flaw[] = [
      { pointer: '', code: 'type', expected: expectation('type', candidates), received: shortJson(text) },
    ]
    for (const type of candidates) {
      const value = parseAs(type, text)
      if (value === undefined) continue
      last = type === 'integer' && !Number.isSafeInteger(value) ? [tooLong] : validate(value)
      if (last.length === 0) return value
    }
    const received = last.some((flaw) => flaw.received === hiddenValue) ? hiddenValue : shownValue(text, place)
    flaws.push(...last.map((flaw) => ({ ...flaw, pointer: place + flaw.pointer, received })))
    return undefined
  }
}

const tooLong: Flaw = { pointer: '', code: 'format', expected: 'an integer of at most 15 digits', received: '' }

const order = ['integer', 'number', 'boolean', 'null', 'object', 'array', 'string']
const integer = /^-?(?:0|[1-9]\d*)$/
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Returns a text as a value of a type, or `undefined` where it is none. */
function parseAs(type: string, text: string): unknown {
  switch (type) {
    case 'string':
      return text
    // Adding zero makes -0 plain.
    case 'integer':
      return integer.test(text) ? Number(text) + 0 : undefined
    case 'number':
      return number.test(text) && Number.isFinite(Number(text)) ? Number(text) + 0 : undefined
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'null':
      return text === 'null' ? null : undefined
    default:
      return undefined
  }
}

/** Returns the types that a schema allows, through references and branches; none where it does not say. */
export function typesOf(document: Document, pointer: Pointer, depth = 0): readonly string[] {
  const { pointer: here, value: schema } = resolve(document, pointer)
  if (!isObject(schema) || depth > 8) return []
  if (schema.type !== undefined) return [schema.type].flat().map(String)
  const branches = (keyword: string): string[] =>
    Array.isArray(schema[keyword])
      ? schema[keyword].flatMap((_, index) => typesOf(document, join(here, keyword, index), depth + 1))
      : []
  const stated = [...branches('allOf'), ...branches('anyOf'), ...branches('oneOf')]
  const samples =
    stated.length > 0 ? [] : Array.isArray(schema.enum) ? schema.enum : 'const' in schema ? [schema.const] : []
  return [...new Set([...stated, ...samples.map((sample) => (sample === null ? 'null' : typeof sample))])]
}

/** A schema without its branches, and where it stands. */
interface SchemaPart {
  readonly pointer: Pointer
  readonly schema: Readonly<Record<string, unknown>>
}

/** Returns a schema and the branches of its `allOf`, `anyOf` and `oneOf`, references followed. */
export function schemaParts(document: Document, pointer: Pointer, depth = 0): readonly SchemaPart[] {
  const { pointer: here, value: schema } = resolve(document, pointer)
  if (!isObject(schema) || depth > 8) return []
  const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) =>
    Array.isArray(schema[keyword])
      ? schema[keyword].flatMap((_, index) => schemaParts(document, join(here, keyword, index), depth + 1))
      : [],
  )
  return [{ pointer: here, schema }, ...branches]
}

/** Returns where the schemas of an array's elements stand. */
export const itemsOf = (parts: readonly SchemaPart[]): Pointer[] =>
  parts.flatMap(({ pointer, schema }) => (isObject(schema.items) ? [join(pointer, 'items')] : []))

/** Returns the names of an object's properties. */
export const propertyNames = (parts: readonly SchemaPart[]): string[] => [
  ...new Set(parts.flatMap(({ schema: { properties } }) => Object.keys(isObject(properties) ? properties : {}))),
]

/** Returns where the schemas of a property stand: those of its name, else those of all others. */
export function propertyIn(parts: readonly SchemaPart[], name: string): Pointer[] {
  const own = parts.flatMap(({ pointer, schema: { properties } }) =>
    isObject(properties) && Object.hasOwn(properties, name) ? [join(pointer, 'properties', name)] : [],
  )
  return own.length > 0
    ? own
    : parts.flatMap(({ pointer, schema }) =>
        isObject(schema.additionalProperties) ? [join(pointer, 'additionalProperties')] : [],
      )
}

/** Returns what is wrong with a value; nothing when it is valid. */
type FindFlaws = (value: unknown) => Flaw[]

/** Flaws that are told of one value. */
const mostFlaws = 20

/** Returns the check of a request value against the schema at a pointer. */
export function flawFinder(document: Document, pointer: Pointer): FindFlaws {
  const check = engineOf(document, { direction: 'request' }).at(pointer)
  return (value) =>
    check
      .errors(value)
      .slice(0, mostFlaws)
      .map((issue) => flawOf(issue, value, isConfidential(document, issue, pointer)))
}

/** Tells whether the schema that asks, or the whole of what is judged, says that its value is shown to nobody. */
function isConfidential(document: Document, { home, pointer, keyword, asked }: Issue, whole: Pointer): boolean {
  if (keyword === 'format') return isConfidentialFormat(asked)
  const place = home ?? (pointer === '' ? whole : undefined)
  const { value } = place === undefined ? { value: undefined } : resolve(document, place)
  return isObject(value) && isConfidentialFormat(value.format)
}

function flawOf({ pointer, keyword, asked, fitting }: Issue, value: unknown, isHidden: boolean): Flaw {
  const received = atPointer(value, pointer)
  const isChoice = Array.isArray(asked) && fitting === undefined && (keyword === 'anyOf' || keyword === 'oneOf')
  return {
    pointer,
    code: keyword === 'false' ? 'additionalProperties' : keyword,
    expected: expectation(isChoice ? 'type' : keyword === 'false' ? 'additionalProperties' : keyword, asked),
    received: received === undefined ? '' : isHidden ? hiddenValue : shownValue(received, pointer),
  }
}
