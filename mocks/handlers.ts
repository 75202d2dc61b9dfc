// Makes MSW handlers for the operations of a document.

import { http } from 'msw/http'
import type { HttpHandler, HttpRequestHandler } from 'msw/http'
import { isObject, operationOf, routerOf, serversOf, successOf } from '../spec/index.ts'
import type { Fetch, Matched, MethodNotAllowed, Model } from '../spec/index.ts'
import { ConnectionReset } from './faults.ts'
import { baseHeader } from './http/routes.ts'

/** Which requests handlers take. */
export interface HandlersOptions {
  /**
   * Takes only requests below this address: `https://api.example.com/v2`, or `/api` on the page's own origin (any, where there is no
   * page). Without it, requests to the document's servers, all of them. A server without an origin stands for any but the page's own.
   */
  readonly baseUrl?: string
}

interface Base {
  /** Tells whether requests to an origin are meant. */
  readonly fits: (origin: string) => boolean
  /** Without a slash at the end. */
  readonly path: string
}

interface Found {
  readonly result: Matched | MethodNotAllowed
  /** Path as the document writes it. */
  readonly path: string
}

/**
 * Returns MSW 3 handlers for a document, one for each operation in its order, and a last one for the other methods of
 * documented paths. What is the page's own (a navigation, a file, a module) is never taken. Each asks the `Fetch` with the server's
 * base path taken off. Use them in `setupServer` and `setupWorker`; override one with `server.use(http.get(pattern, …))`.
 */
export function handlersOf(model: Model, fetch: Fetch, options: HandlersOptions = {}): HttpHandler[] {
  const find = finderOf(model, options)
  const answer = ({ request }: { request: Request }): Promise<Response> =>
    ask(fetch, request, find(request)?.path).catch(asNetworkError)
  const own = model.operations.flatMap((operation) => {
    const method = methods[operation.method]
    return method
      ? [
          named(
            method(({ request }) => operationIn(find(request)) === operation, answer),
            `${operation.method} ${operation.path}`,
          ),
        ]
      : []
  })
  return [
    ...own,
    named(
      http.all(({ request }) => find(request) !== undefined, answer),
      `other methods of ${model.title}`,
    ),
  ]
}

/** Returns what finds the operation of a request; each request is looked at once. */
function finderOf(model: Model, { baseUrl }: HandlersOptions): (request: Request) => Found | undefined {
  const router = routerOf(model.operations)
  const bases = baseUrl === undefined ? documentedBases(model) : [baseOf(baseUrl, isPages)]
  const seen = new WeakMap<Request, Found | undefined>()
  return (request) => {
    if (!seen.has(request))
      seen.set(
        request,
        search(request, bases, (method, path) => router.match(method, path)),
      )
    return seen.get(request)
  }
}

/** Types of one operation: its parameters by name, its body, and what it answers. */
export interface OperationTypes {
  readonly params: object
  readonly body: unknown
  readonly answer: unknown
}

/** A request to one operation, as its document reads it. */
export interface ResolverInput<Types extends OperationTypes> {
  readonly request: Request
  /** Values of parameters by name, of the types that the document gives them; those that do not fit are absent. */
  readonly params: Types['params']
  readonly body: Types['body']
  /** Returns what the mock answers, parsed. A refusal of the mock is thrown as the `Response` that it is, and answered. */
  answer(): Promise<Types['answer']>
}

/** Answers a request to one operation: with JSON, with a whole `Response`, or with nothing, so that the mock answers. */
export type OperationResolver<Types extends OperationTypes> = (
  input: ResolverInput<Types>,
) => MaybePromise<Types['answer'] | Response | undefined>

type MaybePromise<T> = T | Promise<T>

/** Members of an answer to be replaced, however deep; lists are replaced as a whole. */
export type AnswerPatch<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [Key in keyof T]?: AnswerPatch<T[Key]> | null }
    : T

/**
 * Returns an MSW handler for one operation, to be used before those of the mock.
 * @throws Failure for an id that the document does not have.
 */
export function operationHandler<Types extends OperationTypes>(
  model: Model,
  fetch: Fetch,
  id: string,
  resolve: OperationResolver<Types>,
  options: HandlersOptions = {},
): HttpHandler {
  const operation = operationOf(model, id)
  const find = finderOf(model, options)
  const method = methods[operation.method] ?? http.all
  const status = Number(successOf(operation)?.status)
  const handler = method(
    ({ request }) => operationIn(find(request)) === operation,
    async ({ request }): Promise<Response | undefined> => {
      // How requests are read is loaded with the rest of what answers.
      const { readRequest } = await import('./answering.ts')
      const found = find(request)
      const params = found && 'params' in found.result ? found.result.params : {}
      const body = await request.clone().text()
      const reading = readRequest(model, operation, {
        params,
        query: new URL(request.url).search,
        headers: request.headers,
        ...(body !== '' && { body }),
      })
      try {
        const answered: unknown = await resolve({
          request,
          params: reading.values,
          body: reading.body,
          async answer() {
            const response = await ask(fetch, request.clone(), found?.path)
            if (!response.ok) throw response
            return (await response.json()) as Types['answer']
          },
        })
        if (answered === undefined || answered instanceof Response) return answered
        return Response.json(answered, { status: Number.isInteger(status) ? status : 200 })
      } catch (error) {
        return error instanceof Response ? error : asNetworkError(error)
      }
    },
  )
  return named(handler, `${operation.method} ${operation.path} (${id})`)
}

