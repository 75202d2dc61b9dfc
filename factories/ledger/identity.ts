// Identities: encrypts keys into UUIDs, numbers and tokens, and decrypts them, so that an id leads to its entry without a table.
import { failure } from '../../spec/index.ts'
import { mix, Random } from '../random.ts'
import type { Seed } from '../random.ts'
import { flatten } from './text.ts'

const half = 67_108_864 // 2²⁶
const rounds = 4

/** A number of 52 bits as two halves of 26 bits, which fit the integer arithmetic of the language. */
interface Halves {
  readonly high: number
  readonly low: number
}

/** A permutation of the whole numbers below 2⁵², and a keyed checksum. */
interface Cipher {
  /** Returns the image of a number. */
  readonly encrypt: (plain: number) => Halves
  /** Returns the number that has this image. */
  readonly decrypt: (image: Halves) => number
  /** Returns a checksum of 32 bits of an image; each `salt` gives another. */
  readonly checksum: (image: Halves, salt: number) => number
}

/** Returns the permutation keyed by a source of randomness: a balanced Feistel network, its own inverse with the round keys reversed. */
function cipherOf(random: Random): Cipher {
  const keys = Int32Array.from({ length: rounds }, () => random.bits())
  const seal = random.bits()
  const scramble = (value: number, round: number): number => mix(value ^ (keys[round] as number)) >>> 6
  return {
    encrypt: (plain) => {
      let high = Math.floor(plain / half)
      let low = plain % half
      for (let round = 0; round < rounds; round++) [high, low] = [low, high ^ scramble(low, round)]
      return { high, low }
    },
    decrypt: (image) => {
      let { high, low } = image
      for (let round = rounds - 1; round >= 0; round--) [high, low] = [low ^ scramble(high, round), high]
      return high * half + low
    },
    checksum: ({ high, low }, salt) => mix(mix(seal ^ Math.imul(high, 0x9e3779b1) ^ salt) ^ Math.imul(low, 0x85ebca77)),
  }
}

const hexBytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

const pair = (word: number, shift: number): string =>
  (hexBytes[(word >>> (shift + 8)) & 255] as string) + (hexBytes[(word >>> shift) & 255] as string)

/** Returns the image of a key as a UUID of version 4 (RFC 9562): 52 bits carry the key, the other 70 are its checksum. */
function writeUuid(image: Halves, { checksum }: Cipher): string {
  const [first, second, third] = [checksum(image, 1), checksum(image, 2), checksum(image, 3)]
  const head = (image.high << 6) | (first & 63)
  const tail = (image.low << 6) | ((first >>> 6) & 63)
  const middle = (second & 0xffff0fff) | 0x4000
  const variant = (third & 0x3fffffff) | 0x80000000
  return `${pair(head, 16)}${pair(head, 0)}-${pair(middle, 16)}-${pair(middle, 0)}-${pair(variant, 16)}-${pair(variant, 0)}${pair(tail, 16)}${pair(tail, 0)}`
}

