const size = 624
const distance = 397

/**
 * Draws numbers as Faker does: the Mersenne Twister MT19937 with 53 bits a number.
 * @see Matsumoto and Nishimura, mt19937ar.c: init_genrand, genrand_res53
 */
export class Mersenne {
  readonly #state = new Int32Array(size)
  #next = size

  /** @param seed 32 bits. */
  constructor(seed: number) {
    const state = this.#state
    state[0] = seed
    for (let index = 1; index < size; index++) {
      const last = state[index - 1] as number
      state[index] = Math.imul(1_812_433_253, last ^ (last >>> 30)) + index
    }
  }

  /** Returns a number from 0 up to, not including, 1. */
  float(): number {
    const [high, low] = [this.#bits() >>> 5, this.#bits() >>> 6]
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }

  #bits(): number {
    if (this.#next === size) this.#twist()
    let bits = this.#state[this.#next++] as number
    bits ^= bits >>> 11
    bits ^= (bits << 7) & 0x9d2c5680
    bits ^= (bits << 15) & 0xefc60000
    return (bits ^ (bits >>> 18)) >>> 0
  }

  #twist(): void {
    const state = this.#state
    for (let index = 0; index < size; index++) {
      const mixed = ((state[index] as number) & 0x80000000) | ((state[(index + 1) % size] as number) & 0x7fffffff)
      state[index] = (state[(index + distance) % size] as number) ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0)
    }
    this.#next = 0
  }
}
