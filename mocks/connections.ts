import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { ServerLimits } from './limits.ts'
import { refuseSocket } from './refuse.ts'
import type { Refused } from './refuse.ts'

type HeadLimits = Pick<ServerLimits, 'maxUrl' | 'maxHeaders'>

/** Milliseconds for a client beyond the limit to send the request that it is refused on. */
const patience = 2000

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
    setTimeout(() => socket.destroy(), patience).unref()
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
