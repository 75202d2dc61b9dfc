import type { MessagePort, Worker } from 'node:worker_threads'
import type { Batch, Form } from './batch.ts'
import { makeBatch } from './batch.ts'
import type { Dataset, Part } from './dataset.ts'
import type { MakeBatches } from './seed.ts'

/** What a thread is asked for. */
interface Order {
  readonly part: Part
  readonly form: Form
}

/** Makes the batches that are asked for through a port: the whole work of a thread. */
export function serveBatches(port: MessagePort, dataset: Dataset): void {
  port.on('message', ({ part, form }: Order) => {
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
export const makeInThreads = (start: () => Worker, threads: number): MakeBatches =>
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
function answersOf(worker: Worker): () => Promise<Batch> {
  const asked: { readonly resolve: (batch: Batch) => void; readonly reject: (error: unknown) => void }[] = []
  let failed: { readonly error: unknown } | undefined
  worker.on('message', (batch: Batch) => asked.shift()?.resolve(batch))
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
