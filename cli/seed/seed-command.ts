// Runs the seed command: writes a dataset to a target.

import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline/promises'
import { Worker } from 'node:worker_threads'
import { fittingBooks, greatestSize, ledgerOf } from '../../factories/index.ts'
import type { Ledger } from '../../factories/index.ts'
import { makeHere, makeInThreads, partsIn, removeFrom, seedInto, verifySeeded } from '../../seeds/index.ts'
import type { Batch, Provenance, MakeBatches, Seeded, SeedPlan, SeedTarget } from '../../seeds/index.ts'
import { formatDay, parseDay } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'
import { workLean } from '../serve.ts'
import { usageError } from '../usage-error.ts'
import { openModel } from '../models.ts'
import { readOptions } from '../options/read.ts'
import type { Flags, OptionValues } from '../options/table.ts'
import { moduleFile } from '../package.ts'
import { count, plural, seededText } from '../terminal.ts'
import { onStopSignal } from '../signals.ts'
import { sayPlanned, saySummary, sayVerified, showProgress } from './seed-output.ts'
import { booksFor, datasetOf, provenanceOf, datasetKeyOf } from './seed-source.ts'
import type { SeedSource } from './seed-source.ts'
import { destinationOf, openTarget, usualForm } from './destination.ts'
import { warnLine, warnText } from '../output.ts'

/**
 * Seeds a target, and returns 0, or 130 where a signal stopped it: the same command goes on from there. With `--clean` it takes
 * out what it has seeded, with `--dry-run` it says what it would do.
 * @throws Failure for what the command line states wrongly, or a target that cannot be written.
 */
export async function seedCommand(name: string | undefined, flags: Flags<'seed'>): Promise<number> {
  const options = readOptions('seed', flags)
  const { to, shard, jobs, clean, truncate } = options
  const destination = destinationOf(to, options.format)
  if (shard && 'format' in destination && destination.format === 'json')
    throw usageError('--shard', {
      expected: 'a form whose shares can be put together',
      received: 'json',
      cure: 'Say .ndjson.',
    })
  if (options.verify && (to === '-' || clean))
    throw usageError('--verify', {
      expected: 'a target that can be read back',
      received: clean ? 'one that is cleaned' : 'standard output',
    })
  const model = openModel(name, options)
  if (destination.is === 'http' && options.as !== undefined)
    throw usageError('--as', { expected: 'none for an API, which is told what it creates', received: options.as })
  const form = options.as ?? usualForm(destination)
  const fitting = fittingBooks(model)
  const target = await openTarget(destination, model, {
    ...options,
    concurrency: Math.min(8, jobs ?? availableParallelism()),
  })
  try {
    if (clean || truncate) await checkClearing(target, options)
    const before = truncate ? undefined : await target.recall(datasetKeyOf(model.name, { ...options, as: form }))
    if (clean && !before) {
      warnLine(`Nothing of seed ${options.seed} is in ${target.name}.`)
      return 0
    }
    const source: SeedSource = { ...options, fitting, ...booksOf({ ...options, fitting }, before), name, as: form }
    const dataset = datasetOf(source)
    const plan: SeedPlan = {
      dataset,
      provenance: provenanceOf(model.name, source),
      isAnew: truncate,
      ...(shard && { shard }),
    }
    if (options.dryRun) {
      warnText(sayPlanned(target, plan, await target.inspect(plan)))
      return 0
    }
    return await work(target, plan, source, { ...options, api: model.name })
  } finally {
    await target.close()
  }
}

/** Days in which a company issues something, unless it is very small. */
const week = 7

/** Returns what the books of a run are: those that are there already go on, and what has been issued since is added. */
function booksOf(
  options: OptionValues<'seed'> & Pick<SeedSource, 'fitting'>,
  before: Provenance | undefined,
): Pick<SeedSource, 'epoch' | 'invoices' | 'today'> {
  const stated = booksFor(options)
  const { clean } = options
  const known = before && parseDay(before.epoch)
  if (!before || known === undefined) {
    const { invoices, today } = stated
    return { invoices, today, epoch: options.epoch ?? ledgerOf(stated).book.epoch }
  }
  const epoch = options.epoch ?? known
  const day = parseDay(before.today) as Day
  if (clean) return { invoices: before.invoices, today: day, epoch }
  const ledger = (invoices: number): Ledger => ledgerOf({ ...stated, epoch, invoices })
  let invoices = Math.max(options.invoices, before.invoices)
  // Books that ended with the newest invoices of their day go on; those that ended earlier have come to their end.
  if (
    invoices === before.invoices &&
    options.today > day &&
    ledger(invoices + 1).entry(invoices).issueDate >= day - week
  ) {
    let most = invoices + 1
    while (most < greatestSize / 2 && ledger(most).issued === most) most *= 2
    invoices = Math.max(invoices, ledger(most).issued)
  }
  return { invoices, today: options.today, epoch }
}

