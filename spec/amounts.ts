// Exact decimals and amounts in minor units, with the decimal places of each currency (ISO 4217).

/**
 * An exact decimal number: a bigint counting 10⁻¹² (so 1.25 is 1_250_000_000_000n). Add and compare with `+`, `-`, `<`.
 * Twelve places hold any price × quantity that an invoice API writes.
 */
export type Decimal = bigint

const decimalPlaces = 12
const one = 10n ** BigInt(decimalPlaces)
const powersOfTen = Array.from({ length: decimalPlaces + 1 }, (_, exponent) => 10n ** BigInt(exponent))
const power = (exponent: number): bigint => powersOfTen[exponent] ?? 10n ** BigInt(exponent)

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
  const shift = decimalPlaces - fraction.length + Number(parts[4] ?? 0)
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
  divide(value, power(decimalPlaces - exponent)) * power(decimalPlaces - exponent)

/** Returns the decimal that an amount in minor units stands for. */
export const fromMinor = (minor: number | bigint, exponent: number): Decimal =>
  BigInt(minor) * power(decimalPlaces - exponent)

/** Returns an amount in minor units, rounded half up. */
export const toMinor = (value: Decimal, exponent: number): number =>
  Number(divide(value, power(decimalPlaces - exponent)))

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
  const digits = (value < 0n ? -value : value).toString().padStart(decimalPlaces + 1, '0')
  const fraction = digits.slice(-decimalPlaces).replace(/0+$/, '').padEnd(exponent, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -decimalPlaces)}${fraction && '.'}${fraction}`
}

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

const unitsByExponent = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]

/** Returns the number of minor units in one major unit. */
export const unitsOf = (exponent: number): number => unitsByExponent[exponent] ?? 10 ** exponent

/** Returns an amount of minor units as a JSON number in major units: 1999 with exponent 2 is 19.99. */
export const toMajor = (minor: number, exponent: number): number =>
  Number.isInteger(minor) ? minor / unitsOf(exponent) : Number(formatMajor(minor, exponent))

/**
 * Returns an amount of minor units as decimal text in major units with all its places: `19.99`, `5.00`. A price may be finer than the
 * currency: 1.23 with exponent 2 is `0.0123`.
 */
export function formatMajor(minor: number, exponent: number): string {
  if (exponent === 0) return String(minor)
  const [whole = '0', finer = ''] = String(minor < 0 ? -minor : minor).split('.')
  const digits = whole.padStart(exponent + 1, '0')
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}${finer}`
}

/** Decimal places that differ from two, ISO 4217 list one. A table, because `Intl` follows CLDR (IQD 0, not 3). */
const codesByExponent: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

const exponents = new Map(
  Object.entries(codesByExponent).flatMap(([exponent, codes]) =>
    codes.split(' ').map((code) => [code, Number(exponent)] as const),
  ),
)

/** Returns the number of decimal places of a currency's minor unit (ISO 4217): JPY 0, USD 2, KWD 3, CLF 4. Any letter case. */
export const exponentOf = (currency: string): number => exponents.get(currency) ?? find(currency)

function find(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return exponents.get(currency.toUpperCase()) ?? 2
  // Every amount asks for its currency again.
  exponents.set(currency, 2)
  return 2
}
