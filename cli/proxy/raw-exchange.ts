import type { InspectedExchange } from '../../contracts/index.ts'
import type { RawHeaders } from './raw-headers.ts'

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
