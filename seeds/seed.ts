// Writes the missing parts of a dataset to a target, or removes a dataset.

import type { Batch, MakeBatches } from './batch.ts'
import { PartSet, stages } from './dataset.ts'
import type { DatasetPart } from './dataset.ts'
import { addSummary, emptySummary } from './summary.ts'
import type { Summary } from './summary.ts'
import { partsToWrite } from './target.ts'
import type { SeedPlan, SeedTarget } from './target.ts'

/** How a target is seeded. */
export interface SeedOptions {
  readonly make: MakeBatches
  /** Stops between two batches; what is written stays noted. */
  readonly signal?: AbortSignal
  /** Told of each batch that has been written. */
  readonly onBatch?: (batch: Batch) => void
  /** Takes out every row of the tables first, whoever wrote it. */
  readonly truncate?: boolean
  /** Told what there is to do, before the first batch. */
  readonly onBegin?: (todo: Todo) => void
}

/** What a run has before it. */
export interface Todo {
  /** All parts of its share. */
  readonly parts: number
  /** Those that the target does not have. */
  readonly missing: number
}

/** What a run did. */
export interface Seeded {
  /** What it wrote. */
  readonly summary: Summary
  readonly bytes: number
  /** Parts that it wrote, and those that were there. */
  readonly parts: number
  readonly skipped: number
  /** Whether it came to its end. */
  readonly isWhole: boolean
}

/**
 * Writes a dataset to a target: what is not there yet. The target is left in any case; what was written of a run that failed or
 * was stopped stays, and the same run goes on from there.
 * @throws Failure of the target.
 */
export async function seedInto(
  target: SeedTarget,
  plan: SeedPlan,
  { make, signal, onBatch, onBegin, truncate = false }: SeedOptions,
): Promise<Seeded> {
  const summary = emptySummary()
  const written = { bytes: 0, parts: 0 }
  const writing = new Set<Promise<void>>()
  let failed: { readonly error: unknown } | undefined
  const writeOne = async (batch: Batch): Promise<void> => {
    try {
      await target.write(batch)
      written.parts++
      addSummary(summary, batch.summary)
      for (const piece of batch.pieces) written.bytes += piece.bytes.length
      onBatch?.(batch)
    } catch (error) {
      failed ??= { error }
    }
  }
  try {
    const found = await target.begin(plan)
    if (truncate) await target.clearing?.truncate?.()
    const done = truncate ? new PartSet() : found
    const missing = (): Generator<DatasetPart, void, void> =>
      filter(partsToWrite(plan, target.isShared), (part) => !done.has(part))
    const todo = { parts: count(partsToWrite(plan, target.isShared)), missing: count(missing()) }
    onBegin?.(todo)
    let stage: DatasetPart['stage'] | undefined
    for await (const batch of make(missing(), target.form)) {
      if (failed || signal?.aborted || target.isClosed) break
      // Invoices name master data: all of it is there before the first.
      if (batch.part.stage !== stage) await Promise.all(writing)
      stage = batch.part.stage
      const work = writeOne(batch).finally(() => writing.delete(work))
      writing.add(work)
      if (writing.size >= target.concurrency) await Promise.race(writing)
    }
    await Promise.all(writing)
    if (failed) throw failed.error
    const isWhole = !signal?.aborted && !target.isClosed
    if (isWhole) await target.finish()
    return { summary, ...written, skipped: todo.parts - todo.missing, isWhole }
  } finally {
    await target.close()
  }
}

function* filter<T>(items: Iterable<T>, isWanted: (item: T) => boolean): Generator<T, void, void> {
  for (const item of items) if (isWanted(item)) yield item
}

function count(items: Iterable<unknown>): number {
  let number = 0
  for (const _ of items) number++
  return number
}

/**
 * Takes a dataset out of a database: every row that its seed gave, and no other.
 * @throws Failure of the target, and for rows of others that refer to them.
 */
export async function removeFrom(target: SeedTarget, plan: SeedPlan, { make, signal }: SeedOptions): Promise<Seeded> {
  const summary = emptySummary()
  const removed = { bytes: 0, parts: 0 }
  try {
    await target.begin(plan)
    // Children first: invoices before the customers they name.
    const parts = (stage: DatasetPart['stage']): Generator<DatasetPart, void, void> =>
      filter(partsToWrite(plan, target.isShared), (part) => part.stage === stage)
    for (const stage of stages.toReversed())
      for await (const batch of make(parts(stage), target.form)) {
        if (signal?.aborted) return { summary, ...removed, skipped: 0, isWhole: false }
        await target.clearing?.remove(batch)
        removed.parts++
        addSummary(summary, batch.summary)
      }
    await target.clearing?.forget()
    return { summary, ...removed, skipped: 0, isWhole: true }
  } finally {
    await target.close()
  }
}
