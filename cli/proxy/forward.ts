// Forwards a request to the upstream, relays the response and hands both to the inspector.

import { STATUS_CODES } from 'node:http'
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http'
import { badGatewayOf, countHeader, isForwarded, upstreamUnreachable } from '../../contracts/index.ts'
import type { ExchangeInspector, InspectedExchange } from '../../contracts/index.ts'
import type { ServerLimits } from '../../mocks/http/limits.ts'
import { bodyBuffer, concat, readInto } from './body-buffer.ts'
import type { BodyBuffer, MemoryBudget } from './body-buffer.ts'
import { filterHeaders, rawHeaderReader } from './exchange.ts'
import type { Findings, HeaderReader, RawExchange } from './exchange.ts'
import type { Upstream, UpstreamOptions } from './proxy-server.ts'

/** How exchanges are forwarded and inspected. */
export interface ForwardOptions extends Pick<UpstreamOptions, 'baseUrl' | 'timeout'> {
  /** Answers 502 instead of what breaks the contract. */
  readonly fail: boolean
  /** Holds responses back until they have been inspected completely. */
  readonly wait: boolean
  /** Milliseconds for the body of a request to come. */
  readonly limits: Pick<ServerLimits, 'requestTimeout'>
  /** Bytes of a body that is inspected. */
  readonly maxBytes: number
  /** Bytes of all buffered bodies together. */
  readonly budget: MemoryBudget
  /** Inspects requests and heads of responses at once; throws nothing. */
  readonly inspector: Pick<ExchangeInspector, 'request' | 'head'>
  /** Inspects a complete exchange while its client waits. */
  readonly inspect: (exchange: RawExchange) => Promise<Findings>
  /** Inspects a complete exchange when there is time. */
  readonly inspectLater: (exchange: RawExchange) => void
  /** Called for a request that got no response, or a part of one: `GET /v1/invoices`, and why. */
  readonly onUnanswered: (request: string, reason: string) => void
}

/** A request while it is forwarded. */
interface ForwardedRequest {
  readonly outgoing: ServerResponse
  /** Path and query. */
  readonly target: string
  readonly headers: HeaderReader
  readonly upstream: Upstream
  /** Returns what is wrong with the request. */
  readonly findings: () => InspectedExchange
  /** Returns the request with what was buffered of its body, and empties the buffer. */
  readonly release: () => RawExchange
}

/** Forwards a request to the upstream, and relays the response. */
export async function forwardRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  upstream: Upstream,
  options: ForwardOptions,
): Promise<void> {
  const { fail, maxBytes, budget, inspector, limits } = options
  const { method = 'GET', rawHeaders } = incoming
  const target = targetOf(incoming)
  const headers = rawHeaderReader(rawHeaders)
  const hasBody = headers.get('content-length') !== null || headers.get('transfer-encoding') !== null
  const buffer = hasBody ? bodyBuffer(maxBytes, budget) : undefined
  let known: InspectedExchange | undefined
  const request: ForwardedRequest = {
    outgoing,
    target,
    upstream,
    headers,
    findings: () => (known ??= inspector.request({ method, target, headers, ...bodyOf(buffer) })),
    release() {
      const body = buffer?.complete()
      buffer?.release()
      return { method, target, headers: rawHeaders, ...(body && { body }) }
    },
  }
  outgoing.on('close', () => void buffer?.release())
  if (fail) {
    if (buffer && !(await readInto(buffer, incoming, limits.requestTimeout)))
      return buffer.complete()
        ? sendProblem(outgoing, 408, problemOf(408, `A body has ${limits.requestTimeout / 1000} seconds to come.`))
        : sendProblem(outgoing, 413, problemOf(413, `A body that is held back may have ${maxBytes} bytes.`))
    const findings = request.findings()
    if (findings.violations.length > 0) {
      void options.inspect(request.release())
      return sendProblem(outgoing, 502, badGatewayOf(findings), findings.violations.length)
    }
  }
  send(upstream.request(incoming, target), { incoming, request, buffer, options })
}

interface Sending {
  readonly incoming: IncomingMessage
  readonly request: ForwardedRequest
  readonly buffer: BodyBuffer | undefined
  readonly options: ForwardOptions
}

function send(sent: ClientRequest, sending: Sending): void {
  const { incoming, request, buffer, options } = sending
  const { outgoing, findings } = request
  let isAnswered = false
  const leave = (): void => void sent.destroy()
  outgoing.on('close', leave)
  sent.on('timeout', () => sent.destroy(new Error(`nothing within ${options.timeout / 1000} seconds`)))
  const fail = (reason: string): void => {
    options.onUnanswered(findings().request, reason)
    sendProblem(outgoing, 502, upstreamUnreachable(options.baseUrl, reason))
  }
  sent.on('error', (error: NodeJS.ErrnoException) => {
    if (isAnswered || outgoing.destroyed) return
    // The upstream may close a connection just when it is used again (RFC 9112, 9.3.1).
    const isStale = sent.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
    if (!isStale || buffer || !idempotent.has(incoming.method ?? 'GET'))
      return fail(error.message || (error.code ?? 'none'))
    outgoing.off('close', leave)
    send(request.upstream.request(incoming, request.target), sending)
  })
  sent.on('upgrade', (_, socket) => {
    socket.destroy()
    fail('another protocol')
  })
  sent.on('response', (response) => {
    isAnswered = true
    relayResponse(response, request, options)
  })
  // The request is inspected while the upstream works.
  if (!buffer) sent.end(findings)
  else if (options.fail) sent.end(concat(buffer.complete() ?? []))
  else {
    incoming.on('data', (chunk: Uint8Array) => void (buffer.add(chunk) || buffer.release()))
    incoming.pipe(sent)
  }
}

