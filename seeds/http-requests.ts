// Sends the requests that seed an API: paced, and again where that may help.

import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure } from '../spec/index.ts'
import type { Operation } from '../spec/index.ts'

/** How an API is asked. */
export interface RequestOptions {
  /** Sent with every request, never shown. */
  readonly headers: Readonly<Record<string, string>>
  /** Query and path parameters by name, where an operation has them. */
  readonly parameters: Readonly<Record<string, string>>
  /** Requests a second at most. */
  readonly rate?: number
  /** How often to ask again where the network fails or the server says later. */
  readonly retries: number
  /** Milliseconds to wait for an answer. */
  readonly timeout: number
}

/** Statuses after which the same request may succeed (RFC 9110, 6585). */
const later = new Set([408, 425, 429, 500, 502, 503, 504])

/** Asks one API: so often a second, and not while its server wants to be left alone. */
export class PacedRequests {
  readonly #baseUrl: string
  readonly #options: RequestOptions
  /** When the next request may go. */
  #next = 0

  constructor(baseUrl: string, options: RequestOptions) {
    this.#baseUrl = baseUrl
    this.#options = options
  }

  /**
   * Returns the answer of an operation, asked again where the network fails or the server says later.
   * @param key of the request, the same whenever it is sent
   * @throws Failure where no answer comes.
   */
  async send(operation: Operation, path: string, key: string, body?: string): Promise<Response> {
    const { headers, parameters, retries, timeout } = this.#options
    const url = addressOf(this.#baseUrl, path, operation, parameters)
    const request = {
      method: operation.method,
      headers: {
        accept: 'application/json',
        'idempotency-key': key,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      redirect: 'manual' as const,
    }
    for (let attempt = 0; ; attempt++) {
      await this.#turn()
      const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(timeout) }).catch(
        (error: unknown) => error as Error,
      )
      const isLast = attempt >= retries
      if (answer instanceof Response && (isLast || !later.has(answer.status))) return answer
      if (isLast) throw unreachable(operation, path, answer as Error)
      await this.#postpone(answer, attempt)
    }
  }

  /** Waits for its turn: so many a second, and none while the server has asked to wait. */
  async #turn(): Promise<void> {
    const { rate } = this.#options
    const now = performance.now()
    const at = Math.max(now, this.#next)
    if (rate !== undefined) this.#next = at + 1000 / rate
    if (at > now) await sleep(at - now)
  }

  /** The server asks all to wait, not one request alone. */
  async #postpone(answer: Response | Error, attempt: number): Promise<void> {
    const asked = answer instanceof Response ? retryAfter(answer) : undefined
    if (answer instanceof Response) await answer.body?.cancel()
    this.#next = Math.max(this.#next, performance.now() + (asked ?? Math.min(30_000, 500 * 2 ** attempt)))
  }
}

/** Returns a UUID that is the same for the same request of a run, however often it is sent. */
export function requestKey(...parts: readonly (string | undefined)[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Returns the path of an operation on one thing: its last parameter is the identity. */
export function pathTo({ path, parameters }: Operation, identity: string): string {
  const parameter = parameters.filter(({ in: place }) => place === 'path').at(-1)
  return path.replace(`{${parameter?.name ?? ''}}`, encodeURIComponent(identity))
}

function addressOf(
  base: string,
  path: string,
  { parameters }: Operation,
  stated: Readonly<Record<string, string>>,
): string {
  const filled = path.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = stated[name]
    return value === undefined ? whole : encodeURIComponent(value)
  })
  const query = parameters.filter(({ in: place, name }) => place === 'query' && stated[name] !== undefined)
  const search = new URLSearchParams(query.map(({ name }) => [name, stated[name] ?? ''])).toString()
  return `${base.replace(/\/$/, '')}${filled}${search === '' ? '' : `?${search}`}`
}

/** Milliseconds that a server asks to wait: seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(answer: Response): number | undefined {
  const text = answer.headers.get('retry-after')
  if (text === null) return undefined
  const pause = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isNaN(pause) ? undefined : Math.min(600_000, Math.max(0, pause))
}

const goesOn = 'What was created is noted: the same command goes on from there.'

/** Returns the sentence for an answer that is no success. */
export const refused = ({ method }: Operation, path: string, status: number, text: string): Error =>
  failure(`create what ${method} ${path} creates`, {
    expected: 'an answer of success',
    received: `${status}${text === '' ? '' : `: ${text.slice(0, 300)}`}`,
    cure: status === 401 || status === 403 ? "Say credentials with --header 'Authorization: …'." : goesOn,
  })

function unreachable({ method }: Operation, path: string, error: Error): Error {
  const cause = error.cause as NodeJS.ErrnoException | undefined
  return failure(`create what ${method} ${path} creates`, {
    expected: 'an answer',
    received: cause?.code ?? cause?.message ?? error.message,
    cure: goesOn,
  })
}
