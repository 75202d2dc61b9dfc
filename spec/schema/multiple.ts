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