/** Returns the image that a UUID in either letter case may carry, undefined for any other text. The caller writes it again and compares. */
function readUuid(text: string): Halves | undefined {
  if (!uuidShape.test(text)) return undefined
  return { high: Number.parseInt(text.slice(0, 8), 16) >>> 6, low: Number.parseInt(text.slice(28), 16) >>> 6 }
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const base = alphabet.length
const width = 6
const checks = 512 // nine bits in each half; 26 + 9 bits fit six digits of base 62
const tokenShape = /^[0-9A-Za-z]{12}$/

/** Returns the image of a key as twelve letters and digits, case-sensitive: 52 bits carry the key, 18 are its checksum. */
function writeToken(image: Halves, { checksum }: Cipher): string {
  const check = checksum(image, 4)
  return writeDigits(image.high * checks + (check & 511)) + writeDigits(image.low * checks + ((check >>> 9) & 511))
}

/** Returns the image that a token may carry, undefined for any other text. The caller writes it again and compares. */
function readToken(text: string): Halves | undefined {
  if (!tokenShape.test(text)) return undefined
  const [high, low] = [readDigits(text, 0), readDigits(text, width)]
  return high < 67_108_864 && low < 67_108_864 ? { high, low } : undefined
}

/** Two digits at a time: half the divisions. */
const digitPairs = Array.from(
  { length: base * base },
  (_, value) => alphabet.charAt(Math.floor(value / base)) + alphabet.charAt(value % base),
)

function writeDigits(value: number): string {
  const high = Math.floor(value / digitPairs.length)
  const highest = Math.floor(high / digitPairs.length)
  return `${digitPairs[highest]}${digitPairs[high - highest * digitPairs.length]}${digitPairs[value - high * digitPairs.length]}`
}

function readDigits(text: string, from: number): number {
  let value = 0
  for (let place = from; place < from + width; place++) value = value * base + alphabet.indexOf(text.charAt(place))
  return Math.floor(value / checks)
}

/** Digits of ULIDs: Crockford's base 32. */
const ulidDigits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ulidShape = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/

/** Returns the 128 bits of a UUID as the 26 digits of a ULID. */
function asUlid(uuid: string): string {
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`)
  let text = ''
  for (let place = 0; place < 26; place++) {
    text = ulidDigits.charAt(Number(rest & 31n)) + text
    rest >>= 5n
  }
  return text
}

/** Returns the UUID whose 128 bits a ULID has, undefined for any other text. */
function fromUlid(text: string): string | undefined {
  if (!ulidShape.test(text)) return undefined
  const bits = [...text].reduce((sum, digit) => (sum << 5n) | BigInt(ulidDigits.indexOf(digit)), 0n)
  const hex = bits.toString(16).padStart(32, '0')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/**
 * How an API writes identities: a UUID, a whole number, a prefix and a token (`inv_8kQ2vd…`), a bare token, 26 digits of base 32 in
 * capitals (ULID), or the same in small letters (TypeID). The last two have a prefix where one is given.
 */
export type IdentityForm = 'uuid' | 'integer' | 'prefixed' | 'token' | 'ulid' | 'typeid'

/** The greatest key that has an identity: 2⁵⁰. The least is −1, the seller. */
export const greatestKey = 1_125_899_906_842_624

interface Kind {
  readonly cipher: Cipher
  /** The integer form of key 0: a small number that differs from kind to kind. */
  readonly offset: number
  /** What was written of late, by the last bits of the key: one answer names the same thing again and again. */
  readonly recent: (Written | undefined)[]
}

interface Written {
  readonly key: number
  readonly form: IdentityForm
  readonly prefix: string
  readonly text: string
  readonly json: string
}

const remembered = 64

/** Identities of a seed: keys of things to texts and numbers and back, in O(1), without a table. */
export class Identities {
  readonly #random: Random
  readonly #kinds = new Map<string, Kind>()

  constructor(seed: Seed) {
    this.#random = Random.of(seed).at('identity')
  }

  /**
   * Returns the identity of a thing: the same for the same seed, kind and key, another for every other.
   * @param kind what it is the identity of: `invoice`, `party`, `email`; kinds share no UUID
   * @param key −1 to 2⁵⁰
   * @param prefix written before a `prefixed` identity: `inv_`
   * @throws Failure for a key out of range.
   */
  encode(kind: string, key: number, form: IdentityForm, prefix = ''): string | number {
    checkKey(kind, key)
    const kindOf = this.#kindOf(kind)
    return form === 'integer' ? kindOf.offset + key : writtenIn(kindOf, key, form, prefix).text
  }

  /** Returns the same identity as JSON text. */
  write(kind: string, key: number, form: IdentityForm, prefix = ''): string {
    return form === 'integer'
      ? String(this.encode(kind, key, form))
      : (checkKey(kind, key), writtenIn(this.#kindOf(kind), key, form, prefix).json)
  }

  /**
   * Returns the key that an identity stands for, undefined where it is none of this seed, kind and form.
   * A number may come as text, as in a path; a UUID in either letter case.
   */
  decode(kind: string, value: unknown, form: IdentityForm, prefix = ''): number | undefined {
    const { cipher, offset } = this.#kindOf(kind)
    if (form === 'integer') return keyIn(readInteger(value) - offset)
    if (typeof value !== 'string') return undefined
    const isPrefixed = hasPrefix(form)
    if (isPrefixed && !value.startsWith(prefix)) return undefined
    const text = isPrefixed ? value.slice(prefix.length) : form === 'uuid' ? value.toLowerCase() : value
    const image = readImage(text, form)
    if (!image) return undefined
    return writeImage(image, cipher, form) === text ? keyIn(cipher.decrypt(image) - 1) : undefined
  }

  #kindOf(kind: string): Kind {
    const known = this.#kinds.get(kind)
    if (known) return known
    const random = this.#random.at(kind)
    const made = {
      cipher: cipherOf(random),
      offset: random.int(1_000, 9_999),
      recent: Array.from<Written | undefined>({ length: remembered }),
    }
    this.#kinds.set(kind, made)
    return made
  }
}

function checkKey(kind: string, key: number): void {
  if (key >= -1 && key <= greatestKey && Number.isInteger(key)) return
  throw failure(`encode an identity of "${kind}"`, {
    expected: 'a whole number from -1 to 2^50',
    received: String(key),
  })
}

const hasPrefix = (form: IdentityForm): boolean => form === 'prefixed' || form === 'ulid' || form === 'typeid'

function writeImage(image: Halves, cipher: Cipher, form: IdentityForm): string {
  if (form === 'uuid') return writeUuid(image, cipher)
  if (form === 'ulid') return asUlid(writeUuid(image, cipher))
  return form === 'typeid' ? asUlid(writeUuid(image, cipher)).toLowerCase() : writeToken(image, cipher)
}

function readImage(text: string, form: IdentityForm): Halves | undefined {
  if (form === 'uuid') return readUuid(text)
  if (form !== 'ulid' && form !== 'typeid') return readToken(text)
  const uuid = form === 'ulid' || text === text.toLowerCase() ? fromUlid(text.toUpperCase()) : undefined
  return uuid === undefined ? undefined : readUuid(uuid)
}

function writtenIn({ cipher, recent }: Kind, key: number, form: IdentityForm, prefix: string): Written {
  const place = key & (remembered - 1)
  const known = recent[place]
  if (known?.key === key && known.form === form && known.prefix === prefix) return known
  const image = cipher.encrypt(key + 1)
  const text = (hasPrefix(form) ? prefix : '') + writeImage(image, cipher, form)
  return (recent[place] = { key, form, prefix, text, json: flatten(`"${text}"`) })
}

const keyIn = (key: number): number | undefined => (key >= -1 && key <= greatestKey ? key : undefined)

function readInteger(value: unknown): number {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number.NaN
  return typeof value === 'string' && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : Number.NaN
}
