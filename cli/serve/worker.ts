import cluster from 'node:cluster'
import type { WebhookCall } from '../../mocks/index.ts'
import { LogClient } from '../../mocks/stores/processes.ts'
import type { FromServer } from '../../mocks/stores/processes.ts'
import { Failure } from '../../spec/index.ts'
import { stateFor } from './alone.ts'
import type { Briefing, ToPrimary, ToWorker } from './member.ts'
import type { Settings } from './settings.ts'
import { openSite } from './site.ts'
import type { Hooks, SiteOptions } from './site.ts'
import { readSources } from './sources.ts'
import { isRedis } from '../../mocks/stores/connection.ts'

/** Calls of one process have other numbers than those of the others. */
const apart = 1_000_000

/** Serves as one of several processes until it is told to stop, and returns 0; 2 where it cannot, which the first process says. */
export async function work(stated: Settings, { today, newest, port }: Briefing): Promise<number> {
  const settings = { ...stated, today, port }
  const stopped = untilTold()
  try {
    const shared: SiteOptions = isRedis(settings.state ?? '')
      ? await stateFor(settings)
      : { log: new LogClient({ post: say, listen: hear }), ...(newest !== undefined && { newest }) }
    const site = await openSite(settings, await readSources(settings), {
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
const hooks = (): Hooks => ({
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
async function show(settings: Settings, site: Awaited<ReturnType<typeof openSite>>): Promise<void> {
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
