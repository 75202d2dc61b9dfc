// Runs the proxy's HTTP server and its client of the upstream.

import { Agent as PlainAgent, createServer, request as plainRequest } from 'node:http'
import type { ClientRequest, IncomingMessage, RequestOptions, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { guardConnections, headRefusal, listenOn, urlHost } from '../../mocks/server/connections.ts'
import { whyElsewhere } from '../../mocks/server.ts'
import type { ServerLimits } from '../../mocks/http/limits.ts'
import { isForwarded } from '../../contracts/index.ts'
import { forwardRequest, problemOf, sendProblem } from './forward.ts'
import type { ForwardOptions } from './forward.ts'
import { filterHeaders, rawHeaderReader } from './exchange.ts'
import type { OwnCookies } from './own-cookies.ts'

/** Where to listen, where to forward to, and how to inspect. */
export interface ProxyServerOptions extends UpstreamOptions, ForwardOptions {
  /** Limits of a client's requests; a body may have any length, because it is forwarded as it comes. */
  readonly limits: Omit<ServerLimits, 'maxBody'>
  readonly host: string
  readonly port: number
}

/** A proxy that listens. */
export interface RunningProxy {
  readonly url: string
  close(): Promise<void>
}

/** Listens, and forwards every request to the upstream and nowhere else. @throws Failure where the port cannot be listened on. */
export async function startProxy(options: ProxyServerOptions): Promise<RunningProxy> {
  const { host, port, limits } = options
  const upstream = createUpstream(options)
  const forwarding = { ...options, inspector: withoutErrors(options.inspector) }
  const { headerTimeout, requestTimeout, maxUrl, maxHeaders } = limits
  const server = createServer({
    maxHeaderSize: maxUrl + maxHeaders,
    headersTimeout: headerTimeout,
    requestTimeout: headerTimeout + requestTimeout,
    connectionsCheckingInterval: Math.min(headerTimeout, 1000),
  })
  // A client that neither asks nor reads for longer than the upstream may think is dropped.
  server.timeout = Math.max(requestTimeout, options.timeout) + 5000
  const refusalOf = guardConnections(server, limits)
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const refused = refusalOf(incoming.socket) ?? headRefusal(incoming, limits)
    if (refused) {
      outgoing.setHeader('connection', 'close')
      return sendProblem(outgoing, refused.status, problemOf(refused.status, refused.detail), 0)
    }
    const elsewhere = refusalElsewhere(incoming, host)
    if (elsewhere !== undefined) return sendProblem(outgoing, 403, problemOf(403, elsewhere), 0)
    return void forwardRequest(incoming, outgoing, upstream, forwarding).catch(() => outgoing.destroy())
  })
  // A tunnel would lead past the contract, and to anybody.
  server.on('connect', (_, socket) =>
    socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
  )
  await listenOn(server, port, host)
  const url = `http://${urlHost(host)}:${(server.address() as AddressInfo).port}`
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          upstream.close()
          resolve()
        })
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), 500).unref()
      }),
  }
}

/**
 * Returns why a request is refused that a page from elsewhere sends: it would be answered with the user's credentials. A client that
 * takes this for its proxy names the API as the host (RFC 9112, 3.2.2), which no page can.
 */
function refusalElsewhere({ rawHeaders, url = '' }: IncomingMessage, host: string): string | undefined {
  const { get } = rawHeaderReader(rawHeaders)
  const headers = { get: (name: string) => (name === 'host' && !url.startsWith('/') ? null : get(name)) }
  const refusal = whyElsewhere({ headers, url: 'http://localhost/' }, 'Requests to the real API', { hosts: [host] })
  return refusal?.includes(' under a name ')
    ? `${refusal} Start the proxy with --host and that name, if it is its own.`
    : refusal
}

