// Routes requests to the mocks of a server, and starts its engine.

import type { Ledger } from '../../factories/index.ts'
import { filesPath, linkedFiles, mockModel, serve, withExamples, withOwnLinks } from '../../mocks/server.ts'
import type { Served, ServeOptions, Worlds } from '../../mocks/server.ts'
import { Failure, routerOf } from '../../spec/index.ts'
import type { Document, Fetch, Model } from '../../spec/index.ts'
import type { ServeSettings } from '../serve.ts'
import type { Mount } from './mounts.ts'

/** Puts something before a mock. */
export type Wrapper = (model: () => Model, fetch: Fetch) => Fetch

/** A path and the API that is served under it, now this one, now that. */
export interface ServedRoute {
  model: Model
  title: string
  readonly worlds?: Worlds
  readonly prefix: string
  readonly also: readonly string[]
  readonly serves: (path: string) => boolean
  readonly fetch: Fetch
  show(model: Model): void
}

/** Returns the route of an API. */
export function routeOf(
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
): ServedRoute {
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
        : import('../desk/desk-calls.ts').then(({ documentResponse }) => documentResponse(shown, form))
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

/** Serves routes by the engine that is asked for. @throws Failure where the port cannot be listened on. */
export async function startServer(
  routes: readonly ServedRoute[],
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
