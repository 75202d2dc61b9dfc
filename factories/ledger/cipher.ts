import { mix } from '../random.ts'
import type { Random } from '../random.ts'

const half = 67_108_864 // 2²⁶
const rounds = 4

/** A number of 52 bits as two halves of 26 bits, which fit the integer arithmetic of the language. */
export interface Halves {
  readonly high: number
  readonly low: number
}

/** A permutation of the whole numbers below 2⁵², and a hash that tells it from every other. */
export interface Cipher {
  /** Returns the image of a number. */
  readonly encrypt: (plain: number) => Halves
  /** Returns the number that has this image. */
  readonly decrypt: (image: Halves) => number
  /** Returns 32 bits that vouch for an image; each `salt` gives others. */
  readonly vouch: (image: Halves, salt: number) => number
}

/** Returns the permutation keyed by a source of randomness: a balanced Feistel network, its own inverse with the round keys reversed. */
export function cipherOf(random: Random): Cipher {
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
    vouch: ({ high, low }, salt) => mix(mix(seal ^ Math.imul(high, 0x9e3779b1) ^ salt) ^ Math.imul(low, 0x85ebca77)),
  }
}
