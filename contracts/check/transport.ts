import type { Fetch } from '../../spec/index.ts'
import type { ReceivedAnswer } from '../conformance.ts'
import type { Composed } from './request.ts'

/** How long to wait and how much to read. */
export interface ResponseLimits {
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

/** Returns what a server makes of a request; never throws, never waits or reads without bound. Redirects are not followed. */
export async function exchange(
  fetch: Fetch,
  { url, method, headers, body }: Composed,
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
