import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** What a server is asked for, over and over. */
export interface Load {
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Sockets at once; each asks again when it has its whole answer. */
  readonly connections: number
  readonly milliseconds: number
}

/**
 * Returns how many answers a server of this computer gives in a second. Sockets are bare and all answers are as long as the first, so that
 * counting bytes is all there is to do: the server is the one that is busy.
 */
export async function answersPerSecond({ port, path, headers, connections, milliseconds }: Load): Promise<number> {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  const question = Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  let answers = 0
  let isOver = false
  const start = performance.now()
  const sockets = await Promise.all(
    Array.from({ length: connections }, () =>
      ask(port, question, () => {
        answers++
        return !isOver
      }),
    ),
  )
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
  isOver = true
  const rate = (answers * 1000) / (performance.now() - start)
  for (const socket of sockets) socket.destroy()
  return rate
}

function ask(port: number, question: Buffer, next: () => boolean): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => {
      resolve(socket)
      socket.write(question)
    })
    let size = 0
    let received = 0
    let first = ''
    socket.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (size === 0) size = sizeOf((first += chunk.toString('latin1')))
      if (size === 0 || received < size) return
      received = 0
      if (next()) socket.write(question)
    })
    socket.on('error', reject)
  })
}

/** Length of an answer, head and body; 0 while its head is not whole. */
function sizeOf(text: string): number {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return 0
  if (!text.startsWith('HTTP/1.1 200 ')) throw new Error(`The server does not answer: ${text.slice(0, 300)}`)
  return end + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1])
}

process.on('message', (load: Load) => {
  answersPerSecond(load).then(
    (rate) => process.send?.(rate),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
