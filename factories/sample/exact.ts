/** A finite number as it is written in decimal: units × 10^-places. */
export interface Exact {
  readonly units: bigint
  readonly places: number
}

/** Returns the decimal that a finite number is written as. */
export function exactOf(value: number): Exact {
  const [digits = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = digits.split('.')
  const places = fraction.length - Number(exponent)
  const units = BigInt(whole + fraction)
  return places >= 0 ? { units, places } : { units: units * 10n ** BigInt(-places), places: 0 }
}

/** Returns how many units of 10^-places a decimal is; places must suffice for it. */
export const unitsAt = ({ units, places }: Exact, at: number): bigint => units * 10n ** BigInt(at - places)

/** Returns the number nearest to units × 10^-places. */
export function numberOf(units: bigint, places: number): number {
  if (places === 0) return Number(units)
  return Number(`${units}e-${places}`)
}

/** Returns the quotient rounded down. The divisor is positive. */
export const floorDivide = (value: bigint, by: bigint): bigint => value / by - (value % by < 0n ? 1n : 0n)

/** Returns the greatest common divisor of two positive numbers. */
export const divisorOf = (left: bigint, right: bigint): bigint => (right === 0n ? left : divisorOf(right, left % right))

/** Tells whether validators that divide in floating point, or take the remainder, call it a multiple too. */
export function isPlainMultiple(value: number, of: number): boolean {
  const [quotient, remainder] = [value / of, Math.abs(value % of)]
  return quotient === Number.parseInt(String(quotient), 10) && Math.min(remainder, of - remainder) < of * 1e-7
}
