import { STATUS_CODES } from 'node:http'
import type { ServerResponse } from 'node:http'
import { countHeader } from '../../contracts/index.ts'

/** Sends problem details of the proxy's own; does nothing once a response has begun. */
export function sendProblem(outgoing: ServerResponse, status: number, text: string, violations = 0): void {
  if (outgoing.headersSent) return
  outgoing.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(text),
    [countHeader]: violations,
  })
  outgoing.end(text)
}

/** Returns problem details (RFC 9457) as JSON. */
export const problemOf = (status: number, detail: string): string =>
  JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail })
