import { Agent as PlainAgent, request as plainRequest } from 'node:http'
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { isForwarded } from '../../contracts/index.ts'
import { rawHeaderReader, filterHeaders } from './raw-headers.ts'

/** Where requests are forwarded to. */
export interface UpstreamOptions {
  readonly baseUrl: string
  /** Sent where a client sends no credentials of its own. */
  readonly authorization?: string
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
export function createUpstream({ baseUrl, authorization, timeout }: UpstreamOptions): Upstream {
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
    const { get } = rawHeaderReader(rawHeaders)
    const passes = isForwarded(get('connection'))
    const sent = filterHeaders(rawHeaders, (name) => passes(name) && !isOurs(name))
    sent.unshift('Host', host)
    if (authorization !== undefined && get('authorization') === null) sent.push('Authorization', authorization)
    if (get('transfer-encoding') !== null) sent.push('Transfer-Encoding', 'chunked')
    // Otherwise Node would send a chunked body.
    else if (bodied.has(method) && get('content-length') === null) sent.push('Content-Length', '0')
    sent.push('Via', '1.1 proforma')
    return sent
  }

  return {
    // Origin-form only, so that every request goes to the upstream, whatever host it names.
    request: (incoming, target) =>
      ask({ ...fixed, method: incoming.method, path: base + target, headers: headersFor(incoming) }),
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

/** The proxy sends its own `Host`, and Node its own `Expect`. */
const isOurs = (name: string): boolean =>
  (name.length === 4 && name.toLowerCase() === 'host') || (name.length === 6 && name.toLowerCase() === 'expect')
