// Defines datasets, their parts, shards and tables.

import type { Entry } from '../factories/index.ts'

/** Master data (sellers, customers, products) comes before the invoices that refer to it. */
export type Stage = 'master' | 'invoices'

/** Stages in the order in which they are written. */
export const stages = ['master', 'invoices'] as const satisfies readonly Stage[]

/** A range of a dataset that is written at once: whole, or not at all. */
export interface DatasetPart {
  readonly stage: Stage
  /** From 0, in its stage. */
  readonly number: number
  readonly from: number
  /** Not included. */
  readonly to: number
}

/** Receives the rows of a part, parents before children. */
export interface RowSink {
  /** `entity` is the place among the dataset's entities. */
  row(entity: number, cells: readonly Cell[]): void
  /** Told of each invoice whose rows come next. */
  invoice(entry: Entry): void
}

/** What is written: entities and their rows. Every part is a pure function of what the dataset was made from. */
export interface Dataset {
  /** Parents before children. */
  readonly entities: readonly TableSchema[]
  /** Number of things in each stage: customers, invoices. */
  readonly sizes: Readonly<Record<Stage, number>>
  rows(part: DatasetPart, sink: RowSink): void
}

/** Things in a part. The same for every target, worker and machine: parts are what shards and journals count in. */
const partSize = 250

/** Returns the number of parts of a stage. */
export const partsIn = (size: number): number => Math.ceil(size / partSize)

/** Returns a part of a stage by its number. */
export const partOf = (stage: Stage, number: number, size: number): DatasetPart => ({
  stage,
  number,
  from: number * partSize,
  to: Math.min(size, (number + 1) * partSize),
})

/** One of some shares of a dataset, from 1. */
export interface Shard {
  readonly number: number
  readonly of: number
}

/** Returns the numbers of a stage's parts that are a shard's: from the first, to before the second. */
export function shareOf(size: number, { number, of }: Shard): readonly [from: number, to: number] {
  const parts = partsIn(size)
  return [Math.floor((parts * (number - 1)) / of), Math.floor((parts * number) / of)]
}

/** Which parts somebody has, by stage and number. */
export class PartSet {
  readonly #bits: Record<Stage, Uint8Array> = { master: new Uint8Array(64), invoices: new Uint8Array(64) }

  add({ stage, number }: Pick<DatasetPart, 'stage' | 'number'>): void {
    const place = number >> 3
    let bits = this.#bits[stage]
    if (place >= bits.length) {
      bits = new Uint8Array(2 * (place + 1))
      bits.set(this.#bits[stage])
      this.#bits[stage] = bits
    }
    bits[place] = (bits[place] as number) | (1 << (number & 7))
  }

  has({ stage, number }: Pick<DatasetPart, 'stage' | 'number'>): boolean {
    return (((this.#bits[stage][number >> 3] ?? 0) >> (number & 7)) & 1) === 1
  }
}

/** What one column of one row holds: texts for identities, days (`2026-01-15`), instants (ISO 8601, UTC), exact decimals and JSON. */
export type Cell = string | number | boolean | null

/** What a column holds; databases have types for each. */
export type ColumnType = 'uuid' | 'text' | 'integer' | 'decimal' | 'date' | 'instant' | 'flag' | 'json'

/** A column of an entity. */
export interface Column {
  readonly name: string
  readonly type: ColumnType
  /** Places after the point, of a decimal. */
  readonly scale?: number
  readonly isNullable?: true
  /** What stands there: one sentence, which becomes the comment of the column. */
  readonly says: string
}

/** A foreign key: a column that names a row of another entity by its identity. */
export interface Reference {
  readonly column: string
  readonly entity: string
  readonly names: string
}

/** A sort of rows: a table, or a file. */
export interface TableSchema {
  readonly name: string
  readonly says: string
  readonly columns: readonly Column[]
  /** Columns that together name a row. */
  readonly key: readonly string[]
  readonly references: readonly Reference[]
  /** Columns that are searched by. */
  readonly indexes: readonly string[]
  /**
   * The column that names the invoice which rows belong to. They have a `position` from 1 without gaps; those that an invoice no longer
   * has are taken away when it is written again.
   */
  readonly owner?: string
  /** What holds of every row: a sentence, and the SQL condition of a row that breaks it. */
  readonly rules?: readonly { readonly says: string; readonly fails: string }[]
  /** The column that holds the whole object as the API shows it: files of JSON have that alone. */
  readonly whole?: string
}
