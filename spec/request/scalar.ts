import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import { join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { expectation, shorten } from './problem.ts'
import type { Flaw } from './problem.ts'
import { validatorOf } from './validator.ts'

/** Returns the value that a text of a parameter stands for; adds what is wrong with it to the flaws. */
export type ReadText = (text: string, pointer: Pointer, flaws: Flaw[]) => unknown

/**
 * Returns the reader of a single value. Of the values that a text can stand for, the first valid one wins: 5 before "5".
 */
export function scalarReader(document: Document, pointer: Pointer): ReadText {
  const types = typesOf(document, pointer)
  const validate = validatorOf(document, pointer)
  const candidates = types.length === 0 ? ['string'] : order.filter((type) => types.includes(type))
  return (text, place, flaws) => {
    let last: readonly Flaw[] = [
      { pointer: '', code: 'type', expected: expectation('type', candidates), received: shorten(text) },
    ]
    for (const type of candidates) {
      const value = parseAs(type, text)
      if (value === undefined) continue
      last = type === 'integer' && !Number.isSafeInteger(value) ? [tooLong] : validate(value)
      if (last.length === 0) return value
    }
    flaws.push(...last.map((flaw) => ({ ...flaw, pointer: place + flaw.pointer, received: shorten(text) })))
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
