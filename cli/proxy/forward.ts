import { Agent as PlainAgent, createServer, request as plainRequest } from 'node:http'
import type { ClientRequest, IncomingMessage, RequestOptions, ServerResponse } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { countHeader, passesOn, refusalOf, unreachable } from '../../contracts/index.ts'
import type { Noticed, Passing, Watch } from '../../contracts/index.ts'
import { failure } from '../../spec/index.ts'
import { collect } from './collect.ts'
import { headersIn, sentOn } from './headers.ts'

/** An exchange that went through, as bytes; a body that was too long is missing. */
export interface Passed {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: Uint8Array<ArrayBuffer>
  readonly status?: number
  readonly answerHeaders?: readonly (readonly [string, string])[]
  readonly answerBody?: Uint8Array<ArrayBuffer>
}

/** Where to listen, where to pass on, and who looks. */
export interface ForwardOptions {
  readonly baseUrl: string
  /** Sent where a client sends no credentials of its own. */
  readonly authorization?: string
  readonly host: string
  readonly port: number
  /** Answer 502 instead of what breaks the contract. */
  readonly fail: boolean
  /** Hold answers back until they have been looked at whole. */
  readonly wait: boolean
  readonly maxBytes: number
  /** Milliseconds of silence from the upstream. */
  readonly timeout: number
  /** Looks at requests, and at the heads of answers, at once. */
  readonly watch: Watch
  /** Looks at a whole exchange; its end is awaited only where answers are held back. */
  readonly inspect: (passed: Passed) => Promise<Pick<Noticed, 'request' | 'violations'>>
}

/** A proxy that runs. */
export interface Forwarding {
  readonly url: string
  close(): Promise<void>
}

