import type { Cipher, Halves } from './cipher.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const base = alphabet.length
const width = 6
const checks = 512 // nine bits in each half; 26 + 9 bits fit six digits of base 62
const shape = /^[0-9A-Za-z]{12}$/

/** Returns the image of a key as twelve letters and digits, case-sensitive: 52 bits carry the key, 18 vouch for it. */
export function writeToken(image: Halves, { vouch }: Cipher): string {
  const check = vouch(image, 4)
  return digits(image.high * checks + (check & 511)) + digits(image.low * checks + ((check >>> 9) & 511))
}

/** Returns the image that a token may carry, undefined for any other text. The caller writes it again and compares. */
export function readToken(text: string): Halves | undefined {
  if (!shape.test(text)) return undefined
  const [high, low] = [number(text, 0), number(text, width)]
  return high < 67_108_864 && low < 67_108_864 ? { high, low } : undefined
}

/** Two digits at a time: half the divisions. */
const pairs = Array.from(
  { length: base * base },
  (_, value) => alphabet.charAt(Math.floor(value / base)) + alphabet.charAt(value % base),
)

function digits(value: number): string {
  const high = Math.floor(value / pairs.length)
  const highest = Math.floor(high / pairs.length)
  return `${pairs[highest]}${pairs[high - highest * pairs.length]}${pairs[value - high * pairs.length]}`
}

function number(text: string, from: number): number {
  let value = 0
  for (let place = from; place < from + width; place++) value = value * base + alphabet.indexOf(text.charAt(place))
  return Math.floor(value / checks)
}
