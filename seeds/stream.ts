// Writes chunks to a stream and seeds to standard output.

import type { RowFormat } from './batch.ts'
import { compressBytes } from './batch.ts'
import { PartSet } from './dataset.ts'
import { encodings } from './encodings.ts'
import type { SeedTarget } from './target.ts'
import { failure } from '../spec/index.ts'

/** What chunks can be written to: `process.stdout`, a socket, … */
export interface Writable {
  write(chunk: string | Uint8Array, done: (error?: Error | null) => void): boolean
  on(event: 'error', listener: (error: Error) => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
}

/**
 * Writes chunks to a stream, each after the one before has gone, and returns the number of bytes. A reader who has seen enough
 * (`head`) ends it quietly.
 * @throws what the stream reports besides.
 */
export async function writeStream(stream: Writable, chunks: AsyncIterable<string | Uint8Array>): Promise<number> {
  let bytes = 0
  // What a write reports comes by its callback too.
  const ignore = (): void => undefined
  stream.on('error', ignore)
  try {
    for await (const chunk of chunks) {
      await writeChunk(stream, chunk)
      bytes += Buffer.byteLength(chunk)
    }
  } catch (error) {
    if (!isClosedPipe(error)) throw error
  } finally {
    stream.off('error', ignore)
  }
  return bytes
}

/** Writes a chunk, and returns when it has gone. */
const writeChunk = (stream: Writable, chunk: string | Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    stream.write(chunk, (error) => (error ? reject(error) : resolve()))
  })

const gone = ['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']

/** Tells whether a write failed because nobody reads any more. */
const isClosedPipe = (error: unknown): boolean => gone.includes((error as NodeJS.ErrnoException).code ?? '')

/** Returns a target of a stream: standard output, mostly. Nothing is noted; a reader who has seen enough (`head`) ends it quietly. */
export function streamTarget(stream: Writable, form: RowFormat): SeedTarget {
  const encoding = encodings[form.encoding]
  let rows = 0
  let isClosed = false
  const send = async (bytes: Uint8Array): Promise<void> => {
    if (isClosed || bytes.length === 0) return
    await writeChunk(stream, bytes).catch((error: unknown) => {
      if (!isClosedPipe(error)) throw error
      isClosed = true
    })
  }
  const sendText = (text: string): Promise<void> =>
    send(text === '' ? new Uint8Array() : compressBytes(new TextEncoder().encode(text), form.compression))
  // What a write reports comes by its callback too.
  const ignore = (): void => undefined
  return {
    name: 'standard output',
    form,
    isShared: false,
    concurrency: 1,
    get isClosed() {
      return isClosed
    },
    recall: async () => undefined,
    inspect: async () => new PartSet(),
    async begin({ dataset: { entities }, shard }) {
      if (entities.length > 1 && form.encoding !== 'sql')
        throw failure('write to standard output', {
          expected: 'one entity',
          received: entities.map(({ name }) => name).join(', '),
          cure: 'Name one with --entities, say --format sql, or write to files.',
        })
      stream.on('error', ignore)
      if (shard === undefined || shard.number === 1)
        for (const entity of entities) await sendText(encoding.head(entity))
      return new PartSet()
    },
    async write({ pieces }) {
      for (const piece of pieces) {
        if (rows > 0) await sendText(encoding.between)
        await send(piece.bytes)
        rows += piece.rows
      }
    },
    finish: () => sendText(encoding.foot),
    async close() {
      stream.off('error', ignore)
    },
  }
}
