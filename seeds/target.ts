// Defines what a seeding target must do.

import type { Batch, RowFormat } from './batch.ts'
import { partOf, partsIn, shareOf, stages } from './dataset.ts'
import type { Dataset, DatasetPart, PartSet, Shard } from './dataset.ts'
import type { Verifier } from './verify.ts'

/** What a dataset was made from, as targets note it: two runs whose facts are equal write the same rows. */
export interface Provenance {
  readonly api: string
  readonly form: string
  readonly seed: string
  /** Number of invoices. */
  readonly invoices: number
  /** Day that the books hang on: `2026-01-15`. */
  readonly epoch: string
  /** Day that statuses are of. */
  readonly today: string
  /** Whatever else rows depend on. */
  readonly options: string
}

/** What a run is about to write. */
export interface SeedPlan {
  readonly dataset: Dataset
  readonly provenance: Provenance
  /** Whatever is there is going to be taken out: it need not be of the same dataset. */
  readonly isAnew?: boolean
  /** The whole where missing. */
  readonly shard?: Shard
}

/** Takes rows out of a database, once it has begun. */
export interface Clearing {
  /** Takes out every row of the plan's tables, whoever wrote it, and what was noted; absent where that is too much. */
  truncate?(): Promise<void>
  /** Takes out the rows of a batch, by their keys. */
  remove(batch: Batch): Promise<void>
  /** Forgets the dataset. */
  forget(): Promise<void>
}

/** Where a dataset is written. */
export interface SeedTarget {
  /** As it may be shown: without passwords. */
  readonly name: string
  readonly form: RowFormat
  /** Whether shards write into the same tables: each makes sure of the master data then. */
  readonly isShared: boolean
  /** Batches that may be written at the same time. */
  readonly concurrency: number
  /** Whether nobody takes any more: the reader of a pipe has gone. */
  readonly isClosed?: boolean
  /** Returns what an earlier run of a dataset noted, before this one is made: databases keep the day that the books hang on. */
  recall(dataset: Pick<Provenance, 'api' | 'form' | 'seed'>): Promise<Provenance | undefined>
  /**
   * Gets ready to be written to, for this run alone, and returns the parts that are there already.
   * @throws Failure for another run that writes, rows of another dataset, tables of another form.
   */
  begin(plan: SeedPlan): Promise<PartSet>
  /** Returns the parts that are there already, and changes nothing. @throws Failure as `begin`, but for another run. */
  inspect(plan: SeedPlan): Promise<PartSet>
  /** What can be taken out of a database again. */
  readonly clearing?: Clearing
  /** Reads back what was written, once it is finished; absent where nothing can be read. */
  verifier?(plan: SeedPlan): Promise<Verifier>
  /** Writes a batch and notes that it is there: both, or neither. */
  write(batch: Batch): Promise<void>
  /** Ends what has been written whole. */
  finish(): Promise<void>
  /** Leaves the target, finished or not. */
  close(): Promise<void>
}

/** Yields the parts that a run is to write, master data first. */
export function* partsToWrite(
  { dataset: { sizes }, shard = { number: 1, of: 1 } }: SeedPlan,
  isShared: boolean,
): Generator<DatasetPart, void, void> {
  for (const stage of stages) {
    const size = sizes[stage]
    const [from, to] = isShared && stage === 'master' ? [0, partsIn(size)] : shareOf(size, shard)
    for (let number = from; number < to; number++) yield partOf(stage, number, size)
  }
}
