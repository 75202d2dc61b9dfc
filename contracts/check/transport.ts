// Sends one request after another with rate limit, retries and timeouts.

import { failure } from '../../spec/index.ts'
import type { Fetch } from '../../spec/index.ts'
import type { CheckOptions } from './options.ts'
import type { ComposedRequest } from './request.ts'
import type { ReceivedAnswer } from '../conformance.ts'
import type { Violation } from '../violation.ts'
import { breach } from './rules.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Milliseconds that a server may ask to wait, once. */
const longestWait = 60_000
/** Milliseconds to wait where it does not say how long. */
const usualWait = 1000

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/**
 * Returns what sends requests one after another: no faster than the rate, again where the network failed or the server asked to
 * come back later (RFC 9110, 10.2.3), and never without bound.
 * @param onDelay told of each answer that asked to come back later, and was followed
 */
export function senderOf(
  fetch: Fetch,
  options: CheckOptions,
  onDelay?: (answer: ReceivedAnswer) => void,
): (composed: ComposedRequest) => Promise<Outcome> {
  const { timeout = 30_000, maxBytes = 20_000_000, retries = 2, rate, pause = sleep } = options
  const patience: ResponseLimits = { timeout, maxBytes }
  let isFirst = true

  async function once(composed: ComposedRequest): Promise<Outcome> {
    if (!isFirst && rate !== undefined) await pause(1000 / rate)
    isFirst = false
    return exchangeOnce(fetch, composed, patience)
  }

  return async (composed) => {
    for (let attempt = 0; ; attempt++) {
      const outcome = await once(composed)
      const wait = attempt < retries ? waitFor(outcome, composed.method) : undefined
      if (wait === undefined) return outcome
      if (outcome.kind === 'answered') onDelay?.(outcome.answer)
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
  const wait = asked === undefined ? usualWait : asked * 1000
  return isWelcome && wait <= longestWait ? wait : undefined
}

/** Seconds, or a date; that is measured from the answer's own date, as clocks differ. */
function secondsOf(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const until = Date.parse(text)
  const from = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(until) || Number.isNaN(from) ? undefined : Math.max(0, (until - from) / 1000)
}

/** How long to wait and how much to read. */
interface ResponseLimits {
  /** Milliseconds. */
  readonly timeout: number
  readonly maxBytes: number
}

/** What came of a request: an answer, whole or in part, or none. */
export type Outcome =
  | { readonly kind: 'answered'; readonly answer: ReceivedAnswer }
  /** The head of an answer came, its body did not come whole. */
  | { readonly kind: 'broken'; readonly status: number; readonly reason: string; readonly isNetwork: boolean }
  /** Nothing came. `isHeard` where somebody took the connection: another request may be answered. */
  | { readonly kind: 'silent'; readonly reason: string; readonly isNetwork: boolean; readonly isHeard: boolean }

/** No answer, or only a part of one. */
export type Unanswered = Exclude<Outcome, { readonly kind: 'answered' }>

/** Returns the violation of a server that does not answer, or not to the end. */
export const silence = ({ kind, reason }: Unanswered): Violation =>
  breach('PF-ANSWER', kind === 'broken' ? 'a whole body of UTF-8' : 'an answer', reason)

/** Returns what a server makes of a request; never throws, never waits or reads without bound. Redirects are not followed. */
async function exchangeOnce(
  fetch: Fetch,
  { url, method, headers, body }: ComposedRequest,
  patience: ResponseLimits,
): Promise<Outcome> {
  const controller = new AbortController()
  const limit = within(patience.timeout, controller)
  try {
    const request = new Request(url, {
      method,
      headers,
      redirect: 'manual',
      signal: controller.signal,
      ...(body !== undefined && { body }),
    })
    const response = await Promise.race([fetch(request), limit.expired])
    try {
      const text = await Promise.race([read(response, patience.maxBytes), limit.expired])
      const { status, headers: answered } = response
      return {
        kind: 'answered',
        answer: { status, headers: answered, body: text, method, ...(isBinary(answered) && { isBinary: true }) },
      }
    } catch (error) {
      return {
        kind: 'broken',
        status: response.status,
        reason: error === limit.late ? `no end of it within ${patience.timeout} ms` : reasonOf(error),
        isNetwork: isNetwork(error),
      }
    }
  } catch (error) {
    const isLate = error === limit.late
    return {
      kind: 'silent',
      reason: isLate ? `none within ${patience.timeout} ms` : reasonOf(error),
      isNetwork: isNetwork(error),
      isHeard: isLate || isBrokenOff(error),
    }
  } finally {
    limit.stop()
    controller.abort()
  }
}

function within(
  timeout: number,
  controller: AbortController,
): { readonly expired: Promise<never>; readonly late: Error; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Error('too late')
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      controller.abort()
      reject(late)
    }, timeout)
  })
  expired.catch(() => undefined)
  return { expired, late, stop: () => clearTimeout(timer) }
}

