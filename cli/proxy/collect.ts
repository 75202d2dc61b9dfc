import type { Readable } from 'node:stream'

/** The bytes of a stream that somebody else reads, or that are held back. */
export interface Collected {
  /** Returns all bytes so far, or `undefined` where they were more than allowed. */
  bytes(): Uint8Array<ArrayBuffer> | undefined
  /** Resolves at the end with nothing, or, as soon as there are more bytes than allowed, with those; a stream held back is then paused. */
  readonly held: Promise<readonly Uint8Array[] | undefined>
}

/** Keeps what comes out of a stream, up to a limit; `isHeld` says that nobody else reads it yet. */
export function collect(stream: Readable, maxBytes: number, isHeld: boolean): Collected {
  let chunks: Uint8Array[] = []
  let size = 0
  const held = new Promise<readonly Uint8Array[] | undefined>((resolve, reject) => {
    const keep = (chunk: Uint8Array): void => {
      size += chunk.byteLength
      chunks.push(chunk)
      if (size <= maxBytes) return
      stream.off('data', keep)
      if (isHeld) stream.pause()
      resolve(isHeld ? chunks : [])
      chunks = []
    }
    stream.on('data', keep)
    stream.once('end', () => resolve(undefined))
    stream.once('error', reject)
    stream.once('close', () => reject(new Error('cut short')))
  })
  held.catch(() => undefined)
  return { held, bytes: () => (size > maxBytes ? undefined : joined(chunks, size)) }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}
