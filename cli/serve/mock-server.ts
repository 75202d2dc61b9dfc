// Builds the mock server of the serve command: routes, desk, log, webhooks and reloads.

import { faultsOf, fittingBooks, presentationOf } from '../../factories/index.ts'
import type { Ledger } from '../../factories/index.ts'
import type { Log, WebhookCall } from '../../mocks/index.ts'
import { controlOf, listenFor, RequestLog, Worlds } from '../../mocks/server.ts'
import type { LoggedRequest, ObservedRequest, Served, ServeOptions } from '../../mocks/server.ts'
import type { ServerLimits } from '../../mocks/http/limits.ts'
import type { Day, Fetch, Model } from '../../spec/index.ts'
import { curlOf } from '../request-example.ts'
import { diagnosticsWithOperations, printDiagnostics, printInferences } from '../diagnostics.ts'
import { connectionLimits } from '../options/serving.ts'
import { ledgerOptionsOf } from '../options/invoices.ts'
import type { OptionValues } from '../options/table.ts'
import { crashText } from '../terminal.ts'
import type { ServedText } from '../terminal.ts'
import type { DeskOptions } from '../desk/desk-calls.ts'
import type { ServeSettings } from '../serve.ts'
import { missReporter, mountsOf } from './mounts.ts'
import type { Mount } from './mounts.ts'
import { routeOf, startServer } from './route.ts'
import type { ServedRoute, Wrapper } from './route.ts'
import { requestFactsOf } from './request-facts.ts'
import type { RequestFacts } from './request-facts.ts'
import { PatientOutput, requestLine } from './request-lines.ts'
import { scenarioNames } from './sources.ts'
import type { Sources } from './sources.ts'
import { warnLine, warnText } from '../output.ts'

/** What a site has beside what the command line says. */
export interface MockServerOptions {
  readonly log?: Log
  /** Day of the newest invoice, where it is not that of the site. */
  readonly newest?: Day
  /** What calls webhooks. */
  readonly hooks?: WebhookSender
  /** Says nothing about documents: another process does. */
  readonly isQuiet?: boolean
  /** Called when all is ready, just before anybody can ask. */
  readonly onReady?: () => void
}

/** What calls webhooks, here or in another process. */
export interface WebhookSender {
  deliver(call: WebhookCall): void
  log(): readonly unknown[] | Promise<readonly unknown[]>
  /** Number of the first call. */
  readonly first?: number
}

/** A server of mocked APIs. */
export interface MockServer {
  readonly url: string
  /** How many invoices there are. */
  readonly invoices: number
  /** Shows other documents and scenarios from now on; what has happened stays. */
  show(sources: Sources): void
  close(): Promise<void>
}

/** Serves mocked APIs. @throws Failure where the port cannot be listened on, or the documents have something that nobody can answer. */
export async function openMockServer(
  settings: ServeSettings,
  sources: Sources,
  options: MockServerOptions,
): Promise<MockServer> {
  const site = new Site(settings, sources, options)
  await site.open()
  return site
}

/** The worlds of a server, all of which begin in the same books. */
function worldsFor(settings: ServeSettings, sources: Sources, { log, newest }: MockServerOptions): Worlds {
  const [model, ...others] = sources.models
  return new Worlds({
    // Several documents tell one story, so none of them alone says which.
    ...(model && others.length === 0 && fittingBooks(model)),
    ...ledgerOptionsOf(settings),
    maxWorlds: settings.maxWorlds,
    clock: Date.now,
    scenario: scenarioNames(settings),
    scenarios: sources.scenarios,
    ...(newest !== undefined && { newest }),
    ...(log && { log }),
  })
}

class Site implements MockServer {
  readonly #settings: ServeSettings
  readonly #options: MockServerOptions
  readonly #worlds: Worlds
  readonly #ledger: Ledger
  readonly #log = new RequestLog()
  readonly #output: PatientOutput | undefined
  /** Tells the desk that other documents are served. */
  readonly #changes = new EventTarget()
  /** As they are shown now. */
  #sources: Sources
  #routes: readonly ServedRoute[] = []
  #server: Served | undefined
  #webhookCalls: number
  #stopListening: (() => void) | undefined

  constructor(settings: ServeSettings, sources: Sources, options: MockServerOptions) {
    this.#settings = settings
    this.#options = options
    this.#sources = sources
    this.#worlds = worldsFor(settings, sources, options)
    this.#ledger = this.#worlds.first.business.ledger
    this.#output = settings.quiet ? undefined : new PatientOutput()
    this.#webhookCalls = options.hooks?.first ?? 0
  }

  get url(): string {
    return this.#server?.url ?? ''
  }

  get invoices(): number {
    return this.#ledger.size
  }