/** Finds nothing where an inspection fails: the inspector's thread meets the same error and reports it, and the exchange goes on. */
function withoutErrors(inspector: ForwardOptions['inspector']): ForwardOptions['inspector'] {
  const orElse = <T>(returned: () => T, otherwise: T): T => {
    try {
      return returned()
    } catch {
      return otherwise
    }
  }
  return {
    request: (asked) =>
      orElse(() => inspector.request(asked), {
        request: `${asked.method} ${asked.target.split('?')[0] as string}`,
        violations: [],
      }),
    head: (...head) => orElse(() => inspector.head(...head), 0),
  }
}

/** Where requests are forwarded to. */
export interface UpstreamOptions {
  readonly baseUrl: string
  /** Sent where a client sends no credentials of its own. */
  readonly authorization?: string
  /** Which cookies of a browser are the API's own. */
  readonly cookies: OwnCookies
  /** Milliseconds of silence from the upstream. */
  readonly timeout: number
}

/** The API behind a proxy. */
export interface Upstream {
  /** Begins a request to it like the incoming one; the caller sends the body. */
  request(incoming: IncomingMessage, target: string): ClientRequest
  /** Returns the `Location` of a redirect for a client of this proxy: what points at the upstream points at the proxy. */
  location(text: string, target: string, host: string | undefined): string
  close(): void
}

/** Returns a client that sends requests to one upstream and nowhere else. */
function createUpstream({ baseUrl, authorization, cookies, timeout }: UpstreamOptions): Upstream {
  const { protocol, hostname, port, pathname, host } = new URL(baseUrl)
  const base = pathname.replace(/\/$/, '')
  const isSecure = protocol === 'https:'
  const agent = isSecure ? new SecureAgent({ keepAlive: true }) : new PlainAgent({ keepAlive: true })
  const fixed: RequestOptions = {
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: port || (isSecure ? 443 : 80),
    agent,
    timeout,
    setHost: false,
  }
  const ask = isSecure ? secureRequest : plainRequest

  function headersFor({ method = 'GET', rawHeaders }: IncomingMessage): string[] {
    const reader = rawHeaderReader(rawHeaders)
    const { get } = reader
    const passes = isForwarded(get('connection'))
    const sent = filterHeaders(rawHeaders, (name) => passes(name) && !isOurs(name))
    sent.unshift('Host', host)
    const cookie = cookies.kept(reader)
    if (cookie !== undefined) sent.push('Cookie', cookie)
    if (authorization !== undefined && get('authorization') === null) sent.push('Authorization', authorization)
    if (get('transfer-encoding') !== null) sent.push('Transfer-Encoding', 'chunked')
    // Otherwise Node would send a chunked body.
    else if (bodied.has(method) && get('content-length') === null) sent.push('Content-Length', '0')
    sent.push('Via', '1.1 proforma')
    return sent
  }

  return {
    // Origin-form only, so that every request goes to the upstream, whatever host it names.
    request(incoming, target) {
      const sent = ask({ ...fixed, method: incoming.method, path: base + target, headers: headersFor(incoming) })
      sent.once('response', ({ headers }) => cookies.learn(headers['set-cookie'] ?? []))
      return sent
    },
    location(text, target, own) {
      const from = new URL(baseUrl + target)
      // A relative reference stays one.
      if (!/^(?:\/|https?:)/i.test(text) || !URL.canParse(text, from)) return text
      const { href, origin, pathname: path, search, hash } = new URL(text, from)
      const isInside = origin === from.origin && (base === '' || path === base || path.startsWith(`${base}/`))
      if (!isInside) return text.startsWith('/') ? href : text
      return `${own === undefined || /^\/(?!\/)/.test(text) ? '' : `http://${own}`}${path.slice(base.length) || '/'}${search}${hash}`
    },
    close: () => agent.destroy(),
  }
}

/** A request without a body says so where one is expected (RFC 9110, 8.6). */
const bodied = new Set(['POST', 'PUT', 'PATCH'])

/** The proxy sends its own `Host` and `Cookie`, and Node its own `Expect`. */
const ours = new Set(['host', 'expect', 'cookie'])
const isOurs = (name: string): boolean => (name.length === 4 || name.length === 6) && ours.has(name.toLowerCase())
