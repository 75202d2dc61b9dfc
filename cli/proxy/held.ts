import type { Readable } from 'node:stream'
import type { Keeper } from './keep.ts'

/**
 * Reads a stream that nobody else reads yet. Resolves at its end with `true`, or, as soon as it is more than may be kept, with `false`:
 * the stream is then paused, and what came of it is with the keeper.
 */
export function held(stream: Readable, keeper: Keeper): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const read = (chunk: Uint8Array): void => {
      if (keeper.add(chunk)) return
      stream.off('data', read).pause()
      resolve(false)
    }
    stream.on('data', read)
    stream.once('end', () => resolve(true))
    stream.once('error', reject)
    stream.once('close', () => reject(new Error('cut short')))
  })
}
