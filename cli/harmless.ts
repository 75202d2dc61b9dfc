/**
 * Tells whether an error that nobody could catch may be passed over. Node's fetch asserts, outside of any promise, that no part of
 * a body waits to be read when its connection ends; what came is read all the same, or the exchange runs into its time limit.
 */
export const isHarmless = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'ERR_ASSERTION' &&
  error.message.includes('assert(!this.paused)') &&
  /^\s+at Parser\.finish \(.*\bundici\b/m.test(error.stack ?? '')
