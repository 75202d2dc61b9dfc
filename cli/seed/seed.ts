import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { ledgerOf } from '../../factories/index.ts'
import { makeHere, makeInThreads, partsIn, seedInto } from '../../seeds/index.ts'
import type { MakeBatches, Plan } from '../../seeds/index.ts'
import { formatDay, parseDay } from '../../spec/index.ts'
import { ledgerOptionsOf } from '../ledger-options.ts'
import { misuse } from '../misuse.ts'
import { openModel } from '../models.ts'
import { readOptions } from '../options/read.ts'
import type { Flags } from '../options/values.ts'
import { moduleFile } from '../package.ts'
import { onStop } from '../signals.ts'
import { datasetOf, factsOf, keyOf } from './source.ts'
import type { Source } from './source.ts'
import { showProgress } from './progress.ts'
import { saySeeded } from '../say.ts'
import { saySummary } from './say.ts'
import { destinationOf, openTarget, usualForm } from './target.ts'

/**
 * Seeds a target, and returns 0, or 130 where a signal stopped it: the same command goes on from there.
 * @throws Failure for what the command line states wrongly, or a target that cannot be written.
 */
export async function seedCommand(name: string | undefined, flags: Flags<'seed'>): Promise<number> {
  const options = readOptions('seed', flags)
  const { to, force, today, seed, invoices, shard, jobs } = options
  const destination = destinationOf(to, options.format)
  if (shard && 'format' in destination && destination.format === 'json')
    throw misuse('--shard', {
      expected: 'a form whose shares can be put together',
      received: 'json',
      cure: 'Say .ndjson.',
    })
  const model = openModel(name, options)
  const form = options.as ?? usualForm(destination)
  const target = await openTarget(to, destination, { force, lanes: Math.min(8, jobs ?? availableParallelism()) })
  const before = await target.recall(keyOf(model.name, { ...options, as: form }))
  const epoch = options.epoch ?? (before && parseDay(before.epoch)) ?? ledgerOf(ledgerOptionsOf(options)).book.epoch
  const source: Source = { ...options, name, as: form, epoch }
  const dataset = datasetOf(source)
  const plan: Plan = { dataset, facts: factsOf(model.name, source), ...(shard && { shard }) }
  const threads = threadsFor(jobs, partsIn(invoices) / (shard?.of ?? 1), options.document === '-')
  const make: MakeBatches =
    threads === 1
      ? makeHere(dataset)
      : makeInThreads(() => new Worker(moduleFile('cli/seed/thread'), { workerData: source, stdout: false }), threads)
  const progress = showProgress(options.progress ?? 'auto')
  const stop = new AbortController()
  // A pipe has nothing to tidy up.
  const forget = destination.is === 'stream' ? () => undefined : onStop(() => stop.abort())
  const began = performance.now()
  try {
    const seeded = await seedInto(target, plan, {
      make,
      signal: stop.signal,
      onBegin: progress.begin,
      onBatch: progress.batch,
    })
    progress.end()
    if (target.isOver) return 0
    if (!seeded.isWhole) {
      console.error(`Stopped. The same command goes on from there.`)
      return 130
    }
    const milliseconds = performance.now() - began
    console.error(
      saySeeded({
        invoices: seeded.summary.invoices,
        bytes: seeded.bytes,
        api: model.name,
        to: target.name,
        seed,
        epoch: formatDay(epoch),
        today: formatDay(today),
      }),
    )
    console.error(saySummary(seeded, milliseconds))
    return 0
  } finally {
    progress.end()
    forget()
  }
}

/** Threads that pay: each has its own start, and is given a few parts at least. */
function threadsFor(jobs: number | undefined, parts: number, isRead: boolean): number {
  // Standard input is read once.
  if (isRead) return 1
  const most = jobs ?? availableParallelism()
  return jobs === undefined && parts < 16 ? 1 : Math.max(1, Math.min(most, Math.ceil(parts)))
}
