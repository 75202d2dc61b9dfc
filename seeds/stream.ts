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
export async function writeStream(stream: Writable, chunks: AsyncIterable<string>): Promise<number> {
  let bytes = 0
  // What a write reports comes by its callback too.
  const ignore = (): void => undefined
  stream.on('error', ignore)
  try {
    for await (const chunk of chunks) {
      await put(stream, chunk)
      bytes += Buffer.byteLength(chunk)
    }
  } catch (error) {
    if (!isGone(error)) throw error
  } finally {
    stream.off('error', ignore)
  }
  return bytes
}

/** Writes a chunk, and returns when it has gone. */
export const put = (stream: Writable, chunk: string | Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    stream.write(chunk, (error) => (error ? reject(error) : resolve()))
  })

const gone = ['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']

/** Tells whether a write failed because nobody reads any more. */
export const isGone = (error: unknown): boolean => gone.includes((error as NodeJS.ErrnoException).code ?? '')
