import { faultsOf, termsOf } from '../factories/index.ts'
import type { Ledger } from '../factories/index.ts'
import { controlOf, deliver, mockModel, withExamples, Worlds } from '../mocks/index.ts'
import type { Deliverer } from '../mocks/index.ts'
import { serve } from '../mocks/server.ts'
import type { Served, ServeOptions } from '../mocks/server.ts'
import { Failure, formatDay, showing } from '../spec/index.ts'
import type { Document, Fetch, Model } from '../spec/index.ts'
import { curlOf } from './curl.ts'
import { day } from './day.ts'
import { misuse } from './misuse.ts'
import { modelsFor } from './models.ts'
import type { OwnDocument } from './models.ts'
import { optionalOf } from './optional.ts'
import { version } from './package.ts'
import { sayPrism } from './say-mocks.ts'
import { sayServed, sayStack, sayStopping } from './say.ts'
import { seedOf } from './seed-of.ts'
import { openState } from './serve/state.ts'
import { onStop } from './signals.ts'
import { whole } from './whole.ts'
import { word } from './word.ts'

/** Options of `proforma serve`, as the command line has them. */
export interface ServeFlags extends OwnDocument {
  readonly port: string
  readonly host: string
  readonly seed: string
  readonly invoices: string
  readonly today: string
  readonly engine: string
  readonly scenario?: readonly string[]
  readonly webhookUrl?: string
  readonly webhookSecret?: string
  readonly allowRemoteWebhooks?: boolean
  /** File that keeps what happens. */
  readonly state?: string
  /** Folder of recordings to answer from. */
  readonly replay?: string
  readonly optional?: string
}

const engines = ['native', 'prism'] as const

/** Lists, filters and sorts keep some facts of every invoice in memory: about a hundred bytes each. */
const mostServed = 10_000_000

/**
 * Serves APIs until a signal comes, and returns 0.
 * @throws Failure for what the command line states wrongly, or a port that cannot be listened on.
 */
export async function serveCommand(names: readonly string[], flags: ServeFlags): Promise<number> {
  const { replay } = flags
  if (replay !== undefined) return (await import('./replay.ts')).replayCommand(names, { ...flags, replay })
  const port = whole('--port', flags.port, { least: 0, most: 65_535 })
  const invoices = whole('--invoices', flags.invoices, { least: 0, most: mostServed })
  const engine = word('--engine', flags.engine, engines)
  const today = day('--today', flags.today)
  const seed = seedOf(flags.seed)
  if (flags.host.trim() === '') throw misuse('--host', { expected: 'a name or address of this computer', received: 'an empty text' })
  const optional = optionalOf(flags)
  const models = modelsFor(names, flags).map((model) => showing(model, optional))
  const scenarios = flags.scenario ?? []
  const state = flags.state === undefined ? undefined : await openState(flags.state, { order: { seed, invoices, epoch: today }, scenarios, today })
  const worlds = new Worlds({
    seed, invoices, today, clock: Date.now, scenario: scenarios, ...(state && { epoch: state.order.epoch, log: state.log }),
  })
  const { ledger } = worlds.first.business
  // Drawn before anybody waits for an answer: a million take seconds.
  for (const model of models) ledger.columns(termsOf(model).rounding)
  // What cannot be answered is told now, not when somebody asks. Built-in documents have no such places, and no files.
  for (const sentence of models.filter(({ locate }) => locate('') !== undefined).flatMap((model) => faultsOf(model, ledger))) console.error(sentence)
  const deliverer = deliverTo(worlds, models, flags)
  const mounted = models.map((model) => ({ model, worlds, prefix: `/${model.name}`, title: model.title, fetch: mockModel(model, { worlds }).fetch }))
  const control = controlOf(worlds, { hosts: [flags.host], ...(deliverer && { deliveries: deliverer.log }) })
  const server = await start(mounted, ledger, engine, { port, host: flags.host, control, onError: (error) => console.error(sayStack(error)) })
  const apis = mounted.map(({ model, prefix, title }) => {
    const url = server.url + prefix
    return { name: model.name, title, url, curl: curlOf(model, url) }
  })
  process.stdout.write(sayServed({ version: version(), seed, invoices: ledger.size, today: formatDay(today), engine, apis }) + (engine === 'prism' ? `\n${sayPrism()}` : ''))
  await untilSignal()
  await server.close()
  deliverer?.close()
  await worlds.close()
  return 0
}

/** Calls webhooks, where there is an address for them. */
function deliverTo(worlds: Worlds, models: readonly Model[], { webhookUrl: url, webhookSecret: secret, allowRemoteWebhooks: allowRemote }: ServeFlags): Deliverer | undefined {
  if (url !== undefined) return deliver(worlds, models, { url, ...(secret !== undefined && { secret }), ...(allowRemote !== undefined && { allowRemote }) })
  if (secret === undefined && allowRemote === undefined) return undefined
  throw misuse(secret === undefined ? '--allow-remote-webhooks' : '--webhook-secret', { expected: 'a --webhook-url that it is for', received: 'none' })
}

interface Mounted {
  readonly model: Model
  readonly prefix: string
  readonly title: string
  readonly fetch: Fetch
}

async function start(mounted: readonly Mounted[], ledger: Ledger, engine: (typeof engines)[number], options: ServeOptions): Promise<Served> {
  if (engine === 'native') return serve(mounted, { ...options, isAlone: true })
  const { mountPrism } = await import('../mocks/prism.ts')
  return mountPrism(await Promise.all(mounted.map(async ({ model, ...route }) => ({ ...route, document: await documentFor(model, ledger) }))), options)
}

/** With examples, so that `Prefer: example=overdue` means something; a document that none can be made for is served without. */
const documentFor = (model: Model, ledger: Ledger): Promise<Document> =>
  withExamples(model, ledger).catch((error: unknown) => {
    if (error instanceof Failure) return model.document
    throw error
  })

/** Resolves at the first signal to stop. */
const untilSignal = (): Promise<void> =>
  new Promise((resolve) => {
    onStop(() => {
      if (process.stderr.isTTY) console.error(sayStopping())
      resolve()
    })
  })
