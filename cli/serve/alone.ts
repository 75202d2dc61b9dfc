// Serves in one process until it is told to stop.

import type { Deliverer } from '../../mocks/index.ts'
import { delivererTo } from '../../mocks/server.ts'
import { formatDay } from '../../spec/index.ts'
import { ledgerOptionsOf } from '../options/invoices.ts'
import { usageError } from '../usage-error.ts'
import { version } from '../package.ts'
import { sayPrism, servedText } from '../terminal.ts'
import type { ServeSettings } from '../serve.ts'
import { untilStopped } from '../signals.ts'
import { isRedis, readAddress, shownAddress } from '../../mocks/stores/redis-connection.ts'
import type { StateStore, Wanted } from '../../mocks/stores/store.ts'
import { openMockServer, apiAddresses } from './mock-server.ts'
import type { MockServerOptions } from './mock-server.ts'
import { readSources, scenarioNames, watchSources } from './sources.ts'
import { printText } from '../output.ts'

/** Serves in this process until a signal comes, and returns 0. */
export async function serveAlone(settings: ServeSettings): Promise<number> {
  const { engine, today } = settings
  const sources = await readSources(settings)
  const deliverer = delivererFor(settings)
  const state = await stateFor(settings)
  let stopped: Promise<void> | undefined
  const site = await openMockServer(settings, sources, {
    ...state,
    ...(deliverer && { hooks: deliverer }),
    onReady: () => {
      stopped = untilStopped()
    },
  })
  const watcher = watchSources(settings, sources, (next) => site.show(next))
  printText(
    servedText({
      version: version(),
      seed: settings.seed,
      invoices: site.invoices,
      today: formatDay(today),
      engine,
      state: shownState(settings.state),
      desk: settings.desk ? `${site.url}/` : undefined,
      apis: apiAddresses(sources.models, site.url, settings),
    }) + (engine === 'prism' ? `\n${sayPrism()}` : ''),
  )
  await stopped
  watcher.close()
  await site.close()
  deliverer?.close()
  return 0
}

/** Opens what `--state` names. */
export async function stateFor(settings: ServeSettings): Promise<Pick<MockServerOptions, 'log' | 'newest'>> {
  const { state, today } = settings
  if (state === undefined) return {}
  const { log, books } = await openState(state, {
    books: { ...ledgerOptionsOf(settings), newest: today },
    scenarios: scenarioNames(settings),
    today,
  })
  return { log, newest: books.newest }
}

/** Returns what calls webhooks, where there is an address for them. */
export function delivererFor({
  webhookUrl: url,
  webhookSecret: secret,
  webhookRate: rate,
  allowRemoteWebhooks: allowRemote,
}: ServeSettings): Deliverer | undefined {
  if (url !== undefined)
    return delivererTo({
      url,
      rate,
      ...(secret !== undefined && { secret }),
      allowRemote,
    })
  if (secret === undefined && !allowRemote) return undefined
  throw usageError(secret === undefined ? '--allow-remote-webhooks' : '--webhook-secret', {
    expected: 'a --webhook-url that it is for',
    received: 'none',
  })
}

/** Returns where a state is, as it may be shown. */
export const shownState = (place: string | undefined): string | undefined =>
  place !== undefined && isRedis(place) ? shownAddress(readAddress(place)) : place

/**
 * Opens the state that `--state` names: a file, or a Redis or Valkey.
 * @throws Failure for what cannot be opened, or is about other books.
 */
async function openState(place: string, wanted: Wanted): Promise<StateStore> {
  if (isRedis(place)) return (await import('../../mocks/stores/redis.ts')).redisState(place, wanted)
  if (/^[a-z]{2,}:\/\//i.test(place))
    throw usageError('--state', {
      expected: 'a file, or an address like redis://127.0.0.1:6379',
      received: `one that begins with ${place.slice(0, place.indexOf(':'))}:`,
    })
  // SQLite came to Node later than the rest that is needed.
  const { sqliteState } = await import('../../mocks/stores/sqlite.ts').catch(() => {
    throw usageError('--state', {
      expected: 'Node 22.13 or later, which has SQLite',
      received: `Node ${process.versions.node}`,
    })
  })
  return sqliteState(place, wanted)
}
