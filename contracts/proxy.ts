import type { Fetch, Model } from '../spec/index.ts'
import { forwarded } from './proxy/hop-by-hop.ts'
import { countHeader, badGatewayOf, upstreamUnreachable } from './proxy/bad-gateway.ts'
import { exchangeInspector } from './exchange-inspector.ts'
import type { InspectedExchange, HttpExchange, ExchangeInspectorOptions } from './exchange-inspector.ts'

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
      return problem(upstreamUnreachable(base, (error as Error).message), 0)
    }
    const text = await readable(response, maxBytes)
    const { status, headers } = response
    const whole: HttpExchange = { ...passing, answer: { status, headers, ...(text !== undefined && { body: text }) } }
    const noticed = inspector.exchange(whole)
    onExchange?.(noticed, whole)
    if (fail && noticed.violations.length > 0) {
      void response.body?.cancel().catch(() => undefined)
      return problem(badGatewayOf(noticed), noticed.violations.length)
    }
    const kept = forwarded(headers)
    // `fetch` has decoded the body.
    if (kept.has('content-encoding')) for (const name of ['content-encoding', 'content-length']) kept.delete(name)
    kept.set(countHeader, String(noticed.violations.length))
    return new Response(response.body, { status, statusText: response.statusText, headers: kept })
  }

  function refuse(noticed: InspectedExchange, passing: HttpExchange): Response {
    onExchange?.(noticed, passing)
    return problem(badGatewayOf(noticed), noticed.violations.length)
  }
}

const problem = (text: string, violations: number): Response =>
  new Response(text, {
    status: 502,
    headers: { 'content-type': 'application/problem+json', [countHeader]: String(violations) },
  })

/** Returns the text of a copy of a body, or `undefined` for one that is none, is too long or never ends. */
async function readable(response: Response, maxBytes: number): Promise<string | undefined> {
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
