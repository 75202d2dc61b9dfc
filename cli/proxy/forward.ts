import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { failure } from '../../spec/index.ts'
import type { PassOptions } from './exchange.ts'
import { pass } from './pass.ts'
import { upstreamOf } from './upstream.ts'
import type { UpstreamOptions } from './upstream.ts'

/** Where to listen, where to pass on, and who looks. */
export interface ForwardOptions extends UpstreamOptions, PassOptions {
  readonly host: string
  readonly port: number
}

/** A proxy that runs. */
export interface Forwarding {
  readonly url: string
  close(): Promise<void>
}

/** Listens, and passes every request on to the upstream and nowhere else. @throws Failure where the port cannot be listened on. */
export async function forward(options: ForwardOptions): Promise<Forwarding> {
  const { host, port } = options
  const upstream = upstreamOf(options)
  const server = createServer(
    (incoming, outgoing) => void pass(incoming, outgoing, upstream, options).catch(() => outgoing.destroy()),
  )
  // A tunnel would lead past the contract, and to anybody.
  server.on('connect', (_, socket) =>
    socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(
        failure(`listen on http://${host}:${port}`, {
          expected: 'a free port of this computer',
          received: code ?? 'none',
          cure: 'Choose another; 0 takes any free one.',
        }),
      ),
    )
    server.listen(port, host, resolve)
  })
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          upstream.close()
          resolve()
        })
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), 500).unref()
      }),
  }
}
