// Starts the inspector thread and sends exchanges to it.

import { accessSync, constants, readdirSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { failure } from '../../spec/index.ts'
import { makeFolder, moduleFile } from '../package.ts'
import type { InspectionResult, InspectorMessage, ThreadOptions } from './inspector-thread.ts'
import { concat } from './body-buffer.ts'
import type { MemoryBudget } from './body-buffer.ts'
import { byteLengthOf } from './exchange.ts'
import type { Findings, RawExchange } from './exchange.ts'

/** Inspects exchanges in a thread of its own, so that clients need not wait. */
export interface InspectorThread {
  /** Resolves when the thread is ready. @throws Failure where its thread does not start. */
  readonly started: Promise<void>
  /** Resolves with what was found; with nothing where too much is waiting, or where the thread has ended. */
  inspect(exchange: RawExchange): Promise<Findings>
  /** Inspects an exchange when there is time. */
  inspectLater(exchange: RawExchange): void
  /** Waits for the exchanges that are not inspected yet, and ends the thread. */
  close(): Promise<void>
}

/** Callbacks of an inspector. */
export interface InspectorEvents {
  readonly onResult: (result: InspectionResult) => void
  /** An exchange was not inspected. */
  readonly onSkipped: () => void
  /** An exchange could not be inspected, or the thread has ended. */
  readonly onFailure: (message: string) => void
}

interface Waiting {
  readonly resolve: ((found: Findings) => void) | undefined
  readonly size: number
  readonly target: string
}

/** A burst of exchanges is inspected after so many milliseconds without another one, because an inspection slows the next one down … */
const quiet = 20
/** … or once it has lasted so many milliseconds, or has so many bytes. */
const longest = 250
const largest = 32_000_000
/** Milliseconds without a message after which `close` stops waiting. */
const patience = 10_000
/** Bytes counted for an exchange beside its bodies. */
const least = 1000

/** Starts an inspector. @throws Failure for a folder of recordings that cannot be made. */
export function startInspector(
  options: ThreadOptions,
  budget: MemoryBudget,
  { onResult, onSkipped, onFailure }: InspectorEvents,
): InspectorThread {
  if (options.record !== undefined) openFolder(options.record)
  const worker = new Worker(moduleFile('cli/proxy/inspector-thread'), { workerData: options })
  const waiting = new Map<number, Waiting>()
  let gathered: (readonly [id: number, exchange: RawExchange])[] = []
  let bytes = 0
  let first = 0
  let last = 0
  let number = 0
  let isOver = false
  let onMessage: (() => void) | undefined

  function settle(id: number, found?: Findings): void {
    const known = waiting.get(id)
    if (!known) return
    waiting.delete(id)
    budget.give(known.size)
    known.resolve?.(found ?? nothingOf(known.target, isOver))
  }

  const started = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('exit', () =>
      reject(failure('inspect exchanges', { expected: 'a thread that starts', received: death ?? 'one that ends' })),
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
    onMessage?.()
  })
  worker.on('message', (messages: readonly InspectorMessage[]) => {
    for (const { id, result, failure: message } of messages) {
      if (message !== undefined) onFailure(message)
      if (result) onResult(result)
      settle(id, result)
    }
    onMessage?.()
  })
  function accept(exchange: RawExchange, resolve?: (found: Findings) => void): void {
    const size = byteLengthOf(exchange) + least
    if (isOver || !budget.take(size)) {
      onSkipped()
      return resolve?.(nothingOf(exchange.target, isOver))
    }
    waiting.set(number, { resolve, size, target: exchange.target })
    gathered.push([number++, exchange])
    bytes += size
    if (resolve || bytes > largest) return sendAll()
    last = performance.now()
    if (gathered.length > 1) return
    first = last
    setTimeout(sendWhenQuiet, quiet)
  }

  function sendWhenQuiet(): void {
    const now = performance.now()
    if (now - last >= quiet || now - first >= longest) sendAll()
    else setTimeout(sendWhenQuiet, quiet - (now - last))
  }

  /** Sends the gathered exchanges to the thread; the memory of bodies is transferred, not copied. */
  function sendAll(): void {
    const exchanges = gathered.map(
      ([id, { body, responseBody, ...rest }]) =>
        [
          id,
          {
            ...rest,
            ...(body && { body: [concat(body)] }),
            ...(responseBody && { responseBody: [concat(responseBody)] }),
          },
        ] as const,
    )
    gathered = []
    bytes = 0
    if (exchanges.length > 0)
      worker.postMessage(
        exchanges,
        exchanges.flatMap(([, { body = [], responseBody = [] }]) =>
          [...body, ...responseBody].map(({ buffer }) => buffer),
        ),
      )
  }

  return {
    started,
    inspect: (exchange) =>
      new Promise((resolve) => {
        accept(exchange, resolve)
      }),
    inspectLater: (exchange) => accept(exchange),
    async close() {
      sendAll()
      while (waiting.size > 0) {
        const isAlive = await new Promise<boolean>((resolve) => {
          onMessage = () => resolve(true)
          setTimeout(() => resolve(false), patience).unref()
        })
        if (!isAlive) break
      }
      for (const id of waiting.keys()) {
        onSkipped()
        settle(id)
      }
      await worker.terminate()
    },
  }
}

const nothingOf = (request: string, isUninspected: boolean): Findings => ({ request, violations: [], isUninspected })

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