  /** @throws Failure as {@link openMockServer} does. */
  async open(): Promise<void> {
    const { models } = this.#sources
    prepare(models, this.#ledger, this.#options.isQuiet)
    this.#stopListening = this.#listen(models)
    const wrap = await wrapperOf(this.#settings, models, () => this.#sources.handlers)
    const mounts = mountsOf(models, this.#settings)
    const options = { ...this.#settings, worlds: this.#worlds, ...(wrap && { wrap }) }
    this.#routes = models.map((model, place) => routeOf(model, mounts[place] as Mount, options))
    this.#options.onReady?.()
    this.#server = await startServer(this.#routes, this.#ledger, this.#settings.engine, {
      ...this.#serving(),
      // MSW needs whole requests.
      isAlone: !wrap,
      ...(!wrap && { onMissed: missReporter(() => this.#models, mounts) }),
    })
  }

  show(next: Sources): void {
    prepare(next.models, this.#ledger, this.#options.isQuiet)
    const other = this.#listen(next.models)
    this.#stopListening?.()
    this.#stopListening = other
    for (const [place, route] of this.#routes.entries()) route.show(next.models[place] as Model)
    this.#worlds.take(next.scenarios)
    this.#sources = next
    this.#changes.dispatchEvent(new Event('change'))
  }

  async close(): Promise<void> {
    await this.#server?.close()
    this.#output?.close()
    this.#stopListening?.()
    await this.#worlds.close()
  }

  get #models(): readonly Model[] {
    return this.#routes.map(({ model }) => model)
  }

  #listen(models: readonly Model[]): (() => void) | undefined {
    const { hooks } = this.#options
    return hooks && listenFor(this.#worlds, models, hooks.deliver, () => this.#webhookCalls++)
  }

  #serving(): Omit<ServeOptions, 'isAlone' | 'onMissed'> {
    const { port, host, desk } = this.#settings
    return {
      ...serverLimitsOf(this.#settings),
      port,
      host,
      control: this.#control(),
      ...(desk && { desk: async (request) => (await deskCalls()).deskPage(request) }),
      onAnswered: (observed) => {
        if (isDesks(observed)) return
        const request = this.#log.add(observed)
        this.#output?.add(requestLine(request, this.#factsFor(request), this.#settings))
      },
      onError: (error) => warnText(crashText(error)),
    }
  }

  /** Answers control calls, the desk's among them. */
  #control(): Fetch {
    const { host, desk, workers } = this.#settings
    const { hooks } = this.#options
    const hosts = [host]
    const plain = controlOf(this.#worlds, {
      hosts,
      models: () => this.#models,
      ...(hooks && { deliveries: hooks.log }),
    })
    if (!desk) return plain
    return withLateDesk(plain, {
      worlds: this.#worlds,
      log: this.#log,
      hosts,
      isCluster: workers !== undefined,
      served: () => this.#routes,
      hasWebhooks: hooks !== undefined,
      files: this.#settings,
      changes: this.#changes,
      scenarios: () => this.#sources.scenarios,
      factsFor: (request) => this.#factsFor(request),
    })
  }

  #factsFor(request: LoggedRequest): RequestFacts {
    const { auth } = this.#settings
    return requestFactsOf(
      request,
      this.#routes.map(({ prefix, model }) => ({ prefix, model, auth })),
    )
  }
}

const deskCalls = () => import('../desk/desk-calls.ts')

/** As `withDesk`, which is loaded when it is first asked: most servers are never looked at. */
function withLateDesk(control: Fetch, options: DeskOptions): Fetch {
  let desk: Promise<Fetch> | undefined
  return async (request) => {
    desk ??= deskCalls().then(({ withDesk }) => withDesk(control, options))
    return (await desk)(request)
  }
}

/** Returns what puts the user's own handlers, and behind them the real API, before a mock; `undefined` where there is neither. */
async function wrapperOf(
  settings: ServeSettings,
  models: readonly Model[],
  handlers: () => Sources['handlers'],
): Promise<Wrapper | undefined> {
  const wrappers: Wrapper[] = []
  if (settings.upstream || settings.forward) {
    const { realApiOf, withUpstream } = await import('./upstream.ts')
    wrappers.push(withUpstream.bind(undefined, realApiOf(settings, models)))
  }
  if (settings.handlers !== undefined)
    wrappers.push((await import('./own-handlers.ts')).withHandlers.bind(undefined, handlers))
  return wrappers.length === 0
    ? undefined
    : (model, fetch) => wrappers.reduce((behind, put) => put(model, behind), fetch)
}

/**
 * Tells whether the desk asked, to fill a table: nobody wants to read of each of its pages. Only a browser's word that the page is this
 * server's own counts (Fetch Metadata, which no page can set), and what may change something is always told.
 */
function isDesks({ method, headers }: ObservedRequest): boolean {
  const says = (field: string, word: string): boolean =>
    headers.some(([name, value]) => name.toLowerCase() === field && value === word)
  return method === 'GET' && says('x-proforma-desk', 'browse') && says('sec-fetch-site', 'same-origin')
}

/** Returns what clients may ask of the server, times in milliseconds. */
export const serverLimitsOf = (options: OptionValues<'serve'>): ServerLimits => ({
  maxBody: options.maxBody,
  ...connectionLimits(options),
})

/** Returns what a site tells about its APIs. */
export const apiAddresses = (
  models: readonly Model[],
  url: string,
  settings: Pick<ServeSettings, 'prefix' | 'engine'>,
): ServedText['apis'] => {
  const mounts = mountsOf(models, settings)
  return models.map((model, place) => {
    const { prefix, also } = mounts[place] as Mount
    const own = url + prefix
    return {
      name: model.name,
      title: model.title,
      url: own,
      also: also.map((path) => url + path),
      curl: curlOf(model, own),
    }
  })
}

/** Drawn before anybody waits for an answer: a million take seconds. */
function prepare(models: readonly Model[], ledger: Ledger, isQuiet = false): void {
  for (const model of models) ledger.columns(presentationOf(model).rounding)
  if (!isQuiet) printInferences(models)
  if (!isQuiet)
    for (const model of models)
      printDiagnostics({ diagnostics: diagnosticsWithOperations(model), locate: model.locate })
  // What cannot be answered is told now, not when somebody asks. Built-in documents have no such places, and no files.
  for (const sentence of models
    .filter(({ locate }) => locate('') !== undefined)
    .flatMap((model) => faultsOf(model, ledger)))
    if (!isQuiet) warnLine(sentence)
}
