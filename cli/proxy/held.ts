import type { Readable } from 'node:stream'
import type { Keeper } from './keep.ts'

/**
 * Reads a stream that nobody else reads yet. Resolves at its end with `true`, or, as soon as it is more than may be kept or takes too long,
 * with `false`: the stream is then paused, and what came of it is with the keeper.
 */
export function held(stream: Readable, keeper: Keeper, milliseconds: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const give = (): void => {
      clearTimeout(timer)
      stream.off('data', read).pause()
      resolve(false)
    }
    const read = (chunk: Uint8Array): void => {
      if (!keeper.add(chunk)) give()
    }
    const timer = setTimeout(give, milliseconds)
    stream.on('data', read)
    stream.once('end', () => {
      clearTimeout(timer)
      resolve(true)
    })
    stream.once('error', reject)
    stream.once('close', () => {
      clearTimeout(timer)
      reject(new Error('cut short'))
    })
  })
}
