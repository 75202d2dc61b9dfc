import type { Batch, Form } from './batch.ts'
import { makeBatch } from './batch.ts'
import type { Dataset, Part } from './dataset.ts'
import type { MakeBatches } from './seed.ts'

/** What a thread is asked for. */
interface Order {
  readonly part: Part
  readonly form: Form
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
