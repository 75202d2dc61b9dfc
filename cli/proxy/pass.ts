import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http'
import { badGatewayOf, upstreamUnreachable } from '../../contracts/index.ts'
import type { InspectedExchange } from '../../contracts/index.ts'
import { answer } from './answer.ts'
import { readerOf } from './headers.ts'
import type { Exchange, PassOptions } from './exchange.ts'
import { held } from './held.ts'
import { keeperOf } from './keep.ts'
import type { Keeper } from './keep.ts'
import { look } from './look.ts'
import { joined } from './passed.ts'
import { problemOf, refuse } from './refusal.ts'
import type { Upstream } from './upstream.ts'

/** Passes a request on to the upstream, and its answer back. */
export async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  upstream: Upstream,
  options: PassOptions,
): Promise<void> {
  const { fail, maxBytes, budget, watch, limits } = options
  const { method = 'GET', rawHeaders } = incoming
  const target = targetOf(incoming)
  const headers = readerOf(rawHeaders)
  const hasBody = headers.get('content-length') !== null || headers.get('transfer-encoding') !== null
  const keeper = hasBody ? keeperOf(maxBytes, budget) : undefined
  let known: InspectedExchange | undefined
  const exchange: Exchange = {
    outgoing,
    target,
    upstream,
    headers,
    noticed: () =>
      (known ??= look(() => watch.request({ method, target, headers, ...bodyOf(keeper) }), {
        request: `${method} ${target.split('?')[0] as string}`,
        violations: [],
      })),
    release() {
      const body = keeper?.whole()
      keeper?.release()
      return { method, target, headers: rawHeaders, ...(body && { body }) }
    },
    drop: () => void keeper?.release(),
  }
  outgoing.on('close', exchange.drop)
  if (fail) {
    if (keeper && !(await held(incoming, keeper, limits.requestTimeout)))
      return keeper.whole()
        ? refuse(outgoing, 408, problemOf(408, `A body has ${limits.requestTimeout / 1000} seconds to come.`))
        : refuse(outgoing, 413, problemOf(413, `A body that is held back may have ${maxBytes} bytes.`))
    const noticed = exchange.noticed()
    if (noticed.violations.length > 0) {
      void options.inspect(exchange.release())
      return refuse(outgoing, 502, badGatewayOf(noticed), noticed.violations.length)
    }
  }
  forwardTo(upstream.request(incoming, target), { incoming, exchange, keeper, options })
}

interface Leg {
  readonly incoming: IncomingMessage
  readonly exchange: Exchange
  readonly keeper: Keeper | undefined
  readonly options: PassOptions
}

function forwardTo(request: ClientRequest, leg: Leg): void {
  const { incoming, exchange, keeper, options } = leg
  const { outgoing, noticed } = exchange
  let isAnswered = false
  const leave = (): void => void request.destroy()
  outgoing.on('close', leave)
  request.on('timeout', () => request.destroy(new Error(`nothing within ${options.timeout / 1000} seconds`)))
  const miss = (reason: string): void => {
    options.onMissed(noticed().request, reason)
    refuse(outgoing, 502, upstreamUnreachable(options.baseUrl, reason))
  }
  request.on('error', (error: NodeJS.ErrnoException) => {
    if (isAnswered || outgoing.destroyed) return
    // The upstream may close a connection just when it is used again (RFC 9112, 9.3.1).
    const isStale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
    if (!isStale || keeper || !idempotent.has(incoming.method ?? 'GET'))
      return miss(error.message || (error.code ?? 'none'))
    outgoing.off('close', leave)
    forwardTo(exchange.upstream.request(incoming, exchange.target), leg)
  })
  request.on('upgrade', (_, socket) => {
    socket.destroy()
    miss('another protocol')
  })
  request.on('response', (response) => {
    isAnswered = true
    answer(response, exchange, options)
  })
  // While the upstream thinks, there is time to look at what it was asked.
  if (!keeper) request.end(noticed)
  else if (options.fail) request.end(joined(keeper.whole() ?? []))
  else {
    incoming.on('data', (chunk: Uint8Array) => void (keeper.add(chunk) || keeper.release()))
    incoming.pipe(request)
  }
}

/** A proxy's request names the whole URL (RFC 9112, 3.2.2); only path and query count. */
function targetOf({ url = '/' }: IncomingMessage): string {
  if (url.startsWith('/')) return url
  const { pathname, search } = URL.canParse(url) ? new URL(url) : { pathname: '/', search: '' }
  return pathname + search
}

const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE'])

function bodyOf(keeper: Keeper | undefined): { body?: Uint8Array } {
  const chunks = keeper?.whole()
  return chunks ? { body: joined(chunks) } : {}
}
