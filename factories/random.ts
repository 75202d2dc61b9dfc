// Keyed randomness: the same key gives the same draws, whatever else was drawn.

/** A seed of the public interface: a number or a word. */
export type Seed = number | string

/** Returns a 32-bit hash of a text (FNV-1a with a final mix); equal on every platform. */
export function hashText(text: string, basis = 0x811c9dc5): number {
  let hash = basis
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return mix(hash)
}

/** Returns the number spread over all 32 bits (the finaliser of MurmurHash3), unsigned. */
export function mix(value: number): number {
  let hash = value | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Returns the hash of two numbers in order. Keys may exceed 32 bits: the high part counts. */
export function mix2(left: number, right: number): number {
  const high = right >= 0 && right < 4_294_967_296 ? 0 : Math.imul(Math.floor(right / 4_294_967_296), 0x27d4eb2f)
  return mix(Math.imul(left ^ 0x9e3779b9, 0x85ebca6b) ^ mix((right | 0) ^ high))
}

/**
 * A keyed source of randomness. `at(key)` gives the source of a place; the same seed and keys give the same draws,
 * whatever else was drawn before. A new key reshuffles nothing.
 */
export class Random {
  readonly #key: number
  #state: number

  constructor(key: number) {
    this.#key = key >>> 0
    this.#state = key | 0
  }

  /** Returns the source of a seed. */
  static of(seed: Seed): Random {
    return new Random(typeof seed === 'number' ? mix2(0x70726f66, seed) : hashText(seed))
  }

  /** The 32 bits that tell this place from all others. */
  get key(): number {
    return this.#key
  }

  /** Returns the source of a place below this one. */
  at(key: string | number): Random {
    return new Random(mix2(this.#key, typeof key === 'number' ? key : hashText(key)))
  }

  /** Returns the next 32 bits. */
  bits(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    return mix(this.#state)
  }

  /** Returns a number from 0 up to, not including, 1. */
  float(): number {
    return this.bits() / 4_294_967_296
  }

  /** Returns a whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    const span = high - low + 1
    if (span <= 4_294_967_296) return low + Math.floor(this.float() * span)
    const wide = this.bits() * 2_097_152 + (this.bits() >>> 11) // 53 bits
    return low + Math.floor((wide / 9_007_199_254_740_992) * span)
  }

  /** Returns true with the given probability. */
  chance(probability: number): boolean {
    return this.float() < probability
  }

  /** Returns one of a list that has at least one item. */
  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)] as T
  }

  /** Returns one of a list, each as likely as its weight says. */
  weighted<T>(list: readonly { readonly weight: number; readonly value: T }[]): T {
    let rest = this.float() * list.reduce((sum, { weight }) => sum + weight, 0)
    for (const { weight, value } of list) {
      rest -= weight
      if (rest < 0) return value
    }
    return (list.at(-1) as { value: T }).value
  }
}
