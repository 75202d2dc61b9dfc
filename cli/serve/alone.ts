import type { Deliverer } from '../../mocks/index.ts'
import { delivererTo } from '../../mocks/server.ts'
import { formatDay } from '../../spec/index.ts'
import { ledgerOptionsOf } from '../ledger-options.ts'
import { misuse } from '../misuse.ts'
import { version } from '../package.ts'
import { sayPrism } from '../say-mocks.ts'
import { sayServed } from '../say.ts'
import type { Settings } from './settings.ts'
import { apisOf, openSite } from './site.ts'
import type { SiteOptions } from './site.ts'
import { readSources, scenarioNames } from './sources.ts'
import { openState, sayState } from './state.ts'
import { untilStopped } from './until-stopped.ts'
import { watchFiles } from './watch.ts'

/** Serves in this process until a signal comes, and returns 0. */
export async function serveAlone(settings: Settings): Promise<number> {
  const { engine, today } = settings
  const sources = await readSources(settings)
  const deliverer = delivererFor(settings)
  const state = await stateFor(settings)
  let stopped: Promise<void> | undefined
  const site = await openSite(settings, sources, {
    ...state,
    ...(deliverer && { hooks: deliverer }),
    onReady: () => {
      stopped = untilStopped()
    },
  })
  const watcher = watchFiles(settings, sources, (next) => site.show(next))
  process.stdout.write(
    sayServed({
      version: version(),
      seed: settings.seed,
      invoices: site.invoices,
      today: formatDay(today),
      engine,
      state: sayState(settings.state),
      desk: settings.desk ? `${site.url}/` : undefined,
      apis: apisOf(sources.models, site.url, settings),
    }) + (engine === 'prism' ? `\n${sayPrism()}` : ''),
  )
  await stopped
  watcher.close()
  await site.close()
  deliverer?.close()
  return 0
}

/** Opens what `--state` names. */
export async function stateFor(settings: Settings): Promise<Pick<SiteOptions, 'log' | 'newest'>> {
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
}: Settings): Deliverer | undefined {
  if (url !== undefined)
    return delivererTo({
      url,
      rate,
      ...(secret !== undefined && { secret }),
      allowRemote,
    })
  if (secret === undefined && !allowRemote) return undefined
  throw misuse(secret === undefined ? '--allow-remote-webhooks' : '--webhook-secret', {
    expected: 'a --webhook-url that it is for',
    received: 'none',
  })
}
