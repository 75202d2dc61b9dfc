// Builds the mock server of the serve command: routes, desk, log, webhooks and reloads.

import { faultsOf, fittingBooks, presentationOf } from '../../factories/index.ts'
import type { Ledger } from '../../factories/index.ts'
import type { Log, WebhookCall } from '../../mocks/index.ts'
import {
  controlOf,
  linkedFiles,
  filesPath,
  listenFor,
  mockModel,
  RequestLog,
  serve,
  withExamples,
  withOwnLinks,
  Worlds,
} from '../../mocks/server.ts'
import type { LoggedRequest, ObservedRequest, Served, ServeOptions } from '../../mocks/server.ts'
import type { ServerLimits } from '../../mocks/http/limits.ts'
import { Failure, routerOf } from '../../spec/index.ts'
import type { Day, Document, Fetch, Model } from '../../spec/index.ts'
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
  { log: happened, newest, hooks, isQuiet = false, onReady }: MockServerOptions,
): Promise<MockServer> {
  const { engine, port, host, maxWorlds } = settings
  const [model, ...others] = sources.models
  const worlds = new Worlds({
    // Several documents tell one story, so none of them alone says which.
    ...(model && others.length === 0 && fittingBooks(model)),
    ...ledgerOptionsOf(settings),
    maxWorlds,
    clock: Date.now,
    scenario: scenarioNames(settings),
    scenarios: sources.scenarios,
    ...(newest !== undefined && { newest }),
    ...(happened && { log: happened }),
  })
  const { ledger } = worlds.first.business
  let number = hooks?.first ?? 0
  const listen = (models: readonly Model[]): (() => void) | undefined =>
    hooks && listenFor(worlds, models, hooks.deliver, () => number++)
  prepare(sources.models, ledger, isQuiet)
  let stop = listen(sources.models)
  const mounts = mountsOf(sources.models, settings)
  let { scenarios, handlers } = sources
  const wrap = await wrapperOf(settings, sources.models, () => handlers)
  const routes = sources.models.map((model, place) =>
    routeOf(model, mounts[place] as Mount, { ...settings, worlds, ...(wrap && { wrap }) }),
  )
  const log = new RequestLog()
  const output = settings.quiet ? undefined : new PatientOutput()
  const factsFor = (request: LoggedRequest): RequestFacts =>
    requestFactsOf(
      request,
      routes.map(({ prefix, model }) => ({ prefix, model, auth: settings.auth })),
    )
  const hosts = [host]
  const changes = new EventTarget()
  const plain = controlOf(worlds, {
    hosts,
    models: () => routes.map(({ model }) => model),
    ...(hooks && { deliveries: hooks.log }),
  })
  const control = settings.desk
    ? withLateDesk(plain, {
        worlds,
        log,
        hosts,
        isCluster: settings.workers !== undefined,
        served: () => routes,
        hasWebhooks: hooks !== undefined,
        files: settings,
        changes,
        scenarios: () => scenarios,
        factsFor,
      })
    : plain
  onReady?.()
  const server = await start(routes, ledger, engine, {
    // MSW needs whole requests.
    isAlone: !wrap,
    ...serverLimitsOf(settings),
    port,
    host,
    control,
    ...(settings.desk && { desk: async (request) => (await deskCalls()).deskPage(request) }),
    ...(!wrap && { onMissed: missReporter(() => routes.map(({ model }) => model), mounts) }),
    onAnswered(observed) {
      if (isDesks(observed)) return
      const request = log.add(observed)
      output?.add(requestLine(request, factsFor(request), settings))
    },
    onError: (error) => warnText(crashText(error)),
  })
  return {
    url: server.url,
    invoices: ledger.size,
    show(next) {
      prepare(next.models, ledger, isQuiet)
      const other = listen(next.models)
      stop?.()
      stop = other
      for (const [place, route] of routes.entries()) route.show(next.models[place] as Model)
      worlds.take(next.scenarios)
      ;({ scenarios, handlers } = next)
      changes.dispatchEvent(new Event('change'))
    },
    async close() {
      await server.close()
      output?.close()
      stop?.()
      await worlds.close()
    },
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

/** Puts something before a mock. */
type Wrapper = (model: () => Model, fetch: Fetch) => Fetch

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
function prepare(models: readonly Model[], ledger: Ledger, isQuiet: boolean): void {
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

/** A path and the API that is served under it, now this one, now that. */
interface Route {
  model: Model
  title: string
  readonly worlds?: Worlds
  readonly prefix: string
  readonly also: readonly string[]
  readonly serves: (path: string) => boolean
  readonly fetch: Fetch
  show(model: Model): void
}

function routeOf(
  model: Model,
  mount: Mount,
  {
    worlds,
    graphqlCost,
    examples,
    maxDepth,
    maxItems,
    auth,
    links,
    wrap,
  }: Pick<ServeSettings, 'auth' | 'graphqlCost' | 'examples' | 'maxDepth' | 'maxItems' | 'links'> & {
    readonly worlds: Worlds
    /** Puts something before the mock. */
    readonly wrap?: Wrapper
  },
): Route {
  const options = { worlds, auth, graphqlCost, examples, maxDepth, maxItems }
  let mocked = mockModel(model, options).fetch
  const plain: Fetch = (request) => mocked(request)
  const linked = links === 'own' ? linkedFiles(() => shown, worlds) : undefined
  const behind = linked ? withOwnLinks(plain, () => shown) : plain
  const fetch = wrap ? wrap(() => shown, behind) : behind
  let router = routerOf([...model.operations, ...model.lost])
  let shown = model
  return {
    model,
    // Answers that are kept ready would come before what is put before the mock.
    ...(!wrap && { worlds }),
    title: model.title,
    ...mount,
    serves: (path) =>
      router.match('GET', path) !== undefined || formOf(path) !== undefined || path.startsWith(filesPath),
    fetch(request) {
      const { pathname } = new URL(request.url)
      if (linked && pathname.startsWith(filesPath)) return linked(request)
      const form = request.method === 'GET' && !router.match('GET', pathname) ? formOf(pathname) : undefined
      return form === undefined
        ? fetch(request)
        : deskCalls().then(({ documentResponse }) => documentResponse(shown, form))
    },
    show(next) {
      if (next === this.model) return
      mocked = mockModel(next, options).fetch
      router = routerOf([...next.operations, ...next.lost])
      this.model = shown = next
      this.title = next.title
    },
  }
}

/** Returns the form of the document that a path asks for, if it does. */
const formOf = (path: string): 'json' | 'yaml' | undefined =>
  path === '/openapi.json' ? 'json' : path === '/openapi.yaml' ? 'yaml' : undefined

async function start(
  routes: readonly Route[],
  ledger: Ledger,
  engine: ServeSettings['engine'],
  options: ServeOptions,
): Promise<Served> {
  if (engine === 'native') return serve(routes, options)
  const { mountPrism } = await import('../../mocks/prism.ts')
  return mountPrism(
    await Promise.all(
      routes.map(async ({ model, prefix, title, fetch }) => ({
        prefix,
        title,
        model,
        fetch,
        document: await documentFor(model, ledger),
      })),
    ),
    options,
  )
}

/** With examples, so that `Prefer: example=overdue` means something; a document that none can be made for is served without. */
const documentFor = (model: Model, ledger: Ledger): Promise<Document> =>
  withExamples(model, ledger).catch((error: unknown) => {
    if (error instanceof Failure) return model.document
    throw error
  })
