// Passes requests on to another Fetch and judges both directions.

import type { Fetch, Model } from '../spec/index.ts'
import { exchangeInspector } from './exchange-inspector.ts'
import type { InspectedExchange, HttpExchange, ExchangeInspectorOptions } from './exchange-inspector.ts'
import { failureMessage } from './reports/failure-message.ts'

/** Where to pass requests on, and what to do about violations. */
export interface ProxyOptions extends ExchangeInspectorOptions {
  /** Where the API answers: `https://api.example.com/v2`. The document's paths follow it. */
  readonly baseUrl: string
  /** Answers 502 instead of what breaks the contract; a request that does is not passed on. */
  readonly fail?: boolean
  /** Bytes of a body to read, 20 MB unless given; larger ones are passed on unread. */
  readonly maxBytes?: number
  /** Told of every exchange, whole. */
  readonly onExchange?: (noticed: InspectedExchange, passing: HttpExchange) => void
}

/**
 * Returns a `Fetch` that passes requests on to another, and holds both directions against the contract. Every answer carries
 * `X-Proforma-Violations`, the number of violations found. Requests name the document's own paths, whatever their origin.
 * @throws Failure, when asked, for a schema that cannot be compiled.
 */
export function proxy(
  model: Model,
  upstream: Fetch,
  { baseUrl, fail = false, maxBytes = 20_000_000, onExchange, ...options }: ProxyOptions,
): Fetch {
  const inspector = exchangeInspector(model, options)
  const base = baseUrl.replace(/\/+$/, '')

  return async (request) => {
    const { pathname, search } = new URL(request.url)
    const { method } = request
    const target = pathname + search
    const bytes = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined
    const passing: HttpExchange = {
      method,
      target,
      headers: request.headers,
      ...(bytes && bytes.length > 0 && { body: bytes }),
    }
    const early = fail ? inspector.request(passing) : undefined
    if (early && early.violations.length > 0) return refuse(early, passing)
    let response: Response
    try {
      response = await upstream(
        new Request(base + target, {
          method,
          headers: forwarded(request.headers),
          redirect: 'manual',
          signal: request.signal,
          ...(bytes && bytes.length > 0 && { body: bytes }),
        }),
      )
    } catch (error) {
      return badGateway(upstreamUnreachable(base, (error as Error).message), 0)
    }
    const text = await readCopy(response, maxBytes)
    const { status, headers } = response
    const whole: HttpExchange = { ...passing, answer: { status, headers, ...(text !== undefined && { body: text }) } }
    const noticed = inspector.exchange(whole)
    onExchange?.(noticed, whole)
    if (fail && noticed.violations.length > 0) {
      void response.body?.cancel().catch(() => undefined)
      return badGateway(badGatewayOf(noticed), noticed.violations.length)
    }
    const kept = forwarded(headers)
    // `fetch` has decoded the body.
    if (kept.has('content-encoding')) for (const name of ['content-encoding', 'content-length']) kept.delete(name)
    kept.set(countHeader, String(noticed.violations.length))
    return new Response(response.body, { status, statusText: response.statusText, headers: kept })
  }

  function refuse(noticed: InspectedExchange, passing: HttpExchange): Response {
    onExchange?.(noticed, passing)
    return badGateway(badGatewayOf(noticed), noticed.violations.length)
  }
}

const badGateway = (text: string, violations: number): Response =>
  new Response(text, {
    status: 502,
    headers: { 'content-type': 'application/problem+json', [countHeader]: String(violations) },
  })

/** Returns the text of a copy of a body, or `undefined` for one that is none, is too long or never ends. */
async function readCopy(response: Response, maxBytes: number): Promise<string | undefined> {
  if (!response.body) return ''
  const type = response.headers.get('content-type') ?? ''
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes || type.startsWith('text/event-stream'))
    return undefined
  const reader = (response.clone().body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  try {
    for (let size = 0; ;) {
      const { done, value } = await reader.read()
      if (done) return text + decoder.decode()
      size += value.byteLength
      if (size > maxBytes) break
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    // Not UTF-8, or cut short: it is passed on as it came.
  }
  void reader.cancel().catch(() => undefined)
  return undefined
}

/** Header that counts what was found wrong with a request and its answer. */
export const countHeader = 'x-proforma-violations'

/** Returns the problem details (RFC 9457) that stand in for an exchange that broke its contract. */
export function badGatewayOf({ request, violations }: Pick<InspectedExchange, 'request' | 'violations'>): string {
  const side = violations.some((violation) => violation.side === 'answer') ? 'answer' : 'request'
  return JSON.stringify({
    type: 'about:blank',
    title: 'Bad Gateway',
    status: 502,
    detail: failureMessage(`The ${side} breaks the contract: ${request}`, violations),
    violations: violations.slice(0, 100),
  })
}

/** Returns the problem details of an upstream that gave no answer. */
export const upstreamUnreachable = (base: string, reason: string): string =>
  JSON.stringify({
    type: 'about:blank',
    title: 'Bad Gateway',
    status: 502,
    detail: `Failed to reach ${base}: expected an answer but received ${reason}.`,
  })

/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1); lower case. */
const hop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

const passes = (name: string): boolean => !hop.has(name.toLowerCase())

/** Returns a test that tells which headers are passed on; what the `Connection` header names is not. */
export function isForwarded(connection: string | null | undefined): (name: string) => boolean {
  const named = namedBy(connection)
  return named.length === 0 ? passes : (name) => passes(name) && !named.includes(name.toLowerCase())
}

/** Most connections name nothing but themselves. */
function namedBy(connection: string | null | undefined): readonly string[] {
  if (!connection || /^(?:keep-alive|close)$/i.test(connection)) return []
  return connection
    .toLowerCase()
    .split(',')
    .map((token) => token.trim())
}

/** Returns headers as they are passed on. */
function forwarded(headers: Headers): Headers {
  const passes = isForwarded(headers.get('connection'))
  const kept = new Headers()
  for (const [name, value] of headers) if (passes(name)) kept.append(name, value)
  return kept
}
