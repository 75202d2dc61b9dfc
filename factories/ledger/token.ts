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

function digits(value: number): string {
  let [rest, text] = [value, '']
  for (let place = 0; place < width; place++) {
    const next = Math.floor(rest / base)
    text = alphabet.charAt(rest - next * base) + text
    rest = next
  }
  return text
}

function number(text: string, from: number): number {
  let value = 0
  for (let place = from; place < from + width; place++) value = value * base + alphabet.indexOf(text.charAt(place))
  return Math.floor(value / checks)
}
