import { parseDay, parseInstant } from '../date.ts'
import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import { isPattern } from '../pattern.ts'
import { join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { expectation, shorten } from './problem.ts'
import type { Flaw } from './problem.ts'
import { validatorOf } from './validator.ts'

/** Returns the value that a text of a parameter stands for; adds what is wrong with it to the flaws. */
export type ReadText = (text: string, pointer: Pointer, flaws: Flaw[]) => unknown

type Check = (value: never) => string | undefined

const annotations = new Set([
  'type',
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  '$comment',
  'readOnly',
  'writeOnly',
  'xml',
  'externalDocs',
])

/** Returns the reader of a single value: a few closures for plain schemas, the validator for all others. */
export function scalarReader(document: Document, pointer: Pointer): ReadText {
  const { pointer: here, value } = resolve(document, pointer)
  const schema = isObject(value) ? value : {}
  const types = typesOf(document, here)
  const [type = 'string'] = types
  const checks = types.length < 2 ? checksOf(schema, type) : undefined
  return checks ? plainReader(type, checks) : validatingReader(types, validatorOf(document, pointer))
}

function plainReader(type: string, checks: readonly (readonly [string, Check])[]): ReadText {
  const expected = expectation('type', type)
  return (text, pointer, flaws) => {
    const value = parseAs(type, text)
    if (value === undefined) {
      flaws.push({ pointer, code: 'type', expected, received: shorten(text) })
      return undefined
    }
    for (const [code, check] of checks) {
      const expectedHere = check(value as never)
      if (expectedHere === undefined) continue
      flaws.push({ pointer, code, expected: expectedHere, received: shorten(text) })
      return undefined
    }
    return value
  }
}

/** Of the values that a text can stand for, the first valid one wins: 5 before "5". */
function validatingReader(types: readonly string[], validate: (value: unknown) => Flaw[]): ReadText {
  const candidates = types.length === 0 ? ['string'] : order.filter((type) => types.includes(type))
  return (text, pointer, flaws) => {
    let last: Flaw[] = [
      { pointer: '', code: 'type', expected: expectation('type', candidates), received: shorten(text) },
    ]
    for (const type of candidates) {
      const value = parseAs(type, text)
      if (value === undefined) continue
      last = validate(value)
      if (last.length === 0) return value
    }
    flaws.push(...last.map((flaw) => ({ ...flaw, pointer: pointer + flaw.pointer })))
    return undefined
  }
}

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

/** Returns the checks of a schema, or `undefined` where it says more than these closures know. */
function checksOf(schema: Record<string, unknown>, type: string): (readonly [string, Check])[] | undefined {
  const checks: (readonly [string, Check])[] =
    type === 'integer'
      ? [['format', (value: number) => (Number.isSafeInteger(value) ? undefined : 'an integer of at most 15 digits')]]
      : []
  if (!['string', 'integer', 'number', 'boolean'].includes(type)) return undefined
  for (const [keyword, value] of Object.entries(schema)) {
    if (annotations.has(keyword) || keyword.startsWith('x-')) continue
    const check = checkOf(keyword, value, type)
    if (!check) return undefined
    checks.push([keyword, check])
  }
  return checks
}

function checkOf(keyword: string, value: unknown, type: string): Check | undefined {
  const expected = expectation(keyword, value)
  const unless =
    (holds: (value: never) => boolean): Check =>
    (given) =>
      holds(given) ? undefined : expected
  const bound = Number(value)
  if (keyword === 'enum' && Array.isArray(value)) {
    const words = new Set<unknown>(value)
    return unless((given: unknown) => words.has(given))
  }
  if (keyword === 'const') return unless((given: unknown) => given === value)
  if (type === 'integer' || type === 'number') {
    if (keyword === 'minimum') return unless((given: number) => given >= bound)
    if (keyword === 'maximum') return unless((given: number) => given <= bound)
    if (keyword === 'exclusiveMinimum') return unless((given: number) => given > bound)
    if (keyword === 'exclusiveMaximum') return unless((given: number) => given < bound)
    if (keyword === 'format') return () => undefined
  }
  if (type !== 'string') return undefined
  // Characters, not UTF-16 units (JSON Schema Validation, 6.3); a text has no more characters than units.
  if (keyword === 'minLength')
    return unless((given: string) => given.length >= bound && Array.from(given).length >= bound)
  if (keyword === 'maxLength')
    return unless((given: string) => given.length <= bound || Array.from(given).length <= bound)
  if (keyword === 'pattern') return patternCheck(value, expected)
  if (keyword === 'format') return formatCheck(String(value), expected)
  return undefined
}

function patternCheck(value: unknown, expected: string): Check {
  const pattern = isPattern(value) ? new RegExp(value, 'u') : undefined
  return (given: string) => (!pattern || pattern.test(given) ? undefined : expected)
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const formats: Readonly<Record<string, (text: string) => boolean>> = {
  uuid: (text) => uuid.test(text),
  date: (text) => parseDay(text) !== undefined,
  'date-time': (text) => text.length > 10 && parseInstant(text) !== undefined,
}

function formatCheck(format: string, expected: string): Check | undefined {
  const holds = Object.hasOwn(formats, format) ? formats[format] : undefined
  return holds && ((given: string) => (holds(given) ? undefined : expected))
}
