// Reads objects from NDJSON and JSON files, compressed or not.

import { createReadStream, existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip, zstdDecompressSync } from 'node:zlib'
import { failure, isObject } from '../spec/index.ts'
import { checkRegularFile } from '../spec/load.ts'

/**
 * Yields the objects of a file of NDJSON, or of an array of JSON, `.gz` and `.zst` decompressed, and tells whether amounts of tables are
 * whole numbers of the minor unit, and whether an object is all that a file of JSON holds.
 * @param path `-` is standard input
 * @throws Failure for a file that cannot be read, and a line that is no JSON.
 */
export async function* jsonObjectsIn(
  path: string,
  parse: (text: string) => unknown = JSON.parse,
): AsyncGenerator<{ readonly value: unknown; readonly isMinor: boolean; readonly isAlone: boolean }, void, void> {
  if (path !== '-' && existsSync(path)) checkRegularFile(path)
  const bytes: Readable = path === '-' ? process.stdin : createReadStream(path)
  const opened = /\.gz$/i.test(path)
    ? bytes.pipe(createGunzip())
    : /\.zst$/i.test(path)
      ? Readable.from(framesOf(bytes))
      : bytes
  // What a pipe is fed from fails on its own.
  bytes.on('error', (error) => opened.destroy(error))
  try {
    if (/\.json(?:\.gz|\.zst)?$/i.test(path)) {
      const value = parse(Buffer.concat(await opened.toArray()).toString())
      const items: readonly unknown[] = Array.isArray(value) ? value : [value]
      const isMinor = !items.some(
        (item) => isObject(item) && !['total', 'paid', 'tax'].every((name) => Number.isInteger(item[name])),
      )
      for (const item of items) yield { value: item, isMinor, isAlone: !Array.isArray(value) }
      return
    }
    let number = 0
    for await (const text of linesOf(opened)) {
      number++
      if (text.trim() === '') continue
      let value: unknown
      try {
        value = parse(text)
      } catch (error) {
        throw failure(`read ${path}`, { expected: `JSON in line ${number}`, received: whereBroken(error) })
      }
      // Decimals are written with all their places.
      yield { value, isMinor: !/"total":"?-?\d+\.\d/.test(text), isAlone: false }
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'Failure') throw error
    if (error instanceof SyntaxError) throw failure(`read ${path}`, { expected: 'JSON', received: whereBroken(error) })
    const { code = '', message } = error as NodeJS.ErrnoException
    throw failure(`read ${path}`, {
      expected: 'a file that can be read',
      received: code === 'ENOENT' ? 'none of that name' : code === 'EISDIR' ? 'a directory' : message,
    })
  }
}

/** Bytes of a line: an object of an API has a few thousand. */
const longestLine = 64_000_000

/** Yields lines as NDJSON has them: ended by a line feed alone, because a text of JSON may hold every other line break. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  let begun: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    let at = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, at)) {
      yield Buffer.concat([...begun, chunk.subarray(at, end)]).toString()
      ;[begun, size, at] = [[], 0, end + 1]
    }
    if (at < chunk.length) begun.push(chunk.subarray(at))
    size += chunk.length - at
    if (size > longestLine) throw new Error(`a line of more than ${longestLine / 1_000_000} MB`)
  }
  if (size > 0) yield Buffer.concat(begun).toString()
}

/** What a file holds may be of somebody, and is not shown. */
const whereBroken = (error: unknown): string =>
  `something else${/ at position \d+/.exec((error as Error).message)?.[0] ?? ''}`

/** Yields what the frames of a Zstandard stream hold, one after another: Node's own stream ends after the first. */
async function* framesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, void> {
  let buffer = Buffer.alloc(0)
  for await (const chunk of bytes) {
    buffer = Buffer.concat([buffer, chunk])
    for (let end = endOfFrame(buffer); end !== undefined; end = endOfFrame(buffer)) {
      yield zstdDecompressSync(buffer.subarray(0, end))
      buffer = buffer.subarray(end)
    }
  }
  // What is left is cut off, or no frame: the library says so.
  if (buffer.length > 0) yield zstdDecompressSync(buffer)
}

/** Returns where the first frame of some bytes ends (RFC 8878, 3.1.1), `undefined` where it is not all there. */
function endOfFrame(bytes: Buffer): number | undefined {
  if (bytes.length < 5 || bytes.readUInt32LE(0) !== 0xfd2fb528) return undefined
  const descriptor = bytes[4] as number
  const isSingle = (descriptor & 0x20) !== 0
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] as number
  let at = 5 + (isSingle ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] as number) + sizeBytes
  for (;;) {
    if (at + 3 > bytes.length) return undefined
    const header = bytes.readUIntLE(at, 3)
    // A block of one byte repeated (type 1) holds that byte alone.
    at += 3 + (((header >> 1) & 3) === 1 ? 1 : header >> 3)
    if ((header & 1) === 1) break
  }
  if ((descriptor & 4) !== 0) at += 4
  return at <= bytes.length ? at : undefined
}
