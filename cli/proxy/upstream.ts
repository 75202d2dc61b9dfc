import { Agent as PlainAgent, request as plainRequest } from 'node:http'
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { isForwarded } from '../../contracts/index.ts'
import { readerOf, sentOn } from './headers.ts'

/** Where requests are passed on to. */
export interface UpstreamOptions {
  readonly baseUrl: string
  /** Sent where a client sends no credentials of its own. */
  readonly authorization?: string
  /** Milliseconds of silence from the upstream. */
  readonly timeout: number
}

/** The API behind a proxy. */
export interface Upstream {
  /** Returns a request to it like one that has come: begun, and without its body. */
  request(incoming: IncomingMessage, target: string): ClientRequest
  /** Returns where a redirect leads, for a client of this proxy: what leads to the upstream leads back here. */
  location(text: string, target: string, host: string | undefined): string
  close(): void
}

/** Returns what sends requests to one upstream and to nobody else. */
export function upstreamOf({ baseUrl, authorization, timeout }: UpstreamOptions): Upstream {
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
    const { get } = readerOf(rawHeaders)
    const passes = isForwarded(get('connection'))
    const sent = sentOn(rawHeaders, (name) => passes(name) && !isOurs(name))
    sent.unshift('Host', host)
    if (authorization !== undefined && get('authorization') === null) sent.push('Authorization', authorization)
    if (get('transfer-encoding') !== null) sent.push('Transfer-Encoding', 'chunked')
    // Node would announce chunks.
    else if (bodied.has(method) && get('content-length') === null) sent.push('Content-Length', '0')
    sent.push('Via', '1.1 proforma')
    return sent
  }

  return {
    // Origin-form only, so that whatever a client asks for, it is asked of the upstream.
    request: (incoming, target) =>
      ask({ ...fixed, method: incoming.method, path: base + target, headers: headersFor(incoming) }),
    location(text, target, own) {
      const from = new URL(baseUrl + target)
      // What is relative to where the client has asked stays so.
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

/** Said anew: `Host` by whoever asks, `Expect` by whoever waits. */
const isOurs = (name: string): boolean =>
  (name.length === 4 && name.toLowerCase() === 'host') || (name.length === 6 && name.toLowerCase() === 'expect')
