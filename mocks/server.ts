import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, RequestError } from '@hono/node-server'
import { failure } from '../spec/index.ts'
import type { Failure, Fetch } from '../spec/index.ts'
import { breakable } from './breakage.ts'
import { compress } from './compress.ts'
import { controlPath } from './control.ts'
import { cors } from './cors.ts'
import { ConnectionReset } from './faults.ts'
import { codingOf, drain, enterWorld, hasBody, receive } from './incoming.ts'
import { lobby, plainProblem, plainProblemText, routeFor, strip } from './mount.ts'
import type { Route } from './mount.ts'
import { isMocked, quickly } from './quick.ts'
import type { WiredFetch } from './quick.ts'
import { ReadyAnswers } from './ready.ts'

// What a server is made of, without the handlers and the MSW that they are for: a server starts sooner.
export { controlOf } from './control.ts'
export { delivererTo, listenFor } from './deliver.ts'
export { withExamples } from './examples.ts'
export { memoryLog } from './memory-log.ts'
export { mockModel } from './mock.ts'
export { scenarioOf } from './scenario.ts'
export { Worlds } from './worlds.ts'

/** How to serve. */
export interface ServeOptions {
  /** 0, and no port at all, is any free one. */
  readonly port?: number
  readonly host?: string
  /** Bytes that a request body may have; more is answered with 413. */
  readonly maxBody?: number
  /** Milliseconds that a client may take to send its request; then it is answered with 408. */
  readonly timeout?: number
  /**
   * Replaces the global `Request` and `Response` by the adapter's light ones until the server closes: a third less work for each
   * request. For a process that does nothing but serve.
   */
  readonly isAlone?: boolean
  /** Bytes of answers that are kept ready, for routes that say their model and worlds; 0 keeps none. */
  readonly ready?: number
  /** Answers what is asked for below `/__proforma`. Pages of other origins get no leave to read it. */
  readonly control?: Fetch
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

const defaults = { port: 0, host: '127.0.0.1', maxBody: 1_048_576, timeout: 30_000, ready: 33_554_432 }

/**
 * Serves one `Fetch`, or several under their prefixes with a list of them at `/`. Browsers may call from any origin.
 * @throws Failure where the port or host cannot be listened on.
 */
export async function serve(routes: Fetch | readonly Route[], options: ServeOptions = {}): Promise<Served> {
  const { port, host, maxBody, timeout } = { ...defaults, ...options }
  const restore = options.isAlone ? rememberGlobals() : () => undefined
  const answer = answerer(typeof routes === 'function' ? [{ prefix: '', fetch: routes }] : routes, host, options)
  const handle = (incoming: IncomingMessage, outgoing: ServerResponse): void =>
    void take(incoming, outgoing, maxBody, answer)
  const server = createServer(
    { requestTimeout: timeout, headersTimeout: timeout, connectionsCheckingInterval: Math.min(timeout, 5000) },
    handle,
  )
  server.on('checkContinue', (incoming, outgoing) => {
    if (Number(incoming.headers['content-length'] ?? 0) <= maxBody) outgoing.writeContinue()
    handle(incoming, outgoing)
  })
  // A client that stops reading is dropped; a slow answer is not.
  server.timeout = Math.max(timeout, 120_000)
  try {
    await listen(server, port, host)
  } catch (error) {
    restore()
    throw error
  }
  const actual = (server.address() as AddressInfo).port
  return { url: `http://${nameable(host)}:${actual}`, port: actual, close: () => close(server).finally(restore) }
}

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>

/** Routes are told apart on the raw path, before a `Request` is made: making another one would cost more than the answer. */
function answerer(
  routes: readonly Route[],
  hostname: string,
  { isAlone = false, ready = defaults.ready, onError, control }: ServeOptions,
): Answer {
  const listenerOf = (fetch: WiredFetch): Answer =>
    getRequestListener(fetch, {
      hostname,
      overrideGlobalObjects: isAlone,
      errorHandler: (error) => answerError(error, onError),
    })
  const answers = new ReadyAnswers(ready)
  const mounted = [
    ...routes.map((route) => {
      const fetch = breakable(compress(cors(route.fetch)))
      return {
        prefix: route.prefix,
        listener: isMocked(route) ? quickly(route, answers, listenerOf, fetch) : listenerOf(fetch),
      }
    }),
    ...(control ? [{ prefix: controlPath, listener: listenerOf(control) }] : []),
  ]
  const outside = listenerOf(cors(lobby(routes)))
  return (incoming, outgoing) => {
    const path = enterWorld(incoming, pathOf(incoming.url ?? '/'))
    const route = routeFor(mounted, path)
    incoming.url = route ? strip(path, route.prefix) : path
    return (route?.listener ?? outside)(incoming, outgoing)
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

async function take(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  maxBody: number,
  answer: Answer,
): Promise<void> {
  if (hasBody(incoming)) {
    const coding = codingOf(incoming)
    if (coding !== undefined) {
      drain(incoming)
      return refuse(outgoing, 415, `A body cannot be encoded as ${coding}.`, { 'accept-encoding': 'identity' })
    }
    const outcome = await receive(incoming, maxBody)
    if (outcome === 'too large') return refuse(outgoing, 413, `A body may have ${maxBody} bytes.`)
    if (outcome === 'aborted') return void outgoing.destroy()
  }
  await answer(incoming, outgoing)
}

function refuse(
  outgoing: ServerResponse,
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = plainProblemText(status, detail)
  outgoing.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(text),
    'access-control-allow-origin': '*',
    connection: 'close',
    ...headers,
  })
  outgoing.end(text)
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      return reject(
        failure(`serve on port ${port}`, { expected: 'a whole number from 0 to 65535', received: String(port) }),
      )
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port, host)))
    server.listen(port, host, resolve)
  })

const causes: Readonly<Record<string, readonly [string, string, string]>> = {
  EADDRINUSE: [
    'a free port',
    'one that is in use',
    'Stop the other server, or choose another port; 0 takes any free one.',
  ],
  EACCES: ['a port this user may open', 'a privileged one', 'Choose a port above 1023.'],
  EADDRNOTAVAIL: ['an address of this computer', 'another one', 'Choose 127.0.0.1, or 0.0.0.0 for every interface.'],
  ENOTFOUND: ['an address of this computer', 'an unknown name', 'Choose 127.0.0.1, or 0.0.0.0 for every interface.'],
}

function explain({ code = '', message }: NodeJS.ErrnoException, port: number, host: string): Failure {
  const [expected, received, cure] = causes[code] ?? ['to listen', code || message, undefined]
  return failure(`serve on http://${nameable(host)}:${port}`, { expected, received, cure })
}

/** A host as a URL names it: every interface is reached by the loopback, IPv6 is bracketed. */
const nameable = (host: string): string =>
  host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host

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

function rememberGlobals(): () => void {
  const { Request, Response } = globalThis
  return () => void Object.assign(globalThis, { Request, Response })
}