async function read(response: Response, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decode = decoderOf(response)
  const parts: string[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return parts.join('') + decode()
    size += value.byteLength
    if (size > maxBytes) {
      void reader.cancel().catch(() => undefined)
      throw new Error(`more than ${maxBytes % 1_000_000 === 0 ? `${maxBytes / 1_000_000} MB` : `${maxBytes} bytes`}`)
    }
    parts.push(decode(value))
  }
}

/** Tells whether a content type says that a body is no text: a PDF, an image, an archive. */
const isBinary = (headers: Headers): boolean =>
  /^(?:image\/(?!svg)|audio\/|video\/|font\/|application\/(?:pdf|zip|gzip|octet-stream|vnd\.(?:ms-|openxml)))/i.test(
    headers.get('content-type') ?? '',
  )

/** JSON is UTF-8 whatever a header says (RFC 8259, 8.1); where it is not, the header may tell why. */
function decoderOf({ headers }: Response): (bytes?: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { fatal: !isBinary(headers) })
  return (bytes) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      const type = headers.get('content-type')?.slice(0, 100)
      throw new Error(`bytes that are no UTF-8${type === undefined ? '' : ` (Content-Type: ${type})`}`)
    }
  }
}

/** Connections that fail or break off may hold the next time; a certificate, a name or a body that is too long stays what it is. */
const isNetwork = (error: unknown): boolean =>
  isBrokenOff(error) || /^(?:ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/.test(codeOf(error))

const isBrokenOff = (error: unknown): boolean => /^(?:ECONN(?:RESET|ABORTED)|EPIPE|UND_ERR_SOCKET)$/.test(codeOf(error))

function codeOf(error: unknown): string {
  const { cause } = error as Error
  return cause instanceof Error ? String((cause as Error & { code?: unknown }).code) : ''
}

/** `fetch failed` hides what happened in its cause: ECONNREFUSED, a certificate, a name that does not resolve. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error
  if (!(cause instanceof Error)) return message
  // Node adds advice about its own options.
  return cause.message.split('; ')[0] || codeOf(error) || message
}

/** Requests that may go unanswered before the first answer. */
const mostSilences = 3

/** Watches whether anybody answers at all: a run without one answer says nothing about a contract. */
export interface Connectivity {
  /** @throws Failure where nobody is there, or nobody has answered for long; from then on always. */
  see(outcome?: Outcome): void
  /** @throws Failure where there was no answer from beginning to end. */
  end(): void
}

/** Returns what watches the answers of a server; one that is slow or breaks off may still answer the next request. */
export function connectivityOf(baseUrl: string, conceal: (text: string) => string): Connectivity {
  let isReached = false
  let silences = 0
  let first = ''
  const lost = (reason: string): Error =>
    failure(`reach ${baseUrl}`, { expected: 'an answer', received: conceal(reason), cure: cureFor(reason) })
  return {
    see(outcome) {
      if (outcome && outcome.kind !== 'silent') isReached = true
      if (isReached) return
      if (outcome?.kind === 'silent') {
        first ||= outcome.reason
        silences += outcome.isHeard ? 1 : mostSilences
      }
      if (silences >= mostSilences) throw lost(first)
    },
    end() {
      if (silences > 0 && !isReached) throw lost(first)
    },
  }
}

/** In OpenSSL’s words. */
const cureFor = (reason: string): string =>
  reason.startsWith('none within')
    ? 'Is the server running? Where it is slow, allow it more time.'
    : /self-signed|issuer|verify the first certificate/.test(reason)
      ? 'Where the authority that signed it is your own, name its file in NODE_EXTRA_CA_CERTS.'
      : 'Is the server running, and is the URL right?'
