// Caches answers as bytes until their world changes.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Model } from '../../spec/index.ts'
import type { World } from '../state/world.ts'
import { worldHeader } from '../state/worlds.ts'
import { Failure } from '../../spec/index.ts'
import { bodyOf } from '../http/body.ts'
import { baseHeader, worldOf } from '../http/routes.ts'
import type { Worlds } from '../state/worlds.ts'

/** An answer as it goes over the wire. */
interface WireResponse {
  readonly status: number
  /** Names and values in turns. */
  readonly headers: readonly string[]
  readonly body: Uint8Array
}

/** An answer, and what it holds for: while the world's version stays, the same question has the same answer. */
export interface CachedResponse {
  readonly wired: WireResponse
  readonly model: Model
  readonly world: World
  readonly version: number
}

/** Bytes for what an answer takes beside its body. */
const overhead = 1024

/** Answers that were given and can be given again, by what was asked; those asked for least lately make room. */
export class ResponseCache {
  readonly #answers = new Map<string, CachedResponse>()
  readonly #most: number
  #bytes = 0

  /** @param most bytes that all answers together may have */
  constructor(most: number) {
    this.#most = most
  }

  /** Returns the answer to a question if it still holds. */
  find(question: string): CachedResponse | undefined {
    const ready = this.#answers.get(question)
    if (!ready) return undefined
    this.#answers.delete(question)
    if (ready.version === ready.world.version) {
      this.#answers.set(question, ready)
      return ready
    }
    this.#bytes -= sizeOf(question, ready)
    return undefined
  }

  /** Keeps an answer, unless it alone would take a quarter of the room. */
  keep(question: string, ready: CachedResponse): void {
    const size = sizeOf(question, ready)
    if (size > this.#most / 4) return
    this.forget(question)
    this.#answers.set(question, ready)
    this.#bytes += size
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= this.#most) break
      this.forget(oldest)
    }
  }

  /** Drops an answer. */
  forget(question: string): void {
    const ready = this.#answers.get(question)
    if (!ready) return
    this.#answers.delete(question)
    this.#bytes -= sizeOf(question, ready)
  }
}

const sizeOf = (question: string, { wired }: CachedResponse): number =>
  question.length + wired.body.byteLength + overhead

/** Headers that the way to an answer looks at, whatever the API. `prefer` is missing: what it asks for is made on the spot. */
const usual = [
  'accept',
  'accept-encoding',
  'authorization',
  'content-type',
  'cookie',
  'host',
  'if-none-match',
  'origin',
  worldHeader,
  baseHeader,
] as const
/** With one of these a request is more than a question. */
const special: ReadonlySet<string> = new Set(['prefer', 'content-length', 'transfer-encoding', 'expect', 'upgrade'])

const known = new WeakMap<Model, ReadonlySet<string>>()

/** Returns the names of the headers that an API's answers depend on: the usual ones, its parameters, its keys. */
function headersOf(model: Model): ReadonlySet<string> {
  const names = known.get(model) ?? new Set([...usual, ...ownHeaders(model)].map((name) => name.toLowerCase()))
  known.set(model, names)
  return names
}

const ownHeaders = ({ operations, security }: Model): string[] => [
  ...operations.flatMap(({ parameters }) =>
    parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name),
  ),
  ...Object.values(security).flatMap((scheme) =>
    scheme.in === 'header' && scheme.name !== undefined ? [scheme.name] : [],
  ),
]

/** Returns all that tells what a request asks from what others ask, as one text; `undefined` for one that asks for more than an answer. */
function cacheKeyOf(
  model: Model,
  prefix: string,
  { method = '', url = '', rawHeaders }: IncomingMessage,
): string | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  const names = headersOf(model)
  let question = `${method} ${prefix} ${url}`
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] as string).toLowerCase()
    if (special.has(name)) return undefined
    if (names.has(name)) question += `\n${name}:${rawHeaders[index + 1]}`
  }
  return question
}

/** A mocked API on the wire. */
interface Mocked {
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
export function cachedListener(
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
