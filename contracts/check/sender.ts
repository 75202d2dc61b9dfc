import type { Fetch } from '../../spec/index.ts'
import { exchange } from './transport.ts'
import type { Outcome, ResponseLimits } from './transport.ts'
import type { CheckOptions } from './options.ts'
import type { Composed } from './request.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Milliseconds that a server may ask to wait, once. */
const longest = 60_000
/** Milliseconds to wait where it does not say how long. */
const usual = 1000

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/**
 * Returns what sends requests one after another: no faster than the rate, again where the network failed or the server asked to
 * come back later (RFC 9110, 10.2.3), and never without bound.
 */
export function senderOf(fetch: Fetch, options: CheckOptions): (composed: Composed) => Promise<Outcome> {
  const { timeout = 30_000, maxBytes = 20_000_000, retries = 2, rate, pause = sleep } = options
  const patience: ResponseLimits = { timeout, maxBytes }
  let isFirst = true

  async function once(composed: Composed): Promise<Outcome> {
    if (!isFirst && rate !== undefined) await pause(1000 / rate)
    isFirst = false
    return exchange(fetch, composed, patience)
  }

  return async (composed) => {
    for (let attempt = 0; ; attempt++) {
      const outcome = await once(composed)
      const wait = attempt < retries ? waitFor(outcome, composed.method) : undefined
      if (wait === undefined) return outcome
      await pause(wait)
    }
  }
}

/** Returns how long to wait before the same request is sent again, or `undefined` where it must not be. */
function waitFor(outcome: Outcome, method: string): number | undefined {
  if (outcome.kind !== 'answered') return outcome.isNetwork && safe.has(method) ? 0 : undefined
  const { status, headers } = outcome.answer
  const asked = secondsOf(headers)
  const isWelcome = status === 429 || (status === 503 && asked !== undefined && safe.has(method))
  const wait = asked === undefined ? usual : asked * 1000
  return isWelcome && wait <= longest ? wait : undefined
}

/** Seconds, or a date; that is measured from the answer's own date, as clocks differ. */
function secondsOf(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const until = Date.parse(text)
  const from = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(until) || Number.isNaN(from) ? undefined : Math.max(0, (until - from) / 1000)
}
