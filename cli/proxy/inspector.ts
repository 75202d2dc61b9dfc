import { mkdirSync, readdirSync } from 'node:fs'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Noticed } from '../../contracts/index.ts'
import { failure } from '../../spec/index.ts'
import type { Passed } from './forward.ts'
import type { Orders, Told } from './inspect.ts'

/** Looks at exchanges in a thread of its own, so that nobody waits for it. */
export interface Inspector {
  /** Resolves with what was found; with nothing where too much is waiting to be looked at. */
  inspect(passed: Passed): Promise<Pick<Noticed, 'request' | 'violations'>>
  /** Waits for what is still being looked at, and ends. */
  close(): Promise<void>
}

/** What is told while it runs. */
export interface InspectorEvents {
  readonly onTold: (told: Told) => void
  /** An exchange was not looked at. */
  readonly onSkipped: (target: string) => void
  /** Nothing can be looked at any more. */
  readonly onFailure: (message: string) => void
}

/** Bytes that may wait. */
const mostWaiting = 256_000_000

/** Starts an inspector. @throws Failure for a folder of recordings that cannot be made. */
export function startInspector(orders: Orders, { onTold, onSkipped, onFailure }: InspectorEvents): Inspector {
  if (orders.record !== undefined) makeFolder(orders.record)
  // Runs from its source and from what was built of it.
  const worker = new Worker(new URL(`./inspect${extname(import.meta.url)}`, import.meta.url), { workerData: orders })
  const waiting = new Map<number, { readonly resolve: (noticed: Pick<Noticed, 'request' | 'violations'>) => void; readonly size: number; readonly target: string }>()
  let number = 0
  let size = 0
  let idle: (() => void) | undefined

  function settle(id: number, noticed: Pick<Noticed, 'request' | 'violations'>): void {
    const known = waiting.get(id)
    if (!known) return
    waiting.delete(id)
    size -= known.size
    known.resolve(noticed)
    if (waiting.size === 0) idle?.()
  }

  worker.on('message', ({ id, told, failure: message }: { id: number; told?: Told; failure?: string }) => {
    if (message !== undefined) onFailure(message)
    if (told) onTold(told)
    settle(id, told ?? { request: '', violations: [] })
  })
  worker.on('error', (error) => {
    onFailure((error as Error).message)
    for (const [id, { target }] of waiting) settle(id, { request: target, violations: [] })
  })

  return {
    inspect(passed) {
      const bytes = [passed.body, passed.answerBody].filter((body) => body !== undefined)
      const own = bytes.reduce((sum, { byteLength }) => sum + byteLength, 1000)
      if (size + own > mostWaiting) {
        onSkipped(passed.target)
        return Promise.resolve({ request: passed.target, violations: [] })
      }
      const id = number++
      size += own
      return new Promise((resolve) => {
        waiting.set(id, { resolve, size: own, target: passed.target })
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage({ id, passed })
      })
    },
    async close() {
      if (waiting.size > 0) await Promise.race([new Promise<void>((resolve) => { idle = resolve }), new Promise<void>((resolve) => { setTimeout(resolve, 10_000).unref() })])
      await worker.terminate()
    },
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    readdirSync(folder)
  } catch (error) {
    throw failure(`record to ${folder}`, { expected: 'a folder that can be written', received: (error as NodeJS.ErrnoException).code ?? String(error) })
  }
}
