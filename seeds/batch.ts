import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { Dataset, Part } from './dataset.ts'
import { encodings } from './encodings.ts'
import type { EncodingName } from './encodings.ts'
import { addInvoice, emptySummary } from './summary.ts'
import type { Summary } from './summary.ts'

/** What makes files smaller. */
export type Compression = 'gzip' | 'zstd'

/** How a target takes its rows. */
export interface Form {
  readonly encoding: EncodingName
  readonly compression?: Compression
}

/** The rows of one entity in a batch. */
export interface Piece {
  /** Place among the dataset's entities. */
  readonly entity: number
  readonly rows: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** A part of a dataset, encoded: what crosses from the thread that makes it to the one that writes it. */
export interface Batch {
  readonly part: Part
  /** In the order of entities; those without rows are left out. */
  readonly pieces: readonly Piece[]
  readonly summary: Summary
}

const compressors = { gzip: gzipSync, zstd: zstdCompressSync } as const

/** Compresses bytes to one member (gzip, RFC 1952) or frame (zstd, RFC 8878): those of several parts may follow each other in a file. */
export const compress = (
  bytes: Uint8Array<ArrayBuffer>,
  compression: Compression | undefined,
): Uint8Array<ArrayBuffer> =>
  // A copy: what zlib returns may share its memory with others, and cannot go to another thread.
  compression === undefined ? bytes : new Uint8Array(compressors[compression](bytes))

/** Makes a part of a dataset: the same bytes for the same part, whoever makes it. */
export function makeBatch(dataset: Dataset, part: Part, { encoding, compression }: Form): Batch {
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
  const pieces = dataset.entities.flatMap((entity, place): Piece[] => {
    const rows = counts[place] ?? 0
    if (rows === 0) return []
    summary.rows[entity.name] = rows
    const text = texts[place] ?? ''
    const bytes = new TextEncoder().encode(wrap ? wrap(entity, text) : text)
    return [{ entity: place, rows, bytes: compress(bytes, compression) }]
  })
  return { part, pieces, summary }
}
