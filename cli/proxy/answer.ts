import type { IncomingMessage } from 'node:http'
import { countHeader, isForwarded, badGatewayOf, upstreamUnreachable } from '../../contracts/index.ts'
import type { Exchange, PassOptions } from './exchange.ts'
import { readerOf, sentOn } from './headers.ts'
import { held } from './held.ts'
import { keeperOf } from './keep.ts'
import type { Keeper } from './keep.ts'
import { look } from './look.ts'
import type { Passed } from './passed.ts'
import { problemOf, refuse } from './refusal.ts'

/** Passes an answer back: as it comes, or once it has been looked at. */
export function answer(response: IncomingMessage, exchange: Exchange, options: PassOptions): void {
  const { outgoing } = exchange
  const isStream = readerOf(response.rawHeaders).get('content-type')?.startsWith('text/event-stream') ?? false
  const keeper = isStream ? undefined : keeperOf(options.maxBytes, options.budget)
  outgoing.on('close', () => void keeper?.release())
  response.on('error', () => {
    if (outgoing.destroyed) return
    options.onMissed(exchange.noticed().request, 'half an answer')
    if (outgoing.headersSent) outgoing.destroy()
    else refuse(outgoing, 502, upstreamUnreachable(options.baseUrl, 'half an answer'))
  })
  const leg: Leg = { response, exchange, keeper, options }
  if (options.wait && keeper) return void hold(leg, keeper).catch(() => undefined)
  writeHead(leg, seenInHead(leg))
  relay(leg)
}

interface Leg {
  readonly response: IncomingMessage
  readonly exchange: Exchange
  readonly keeper: Keeper | undefined
  readonly options: PassOptions
}

/** As `pipe` does, with somebody who listens. */
function relay(leg: Leg): void {
  const {
    response,
    exchange: { outgoing },
    keeper,
    options,
  } = leg
  response.on('data', (chunk: Uint8Array) => {
    if (keeper && !keeper.add(chunk)) keeper.release()
    if (!outgoing.write(chunk)) response.pause()
  })
  outgoing.on('drain', () => response.resume())
  response.on('end', () => {
    endLike(leg)
    options.overhear(whole(leg))
  })
}

/** Holds an answer back until it has been looked at. */
async function hold(leg: Leg, keeper: Keeper): Promise<void> {
  const {
    response,
    exchange: { outgoing },
    options: { fail, inspect, timeout },
  } = leg
  if (!(await held(response, keeper, timeout))) {
    writeHead(leg, seenInHead(leg))
    for (const chunk of keeper.release()) outgoing.write(chunk)
    relay(leg)
    response.resume()
    return
  }
  const body = keeper.whole() ?? []
  const noticed = await inspect(whole(leg))
  if (fail && noticed.isUnseen)
    return refuse(outgoing, 502, problemOf(502, 'Nothing can be looked at any more: start the proxy again.'))
  if (fail && noticed.violations.length > 0)
    return refuse(outgoing, 502, badGatewayOf(noticed), noticed.violations.length)
  writeHead(leg, noticed.violations.length)
  for (const chunk of body) outgoing.write(chunk)
  endLike(leg)
}

function writeHead(
  { response, exchange: { outgoing, upstream, target, headers: asked } }: Leg,
  violations: number,
): void {
  const { get } = readerOf(response.rawHeaders)
  const headers = sentOn(response.rawHeaders, isForwarded(get('connection')))
  const location = get('location')
  if (location !== null)
    headers[headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'location') + 1] =
      upstream.location(location, target, asked.get('host') ?? undefined)
  headers.push(countHeader, String(violations))
  outgoing.writeHead(response.statusCode ?? 502, response.statusMessage, headers)
}

/** Trailers end an answer, where its client can read any. */
function endLike({ response: { rawTrailers }, exchange: { outgoing } }: Leg): void {
  if (rawTrailers.length > 0)
    outgoing.addTrailers(
      rawTrailers.flatMap((name, index) =>
        index % 2 === 0 ? [[name, rawTrailers[index + 1] as string] as const] : [],
      ) as [string, string][],
    )
  outgoing.end()
}

function seenInHead({ response, exchange: { noticed, headers }, options: { watch } }: Leg): number {
  const { operation, violations } = noticed()
  const inHead = operation
    ? look(
        () =>
          watch.head(
            operation,
            { status: response.statusCode ?? 502, headers: readerOf(response.rawHeaders) },
            { headers },
          ),
        0,
      )
    : 0
  return violations.length + inHead
}

function whole({ response, exchange, keeper }: Leg): Passed {
  const answerBody = keeper?.whole()
  keeper?.release()
  return {
    ...exchange.release(),
    status: response.statusCode ?? 502,
    answerHeaders: response.rawHeaders,
    ...(answerBody && { answerBody }),
  }
}
