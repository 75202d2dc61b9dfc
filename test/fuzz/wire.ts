import { Agent, request } from 'node:http'
import { connect } from 'node:net'

/** A request as a client of HTTP makes it. */
export interface Ask {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string | Buffer | undefined
}

/** Bytes for a socket, in the pieces in which they are sent. */
export interface Bytes {
  readonly pieces: readonly Buffer[]
  /** Whether nothing more is said to come, while an answer is waited for. */
  readonly isHalfClosed?: boolean
}

/** One answer of several that may come. */
export interface Reply {
  readonly status: number
  readonly text: string
}

/** Milliseconds after which nobody waits any longer: only a server that hangs or a computer that does reaches them. */
const patience = 120_000
/** Milliseconds in which answers to bytes begin, where any come. */
export const silence = 1000

const agent = new Agent({ keepAlive: true, maxSockets: 100 })

/** Asks and returns the answer. @throws Error where none comes. */
export const askFor = (port: number, ask: Ask): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { method, path, headers, body } = ask
    const asked = request(
      {
        port,
        host: '127.0.0.1',
        method,
        path,
        headers: headers as Record<string, string | string[]>,
        agent,
        timeout: patience,
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        )
      },
    )
    asked.on('timeout', () => asked.destroy(new Error(`no answer in ${patience / 1000} s`)))
    // A connection that was kept may just have been closed (RFC 9112, 9.3.1).
    asked.on('error', (error: NodeJS.ErrnoException) =>
      asked.reusedSocket && error.code === 'ECONNRESET' ? resolve(askFor(port, ask)) : reject(error),
    )
    asked.end(body)
  })

/** Sends bytes and returns the answers that come until the server hangs up or is silent. */
export const send = (port: number, { pieces, isHalfClosed }: Bytes): Promise<readonly Reply[]> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return
        socket.write(piece)
        if (pieces.length > 1) await new Promise((next) => setTimeout(next, 2))
      }
      if (isHalfClosed) socket.end()
    })
    socket.setTimeout(silence, () => socket.destroy())
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(repliesIn(Buffer.concat(chunks).toString('latin1'))))
  })

const repliesIn = (text: string): readonly Reply[] =>
  text
    .split(/(?=HTTP\/1\.[01] \d{3})/)
    .filter((part) => part.startsWith('HTTP/1.'))
    .map((part) => ({ status: Number(part.slice(9, 12)), text: part.slice(part.indexOf('\r\n\r\n') + 4) }))

/** Closes the connections that are kept. */
export const hangUp = (): void => agent.destroy()