/** Returns an answer with members replaced (RFC 7396, but that `null` is a value). */
export function patchedAnswer<T>(answer: T, patch: AnswerPatch<T>): T {
  if (!isObject(answer) || !isObject(patch)) return patch as T
  const entries = Object.entries(patch).map(([key, value]) => [
    key,
    patchedAnswer((answer as Readonly<Record<string, unknown>>)[key], value as never),
  ])
  return { ...answer, ...(Object.fromEntries(entries) as object) }
}

/** A connection that a scenario cuts is a network error to the page, not an answer. */
function asNetworkError(error: unknown): Response {
  if (error instanceof ConnectionReset) return Response.error()
  throw error
}

const operationIn = (found: Found | undefined): unknown =>
  found && 'operation' in found.result ? found.result.operation : undefined

const methods: Readonly<Record<string, HttpRequestHandler>> = {
  GET: http.get,
  HEAD: http.head,
  POST: http.post,
  PUT: http.put,
  PATCH: http.patch,
  DELETE: http.delete,
  OPTIONS: http.options,
}

/** MSW shows a handler by its header; a predicate has none to show. */
function named(handler: HttpHandler, header: string): HttpHandler {
  handler.info.header = header
  return handler
}

/** Longest paths first, so that `/api/v1` is not taken for a path of the document below `/api`. */
const documentedBases = ({ document }: Model): Base[] =>
  serversOf(document)
    .map((url) => baseOf(url, (origin) => origin !== pageOrigin()))
    .sort((left, right) => right.path.length - left.path.length)

/** Returns the origin of the page that this runs in, `undefined` elsewhere. */
const pageOrigin = (): string | undefined => (globalThis as { location?: { origin?: string } }).location?.origin

const isPages = (origin: string): boolean => origin === (pageOrigin() ?? origin)

/** @param relative which origins an address without one stands for */
function baseOf(url: string, relative: Base['fits']): Base {
  const isAbsolute = URL.canParse(url)
  const { origin, pathname } = new URL(isAbsolute ? url : `http://localhost/${url.replace(/^\/+/, '')}`)
  return { fits: isAbsolute ? (asked) => asked === origin : relative, path: pathname.replace(/\/+$/, '') }
}

function search(
  request: Request,
  bases: readonly Base[],
  match: (method: string, path: string) => Matched | MethodNotAllowed | undefined,
): Found | undefined {
  if (isPageRequest(request)) return undefined
  const { origin, pathname } = new URL(request.url)
  for (const base of bases) {
    if (!base.fits(origin)) continue
    if (!pathname.startsWith(`${base.path}/`)) continue
    const path = pathname.slice(base.path.length)
    const result = match(request.method, path)
    if (result && !isScript(path, result)) return { result, path }
  }
  return undefined
}

/**
 * Tells whether a path that a document has for anything (`/{name}`) is that of a script: one that the page itself loads, perhaps to answer
 * with, and what waits for its own answer waits for ever.
 */
const isScript = (path: string, result: Matched | MethodNotAllowed): boolean =>
  isCode(path) && !('operation' in result && isCode(result.operation.path))

async function ask(fetch: Fetch, request: Request, path: string | undefined): Promise<Response> {
  const url = new URL(request.url)
  if (path === undefined || path === url.pathname) return fetch(request)
  const { method, signal } = request
  const headers = new Headers(request.headers)
  headers.set(baseHeader, url.pathname.slice(0, -path.length))
  url.pathname = path
  const body = method === 'GET' || method === 'HEAD' ? undefined : await request.arrayBuffer()
  return fetch(new Request(url, { method, headers, signal, ...(body && body.byteLength > 0 && { body }) }))
}

/**
 * Tells whether a request is the page's own and no API's, whatever its path: a navigation, an element's file (Fetch Standard,
 * destination), what a framework asks of its server (React Server Components, Next's data), or a module of a development server.
 * A service worker hands over neither mode nor destination, so `Accept` and the path tell as well.
 */
function isPageRequest({ mode, destination, headers, url }: Request): boolean {
  if (mode === 'navigate' || (destination ?? '') !== '') return true
  // Clients outside of a page's script, as Playwright, hand both over as headers (Fetch Metadata).
  if (headers.get('sec-fetch-mode') === 'navigate') return true
  const stated = headers.get('sec-fetch-dest')
  if (stated !== null && stated !== 'empty') return true
  if (frameworks.some((name) => headers.has(name))) return true
  if (elements.test(headers.get('accept') ?? '')) return true
  const { pathname, searchParams } = new URL(url)
  return searchParams.has('_rsc') || tooling.test(pathname)
}

const frameworks = ['rsc', 'next-router-state-tree', 'next-router-prefetch', 'next-url', 'next-action', 'x-nextjs-data']

/** What browsers accept first for documents, style sheets and pictures. */
const elements = /^\s*(?:text\/html|text\/css|image\/(?:avif|webp))\b/i

/** Vite, Next, webpack. */
const tooling =
  /^\/(?:@(?:vite|id|fs|react-refresh|vite-plugin-\w+)|_next|__next\w*|__webpack_hmr|node_modules)(?:\/|$)/

/** Tells whether a path is that of a module, a style sheet or a font, as development servers serve them. */
const isCode = (path: string): boolean => /\.(?:[cm]?[jt]sx?|css|s[ac]ss|less|map|vue|svelte|woff2?)$/i.test(path)
