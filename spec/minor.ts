/** Amounts as integers of a currency's minor unit, in plain numbers: what the ledger computes with. */

/**
 * Returns `a × b ÷ divisor` rounded half up, away from zero below it; the one rounding of the ledger.
 * Exact: products beyond 2⁵³ go through bigint. All arguments are integers, `divisor` is positive.
 */
export function multiplyDivide(a: number, b: number, divisor: number): number {
  const product = a * b
  if (product > Number.MAX_SAFE_INTEGER - divisor || product < divisor - Number.MAX_SAFE_INTEGER)
    return exactly(a, b, divisor)
  const size = product < 0 ? -product : product
  const quotient = (size - (size % divisor)) / divisor
  const rounded = (size % divisor) * 2 >= divisor ? quotient + 1 : quotient
  return product < 0 ? 0 - rounded : rounded
}

function exactly(a: number, b: number, divisor: number): number {
  const product = BigInt(a) * BigInt(b)
  const size = product < 0n ? -product : product
  const rounded = Number((size * 2n + BigInt(divisor)) / (2n * BigInt(divisor)))
  return product < 0n ? 0 - rounded : rounded
}

const powers = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]

/** Returns the number of minor units in one major unit. */
export const unitsOf = (exponent: number): number => powers[exponent] ?? 10 ** exponent

/** Returns an amount of minor units as a JSON number in major units: 1999 with exponent 2 is 19.99. */
export const toMajor = (minor: number, exponent: number): number => minor / unitsOf(exponent)

/** Returns an amount of minor units as decimal text in major units with all its places: `19.99`, `5.00`. */
export function formatMajor(minor: number, exponent: number): string {
  if (exponent === 0) return String(minor)
  const digits = String(minor < 0 ? -minor : minor).padStart(exponent + 1, '0')
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}
