import type { IncomingMessage, ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Failure } from '../spec/index.ts'
import type { Model } from '../spec/index.ts'
import { bodyOf } from './body.ts'
import { worldOf } from './world-of-request.ts'
import { cacheKeyOf } from './response-cache.ts'
import type { CachedResponse, ResponseCache, WireResponse } from './response-cache.ts'
import type { World } from './state/world.ts'
import type { Worlds } from './state/worlds.ts'

/** A mocked API on the wire. */
export interface Mocked {
  readonly prefix: string
  readonly model: Model
  readonly worlds: Worlds
}

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>
/** A `Fetch` that knows the connection. */
export type WiredFetch = (
  request: Request,
  wire: { readonly incoming: object; readonly outgoing: object },
) => Promise<Response>

/** Tells whether a route says what it takes to keep its answers. */
export const isMocked = (route: Partial<Mocked>): route is Mocked =>
  route.model !== undefined && route.worlds !== undefined

/**
 * Returns a listener that gives an answer again which it has given before, as long as it holds: nothing is read, found, written or
 * counted anew but the number of requests in the world. Only what has an entity tag is kept, and nothing where scenarios interfere.
 */
export function cached(
  mocked: Mocked,
  ready: ResponseCache,
  listenerOf: (fetch: WiredFetch) => Listener,
  fetch: WiredFetch,
): Listener {
  const { prefix, worlds } = mocked
  const slowly = listenerOf(async (request, wire) => {
    const incoming = wire.incoming as IncomingMessage
    const { model } = mocked
    const question = cacheKeyOf(model, prefix, incoming)
    const world = question === undefined ? undefined : tryWorld(worlds, request)
    if (question === undefined || !world || world.faults) return fetch(request, wire)
    // Where something happens meanwhile, the answer is that of a version which is no more.
    const { version } = world
    const response = await fetch(request, wire)
    if (!response.headers.has('etag')) return response
    const wired = await wireResponseOf(response, incoming.method === 'HEAD')
    ready.keep(question, { wired, model, world, version })
    send(wired, wire.outgoing as ServerResponse)
    return RESPONSE_ALREADY_SENT
  })
  return (incoming, outgoing) => {
    const question = cacheKeyOf(mocked.model, prefix, incoming)
    const known = question === undefined ? undefined : ready.find(question)
    if (!known || !isHere(known, mocked)) return slowly(incoming, outgoing)
    const give = (): void => {
      known.world.count()
      send(known.wired, outgoing)
    }
    const behind = worlds.follow(known.world)
    if (!behind) return Promise.resolve(give())
    // What happened on another server may have made it another answer.
    return behind.then(
      () => (known.version === known.world.version ? give() : slowly(incoming, outgoing)),
      () => slowly(incoming, outgoing),
    )
  }
}

/** A world may have been forgotten and made anew; being asked for keeps it from being forgotten. */
const isHere = ({ world, model }: CachedResponse, mocked: Mocked): boolean =>
  model === mocked.model && mocked.worlds.at(world.name) === world

/** The mock itself says what is wrong with a name. */
function tryWorld(worlds: Worlds, request: Request): World | undefined {
  try {
    return worldOf(worlds, request)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

async function wireResponseOf(response: Response, isHead: boolean): Promise<WireResponse> {
  const { status, headers } = response
  const body = await bodyOf(response)
  const pairs = [...headers].flat()
  const isWhole = status === 304 || headers.has('content-length')
  return {
    status,
    headers: isWhole ? pairs : [...pairs, 'content-length', String(body.byteLength)],
    body: isHead ? new Uint8Array() : body,
  }
}

function send({ status, headers, body }: WireResponse, outgoing: ServerResponse): void {
  outgoing.writeHead(status, headers as string[])
  outgoing.end(body)
}
