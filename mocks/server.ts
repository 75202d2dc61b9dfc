/**
 * Serves mocks, or any `Fetch`, over HTTP on loopback. Node only.
 *
 * @module proforma/server
 */

import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, RequestError } from '@hono/node-server'
import type { Fetch, Model } from '../spec/index.ts'
import { breakable, gzipped } from './server/compress.ts'
import { controlPath } from './control.ts'
import { cors } from './http/cors.ts'
import { onceLoaded } from './mock.ts'
import type { Worlds } from './state/worlds.ts'
import { ConnectionReset } from './faults.ts'
import { guardConnections, headRefusal, listenOn, urlHost, refuseRequest } from './server/connections.ts'
import { codingOf, drain, enterWorld, hasBody, receive, setHeader } from './server/incoming.ts'
import { serverLimits } from './http/limits.ts'
import type { ServerLimits } from './http/limits.ts'
import { baseHeader, apiIndex, plainProblem, routeFor, withoutPrefix } from './http/routes.ts'
import type { Route } from './http/routes.ts'
import { observeRequest } from './server/observe-request.ts'
import { isMocked, cachedListener, ResponseCache } from './server/response-cache.ts'
import type { WiredFetch } from './server/response-cache.ts'
import type { Refused } from './server/connections.ts'
import type { ObservedRequest } from './server/request-log.ts'

// What a server is made of, without the handlers and the MSW that they are for: a server starts sooner.
export { controlOf, controlPath } from './control.ts'
export { withOwnLinks } from './server/own-links.ts'
export { delivererTo, listenFor } from './webhooks/deliver.ts'
export { withExamples } from './examples/examples.ts'
export { whyElsewhere, whyForeign, corsHeadersFor } from './control.ts'
export { resourceItems } from './items.ts'
export { memoryLog } from './state/log.ts'
export { mockModel } from './mock.ts'
export { filesPath, plainProblem } from './http/routes.ts'
export { unknownParameters } from './http/unknown-parameters.ts'
export { RequestLog } from './server/request-log.ts'
export type { HeaderPairs, LoggedRequest, ObservedRequest } from './server/request-log.ts'
export { scenarioOf, scenarios } from './state/scenarios.ts'
export type { Scenarios } from './state/scenarios.ts'
export { worldHeader, Worlds } from './state/worlds.ts'

/** Returns the `Fetch` of what links in an API's data lead to, below {@link filesPath}; loaded when it is first asked. */
export const linkedFiles = (model: () => Model, worlds: Worlds): Fetch =>
  onceLoaded(async () => (await import('./files/files.ts')).answerFiles(model, worlds))

/** How to serve. */
export interface ServeOptions extends Partial<ServerLimits> {
  /** 0, and no port at all, is any free one. */
  readonly port?: number
  readonly host?: string
  /**
   * Replaces the global `Request` and `Response` by the adapter's light ones until the server closes: a third less work for each
   * request. For a process that does nothing but serve.
   */
  readonly isAlone?: boolean
  /** Bytes of answers that are kept ready, for routes that say their model and worlds; 0 keeps none. */
  readonly ready?: number
  /** Answers what is asked for below `/__proforma`. Pages of other origins get no leave to read it. */
  readonly control?: Fetch
  /** Told what was asked for and no operation serves. */
  readonly onMissed?: (method: string, path: string) => void
  /** Told each request with its answer when that has ended; control calls and the list of APIs are left out. */
  readonly onAnswered?: (observed: ObservedRequest) => void
  /** Answers who asks for HTML at `/`, where no API has something there. */
  readonly desk?: Fetch
  /** Told what a `Fetch` threw; the client gets a 500 without it. */
  readonly onError?: (error: unknown) => void
}

/** A running server. */
export interface Served {
  /** Without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Stops listening, lets running answers end, and cuts off what takes longer than a second. */
  readonly close: () => Promise<void>
}

const defaults = { port: 0, host: '127.0.0.1', ready: 33_554_432 }

/**
 * Serves one `Fetch`, or several under their prefixes with a list of them at `/`. Browsers may call from any origin.
 * @throws Failure where the port or host cannot be listened on.
 */
export async function serve(routes: Fetch | readonly Route[], options: ServeOptions = {}): Promise<Served> {
  const { port, host } = { ...defaults, ...options }
  const limits = { ...serverLimits, ...options }
  const restore = options.isAlone ? rememberGlobals() : (): void => undefined
  const doorFor = doorsOf(typeof routes === 'function' ? [{ prefix: '', fetch: routes }] : routes, host, options)
  const { headerTimeout, requestTimeout } = limits
  const server = createServer({
    // Beyond both, no path is known, and it is Node that refuses; below, it is the API.
    maxHeaderSize: limits.maxUrl + limits.maxHeaders,
    headersTimeout: headerTimeout,
    // A slow body is refused by `receive`: this is for what that does not see.
    requestTimeout: headerTimeout + requestTimeout + 5000,
    connectionsCheckingInterval: Math.min(headerTimeout, 1000),
  })
  const refusalOf = guardConnections(server, limits)
  const take = async (incoming: IncomingMessage, outgoing: ServerResponse, isAsking: boolean): Promise<void> => {
    const early = refusalOf(incoming.socket) ?? headRefusal(incoming, limits)
    const { url = '/' } = incoming
    const door = doorFor(incoming)
    if (options.onAnswered && !door.isOwn)
      observeRequest(incoming, outgoing, { url, prefix: door.route?.prefix }, options.onAnswered)
    const refused = early ?? (hasBody(incoming) ? await takeBody(incoming, outgoing, limits, isAsking) : undefined)
    if (refused === 'aborted') return void outgoing.destroy()
    if (!refused) return door.answer(incoming, outgoing)
    drain(incoming)
    return refuseRequest(incoming, outgoing, refused, door.route?.model)
  }
  server.on('request', (incoming, outgoing) => void take(incoming, outgoing, false))
  server.on('checkContinue', (incoming, outgoing) => void take(incoming, outgoing, true))
  // A client that stops reading is dropped; a slow answer is not.
  server.timeout = Math.max(requestTimeout, 120_000)
  try {
    await listenOn(server, port, host)
  } catch (error) {
    restore()
    throw error
  }
  const actual = (server.address() as AddressInfo).port
  return { url: `http://${urlHost(host)}:${actual}`, port: actual, close: () => close(server).finally(restore) }
}

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>

