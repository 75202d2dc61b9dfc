// Problems of a request, in words.

import { hiddenValue, isConfidentialName, withoutConfidential } from '../confidential.ts'
import { split } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'

/** Where in a request something is wrong. */
type ProblemPlace = 'path' | 'query' | 'header' | 'cookie' | 'body'

/** Something wrong with a value: what was expected, what was there. */
export interface Flaw {
  /** Where in the value, in the API's own spelling; `''` for the whole of it. */
  readonly pointer: Pointer
  /** The schema keyword that is not met, or `duplicate`, `encoding`, `json`, `mediaType`, `depth`, `length`, `effort`. */
  readonly code: string
  /** `an integer`, `at most 200`. */
  readonly expected: string
  /** The value as JSON, cut short and without credentials; the empty text where there was none. */
  readonly received: string
}

/** Something wrong with a request. */
export interface Problem extends Flaw {
  readonly in: ProblemPlace
  /** Name of the parameter; `body` for the body. */
  readonly name: string
  /** One sentence: `expected at most 200 but received 500`. */
  readonly message: string
}

/** Returns a flaw as a problem of a place in the request. */
export const toProblem = (place: ProblemPlace, name: string, flaw: Flaw): Problem => ({
  in: place,
  name,
  ...flaw,
  message: `Expected ${flaw.expected} but received ${flaw.received === '' ? 'none' : flaw.received}.`,
})

/** Returns a value of a request as it is shown: as short JSON, without what nobody is to see. @param pointer where it stands */
export const shownValue = (value: unknown, pointer: Pointer): string =>
  split(pointer).some(isConfidentialName) ? hiddenValue : shortJson(withoutConfidential(value))

/** Returns a value as short JSON. */
export function shortJson(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : (JSON.stringify(value) ?? '')
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

const units: Readonly<Record<string, readonly [string, string]>> = {
  minLength: ['at least', 'characters'],
  maxLength: ['at most', 'characters'],
  minItems: ['at least', 'items'],
  maxItems: ['at most', 'items'],
  minProperties: ['at least', 'properties'],
  maxProperties: ['at most', 'properties'],
}

/** Returns what a schema keyword asks for, in words: `at least 1`, `one of asc, desc`. */
export function expectation(keyword: string, value: unknown): string {
  const unit = units[keyword]
  if (unit) return `${unit[0]} ${String(value)} ${unit[1]}`
  switch (keyword) {
    case 'type':
      return [value]
        .flat()
        .map((type) => articles[String(type)] ?? String(type))
        .join(' or ')
    case 'enum':
      return `one of ${list(value)}`
    case 'const':
      return shortJson(value)
    case 'minimum':
      return `at least ${String(value)}`
    case 'maximum':
      return `at most ${String(value)}`
    case 'exclusiveMinimum':
      return `more than ${String(value)}`
    case 'exclusiveMaximum':
      return `less than ${String(value)}`
    case 'multipleOf':
      return `a multiple of ${String(value)}`
    case 'pattern':
      return `a text that matches ${String(value)}`
    case 'format':
      return `a text in the format ${String(value)}`
    case 'required':
      return 'a value'
    case 'uniqueItems':
      return 'items that differ'
    case 'additionalProperties':
      return 'no property of that name'
    default:
      return `what ${keyword} asks for`
  }
}

const articles: Readonly<Record<string, string>> = {
  integer: 'an integer',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
}

function list(values: unknown): string {
  const texts = Array.isArray(values)
    ? values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    : []
  return texts.length > 12 ? `${texts.slice(0, 12).join(', ')}, …` : texts.join(', ')
}