/** Listens, and passes every request on to the upstream and nowhere else. @throws Failure where the port cannot be listened on. */
export async function forward(options: ForwardOptions): Promise<Forwarding> {
  const { host, port } = options
  const send = sender(options)
  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing, send, options).catch(() => outgoing.destroy()))
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => reject(failure(`listen on http://${host}:${port}`, { expected: 'a free port of this computer', received: code ?? 'none', cure: 'Choose another; 0 takes any free one.' })))
    server.listen(port, host, resolve)
  })
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`
  return {
    url,
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 500).unref()
    }),
  }
}

type Send = (how: Pick<RequestOptions, 'method' | 'path' | 'headers'>) => ClientRequest

/** Origin-form only, so that whatever a client asks for, it is asked of the upstream. */
function sender({ baseUrl, timeout }: ForwardOptions): Send {
  const { protocol, hostname, port, pathname } = new URL(baseUrl)
  const base = pathname.replace(/\/$/, '')
  const isSecure = protocol === 'https:'
  const agent = isSecure ? new SecureAgent({ keepAlive: true }) : new PlainAgent({ keepAlive: true })
  const fixed = { hostname: hostname.replace(/^\[|\]$/g, ''), port: port || (isSecure ? 443 : 80), agent, timeout, setHost: false }
  return ({ path, ...how }) => (isSecure ? secureRequest : plainRequest)({ ...fixed, ...how, path: base + path })
}

/** A proxy's request names the whole URL (RFC 9112, 3.2.2); only path and query count. */
function targetOf({ url = '/' }: IncomingMessage): string {
  if (url.startsWith('/')) return url
  const { pathname, search } = URL.canParse(url) ? new URL(url) : { pathname: '/', search: '' }
  return pathname + search
}

async function pass(incoming: IncomingMessage, outgoing: ServerResponse, send: Send, options: ForwardOptions): Promise<void> {
  const { fail, maxBytes, watch } = options
  const method = incoming.method ?? 'GET'
  const target = targetOf(incoming)
  const headers = headersIn(incoming)
  const sent = collect(incoming, maxBytes, fail)
  const hasBody = incoming.headers['content-length'] !== undefined || incoming.headers['transfer-encoding'] !== undefined
  if (fail && hasBody && (await sent.held)) return end(outgoing, 413, tooLarge(maxBytes), 0)
  const passing = (): Passing => {
    const body = hasBody ? sent.bytes() : undefined
    return { method, target, headers, ...(body && { body }) }
  }
  const passed = (): Passed => ({ ...passing(), headers: [...headers] }) as Passed
  if (fail) {
    const noticed = watch.request(passing())
    if (noticed.violations.length > 0) {
      void options.inspect(passed())
      return end(outgoing, 502, refusalOf(noticed), noticed.violations.length)
    }
  }
  let known: Noticed | undefined
  const noticed = (): Noticed => (known ??= watch.request(passing()))
  const request = send({ method, path: target, headers: headersFor(incoming, options) })
  request.on('timeout', () => request.destroy(new Error(`nothing within ${options.timeout / 1000} seconds`)))
  request.on('error', (error: NodeJS.ErrnoException) => (outgoing.headersSent ? outgoing.destroy() : end(outgoing, 502, unreachable(options.baseUrl, error.message || (error.code ?? 'none')), 0)))
  request.on('response', (response) => void answer(response, outgoing, noticed, passed, options).catch(() => outgoing.destroy()))
  outgoing.on('close', () => request.destroy())
  // While the upstream thinks, there is time to look at what it was asked.
  if (!hasBody) request.end(() => setImmediate(() => void attempt(noticed)))
  else if (fail) request.end(sent.bytes())
  else incoming.pipe(request)
}

function headersFor(incoming: IncomingMessage, { baseUrl, authorization }: ForwardOptions): string[] {
  const passes = passesOn(incoming.headers.connection)
  const kept = sentOn(incoming.rawHeaders, (name) => passes(name) && !/^(?:host|expect)$/i.test(name))
  const chunked = incoming.headers['transfer-encoding'] === undefined ? [] : ['Transfer-Encoding', 'chunked']
  const own = authorization === undefined || incoming.headers.authorization !== undefined ? [] : ['Authorization', authorization]
  return ['Host', new URL(baseUrl).host, ...kept, ...own, ...chunked, 'Via', '1.1 proforma']
}

async function answer(response: IncomingMessage, outgoing: ServerResponse, request: () => Noticed, passed: () => Passed, options: ForwardOptions): Promise<void> {
  const { watch, wait, fail, maxBytes, inspect } = options
  const status = response.statusCode ?? 502
  const headers = headersIn(response)
  const isHeld = wait && !headers.get('content-type')?.startsWith('text/event-stream')
  const got = collect(response, maxBytes, isHeld)
  const whole = (): Passed => {
    const answerBody = got.bytes()
    return { ...passed(), status, answerHeaders: [...headers], ...(answerBody && { answerBody }) }
  }
  const writeHead = (violations: number): void => {
    outgoing.writeHead(status, response.statusMessage, [...answerHeaders(response, outgoing, options), countHeader, String(violations)])
  }
  const inHead = (): number => attempt(() => {
    const { operation, violations } = request()
    return violations.length + (operation ? watch.head(operation, { status, headers }) : 0)
  }) ?? 0
  if (!isHeld) {
    writeHead(inHead())
    response.pipe(outgoing)
    response.on('end', () => void inspect(whole()))
    response.on('aborted', () => outgoing.destroy())
    return
  }
  const tooMuch = await got.held
  if (tooMuch) {
    writeHead(inHead())
    for (const chunk of tooMuch) outgoing.write(chunk)
    response.pipe(outgoing)
    return
  }
  const noticed = await inspect(whole())
  if (fail && noticed.violations.length > 0) return end(outgoing, 502, refusalOf(noticed), noticed.violations.length)
  writeHead(noticed.violations.length)
  outgoing.end(got.bytes())
}

/** The inspector meets the same trouble, and tells it; what passes is not to suffer from it. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}

/** A redirect to the upstream leads back here. */
function answerHeaders(response: IncomingMessage, { req }: ServerResponse, { baseUrl }: ForwardOptions): string[] {
  const passes = passesOn(response.headers.connection)
  const kept = sentOn(response.rawHeaders, passes)
  return kept.map((text, index) => (index % 2 === 1 && /^location$/i.test(kept[index - 1] as string) && text.startsWith(baseUrl) ? `http://${req.headers.host ?? ''}${text.slice(baseUrl.length)}` : text))
}

const tooLarge = (maxBytes: number): string => JSON.stringify({ type: 'about:blank', title: 'Content Too Large', status: 413, detail: `A body that is held back may have ${maxBytes} bytes.` })

function end(outgoing: ServerResponse, status: number, text: string, violations: number): void {
  if (outgoing.headersSent) return
  outgoing.writeHead(status, { 'content-type': 'application/problem+json', 'content-length': Buffer.byteLength(text), [countHeader]: violations })
  outgoing.end(text)
}