async function work(
  target: SeedTarget,
  plan: SeedPlan,
  source: SeedSource,
  options: OptionValues<'seed'> & { readonly api: string },
): Promise<number> {
  const make = makerFor(plan, source, options)
  const progress = showProgress(options.progress)
  const stop = new AbortController()
  // A pipe has nothing to tidy up.
  const forget = options.to === '-' ? () => undefined : onStopSignal(() => stop.abort())
  const began = performance.now()
  const collect = workLean()
  const onBatch = (batch: Batch): void => {
    progress.batch(batch)
    collect()
  }
  const how = { make, signal: stop.signal, onBegin: progress.begin, onBatch }
  try {
    const seeded = await (options.clean
      ? removeFrom(target, plan, how)
      : seedInto(target, plan, { ...how, truncate: options.truncate }))
    progress.end()
    if (target.isClosed) return 0
    if (!seeded.isWhole) {
      warnLine('Stopped. The same command goes on from there.')
      return 130
    }
    if (options.clean) {
      warnLine(`Removed ${plural(seeded.summary.invoices, 'invoice')} of seed ${options.seed} from ${target.name}.`)
      return 0
    }
    warnLine(saySeeded(seeded, source, { api: options.api, to: target.name }))
    warnText(saySummary(seeded, performance.now() - began))
    const ahead = sayAhead(plan, source)
    if (ahead !== undefined) warnLine(ahead)
    if (!options.verify) return 0
    const verified = await verifySeeded(target, plan, { make, signal: stop.signal })
    warnText(sayVerified(verified, target.name))
    return verified.isWhole ? (verified.discrepancies.length > 0 ? 1 : 0) : 130
  } finally {
    progress.end()
    forget()
  }
}

/** Returns what a run has written, where, and of what. */
const saySeeded = (
  { summary: { invoices }, bytes }: Seeded,
  { seed, epoch, today }: SeedSource,
  { api, to }: { readonly api: string; readonly to: string },
): string => seededText({ invoices, bytes, api, to, seed, epoch: formatDay(epoch), today: formatDay(today) })

/** Returns why there are fewer invoices than were asked for, where that is so. */
function sayAhead({ dataset: { sizes } }: SeedPlan, { invoices, today }: SeedSource): string | undefined {
  const issued = sizes.invoices
  return issued < invoices && issued > 0
    ? `  ${count(issued)} of ${count(invoices)} invoices are issued by ${formatDay(today)}; the others come as days pass (more of today: an earlier --epoch, and --truncate where a database has another)`
    : undefined
}

/** Returns what makes the rows of a plan: this thread, or several where that pays. */
function makerFor({ dataset, shard }: SeedPlan, source: SeedSource, options: OptionValues<'seed'>): MakeBatches {
  const threads = threadsFor(options.jobs, partsIn(source.invoices) / (shard?.of ?? 1), options.document === '-')
  return threads === 1
    ? makeHere(dataset)
    : makeInThreads(
        () => new Worker(moduleFile('cli/seed/seed-thread'), { workerData: source, resourceLimits: memory }),
        threads,
      )
}

/** What a thread may take: V8 would let garbage lie for much longer where there is much memory. */
const memory = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 }

/** Parts that are made as soon by one thread as by several, which each have to compile the document. */
const fewParts = 80

/** Threads that pay: each has its own start, and is given a few parts at least. */
function threadsFor(jobs: number | undefined, parts: number, isRead: boolean): number {
  // Standard input is read once.
  if (isRead) return 1
  const most = jobs ?? availableParallelism()
  return jobs === undefined && parts < fewParts ? 1 : Math.max(1, Math.min(most, Math.ceil(parts)))
}

/** Asks before rows are taken out. @throws UsageError for files, or where nobody can be asked. */
async function checkClearing(
  target: SeedTarget,
  { clean, truncate, yes, shard, seed }: OptionValues<'seed'>,
): Promise<void> {
  const what = clean ? '--clean' : '--truncate'
  if (clean && truncate) throw usageError('--clean', { expected: 'one of --clean and --truncate', received: 'both' })
  if (shard) throw usageError(what, { expected: 'the whole', received: 'a share', cure: 'Leave --shard out.' })
  if (truncate && target.clearing && !target.clearing.truncate)
    throw usageError(what, { expected: 'a database', received: 'an API', cure: 'Say --clean.' })
  if (!target.clearing)
    throw usageError(what, { expected: 'a database', received: target.name, cure: 'Files are replaced with --force.' })
  if (yes) return
  if (!process.stdin.isTTY) throw usageError(what, { expected: '--yes, or a terminal to ask on', received: 'neither' })
  const question = clean
    ? `Take everything of seed ${seed} out of ${target.name}? (y/N) `
    : `Empty the tables in ${target.name}, whoever filled them? (y/N) `
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(question).finally(() => terminal.close())
  if (!/^y(?:es)?$/i.test(answer.trim())) throw usageError(what, { expected: 'a yes', received: 'none' })
}
