import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http'
import { badGatewayOf, upstreamUnreachable } from '../../contracts/index.ts'
import type { ExchangeInspector, InspectedExchange } from '../../contracts/index.ts'
import type { ServerLimits } from '../../mocks/limits.ts'
import { bodyBuffer, concat, readInto } from './body-buffer.ts'
import type { BodyBuffer, MemoryBudget } from './body-buffer.ts'
import { problemOf, sendProblem } from './problem.ts'
import type { Findings, RawExchange } from './raw-exchange.ts'
import { rawHeaderReader } from './raw-headers.ts'
import type { HeaderReader } from './raw-headers.ts'
import { relayResponse } from './response.ts'
import type { Upstream, UpstreamOptions } from './upstream.ts'

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
export interface ForwardedRequest {
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
