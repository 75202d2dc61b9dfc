// Functions that validators call which are written ahead of time.

import { isObject } from '../document.ts'

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
