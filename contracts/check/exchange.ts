import type { Fetch } from '../../spec/index.ts'
import type { Answer } from '../conformance.ts'
import type { Composed } from './request.ts'

/** How long to wait and how much to read. */
export interface Patience {
  /** Milliseconds. */
  readonly timeout: number
  readonly maxBytes: number
}

/** What came of a request: an answer, whole or in part, or none. */
export type Outcome =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** The head of an answer came, its body did not come whole. */
  | { readonly kind: 'broken'; readonly status: number; readonly reason: string; readonly isNetwork: boolean }
  | { readonly kind: 'silent'; readonly reason: string; readonly isNetwork: boolean }

/** Returns what a server makes of a request; never throws, never waits or reads without bound. Redirects are not followed. */
export async function exchange(fetch: Fetch, { url, method, headers, body }: Composed, patience: Patience): Promise<Outcome> {
  const controller = new AbortController()
  const limit = within(patience.timeout, controller)
  try {
    const request = new Request(url, { method, headers, redirect: 'manual', signal: controller.signal, ...(body !== undefined && { body }) })
    const response = await Promise.race([fetch(request), limit.expired])
    try {
      const text = await Promise.race([read(response, patience.maxBytes), limit.expired])
      return { kind: 'answered', answer: { status: response.status, headers: response.headers, body: text, method } }
    } catch (error) {
      return { kind: 'broken', status: response.status, reason: reasonOf(error), isNetwork: isNetwork(error) }
    }
  } catch (error) {
    return { kind: 'silent', reason: reasonOf(error), isNetwork: isNetwork(error) }
  } finally {
    limit.stop()
    controller.abort()
  }
}

function within(timeout: number, controller: AbortController): { readonly expired: Promise<never>; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      controller.abort()
      reject(new Error(`nothing more within ${timeout} ms`))
    }, timeout)
  })
  expired.catch(() => undefined)
  return { expired, stop: () => clearTimeout(timer) }
}

async function read(response: Response, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const parts: string[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return parts.join('') + decoder.decode()
    size += value.byteLength
    if (size > maxBytes) {
      void reader.cancel().catch(() => undefined)
      throw new Error(`more than ${maxBytes} bytes`)
    }
    parts.push(decoder.decode(value, { stream: true }))
  }
}

/** Connections that fail or break off may hold the next time; a certificate, a name or a body that is too long stays what it is. */
function isNetwork(error: unknown): boolean {
  const { cause } = error as Error
  const code = cause instanceof Error ? String((cause as Error & { code?: unknown }).code) : ''
  return /^(?:ECONN(?:RESET|REFUSED|ABORTED)|EPIPE|ETIMEDOUT|EAI_AGAIN|UND_ERR_(?:SOCKET|CONNECT_TIMEOUT))$/.test(code)
}

/** `fetch failed` hides what happened in its cause: ECONNREFUSED, a certificate, a name that does not resolve. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error
  if (!(cause instanceof Error)) return message
  const code = (cause as Error & { code?: unknown }).code
  return cause.message || (typeof code === 'string' ? code : message)
}
