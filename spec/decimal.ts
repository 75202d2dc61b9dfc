/**
 * An exact decimal number: a bigint counting 10⁻¹² (so 1.25 is 1_250_000_000_000n). Add and compare with `+`, `-`, `<`.
 * Twelve places hold any price × quantity that an invoice API writes.
 */
export type Decimal = bigint

const places = 12
const one = 10n ** BigInt(places)
const powers = Array.from({ length: places + 1 }, (_, exponent) => 10n ** BigInt(exponent))
const power = (exponent: number): bigint => powers[exponent] ?? 10n ** BigInt(exponent)

const shape = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/**
 * Returns the decimal that a JSON number or a decimal text stands for, or `undefined` where it is none.
 * A number is read by its shortest text, so 19.99 is exactly 19.99.
 */
export function parseDecimal(value: unknown): Decimal | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value) * one
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const parts = shape.exec(String(value))
  if (!parts) return undefined
  const fraction = parts[3] ?? ''
  const shift = places - fraction.length + Number(parts[4] ?? 0)
  if (shift > 400) return undefined
  const digits = BigInt(parts[2] + fraction)
  const scaled = shift >= 0 ? digits * power(shift) : divide(digits, power(-shift))
  return parts[1] === '-' ? -scaled : scaled
}

/** Returns `numerator / denominator` rounded half up, away from zero below it (so a credit note mirrors its invoice). */
function divide(numerator: bigint, denominator: bigint): bigint {
  const half = denominator / 2n
  return numerator < 0n ? -((-numerator + half) / denominator) : (numerator + half) / denominator
}

/** Returns the exact product, rounded half up at the twelfth place. */
export const multiply = (left: Decimal, right: Decimal): Decimal => divide(left * right, one)

/** Returns the decimal rounded half up to so many places. */
export const round = (value: Decimal, exponent: number): Decimal =>
  divide(value, power(places - exponent)) * power(places - exponent)

/** Returns the decimal that an amount in minor units stands for. */
export const fromMinor = (minor: number | bigint, exponent: number): Decimal => BigInt(minor) * power(places - exponent)

/** Returns an amount in minor units, rounded half up. */
export const toMinor = (value: Decimal, exponent: number): number => Number(divide(value, power(places - exponent)))

/** Returns how many decimals a JSON number or a decimal text has, zeros at the end left out: 2 for 19.90 and `19.99`, 17 for 0.30000000000000004; `undefined` where it is none. */
export function decimalsOf(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const parts = shape.exec(String(value))
  if (!parts) return undefined
  const fraction = (parts[3] ?? '').replace(/0+$/, '')
  return Math.max(0, fraction.length - Number(parts[4] ?? 0))
}

/** Returns the shortest text of a decimal with at least so many places: `formatDecimal(d, 2)` is `121.00`. */
export function formatDecimal(value: Decimal, exponent = 0): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '').padEnd(exponent, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -places)}${fraction && '.'}${fraction}`
}
