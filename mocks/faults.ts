// Faults that scenarios inject: late answers, error statuses, connections that are cut, bodies that break off.

import { hashText, Random } from '../factories/index.ts'
import type { Seed } from '../factories/index.ts'

/** How long an answer takes, in milliseconds. */
export type Latency =
  | number
  /** Any time from the first to the second, each as likely. */
  | readonly [number, number]
  /** Half of the answers within `median`, few of them much later, none after `most`. */
  | { readonly median: number; readonly most: number }

/** What goes wrong on the way. Rates are from 0 to 1. */
export interface Faults {
  readonly latency?: Latency
  /** Every request is answered with this status. */
  readonly status?: number
  /** A share of the requests is answered with one of these statuses. */
  readonly errors?: { readonly rate: number; readonly statuses: readonly number[] }
  /** A share of the connections is cut before the answer. */
  readonly resets?: number
  /** A share of the answers ends in the middle. */
  readonly truncations?: number
  /** So many requests pass, then so many are refused with 429, and so on; the header tells to wait so many seconds. */
  readonly limit?: { readonly passes: number; readonly refuses: number; readonly retryAfter: number }
  /** Answers of success break their schema. */
  readonly isMalformed?: boolean
}

/** What becomes of one request. */
export interface InjectedFault {
  /** Milliseconds to wait before the answer. */
  readonly delay: number
  readonly kind?: 'reset' | 'truncate' | 'status' | 'malform'
  /** For `status`. */
  readonly status?: number
  /** For `status`: seconds. */
  readonly retryAfter?: number
}

/** Returns the fault that a request meets: a pure function of the scenario's faults, a seed and the request's number from 0. */
export function faultOf(faults: Faults, seed: Seed, number: number): InjectedFault {
  const random = Random.of(seed).at(hashText('faults')).at(number)
  const delay = faults.latency === undefined ? 0 : latencyOf(faults.latency, random.at('latency').float())
  return { delay, ...mishap(faults, number, random) }
}

function mishap(
  { status, errors, resets = 0, truncations = 0, limit, isMalformed }: Faults,
  number: number,
  random: Random,
): Omit<InjectedFault, 'delay'> {
  if (status !== undefined) return { kind: 'status', status }
  if (limit && number % (limit.passes + limit.refuses) >= limit.passes)
    return { kind: 'status', status: 429, retryAfter: limit.retryAfter }
  if (random.at('reset').chance(resets)) return { kind: 'reset' }
  if (errors && random.at('error').chance(errors.rate))
    return { kind: 'status', status: random.at('status').pick(errors.statuses) }
  if (random.at('truncate').chance(truncations)) return { kind: 'truncate' }
  return isMalformed ? { kind: 'malform' } : {}
}

/** The long tail is that of a Pareto distribution whose median is the one stated. */
function latencyOf(latency: Latency, draw: number): number {
  if (typeof latency === 'number') return latency
  if ('median' in latency) return Math.round(Math.min(latency.most, latency.median * (2 * (1 - draw)) ** (-1 / 1.5)))
  const [low, high] = latency
  return Math.round(low + (high - low) * draw)
}

/** The connection broke before an answer came: what browsers report as a failed fetch. The server cuts the connection instead. */
export class ConnectionReset extends TypeError {
  constructor() {
    super('Failed to fetch')
  }
}

const truncated = new WeakMap<Response, Uint8Array>()

/** Returns the bytes that are sent of an answer that breaks off, or `undefined` for a whole one. */
export const remainderOf = (response: Response): Uint8Array | undefined => truncated.get(response)

/** Returns an answer whose body breaks off in the middle, although its length was announced. */
export async function truncate(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  const headers = new Headers(response.headers)
  headers.set('content-length', String(bytes.byteLength))
  const half = bytes.subarray(0, bytes.byteLength >> 1)
  let isSent = false
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isSent) return controller.error(new TypeError('terminated'))
      isSent = true
      controller.enqueue(half)
    },
  })
  const broken = new Response(body, { status: response.status, headers })
  truncated.set(broken, half)
  return broken
}

/** Longest wait, in milliseconds. */
export const longestDelay = 60_000

/** Waits, at most a minute, and no longer than the client does. */
export function pause(delay: number, signal?: AbortSignal): Promise<void> {
  if (delay <= 0) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(done, Math.min(delay, longestDelay))
    function done(): void {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    signal?.addEventListener('abort', done)
  })
}
