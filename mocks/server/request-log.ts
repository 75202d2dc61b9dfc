/** The latest requests to a server with their answers, and how they are recorded. */

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { worldHeader } from '../state/worlds.ts'

/** A request and its answer, as they went over the wire. */
export interface ObservedRequest {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Milliseconds from the request to the end of the answer. */
  readonly ms: number
  /** Name of the world that answered; empty for the first. */
  readonly world: string
  /** Where the API that was asked is mounted; missing where none was. */
  readonly prefix?: string
  readonly method: string
  /** Path and query as they were sent. */
  readonly url: string
  /** Path and query as the document has them. */
  readonly target: string
  readonly headers: HeaderPairs
  /** Missing where there was none. */
  readonly body?: Uint8Array
  /** Missing where the connection was cut before an answer. */
  readonly answer?: ObservedAnswer
}

/** An answer as it went over the wire. */
interface ObservedAnswer {
  readonly status: number
  readonly headers: HeaderPairs
  /** The beginning of the body, encoded as it was sent. */
  readonly body: Uint8Array
  /** Bytes that were sent. */
  readonly size: number
  /** Tells whether all of it was sent. */
  readonly isWhole: boolean
}

/** Names and values of header fields. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[]

/** An observed request in a log. */
export interface LoggedRequest extends ObservedRequest {
  /** From 1, in the order in which answers ended. */
  readonly number: number
}

/** How much a log keeps. */
interface RequestLogOptions {
  /** Requests; 1,000 unless given. */
  readonly maxRequests?: number
  /** Bytes of bodies; 16 MiB unless given. */
  readonly maxBytes?: number
}

/** The latest requests to a server. Where there are too many, the oldest are forgotten. */
export class RequestLog {
  readonly #maxRequests: number
  readonly #maxBytes: number
  #requests: LoggedRequest[] = []
  #bytes = 0
  #number = 0
  readonly #listeners = new Set<(request: LoggedRequest) => void>()

  constructor({ maxRequests = 1000, maxBytes = 16_777_216 }: RequestLogOptions = {}) {
    this.#maxRequests = maxRequests
    this.#maxBytes = maxBytes
  }

  /** Keeps a request, tells it to who listens, and returns it with its number. */
  add(observed: ObservedRequest): LoggedRequest {
    const request = { ...observed, number: ++this.#number }
    this.#requests.push(request)
    this.#bytes += sizeOf(request)
    while (this.#requests.length > this.#maxRequests || (this.#bytes > this.#maxBytes && this.#requests.length > 1))
      this.#bytes -= sizeOf(this.#requests.shift() as LoggedRequest)
    for (const listener of this.#listeners) listener(request)
    return request
  }

  /** Returns the requests that are kept, the oldest first. */
  list(): readonly LoggedRequest[] {
    return this.#requests
  }

  /** Returns the request of a number, `undefined` where it is forgotten, or not there yet. */
  find(number: number): LoggedRequest | undefined {
    return this.#requests.find((request) => request.number === number)
  }

  /** Forgets all requests; numbers go on. */
  clear(): void {
    this.#requests = []
    this.#bytes = 0
  }

  /** Tells a listener what comes from now on; returns what stops that. */
  listen(listener: (request: LoggedRequest) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}

const sizeOf = ({ body, answer }: ObservedRequest): number => (body?.byteLength ?? 0) + (answer?.body.byteLength ?? 0)

/** Bytes of a body that are kept. */
const mostBody = 262_144

/** What is known of a request before it is answered. */
interface Asked {
  /** As it was sent. */
  readonly url: string
  /** See {@link ObservedRequest.prefix}. */
  readonly prefix: string | undefined
}

/** Tells what was asked and answered when the answer has ended. Bodies are shared with who writes them, not copied. */
export function observeRequest(
  incoming: IncomingMessage & { rawBody?: Buffer },
  outgoing: ServerResponse,
  { url, prefix }: Asked,
  tell: (observed: ObservedRequest) => void,
): void {
  const [at, start] = [Date.now(), performance.now()]
  const { method = '', url: target = '/' } = incoming
  const written = record(outgoing)
  outgoing.once('close', () => {
    const { rawBody } = incoming
    tell({
      at,
      ms: performance.now() - start,
      world: String(incoming.headers[worldHeader] ?? worldIn(incoming.headers.cookie)),
      ...(prefix !== undefined && { prefix }),
      method,
      url,
      target,
      headers: pairsOf(incoming.rawHeaders),
      ...(rawBody && rawBody.length > 0 && { body: rawBody.subarray(0, mostBody) }),
      ...(outgoing.headersSent && {
        answer: {
          status: outgoing.statusCode,
          headers: written.headers(),
          body: written.body(),
          size: written.size(),
          isWhole: outgoing.writableFinished,
        },
      }),
    })
  })
}

const worldIn = (cookie: string | undefined): string =>
  /(?:^|;)\s*proforma-world=([^;\s]*)/.exec(cookie ?? '')?.[1] ?? ''

interface Written {
  headers(): HeaderPairs
  body(): Uint8Array
  size(): number
}

/** Records what is written to an answer. */
function record(outgoing: ServerResponse): Written {
  const { writeHead, write, end } = outgoing
  const chunks: Buffer[] = []
  let size = 0
  let kept = 0
  let head: OutgoingHttpHeaders | readonly unknown[] = {}
  const keep = (chunk: unknown, encoding: unknown): void => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return
    const bytes =
      typeof chunk === 'string'
        ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    size += bytes.length
    if (kept >= mostBody) return
    const part = bytes.subarray(0, mostBody - kept)
    chunks.push(part)
    kept += part.length
  }
  // Whether headers are passed here or set before, and in which form, is up to who answers.
  outgoing.writeHead = function writeAndKeep(this: ServerResponse, ...given: unknown[]) {
    const last = given.at(-1)
    if (typeof last === 'object' && last !== null) head = last as typeof head
    return Reflect.apply(writeHead, this, given) as ServerResponse
  }
  outgoing.write = function writeAndKeep(this: ServerResponse, ...given: unknown[]) {
    keep(given[0], given[1])
    return Reflect.apply(write, this, given) as boolean
  }
  outgoing.end = function endAndKeep(this: ServerResponse, ...given: unknown[]) {
    keep(given[0], given[1])
    return Reflect.apply(end, this, given) as ServerResponse
  }
  return {
    headers: () => [...pairsOf(outgoing.getHeaders()), ...pairsOf(head)],
    body: () => (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)),
    size: () => size,
  }
}

/** Returns header fields as pairs: of an object, or of a list in which names and values take turns. */
function pairsOf(headers: OutgoingHttpHeaders | readonly unknown[]): HeaderPairs {
  const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
  if (!isList(headers))
    return Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one) => [name, String(one)] as const),
    )
  if (isList(headers[0])) return headers.map((pair) => (pair as readonly unknown[]).map(String) as [string, string])
  return headers.flatMap((name, at) => (at % 2 === 0 ? [[String(name), String(headers[at + 1])] as const] : []))
}
