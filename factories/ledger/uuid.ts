import type { Cipher, Halves } from './cipher.ts'

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

const pair = (word: number, shift: number): string =>
  (bytes[(word >>> (shift + 8)) & 255] as string) + (bytes[(word >>> shift) & 255] as string)

/** Returns the image of a key as a UUID of version 4 (RFC 9562): 52 bits carry the key, the other 70 vouch for it. */
export function writeUuid(image: Halves, { vouch }: Cipher): string {
  const [first, second, third] = [vouch(image, 1), vouch(image, 2), vouch(image, 3)]
  const head = (image.high << 6) | (first & 63)
  const tail = (image.low << 6) | ((first >>> 6) & 63)
  const middle = (second & 0xffff0fff) | 0x4000
  const variant = (third & 0x3fffffff) | 0x80000000
  return `${pair(head, 16)}${pair(head, 0)}-${pair(middle, 16)}-${pair(middle, 0)}-${pair(variant, 16)}-${pair(variant, 0)}${pair(tail, 16)}${pair(tail, 0)}`
}

/** Returns the image that a UUID in either letter case may carry, undefined for any other text. The caller writes it again and compares. */
export function readUuid(text: string): Halves | undefined {
  if (!shape.test(text)) return undefined
  return { high: Number.parseInt(text.slice(0, 8), 16) >>> 6, low: Number.parseInt(text.slice(28), 16) >>> 6 }
}
