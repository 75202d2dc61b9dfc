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
export function startInspector(options: ThreadOptions, budget: MemoryBudget, events: InspectorEvents): InspectorThread {
  if (options.record !== undefined) openFolder(options.record)
  return new WorkerInspector(
    new Worker(moduleFile('cli/proxy/inspector-thread'), { workerData: options }),
    budget,
    events,
  )
}

class WorkerInspector implements InspectorThread {
  readonly started: Promise<void>
  readonly #worker: Worker
  readonly #budget: MemoryBudget
  readonly #events: InspectorEvents
  /** Exchanges that are not inspected yet, by number. */
  readonly #waiting = new Map<number, Waiting>()
  /** Exchanges that are not sent yet, and their bytes; when the first and the last of them came. */
  #gathered: (readonly [id: number, exchange: RawExchange])[] = []
  #bytes = 0
  #first = 0
  #last = 0
  #number = 0
  #isOver = false
  #death: string | undefined
  #onMessage: (() => void) | undefined

  constructor(worker: Worker, budget: MemoryBudget, events: InspectorEvents) {
    this.#worker = worker
    this.#budget = budget
    this.#events = events
    this.started = new Promise<void>((resolve, reject) => {
      worker.once('message', () => resolve())
      worker.once('exit', () =>
        reject(
          failure('inspect exchanges', { expected: 'a thread that starts', received: this.#death ?? 'one that ends' }),
        ),
      )
    })
    worker.on('error', (error: Error) => {
      this.#death = error.message
    })
    worker.once('exit', () => this.#end())
    worker.on('message', (messages: readonly InspectorMessage[]) => this.#hear(messages))
  }

  readonly inspect = (exchange: RawExchange): Promise<Findings> =>
    new Promise((resolve) => {
      this.#accept(exchange, resolve)
    })

  readonly inspectLater = (exchange: RawExchange): void => this.#accept(exchange)

  async close(): Promise<void> {
    this.#sendAll()
    while (this.#waiting.size > 0) {
      const isAlive = await new Promise<boolean>((resolve) => {
        this.#onMessage = () => resolve(true)
        setTimeout(() => resolve(false), patience).unref()
      })
      if (!isAlive) break
    }
    for (const id of this.#waiting.keys()) {
      this.#events.onSkipped()
      this.#settle(id)
    }
    await this.#worker.terminate()
  }

  #hear(messages: readonly InspectorMessage[]): void {
    for (const { id, result, failure: message } of messages) {
      if (message !== undefined) this.#events.onFailure(message)
      if (result) this.#events.onResult(result)
      this.#settle(id, result)
    }
    this.#onMessage?.()
  }

  #end(): void {
    this.#isOver = true
    void this.started.then(
      () => this.#death !== undefined && this.#events.onFailure(this.#death),
      () => undefined,
    )
    for (const id of this.#waiting.keys()) this.#settle(id)
    this.#onMessage?.()
  }

  #settle(id: number, found?: Findings): void {
    const known = this.#waiting.get(id)
    if (!known) return
    this.#waiting.delete(id)
    this.#budget.give(known.size)
    known.resolve?.(found ?? nothingOf(known.target, this.#isOver))
  }

  #accept(exchange: RawExchange, resolve?: (found: Findings) => void): void {
    const size = byteLengthOf(exchange) + least
    if (this.#isOver || !this.#budget.take(size)) {
      this.#events.onSkipped()
      return resolve?.(nothingOf(exchange.target, this.#isOver))
    }
    this.#waiting.set(this.#number, { resolve, size, target: exchange.target })
    this.#gathered.push([this.#number++, exchange])
    this.#bytes += size
    if (resolve || this.#bytes > largest) return this.#sendAll()
    this.#last = performance.now()
    if (this.#gathered.length > 1) return
    this.#first = this.#last
    setTimeout(() => this.#sendWhenQuiet(), quiet)
  }

  #sendWhenQuiet(): void {
    const now = performance.now()
    if (now - this.#last >= quiet || now - this.#first >= longest) this.#sendAll()
    else setTimeout(() => this.#sendWhenQuiet(), quiet - (now - this.#last))
  }

  /** Sends the gathered exchanges to the thread; the memory of bodies is transferred, not copied. */
  #sendAll(): void {
    const exchanges = this.#gathered.map(([id, exchange]) => [id, joined(exchange)] as const)
    this.#gathered = []
    this.#bytes = 0
    if (exchanges.length === 0) return
    const memory = exchanges.flatMap(([, { body, responseBody }]) => [...(body ?? []), ...(responseBody ?? [])])
    this.#worker.postMessage(
      exchanges,
      memory.map(({ buffer }) => buffer),
    )
  }
}

/** Returns an exchange whose bodies are one chunk each, in memory of their own. */
const joined = ({ body, responseBody, ...rest }: RawExchange) => ({
  ...rest,
  ...(body && { body: [concat(body)] }),
  ...(responseBody && { responseBody: [concat(responseBody)] }),
})

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
