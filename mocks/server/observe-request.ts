// Records requests and answers of the Node server for the request log.

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { worldHeader } from '../state/worlds.ts'
import type { HeaderPairs, ObservedAnswer, ObservedRequest } from './request-log.ts'

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
        answer: answerOf({
          status: outgoing.statusCode,
          fields: [outgoing.getHeaders(), written.head()],
          body: written.body(),
          size: written.size(),
          isWhole: outgoing.writableFinished,
        }),
      }),
    })
  })
}

const worldIn = (cookie: string | undefined): string =>
  /(?:^|;)\s*proforma-world=([^;\s]*)/.exec(cookie ?? '')?.[1] ?? ''

/** Header fields as they are given to Node: an object, pairs, or a list in which names and values take turns. */
type HeaderFields = OutgoingHttpHeaders | readonly unknown[]

/** Returns an answer whose fields become pairs when they are read: of most answers, they never are. */
const answerOf = ({
  fields,
  ...answer
}: Omit<ObservedAnswer, 'headers'> & { readonly fields: readonly HeaderFields[] }): ObservedAnswer => ({
  ...answer,
  get headers() {
    return fields.flatMap(pairsOf)
  },
})

interface Written {
  /** What was given to `writeHead`. */
  head(): HeaderFields
  body(): Uint8Array
  size(): number
}

/** Records what is written to an answer. */
function record(outgoing: ServerResponse): Written {
  const { writeHead, write, end } = outgoing
  const chunks: Buffer[] = []
  let size = 0
  let kept = 0
  let head: HeaderFields = {}
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
    head: () => head,
    body: () => (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)),
    size: () => size,
  }
}

function pairsOf(headers: HeaderFields): HeaderPairs {
  const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
  if (!isList(headers))
    return Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one) => [name, String(one)] as const),
    )
  if (isList(headers[0])) return headers.map((pair) => (pair as readonly unknown[]).map(String) as [string, string])
  return headers.flatMap((name, at) => (at % 2 === 0 ? [[String(name), String(headers[at + 1])] as const] : []))
}
