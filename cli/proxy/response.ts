import type { IncomingMessage } from 'node:http'
import { badGatewayOf, countHeader, isForwarded, upstreamUnreachable } from '../../contracts/index.ts'
import { bodyBuffer, readInto } from './body-buffer.ts'
import type { BodyBuffer } from './body-buffer.ts'
import { problemOf, sendProblem } from './problem.ts'
import type { RawExchange } from './raw-exchange.ts'
import { filterHeaders, rawHeaderReader } from './raw-headers.ts'
import type { ForwardedRequest, ForwardOptions } from './request.ts'

/** Relays a response to the client: as it comes, or once it has been inspected. Streams of events are never inspected. */
export function relayResponse(response: IncomingMessage, request: ForwardedRequest, options: ForwardOptions): void {
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
  const headers = filterHeaders(response.rawHeaders, isForwarded(get('connection')))
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
