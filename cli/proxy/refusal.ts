import type { ServerResponse } from 'node:http'
import { countHeader } from '../../contracts/index.ts'

/** Answers with problem details of the proxy's own, where nothing has been answered yet. */
export function refuse(outgoing: ServerResponse, status: number, text: string, violations = 0): void {
  if (outgoing.headersSent) return
  outgoing.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(text),
    [countHeader]: violations,
  })
  outgoing.end(text)
}

/** Returns the problem details of a request whose body is too long to be held back. */
export const tooLarge = (maxBytes: number): string =>
  JSON.stringify({
    type: 'about:blank',
    title: 'Content Too Large',
    status: 413,
    detail: `A body that is held back may have ${maxBytes} bytes.`,
  })
