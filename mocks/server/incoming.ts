// Requests as Node receives them: the world in their path, their bodies within limits.

import type { IncomingMessage } from 'node:http'
import { worldHeader } from '../state/worlds.ts'

/** Tells whether a request announces a body that an operation may read. */
export const hasBody = ({ method, headers }: IncomingMessage): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0)

/** Returns how a body is encoded if it is: nothing here decodes (RFC 9110, 8.4). */
export function codingOf({ headers }: IncomingMessage): string | undefined {
  const coding = headers['content-encoding']?.trim().toLowerCase()
  return coding === undefined || coding === '' || coding === 'identity' ? undefined : coding.slice(0, 80)
}

/** Returns a path without `/__world/<name>`; the request is then for the world of that name, whatever its headers say. */
export function enterWorld(incoming: IncomingMessage, path: string): string {
  const [, name, rest = ''] = /^\/__world\/([^/?]+)(.*)$/.exec(path) ?? []
  if (name === undefined) return path
  setHeader(incoming, worldHeader, name)
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** Gives a request a header of the server's own, in place of what its client says there. */
export function setHeader(incoming: IncomingMessage, name: string, value: string): void {
  const { rawHeaders } = incoming
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2)
    if (rawHeaders[index]?.toLowerCase() === name) rawHeaders.splice(index, 2)
  delete incoming.headers[name]
  if (value === '') return
  rawHeaders.push(name, value)
  incoming.headers[name] = value
}

/** How receiving a body ended. */
type Receipt = 'whole' | 'too large' | 'too slow' | 'aborted'

/** Receives a body of at most so many bytes, in so many milliseconds, into the request's `rawBody`, where the adapter looks for it. */
export function receive(
  incoming: IncomingMessage & { rawBody?: Buffer },
  limit: number,
  timeout: number,
): Promise<Receipt> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const end = (receipt: Receipt): void => {
      clearTimeout(timer)
      incoming.off('data', onData)
      resolve(receipt)
    }
    const timer = setTimeout(() => end('too slow'), timeout)
    const onData = (chunk: Buffer): void => {
      size += chunk.length
      if (size > limit) end('too large')
      else chunks.push(chunk)
    }
    incoming.on('data', onData)
    incoming.once('end', () => {
      incoming.rawBody = Buffer.concat(chunks)
      end('whole')
    })
    incoming.once('close', () => end('aborted'))
    incoming.on('error', () => end('aborted'))
  })
}

/** Milliseconds and bytes that are still read of a refused body, so that the client gets to read the refusal. */
const patience = { time: 1000, bytes: 16_777_216 }

/** Reads and drops the rest of a refused body, within limits, so that the client can read the refusal. */
export function drain(incoming: IncomingMessage): void {
  if (incoming.complete) return
  let size = 0
  const cut = setTimeout(() => incoming.destroy(), patience.time)
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > patience.bytes) incoming.destroy()
  })
  incoming.on('error', () => undefined)
  incoming.once('close', () => clearTimeout(cut))
  incoming.once('end', () => clearTimeout(cut))
}
