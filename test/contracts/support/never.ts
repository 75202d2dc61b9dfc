import { onTestFinished, vi } from 'vitest'

/**
 * Lets time stand still for the rest of a test, and returns an answer that never comes: while it is waited for, so many milliseconds
 * pass. Everything else is in time, on a computer however busy.
 */
export function neverWithin(milliseconds: number): () => Promise<never> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  return () => {
    vi.advanceTimersByTime(milliseconds)
    return new Promise(() => undefined)
  }
}