/** Where a request goes. */
interface Door {
  readonly route?: Route
  /** The server's own, no API's. */
  readonly isOwn?: boolean
  readonly answer: Listener
}

/** A door and the path that leads to it. */
type Mounted = Door & Pick<Route, 'prefix' | 'serves'>

/** Routes are told apart on the raw path, before a `Request` is made: making another one would cost more than the answer. */
function doorsOf(
  routes: readonly Route[],
  hostname: string,
  { isAlone = false, ready = defaults.ready, onError, onMissed, control, desk }: ServeOptions,
): (incoming: IncomingMessage) => Door {
  const listenerOf = (fetch: WiredFetch): Listener =>
    getRequestListener(fetch, {
      hostname,
      overrideGlobalObjects: isAlone,
      errorHandler: (error) => answerError(error, onError),
    })
  const answers = new ResponseCache(ready)
  const mounted = [
    ...routes.flatMap((route) => {
      const fetch = breakable(gzipped(cors(route.fetch)))
      const answer = isMocked(route) ? cachedListener(route, answers, listenerOf, fetch) : listenerOf(fetch)
      const serves = route.serves && ((path: string) => route.serves?.(path) ?? false)
      return [route.prefix, ...(route.also ?? [])].map((prefix) => ({
        prefix,
        route,
        answer,
        ...(serves && { serves }),
      }))
    }),
    ...(control ? [{ prefix: controlPath, answer: listenerOf(control), isOwn: true }] : []),
  ]
  const outside = { prefix: '', answer: listenerOf(cors(apiIndex(routes, desk))) }
  const root = { ...outside, isOwn: true }
  return (incoming) => {
    const whole = pathOf(incoming.url ?? '/')
    const path = enterWorld(incoming, whole)
    const found = routeFor<Mounted>(mounted, path)
    const isRoot = /^\/(?:\?|$)/.test(path)
    const isMissing = found?.hasPath === false
    // The list of APIs stands at the root of the server, unless an API has something there.
    const door = isRoot && (found === undefined || isMissing) ? root : (found?.route ?? outside)
    if (!isRoot && (door === outside || isMissing)) onMissed?.(incoming.method ?? '', path)
    incoming.url = door === outside || door === root ? path : withoutPrefix(path, door.prefix)
    setHeader(incoming, baseHeader, whole.endsWith(incoming.url) ? whole.slice(0, -incoming.url.length) : '')
    return door
  }
}

/** A proxy's request names the whole URL (RFC 9112, 3.2.2); `*` is the server itself (RFC 9110, 9.3.7). */
function pathOf(target: string): string {
  if (target === '*') return '/'
  if (target.startsWith('/') || !URL.canParse(target)) return target
  const { pathname, search } = new URL(target)
  return pathname + search
}

/** Nothing is sent where the connection has been cut on purpose. */
function answerError(error: unknown, onError: ServeOptions['onError']): Response | undefined {
  if (error instanceof ConnectionReset) return undefined
  if (error instanceof RequestError) return plainProblem(400, 'The request line or the Host header is malformed.')
  onError?.(error)
  return plainProblem(500, 'The mock could not answer.')
}

/** Receives a body, and returns why it is refused, if it is. A client that asks first is told to go on where it may. */
async function takeBody(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { maxBody, requestTimeout }: ServerLimits,
  isAsking: boolean,
): Promise<Refused | 'aborted' | undefined> {
  const coding = codingOf(incoming)
  if (coding !== undefined)
    return {
      status: 415,
      detail: `A body cannot be encoded as ${coding}.`,
      headers: { 'accept-encoding': 'identity' },
    }
  const tooLarge = { status: 413, detail: `A body may have ${maxBody} bytes.` }
  if (Number(incoming.headers['content-length'] ?? 0) > maxBody) return tooLarge
  if (isAsking) outgoing.writeContinue()
  const receipt = await receive(incoming, maxBody, requestTimeout)
  if (receipt === 'too large') return tooLarge
  if (receipt === 'too slow') return { status: 408, detail: `A body has ${requestTimeout / 1000} seconds to come.` }
  return receipt === 'aborted' ? receipt : undefined
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    // A connection whose answer ends after this is idle again, and would be kept alive.
    const idle = setInterval(() => server.closeIdleConnections(), 20)
    const cut = setTimeout(() => server.closeAllConnections(), 1000)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(cut)
      resolve()
    })
  })

let alone = 0
let globals: Pick<typeof globalThis, 'Request' | 'Response'> = globalThis

/** Servers may close in any order: the last one puts back what the first one found. */
function rememberGlobals(): () => void {
  const { Request, Response } = globalThis
  if (alone++ === 0) globals = { Request, Response }
  return () => {
    if (--alone === 0) Object.assign(globalThis, globals)
  }
}
