// Encodes parts of a dataset into batches, in this thread or in several.

import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { Dataset, DatasetPart } from './dataset.ts'
import { encodings } from './encodings.ts'
import type { EncodingName } from './encodings.ts'
import { addInvoice, emptySummary } from './summary.ts'
import type { Summary } from './summary.ts'

/** What makes files smaller. */
export type Compression = 'gzip' | 'zstd'

/** How a target takes its rows. */
export interface RowFormat {
  readonly encoding: EncodingName
  readonly compression?: Compression
}

/** The rows of one entity in a batch. */
export interface EncodedRows {
  /** Place among the dataset's entities. */
  readonly entity: number
  readonly rows: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** A part of a dataset, encoded: what crosses from the thread that makes it to the one that writes it. */
export interface Batch {
  readonly part: DatasetPart
  /** In the order of entities; those without rows are left out. */
  readonly pieces: readonly EncodedRows[]
  readonly summary: Summary
}

const compressors = { gzip: gzipSync, zstd: zstdCompressSync } as const

/** Compresses bytes to one member (gzip, RFC 1952) or frame (zstd, RFC 8878): those of several parts may follow each other in a file. */
export const compressBytes = (
  bytes: Uint8Array<ArrayBuffer>,
  compression: Compression | undefined,
): Uint8Array<ArrayBuffer> =>
  // A copy: what zlib returns may share its memory with others, and cannot go to another thread.
  compression === undefined ? bytes : new Uint8Array(compressors[compression](bytes))

/** Makes a part of a dataset: the same bytes for the same part, whoever makes it. */
function makeBatch(dataset: Dataset, part: DatasetPart, { encoding, compression }: RowFormat): Batch {
  const { row, separator, wrap } = encodings[encoding]
  const texts = dataset.entities.map(() => '')
  const counts = dataset.entities.map(() => 0)
  const summary = emptySummary()
  dataset.rows(part, {
    invoice: (entry) => addInvoice(summary, entry),
    row(place, cells) {
      const entity = dataset.entities[place]
      if (!entity) return
      texts[place] += (counts[place] === 0 ? '' : separator) + row(entity, cells)
      counts[place] = (counts[place] ?? 0) + 1
    },
  })
  const pieces = dataset.entities.flatMap((entity, place): EncodedRows[] => {
    const rows = counts[place] ?? 0
    if (rows === 0) return []
    summary.rows[entity.name] = rows
    const text = texts[place] ?? ''
    const bytes = new TextEncoder().encode(wrap ? wrap(entity, text) : text)
    return [{ entity: place, rows, bytes: compressBytes(bytes, compression) }]
  })
  return { part, pieces, summary }
}

/** Makes batches of parts, in their order: here or in threads. */
export type MakeBatches = (parts: Iterable<DatasetPart>, form: RowFormat) => AsyncIterable<Batch>

/** Makes batches in this thread. Other work has its turn between them. */
export const makeHere = (dataset: Dataset): MakeBatches =>
  async function* (parts, form) {
    for (const part of parts) {
      yield makeBatch(dataset, part, form)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

/** What a thread is asked for. */
interface Order {
  readonly part: DatasetPart
  readonly form: RowFormat
}

/** What of a port to another thread is used, so that no types of Node are needed. */
interface Port {
  on(event: string, listener: (value: unknown) => void): unknown
  postMessage(value: unknown, transfer?: readonly ArrayBuffer[]): void
}

/** What of a thread is used. */
interface Thread extends Port {
  terminate(): Promise<unknown>
}

/** Makes the batches that are asked for through a port: the whole work of a thread. */
export function serveBatches(port: Port, dataset: Dataset): void {
  port.on('message', (order) => {
    const { part, form } = order as Order
    const batch = makeBatch(dataset, part, form)
    port.postMessage(
      batch,
      batch.pieces.map(({ bytes }) => bytes.buffer),
    )
  })
}

/**
 * Makes batches in threads, which each serve them ({@link serveBatches}), and yields them in order. A few are made ahead, so
 * that memory stays that of a few, whatever their number.
 * @param start starts one thread
 */
export const makeInThreads = (start: () => Thread, threads: number): MakeBatches =>
  async function* (parts, form) {
    const workers = Array.from({ length: threads }, start)
    try {
      const made = workers.map(answersOf)
      const waiting: Promise<Batch>[] = []
      let turn = 0
      for (const part of parts) {
        const place = turn++ % threads
        workers[place]?.postMessage({ part, form } satisfies Order)
        waiting.push((made[place] as () => Promise<Batch>)())
        // A failure is told when its turn comes.
        waiting.at(-1)?.catch(() => undefined)
        if (waiting.length > threads * 2) yield await (waiting.shift() as Promise<Batch>)
      }
      for (const batch of waiting) yield await batch
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()))
    }
  }

/** Returns a function that returns the next answer of a thread each time it is called. */
function answersOf(worker: Thread): () => Promise<Batch> {
  const asked: { readonly resolve: (batch: Batch) => void; readonly reject: (error: unknown) => void }[] = []
  let failed: { readonly error: unknown } | undefined
  worker.on('message', (batch) => asked.shift()?.resolve(batch as Batch))
  const fail = (error: unknown): void => {
    failed ??= { error }
    for (const { reject } of asked.splice(0)) reject(failed.error)
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('A thread ended before its work was done.')))
  return () =>
    new Promise((resolve, reject) => {
      if (failed) reject(failed.error)
      else asked.push({ resolve, reject })
    })
}
