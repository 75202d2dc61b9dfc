// Limits of requests to servers and mocks.

import { bodyLimits } from '../../spec/limits.ts'
import type { BodyLimits } from '../../spec/limits.ts'

/** What clients may ask of a mock server. What goes beyond is refused in the form of the API that it is for. */
export interface ServerLimits {
  /** Bytes of a request body; more is answered with 413. */
  readonly maxBody: number
  /** Bytes of a path and its query; more is answered with 414. RFC 9112, 3, asks for 8000 at least. */
  readonly maxUrl: number
  /** Bytes of all header fields; more is answered with 431. */
  readonly maxHeaders: number
  /** Connections at once; a request on one more is answered with 503. */
  readonly maxConnections: number
  /** Milliseconds from the connection, or the request before, to the end of the header; then 408. */
  readonly headerTimeout: number
  /** Milliseconds from there to the end of the body; then 408. */
  readonly requestTimeout: number
}

/** What holds unless told otherwise. */
export const serverLimits: ServerLimits = {
  maxBody: 1_048_576,
  maxUrl: 8192,
  maxHeaders: 16_384,
  maxConnections: 1000,
  headerTimeout: 10_000,
  requestTimeout: 30_000,
}

/** The same for mocks without a server, where a body beyond is answered with 413, too. */
export const mockLimits: BodyLimits & {
  /** Worlds at once; one more, and the one that was used least lately is forgotten. */
  readonly maxWorlds: number
  /** Webhook calls a second; more wait, and of those that wait the 201st is dropped. */
  readonly webhookRate: number
  /** What one GraphQL document may cost: about a second of work. */
  readonly graphqlCost: number
} = { ...bodyLimits, maxWorlds: 20_000, webhookRate: 50, graphqlCost: 1_000_000 }
