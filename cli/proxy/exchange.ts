import type { ServerResponse } from 'node:http'
import type { InspectedExchange, ExchangeInspector } from '../../contracts/index.ts'
import type { ServerLimits } from '../../mocks/limits.ts'
import type { HeaderReader } from './headers.ts'
import type { Budget } from './keep.ts'
import type { Found, Passed } from './passed.ts'
import type { Upstream, UpstreamOptions } from './upstream.ts'

/** Who looks at what passes. */
export interface PassOptions extends Pick<UpstreamOptions, 'baseUrl' | 'timeout'> {
  /** Answer 502 instead of what breaks the contract. */
  readonly fail: boolean
  /** Hold answers back until they have been looked at whole. */
  readonly wait: boolean
  /** Milliseconds for the body of a request to come. */
  readonly limits: Pick<ServerLimits, 'requestTimeout'>
  /** Bytes of a body that are looked at. */
  readonly maxBytes: number
  /** Bytes of all bodies that are kept at a time. */
  readonly budget: Budget
  /** Looks at requests, and at the heads of answers, at once. */
  readonly watch: ExchangeInspector
  /** Looks at a whole exchange while somebody waits. */
  readonly inspect: (passed: Passed) => Promise<Found>
  /** Looks at a whole exchange when there is time. */
  readonly overhear: (passed: Passed) => void
  /** Told of a request that got no answer, or half of one: `GET /v1/invoices`, and why. */
  readonly onMissed: (request: string, reason: string) => void
}

/** A request on its way. */
export interface Exchange {
  readonly outgoing: ServerResponse
  readonly target: string
  /** Of the request. */
  readonly headers: HeaderReader
  readonly upstream: Upstream
  /** What is wrong with the request; nothing, where looking failed. */
  readonly noticed: () => InspectedExchange
  /** Hands the request over, with what was kept of its body. */
  readonly release: () => Passed
  /** Forgets what was kept. */
  readonly drop: () => void
}
