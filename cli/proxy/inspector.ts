import { accessSync, constants, readdirSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { failure } from '../../spec/index.ts'
import { makeFolder } from '../folder.ts'
import { moduleFile } from '../package.ts'
import type { Orders, Told, Word } from './inspect.ts'
import type { Budget } from './keep.ts'
import { joined, sizeOf } from './passed.ts'
import type { Found, Passed } from './passed.ts'

/** Looks at exchanges in a thread of its own, so that nobody waits for it. */
export interface Inspector {
  /** Resolves when it can look. @throws Failure where its thread does not start. */
  readonly started: Promise<void>
  /** Resolves with what was found; with nothing where too much is waiting to be looked at, or where its thread has ended. */
  inspect(passed: Passed): Promise<Found>
  /** Looks at an exchange when there is time. */
  overhear(passed: Passed): void
  /** Waits for what is still being looked at, and ends. */
  close(): Promise<void>
}

/** What is told while it runs. */
export interface InspectorEvents {
  readonly onTold: (told: Told) => void
  /** An exchange was not looked at. */
  readonly onSkipped: () => void
  /** Nothing can be looked at any more. */
  readonly onFailure: (message: string) => void
}

interface Waiting {
  readonly resolve: ((found: Found) => void) | undefined
  readonly size: number
  readonly target: string
}

/** Milliseconds without an exchange: a thread that looks at one would slow down the next, so a burst is looked at when it is over … */
const quiet = 20
/** … or when it has lasted so many milliseconds, or has so many bytes. */
const longest = 250
const largest = 32_000_000
/** Milliseconds without a word after which an inspector is not waited for. */
const patience = 10_000
/** Bytes that an exchange takes without its bodies. */
const least = 1000

/** Starts an inspector. @throws Failure for a folder of recordings that cannot be made. */
export function startInspector(
  orders: Orders,
  budget: Budget,
  { onTold, onSkipped, onFailure }: InspectorEvents,
): Inspector {
  if (orders.record !== undefined) openFolder(orders.record)
  const worker = new Worker(moduleFile('cli/proxy/inspect'), { workerData: orders })
  const waiting = new Map<number, Waiting>()
  let gathered: (readonly [id: number, passed: Passed])[] = []
  let bytes = 0
  let first = 0
  let last = 0
  let number = 0
  let isOver = false
  let heard: (() => void) | undefined

  function settle(id: number, found?: Found): void {
    const known = waiting.get(id)
    if (!known) return
    waiting.delete(id)
    budget.give(known.size)
    known.resolve?.(found ?? nothingOf(known.target, isOver))
  }

  const started = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('exit', () =>
      reject(failure('look at what passes', { expected: 'a thread that starts', received: death ?? 'one that ends' })),
    )
  })
  let death: string | undefined
  worker.on('error', (error: Error) => {
    death = error.message
  })
  worker.once('exit', () => {
    isOver = true
    void started.then(
      () => death !== undefined && onFailure(death),
      () => undefined,
    )
    for (const id of waiting.keys()) settle(id)
    heard?.()
  })
  worker.on('message', (words: readonly Word[]) => {
    for (const { id, told, failure: message } of words) {
      if (message !== undefined) onFailure(message)
      if (told) onTold(told)
      settle(id, told)
    }
    heard?.()
  })
  function accept(passed: Passed, resolve?: (found: Found) => void): void {
    const size = sizeOf(passed) + least
    if (isOver || !budget.take(size)) {
      onSkipped()
      return resolve?.(nothingOf(passed.target, isOver))
    }
    waiting.set(number, { resolve, size, target: passed.target })
    gathered.push([number++, passed])
    bytes += size
    if (resolve || bytes > largest) return hand()
    last = performance.now()
    if (gathered.length > 1) return
    first = last
    setTimeout(handWhenQuiet, quiet)
  }

  function handWhenQuiet(): void {
    const now = performance.now()
    if (now - last >= quiet || now - first >= longest) hand()
    else setTimeout(handWhenQuiet, quiet - (now - last))
  }

  /** Bodies move, so that they need not be copied once more. */
  function hand(): void {
    const exchanges = gathered.map(
      ([id, { body, answerBody, ...rest }]) =>
        [
          id,
          { ...rest, ...(body && { body: [joined(body)] }), ...(answerBody && { answerBody: [joined(answerBody)] }) },
        ] as const,
    )
    gathered = []
    bytes = 0
    if (exchanges.length > 0)
      worker.postMessage(
        exchanges,
        exchanges.flatMap(([, { body = [], answerBody = [] }]) => [...body, ...answerBody].map(({ buffer }) => buffer)),
      )
  }

  return {
    started,
    inspect: (passed) =>
      new Promise((resolve) => {
        accept(passed, resolve)
      }),
    overhear: (passed) => accept(passed),
    async close() {
      hand()
      while (waiting.size > 0) {
        const isHeard = await new Promise<boolean>((resolve) => {
          heard = () => resolve(true)
          setTimeout(() => resolve(false), patience).unref()
        })
        if (!isHeard) break
      }
      for (const id of waiting.keys()) {
        onSkipped()
        settle(id)
      }
      await worker.terminate()
    },
  }
}

const nothingOf = (request: string, isUnseen: boolean): Found => ({ request, violations: [], isUnseen })

function openFolder(folder: string): void {
  try {
    makeFolder(folder)
    readdirSync(folder)
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw failure(`record to ${folder}`, {
      expected: 'a folder that can be written',
      received: (error as NodeJS.ErrnoException).code ?? String(error),
    })
  }
}
