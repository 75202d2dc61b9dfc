// A server and its sockets: listening, limits, and refusals before any API sees a request.

import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { ServerLimits } from '../http/limits.ts'
import { routerOf, failure } from '../../spec/index.ts'
import type { Model, Operation, Router, Failure } from '../../spec/index.ts'
import { bodyOf } from '../http/body.ts'
import { plainProblem, plainProblemText } from '../http/routes.ts'
import { problemResponse, statusTitle } from '../representation/problem.ts'

type HeadLimits = Pick<ServerLimits, 'maxUrl' | 'maxHeaders'>

/** Milliseconds for a client beyond the limit to send the request that it is refused on. */
const timeToAsk = 2000

/**
 * Keeps a server's connections within its limits: one too many is refused with 503 on its request, and cut if none comes; twice as
 * many are dropped at once. What the parser refuses (RFC 9112: too large, too slow, malformed) is answered with a sentence.
 * Returns why the requests of a connection are refused, if they are.
 */
export function guardConnections(
  server: Server,
  { maxConnections, maxUrl, maxHeaders }: HeadLimits & Pick<ServerLimits, 'maxConnections'>,
): (socket: Socket) => Refused | undefined {
  const beyond = new WeakSet<Socket>()
  const refused = new WeakSet<Socket>()
  const answers = new WeakMap<Socket, ServerResponse>()
  let open = 0
  server.maxConnections = 2 * maxConnections
  server.on('connection', (socket: Socket) => {
    open++
    socket.once('close', () => open--)
    if (open <= maxConnections) return
    beyond.add(socket)
    setTimeout(() => socket.destroy(), timeToAsk).unref()
  })
  for (const event of ['request', 'checkContinue'])
    server.on(event, ({ socket }: IncomingMessage, answer: ServerResponse) => void answers.set(socket, answer))
  server.on('clientError', (error: ParserError, socket: Socket) => {
    if (refused.has(socket)) return
    const answer = answers.get(socket)
    // An answer that has begun cannot become another one.
    const isAnswering = answer !== undefined && answer.headersSent && !answer.writableFinished
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswering) return void socket.destroy()
    refused.add(socket)
    refuseSocket(socket, reasonFor(error, maxUrl, maxHeaders))
  })
  return (socket) =>
    beyond.has(socket)
      ? {
          status: 503,
          detail: `This server may have ${maxConnections} connections at once.`,
          headers: { 'retry-after': '1' },
        }
      : undefined
}

type ParserError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer }

function reasonFor({ code, rawPacket }: ParserError, maxUrl: number, maxHeaders: number): Refused {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, detail: 'The request did not come in time.' }
  if (code === 'HPE_HEADER_OVERFLOW')
    return hasLongTarget(rawPacket, maxUrl) ? longUrl(maxUrl) : longHeaders(maxHeaders)
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW')
    return { status: 413, detail: 'The chunks of the body have extensions that are too long.' }
  return { status: 400, detail: 'This is no HTTP request.' }
}

/** The packet that was too much may be the one in which the request line stands. */
function hasLongTarget(packet: Buffer | undefined, maxUrl: number): boolean {
  const [line = ''] = packet?.toString('latin1').split('\n', 1) ?? []
  return /^[A-Z]+ /.test(line) && line.length > maxUrl
}

/** Returns why a request is refused for its head alone, if it is. */
export function headRefusal(incoming: IncomingMessage, { maxUrl, maxHeaders }: HeadLimits): Refused | undefined {
  if ((incoming.url ?? '').length > maxUrl) return longUrl(maxUrl)
  return headerSize(incoming) > maxHeaders ? longHeaders(maxHeaders) : undefined
}

/** Returns how many bytes the header fields of a request have. */
const headerSize = ({ rawHeaders }: IncomingMessage): number =>
  // A colon, a blank and a line break for each name and value.
  rawHeaders.reduce((sum, text) => sum + text.length, 2 * rawHeaders.length)

const longUrl = (maxUrl: number): Refused => ({
  status: 414,
  detail: `A path with its query may have ${maxUrl} bytes.`,
})

const longHeaders = (maxHeaders: number): Refused => ({
  status: 431,
  detail: `The header fields of a request may have ${maxHeaders} bytes.`,
})

/** Why a request is refused before an API sees it. */
export interface Refused {
  readonly status: number
  readonly detail: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Refuses a request in the form of the API that it is for, if there is one, and closes the connection. */
export async function refuseRequest(
  { method = '', url = '/' }: IncomingMessage,
  outgoing: ServerResponse,
  { status, detail, headers = {} }: Refused,
  model: Model | undefined,
): Promise<void> {
  const response = model
    ? problemResponse(model, operationOf(model, method, url), status, { detail, headers })
    : plainProblem(status, detail, headers)
  const body = await bodyOf(response)
  outgoing.writeHead(status, {
    ...Object.fromEntries(response.headers),
    'content-length': body.byteLength,
    'access-control-allow-origin': '*',
    connection: 'close',
  })
  outgoing.end(method === 'HEAD' ? undefined : body)
}

const routers = new WeakMap<Model, Router>()

function operationOf(model: Model, method: string, url: string): Operation | undefined {
  const router = routers.get(model) ?? routerOf(model.operations)
  routers.set(model, router)
  const matched = router.match(method, url.split('?', 1)[0] as string)
  return matched && 'operation' in matched ? matched.operation : undefined
}

/** Milliseconds for a client to read why it was refused. */
const timeToRead = 1000

/** Refuses what is no request, or not yet: no path is known, so no API's form either. */
function refuseSocket(socket: Socket, { status, detail }: Refused): void {
  const text = plainProblemText(status, detail)
  socket.end(
    [
      `HTTP/1.1 ${status} ${statusTitle(status)}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(text)}`,
      'Access-Control-Allow-Origin: *',
      'Connection: close',
      '',
      text,
    ].join('\r\n'),
  )
  setTimeout(() => socket.destroy(), timeToRead).unref()
}

/** Listens on a port of a host. @throws Failure that says what is wrong with either. */
export const listenOn = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      return reject(
        failure(`serve on port ${port}`, { expected: 'a whole number from 0 to 65535', received: String(port) }),
      )
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure(error, port, host)))
    server.listen(port, host, resolve)
  })

const causes: Readonly<Record<string, readonly [string, string, string]>> = {
  EADDRINUSE: [
    'a free port',
    'one that is in use',
    'Stop the other server, or choose another port; 0 takes any free one.',
  ],
  EACCES: ['a port this user may open', 'a privileged one', 'Choose a port above 1023.'],
  EADDRNOTAVAIL: ['an address of this computer', 'another one', 'Choose 127.0.0.1, or 0.0.0.0 for every interface.'],
  ENOTFOUND: ['an address of this computer', 'an unknown name', 'Choose 127.0.0.1, or 0.0.0.0 for every interface.'],
}

function listenFailure({ code = '', message }: NodeJS.ErrnoException, port: number, host: string): Failure {
  const [expected, received, cure] = causes[code] ?? ['to listen', code || message, undefined]
  return failure(`serve on http://${urlHost(host)}:${port}`, { expected, received, cure })
}

/** A host as a URL names it: every interface is reached by the loopback, IPv6 is bracketed. */
export const urlHost = (host: string): string =>
  host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host