/** Returns path and query: a proxy's request names the whole URL (RFC 9112, 3.2.2). */
function targetOf({ url = '/' }: IncomingMessage): string {
  if (url.startsWith('/')) return url
  const { pathname, search } = URL.canParse(url) ? new URL(url) : { pathname: '/', search: '' }
  return pathname + search
}

const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE'])

function bodyOf(buffer: BodyBuffer | undefined): { body?: Uint8Array } {
  const chunks = buffer?.complete()
  return chunks ? { body: concat(chunks) } : {}
}

/** Relays a response to the client: as it comes, or once it has been inspected. Streams of events are never inspected. */
function relayResponse(response: IncomingMessage, request: ForwardedRequest, options: ForwardOptions): void {
  const { outgoing } = request
  const isStream = rawHeaderReader(response.rawHeaders).get('content-type')?.startsWith('text/event-stream') ?? false
  const buffer = isStream ? undefined : bodyBuffer(options.maxBytes, options.budget)
  outgoing.on('close', () => void buffer?.release())
  response.on('error', () => {
    if (outgoing.destroyed) return
    options.onUnanswered(request.findings().request, 'half an answer')
    if (outgoing.headersSent) outgoing.destroy()
    else sendProblem(outgoing, 502, upstreamUnreachable(options.baseUrl, 'half an answer'))
  })
  const relay: Relay = { response, request, buffer, options }
  if (options.wait && buffer) return void holdBack(relay, buffer).catch(() => undefined)
  writeHead(relay, violationsInHeads(relay))
  stream(relay)
}

interface Relay {
  readonly response: IncomingMessage
  readonly request: ForwardedRequest
  readonly buffer: BodyBuffer | undefined
  readonly options: ForwardOptions
}

/** Passes the body on as it comes, and buffers it. */
function stream(relay: Relay): void {
  const { response, request, buffer, options } = relay
  const { outgoing } = request
  response.on('data', (chunk: Uint8Array) => {
    if (buffer && !buffer.add(chunk)) buffer.release()
    if (!outgoing.write(chunk)) response.pause()
  })
  outgoing.on('drain', () => response.resume())
  response.on('end', () => {
    end(relay)
    options.inspectLater(exchangeOf(relay))
  })
}

/** Holds a response back until it has been inspected; one that is too large to be buffered is streamed. */
async function holdBack(relay: Relay, buffer: BodyBuffer): Promise<void> {
  const { response, request, options } = relay
  const { outgoing } = request
  if (!(await readInto(buffer, response, options.timeout))) {
    writeHead(relay, violationsInHeads(relay))
    for (const chunk of buffer.release()) outgoing.write(chunk)
    stream(relay)
    response.resume()
    return
  }
  const body = buffer.complete() ?? []
  const findings = await options.inspect(exchangeOf(relay))
  const { length } = findings.violations
  if (options.fail && findings.isUninspected)
    return sendProblem(outgoing, 502, problemOf(502, 'Nothing can be inspected any more: start the proxy again.'))
  if (options.fail && length > 0) return sendProblem(outgoing, 502, badGatewayOf(findings), length)
  writeHead(relay, length)
  for (const chunk of body) outgoing.write(chunk)
  end(relay)
}

function writeHead({ response, request }: Relay, violations: number): void {
  const { outgoing, upstream, target, headers: sent } = request
  const { get } = rawHeaderReader(response.rawHeaders)
  const passes = isForwarded(get('connection'))
  // The count is this proxy's to say.
  const headers = filterHeaders(response.rawHeaders, (name) => passes(name) && name.toLowerCase() !== countHeader)
  const location = get('location')
  if (location !== null)
    headers[headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'location') + 1] =
      upstream.location(location, target, sent.get('host') ?? undefined)
  headers.push(countHeader, String(violations))
  outgoing.writeHead(response.statusCode ?? 502, response.statusMessage, headers)
}

/** Ends a response as the upstream did, trailers included. */
function end({ response: { rawTrailers }, request: { outgoing } }: Relay): void {
  if (rawTrailers.length > 0)
    outgoing.addTrailers(
      rawTrailers.flatMap((name, index) =>
        index % 2 === 0 ? [[name, rawTrailers[index + 1] as string] as const] : [],
      ) as [string, string][],
    )
  outgoing.end()
}

/** Returns how many violations the request and the head of the response show: all that is known before the body has come. */
function violationsInHeads({ response, request, options: { inspector } }: Relay): number {
  const { operation, violations } = request.findings()
  if (!operation) return violations.length
  const head = { status: response.statusCode ?? 502, headers: rawHeaderReader(response.rawHeaders) }
  return violations.length + inspector.head(operation, head, { headers: request.headers })
}

function exchangeOf({ response, request, buffer }: Relay): RawExchange {
  const responseBody = buffer?.complete()
  buffer?.release()
  return {
    ...request.release(),
    status: response.statusCode ?? 502,
    responseHeaders: response.rawHeaders,
    ...(responseBody && { responseBody }),
  }
}

/** Sends problem details of the proxy's own; does nothing once a response has begun. */
export function sendProblem(outgoing: ServerResponse, status: number, text: string, violations = 0): void {
  if (outgoing.headersSent) return
  outgoing.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(text),
    [countHeader]: violations,
  })
  outgoing.end(text)
}

/** Returns problem details (RFC 9457) as JSON. */
export const problemOf = (status: number, detail: string): string =>
  JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail })
