// The last steps of an answer on the wire: compressed (RFC 9110, 8.4), or broken off where a scenario says so.

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { ServerResponse } from 'node:http'
import type { Fetch } from '../../spec/index.ts'
import { responseWith, bodyOf, gzipTag } from '../http/body.ts'
import { ConnectionReset, remainderOf } from '../faults.ts'

/** Shorter bodies are not worth it. */
const least = 1024

const compressed = promisify<Uint8Array, { level: number }, Buffer>(gzip)

/** Returns a `Fetch` whose longer answers are compressed for who accepts that (RFC 9110, 8.4). */
export const gzipped =
  (fetch: Fetch): Fetch =>
  async (request) => {
    const response = await fetch(request)
    if (!acceptsGzip(request.headers.get('accept-encoding'))) return response
    const { status, headers } = response
    if (status === 304) return known(response, request.headers.get('if-none-match') ?? '')
    // An announced length belongs to an answer that is what it is on purpose.
    if (
      status === 204 ||
      headers.has('content-encoding') ||
      headers.has('content-length') ||
      !/json|text/.test(headers.get('content-type') ?? '')
    )
      return response
    const bytes = await bodyOf(response)
    const own = new Headers(headers)
    if (bytes.byteLength < least) return responseWith(bytes, { status, headers: own })
    own.set('content-encoding', 'gzip')
    own.set(
      'vary',
      [own.get('vary'), 'accept-encoding']
        .filter((name) => name !== null && name !== 'accept-encoding')
        .concat('accept-encoding')
        .join(', '),
    )
    const tag = own.get('etag')
    if (tag !== null) own.set('etag', gzipTag(tag))
    return responseWith(new Uint8Array(await compressed(bytes, { level: 1 })), { status, headers: own })
  }

/** A client that has the compressed form is told the tag of that form. */
function known(response: Response, tags: string): Response {
  const { headers } = response
  const tag = gzipTag(headers.get('etag') ?? '')
  if (tag !== '' && tags.includes(tag)) headers.set('etag', tag)
  return response
}

/** Tells whether a client takes gzip (RFC 9110, 12.5.3): named, or covered by `*`, and not with a weight of 0. */
function acceptsGzip(header: string | null): boolean {
  if (header === null) return false
  const weights = new Map(
    header
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name = '', ...parameters] = part.split(';').map((text) => text.trim())
        const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
        return [name, weight === undefined ? 1 : Number(weight)] as const
      }),
  )
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0
}

/** What the adapter hands over beside a request. */
interface Wire {
  readonly outgoing: object
}

/** Returns a `Fetch` for a connection that scenarios can break: cut before the answer, or in the middle of it. */
export const breakable =
  (fetch: Fetch) =>
  async (request: Request, wire: Wire): Promise<Response> => {
    const outgoing = wire.outgoing as ServerResponse
    try {
      const response = await fetch(request)
      const remainder = remainderOf(response)
      if (!remainder) return response
      outgoing.writeHead(response.status, Object.fromEntries(response.headers))
      await new Promise<void>((resolve) => {
        outgoing.write(remainder, () => resolve())
      })
      outgoing.destroy()
      throw new ConnectionReset()
    } catch (error) {
      if (error instanceof ConnectionReset && !outgoing.destroyed) outgoing.socket?.resetAndDestroy()
      throw error
    }
  }
