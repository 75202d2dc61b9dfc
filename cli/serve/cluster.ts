// Serves in several worker processes, replaces those that die and shares one event log among them.

import cluster from 'node:cluster'
import type { Worker } from 'node:cluster'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Deliverer } from '../../mocks/index.ts'
import { memoryLog } from '../../mocks/server.ts'
import { isRedis } from '../../mocks/stores/redis-connection.ts'
import { LogServer } from '../../mocks/stores/processes.ts'
import { Failure, failure, formatDay } from '../../spec/index.ts'
import { version } from '../package.ts'
import { servedText } from '../terminal.ts'
import { delivererFor, shownState, stateFor } from './alone.ts'
import { work, workerEnvironment, workerSettings } from './worker.ts'
import type { ToPrimary, ToWorker, WorkerSettings } from './worker.ts'
import type { ServeSettings } from '../serve.ts'
import { apiAddresses } from './mock-server.ts'
import { readSources, watchSources } from './sources.ts'
import { untilStopped } from '../signals.ts'
import { printText } from '../output.ts'

/**
 * Workers take connections from the system by themselves. Those that the first process hands over in turns are lost with a worker that
 * dies before it says that it has them: their clients would wait in vain.
 */
cluster.schedulingPolicy = cluster.SCHED_NONE

/** Milliseconds for workers to end by themselves. */
const patience = 3000
/** Milliseconds for a worker to say that it serves. */
const slowest = 120_000
/** Workers that may end in a row before they have served for as long as this. */
const [mostLost, soon] = [5, 2000]

/** Serves in several processes that answer as one, until a signal comes, and returns 0. In those processes: does their part. */
export async function serveTogether(settings: ServeSettings): Promise<number> {
  const briefing = workerSettings(process.env)
  if (cluster.isWorker && briefing) return work(settings, briefing)
  const sources = await readSources(settings)
  const deliverer = delivererFor(settings)
  const { log, newest }: Awaited<ReturnType<typeof stateFor>> = isRedis(settings.state ?? '')
    ? {}
    : await sharedFor(settings)
  // Processes that replace others must find the port again.
  const port = settings.port === 0 ? await freePort(settings.host) : settings.port
  const crew = new Crew(log && new LogServer(log), deliverer, {
    today: settings.today,
    port,
    ...(newest !== undefined && { newest }),
  })
  try {
    const stopped = untilStopped()
    const started = await Promise.race([crew.start(settings.workers ?? 1), stopped])
    if (!started) return 0
    const { url, invoices } = started
    const watcher = watchSources(settings, sources, () => crew.tell({ is: 'show' }))
    printText(
      servedText({
        version: version(),
        seed: settings.seed,
        invoices,
        today: formatDay(settings.today),
        engine: `native × ${settings.workers}`,
        state: shownState(settings.state),
        desk: settings.desk ? `${url}/` : undefined,
        apis: apiAddresses(sources.models, url, settings),
      }),
    )
    const loss = await Promise.race([stopped, crew.lost])
    watcher.close()
    if (loss) throw loss
    return 0
  } finally {
    await crew.stop()
    deliverer?.close()
    await log?.close()
  }
}

/** What workers share where they cannot reach it by themselves: a file, or else the memory of this process. */
async function sharedFor(settings: ServeSettings): ReturnType<typeof stateFor> {
  return settings.state === undefined ? { log: memoryLog({ clock: Date.now }) } : stateFor(settings)
}

/** The processes that serve. */
class Crew {
  /** Resolves when workers end as soon as they begin. */
  readonly lost: Promise<Failure>
  readonly #logServer: LogServer | undefined
  readonly #deliverer: Deliverer | undefined
  readonly #briefing: WorkerSettings
  #isStopping = false
  #hasStarted = false
  #losses = 0
  #lose: (failure: Failure) => void = () => undefined

  constructor(logServer: LogServer | undefined, deliverer: Deliverer | undefined, briefing: WorkerSettings) {
    this.#logServer = logServer
    this.#deliverer = deliverer
    this.#briefing = briefing
    this.lost = new Promise((resolve) => {
      this.#lose = resolve
    })
  }

  /** Starts so many, and resolves when all of them serve. @throws Failure where one says that it cannot. */
  async start(count: number): Promise<{ readonly url: string; readonly invoices: number }> {
    const first = await this.#begin()
    await Promise.all(Array.from({ length: count - 1 }, () => this.#begin()))
    this.#hasStarted = true
    return first
  }

  tell(message: ToWorker): void {
    for (const worker of Object.values(cluster.workers ?? {}))
      if (worker?.isConnected()) worker.send(message, () => undefined)
  }

  /** Ends them all. */
  async stop(): Promise<void> {
    this.#isStopping = true
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
    this.tell({ is: 'stop' })
    const timer = setTimeout(() => {
      for (const {
        process: { pid },
      } of workers)
        if (pid !== undefined && isRunning(pid)) process.kill(pid, 'SIGKILL')
    }, patience)
    await Promise.all(
      workers
        .filter((worker) => worker.process.pid !== undefined && !worker.isDead())
        .map(
          (worker) =>
            new Promise((resolve) => {
              worker.once('exit', resolve)
            }),
        ),
    )
    clearTimeout(timer)
  }

  #begin(): Promise<{ readonly url: string; readonly invoices: number }> {
    const worker = cluster.fork(workerEnvironment(this.#briefing))
    const leave = this.#logServer?.connect({
      post: (message) => {
        if (worker.isConnected()) worker.send(message, () => undefined)
      },
      listen: (listener) =>
        void worker.on('message', (message: ToPrimary) => {
          if ('log' in message) listener(message)
        }),
    })
    const startedAt = Date.now()
    let isServing = false
    const timer = setTimeout(() => worker.process.kill('SIGKILL'), slowest)
    return new Promise((resolve, reject) => {
      worker.on('message', (message: ToPrimary) => {
        if (!('is' in message)) return
        if (message.is === 'serves') {
          clearTimeout(timer)
          isServing = true
          resolve(message)
        }
        if (message.is === 'failed') reject(new Failure(message.message))
        if (message.is === 'call') this.#deliverer?.deliver(message.call)
        if (message.is === 'deliveries') this.#answer(worker)
      })
      worker.once('error', (error) => reject(lostOf(`none: ${error.message}`)))
      worker.once('exit', (code, signal) => {
        leave?.()
        clearTimeout(timer)
        const isSlow = !isServing && Date.now() - startedAt >= slowest
        const loss = lostOf(
          isSlow ? `one that did not begin within ${slowest / 1000} seconds` : `one that ended with ${signal ?? code}`,
        )
        reject(loss)
        if (!this.#isStopping && this.#hasStarted) this.#replace(startedAt, loss)
      })
    })
  }

  #answer(worker: Worker): void {
    worker.send({ is: 'deliveries', deliveries: this.#deliverer?.log() ?? [] } satisfies ToWorker, () => undefined)
  }

  /** One that ends is replaced, unless they all do at once. */
  #replace(startedAt: number, loss: Failure): void {
    this.#losses = Date.now() - startedAt < soon ? this.#losses + 1 : 0
    if (this.#losses >= mostLost) this.#lose(loss)
    else this.#begin().catch(() => undefined)
  }
}

const lostOf = (received: string): Failure => failure('serve', { expected: 'a process that serves', received })

/** Returns a port that nobody listens on; 0 where that cannot be told, which whoever listens will say. */
const freePort = (host: string): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
      .on('error', () => resolve(0))
      .listen(0, host, () => {
        const { port } = server.address() as AddressInfo
        server.close(() => resolve(port))
      })
  })

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
