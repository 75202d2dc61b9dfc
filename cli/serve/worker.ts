// Serves as one process of a cluster and exchanges messages with the first process.

import cluster from 'node:cluster'
import type { WebhookCall } from '../../mocks/index.ts'
import { LogClient } from '../../mocks/stores/processes.ts'
import type { FromClient, FromServer } from '../../mocks/stores/processes.ts'
import { Failure } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'
import type { ServeSettings } from '../serve.ts'
import { isRedis } from '../../mocks/stores/redis-connection.ts'
import { stateFor } from './alone.ts'
import { openMockServer } from './mock-server.ts'
import type { MockServerOptions, WebhookSender } from './mock-server.ts'
import { readSources } from './sources.ts'

/** Calls of one process have other numbers than those of the others. */
const apart = 1_000_000

/** Serves as one of several processes until it is told to stop, and returns 0; 2 where it cannot, which the first process says. */
export async function work(stated: ServeSettings, { today, newest, port }: WorkerSettings): Promise<number> {
  const settings = { ...stated, today, port }
  const stopped = untilTold()
  try {
    const shared: MockServerOptions = isRedis(settings.state ?? '')
      ? await stateFor(settings)
      : { log: new LogClient({ post: say, listen: hear }), ...(newest !== undefined && { newest }) }
    const site = await openMockServer(settings, await readSources(settings), {
      ...shared,
      ...(settings.webhookUrl !== undefined && { hooks: hooks() }),
      isQuiet: cluster.worker?.id !== 1,
    })
    process.on('message', (message: ToWorker) => {
      if ('is' in message && message.is === 'show') void show(settings, site)
    })
    say({ is: 'serves', url: site.url, invoices: site.invoices })
    await stopped
    await site.close()
    return 0
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    say({ is: 'failed', message: error.message })
    return 2
  } finally {
    process.removeAllListeners('message')
    if (process.connected) process.disconnect()
  }
}

function say(message: ToPrimary): void {
  // Whoever is not there any more is not told.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
}

const hear = (listener: (message: FromServer) => void): void =>
  void process.on('message', (message: ToWorker) => {
    if ('log' in message) listener(message)
  })

/** Webhooks are called by the first process, one after the other. */
const hooks = (): WebhookSender => ({
  first: (cluster.worker?.id ?? 0) * apart,
  deliver: (call: WebhookCall) => say({ is: 'call', call }),
  log: () =>
    new Promise((resolve) => {
      const listener = (message: ToWorker): void => {
        if (!('is' in message) || message.is !== 'deliveries') return
        process.off('message', listener)
        resolve(message.deliveries)
      }
      process.on('message', listener)
      say({ is: 'deliveries' })
    }),
})

/** The first process has read them and found them well. */
async function show(settings: ServeSettings, site: Awaited<ReturnType<typeof openMockServer>>): Promise<void> {
  try {
    site.show(await readSources(settings))
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
}

/** A terminal sends Ctrl-C to all processes; the first one says when it is time. Without it, nobody would. */
const untilTold = (): Promise<void> =>
  new Promise((resolve) => {
    process.on('SIGINT', () => undefined)
    process.once('SIGTERM', resolve)
    process.on('disconnect', resolve)
    process.on('message', (message: ToWorker) => {
      if ('is' in message && message.is === 'stop') resolve()
    })
  })

/** What a worker is told when it begins. */
export interface WorkerSettings {
  /** The day it was when the first began: those that replace others begin later. */
  readonly today: Day
  readonly newest?: Day
  readonly port: number
}

/** What workers say. */
export type ToPrimary =
  | FromClient
  | { readonly is: 'serves'; readonly url: string; readonly invoices: number }
  | { readonly is: 'failed'; readonly message: string }
  | { readonly is: 'call'; readonly call: WebhookCall }
  | { readonly is: 'deliveries' }

/** What workers are told. */
export type ToWorker =
  | FromServer
  | { readonly is: 'show' }
  | { readonly is: 'stop' }
  | { readonly is: 'deliveries'; readonly deliveries: readonly unknown[] }

const name = 'PROFORMA_WORKER'

/** Returns the environment that makes a process a worker. */
export const workerEnvironment = (briefing: WorkerSettings): Record<string, string> => ({
  [name]: JSON.stringify(briefing),
})

/** Returns what a worker was told, `undefined` in every other process. */
export const workerSettings = (environment: NodeJS.ProcessEnv): WorkerSettings | undefined =>
  environment[name] === undefined ? undefined : (JSON.parse(environment[name]) as WorkerSettings)
