import { digitsOf } from './pattern.ts'

/** Returns the sum of digits times weights. */
export const weigh = (text: string, weights: readonly number[]): number =>
  digitsOf(text).reduce((sum, digit, index) => sum + digit * (weights[index] ?? 0), 0)

/** Returns the check digit of ISO/IEC 7812 (Luhn) for a body without one. */
export function luhn(body: string): number {
  const sum = digitsOf(body)
    .reverse()
    .reduce((total, digit, index) => total + (index % 2 === 0 ? doubled(digit) : digit), 0)
  return (10 - (sum % 10)) % 10
}

const doubled = (digit: number): number => (digit > 4 ? digit * 2 - 9 : digit * 2)

/** Returns the check digit of ISO 7064 MOD 11,10 for a body without one. */
export function mod1110(body: string): number {
  const product = digitsOf(body).reduce((carry, digit) => {
    const sum = (digit + carry) % 10
    return ((sum === 0 ? 10 : sum) * 2) % 11
  }, 10)
  return (11 - product) % 10
}

/** Returns the remainder of an alphanumeric text modulo 97, letters counting from A = 10 (ISO 7064 MOD 97-10). */
export const mod97 = (text: string): number =>
  text.split('').reduce((rest, sign) => {
    const value = Number.parseInt(sign, 36)
    return (value > 9 ? rest * 100 + value : rest * 10 + value) % 97
  }, 0)

/**
 * Returns a digit that is wrong where `right` would be right: the number keeps its form, and no register can ever
 * have assigned it.
 */
export const wrong = (right: number, size = 10): number => (right + 1 + (right % 3)) % size
