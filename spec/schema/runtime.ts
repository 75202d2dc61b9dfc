// Functions that validators call which are written ahead of time.

import { isObject } from '../document.ts'

export { spend } from '../pattern/effort.ts'
export { patternOf } from '../pattern/pattern.ts'
export { formats } from './formats.ts'
export { issuesOf } from './issue.ts'

/** Returns how many characters a text has, where JavaScript counts UTF-16 units (JSON Schema Validation, 6.3). */
export function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}

/** Returns errors with one more. */
export function noted(errors: unknown[] | null, error: unknown): unknown[] {
  if (errors === null) return [error]
  errors.push(error)
  return errors
}

/** Tells whether two JSON values are equal, as JSON Schema sees it: objects by members in any order, numbers by value. */
export function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (Array.isArray(left))
    return (
      Array.isArray(right) && left.length === right.length && left.every((item, index) => equal(item, right[index]))
    )
  if (!isObject(left) || !isObject(right)) return false
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && equal(left[name], right[name]))
  )
}

/** Returns a JSON value as a text, the same for all that are equal to it. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.keys(value).toSorted()
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`
}

/** JSON values by value: whether one is there takes no longer for many than for few. */
class ValueSet {
  readonly #plain = new Set<unknown>()
  readonly #texts = new Set<string>()

  get size(): number {
    return this.#plain.size + this.#texts.size
  }

  add(value: unknown): void {
    if (typeof value === 'object' && value !== null) this.#texts.add(canonical(value))
    else this.#plain.add(value)
  }

  has(value: unknown): boolean {
    return typeof value === 'object' && value !== null
      ? this.#texts.size > 0 && this.#texts.has(canonical(value))
      : this.#plain.has(value)
  }
}

/** Tells whether no two items of a list are equal. */
export function areUnique(list: readonly unknown[]): boolean {
  const seen = new ValueSet()
  for (const item of list) seen.add(item)
  return seen.size === list.length
}

const words = new WeakMap<readonly unknown[], ValueSet>()

/** Tells whether a list of a document, which stays as it is, holds a value equal to this one. */
export function isAmong(list: readonly unknown[], value: unknown): boolean {
  let known = words.get(list)
  if (!known) {
    known = new ValueSet()
    for (const word of list) known.add(word)
    words.set(list, known)
  }
  return known.has(value)
}

/** Tells whether a list holds a value equal to this one. */
export const includes = (list: readonly unknown[], value: unknown): boolean => list.some((item) => equal(item, value))

/** Returns a copy of a JSON value that shares nothing with it. */
export function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy)
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copy(item)])) : value
}

/**
 * Tells whether a number is a multiple of a step, both read as the decimals they are written as: 19.99 is a multiple of 0.01,
 * although 19.99 / 0.01 is 1998.9999999999998 in floating point.
 */
export function isMultiple(step: number, value: number): boolean {
  if (!Number.isFinite(value) || step === 0) return false
  if (Number.isSafeInteger(step) && Number.isSafeInteger(value)) return value % step === 0
  const inverse = Math.round(1 / step)
  const count = Math.round(value * inverse)
  if (1 / inverse === step && Number.isSafeInteger(count) && isPowerOfTen(inverse)) return count / inverse === value
  const [digits, exponent] = decimalOf(value)
  const [stepDigits, stepExponent] = decimalOf(step)
  const least = Math.min(exponent, stepExponent)
  return (digits * 10n ** BigInt(exponent - least)) % (stepDigits * 10n ** BigInt(stepExponent - least)) === 0n
}

const isPowerOfTen = (value: number): boolean => /^10*$/.test(String(value))

/** Returns digits and exponent of the shortest text of a number. */
function decimalOf(value: number): [digits: bigint, exponent: number] {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return [BigInt(whole + fraction), Number(exponent) - fraction.length]
}
