// Defines a proxied exchange and reads raw headers of Node.

import type { InspectedExchange } from '../../contracts/index.ts'

/** A request and its response as Node received them; a body that was not buffered completely is missing. */
export interface RawExchange {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: RawHeaders
  readonly body?: readonly Uint8Array[]
  readonly status?: number
  readonly responseHeaders?: RawHeaders
  readonly responseBody?: readonly Uint8Array[]
}

/** What an inspection found. */
export interface Findings extends Pick<InspectedExchange, 'request' | 'violations'> {
  /** The inspector has ended, so nothing is known of the exchange. */
  readonly isUninspected?: boolean
}

/** Returns the bytes of both bodies. */
export const byteLengthOf = ({ body = [], responseBody = [] }: RawExchange): number =>
  [...body, ...responseBody].reduce((sum, { byteLength }) => sum + byteLength, 0)

/** Headers as Node receives them: names and values in turns. */
export type RawHeaders = readonly string[]

/** Reads single headers; building a `Headers` would cost more than the whole inspection of them. */
export interface HeaderReader {
  /** Returns a header's value, several of them joined by a comma (RFC 9110, 5.3), or `null` where there is none. */
  get(name: string): string | null
}

/** Returns a reader of raw headers. */
export function rawHeaderReader(raw: RawHeaders): HeaderReader {
  return {
    get(name) {
      const wanted = name.toLowerCase()
      let found: string | null = null
      for (let index = 0; index + 1 < raw.length; index += 2) {
        const own = raw[index] as string
        if (own.length !== wanted.length || own.toLowerCase() !== wanted) continue
        const value = raw[index + 1] as string
        found = found === null ? value : `${found}, ${value}`
      }
      return found
    },
  }
}

/** Converts raw headers to `Headers`. */
export function toHeaders(raw: RawHeaders): Headers {
  const headers = new Headers()
  for (let index = 0; index + 1 < raw.length; index += 2) {
    try {
      headers.append(raw[index] as string, raw[index + 1] as string)
    } catch {
      // Node accepts some values that fetch does not; they are forwarded, but not inspected.
    }
  }
  return headers
}

/** Returns raw headers in their order and spelling, without those that fail a test. */
export function filterHeaders(raw: RawHeaders, passes: (name: string) => boolean): string[] {
  const kept: string[] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string
    if (passes(name)) kept.push(name, raw[index + 1] as string)
  }
  return kept
}
