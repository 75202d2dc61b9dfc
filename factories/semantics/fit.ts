// Brings a suggested value within the bounds, length and pattern of its schema.

import type { Clue } from './clue.ts'

/** Longest text a pattern of a document is tried on. */
const longest = 2_000

/** Tells whether a value keeps to the bounds, length and pattern of a place. Formats and combinators are left to the sampler. */
export function fits({ schema, types }: Clue, value: unknown): boolean {
  const isAny = types.size === 0
  if (typeof value === 'string') return (isAny || types.has('string')) && fitsText(schema, value)
  if (typeof value !== 'number') return true
  return (
    (isAny || types.has('number') || (types.has('integer') && Number.isInteger(value))) && fitsNumber(schema, value)
  )
}

function fitsText({ minLength, maxLength, pattern }: Clue['schema'], value: string): boolean {
  if (typeof minLength === 'number' && [...value].length < minLength) return false
  if (typeof maxLength === 'number' && value.length > maxLength && [...value].length > maxLength) return false
  return typeof pattern !== 'string' || (value.length <= longest && matches(pattern, value))
}

const compiled = new Map<string, RegExp | null>()

function matches(pattern: string, value: string): boolean {
  let expression = compiled.get(pattern)
  if (expression === undefined) {
    expression = compilePattern(pattern)
    if (compiled.size > 5_000) compiled.clear()
    compiled.set(pattern, expression)
  }
  return expression === null || expression.test(value)
}

/** A pattern that cannot be read is the sampler's business. */
function compilePattern(pattern: string): RegExp | null {
  try {
    return new RegExp(pattern, 'u')
  } catch {
    return null
  }
}

function fitsNumber(schema: Clue['schema'], value: number): boolean {
  const { low, high } = boundsOf(schema)
  if (
    !Number.isFinite(value) ||
    value < low ||
    value > high ||
    value === schema.exclusiveMinimum ||
    value === schema.exclusiveMaximum
  )
    return false
  const step = schema.multipleOf
  return typeof step !== 'number' || Math.abs(value / step - Math.round(value / step)) < 1e-9
}

/** Returns the least and greatest number of a place; infinite where it states none. */
function boundsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Clue['schema']): {
  low: number
  high: number
} {
  const given = (...values: unknown[]): number[] => values.filter((value) => typeof value === 'number')
  return {
    low: Math.max(-Infinity, ...given(minimum, exclusiveMinimum)),
    high: Math.min(Infinity, ...given(maximum, exclusiveMaximum)),
  }
}

/** Returns the first spelling of a value that keeps to a place: as it is, in the other letter case, without spaces, or digits alone. */
export function fitting(clue: Clue, value: unknown): unknown {
  if (value !== undefined && value !== '' && fits(clue, value)) return value
  return spellings(clue, value).find((spelling) => spelling !== undefined && spelling !== '' && fits(clue, spelling))
}

function spellings({ schema, isWhole }: Clue, value: unknown): unknown[] {
  if (typeof value === 'number') return [value, moved(schema, value, isWhole)]
  if (typeof value !== 'string') return [value]
  return [value, value.toUpperCase(), value.toLowerCase(), value.replaceAll(/[\s-]/g, ''), value.replaceAll(/\D/g, '')]
}

/** Moves a number between the bounds and onto a multiple, so that it stays as spread as it was. */
function moved(schema: Clue['schema'], value: number, isWhole: boolean): number {
  const { low, high } = boundsOf(schema)
  const step = typeof schema.multipleOf === 'number' ? schema.multipleOf : isWhole ? 1 : undefined
  const span = high - low
  const beyond = value < low ? low + Math.abs(value) : high - Math.abs(value)
  const wrapped = span === 0 ? low : Number.isFinite(span) ? low + (Math.abs(value - low) % span) : beyond
  const inside = value >= low && value <= high ? value : wrapped
  if (step === undefined) return Math.round(inside * 100) / 100
  const whole = Math.round(inside / step) * step
  const places = (/\.(\d+)/.exec(String(step))?.[1] ?? '').length
  return Number((whole < low ? whole + step : whole > high ? whole - step : whole).toFixed(places))
}

/** Returns a text cut to a length at the end of a word, if it is to be had. */
export function cutAtWord(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = [...text].slice(0, length).join('')
  const space = cut.lastIndexOf(' ')
  return (space > length / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:–-]+$/, '')
}
