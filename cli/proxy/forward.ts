import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { guardConnections, headRefusal } from '../../mocks/connections.ts'
import type { ServerLimits } from '../../mocks/limits.ts'
import { listen, nameable } from '../../mocks/listen.ts'
import type { PassOptions } from './exchange.ts'
import { pass } from './pass.ts'
import { problemOf, refuse } from './refusal.ts'
import { upstreamOf } from './upstream.ts'
import type { UpstreamOptions } from './upstream.ts'

/** Where to listen, where to pass on, and who looks. */
export interface ForwardOptions extends UpstreamOptions, PassOptions {
  /** What clients may ask; a body may have any length, because it is passed on as it comes. */
  readonly limits: Omit<ServerLimits, 'maxBody'>
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
  const { host, port, limits } = options
  const upstream = upstreamOf(options)
  const { headerTimeout, requestTimeout, maxUrl, maxHeaders } = limits
  const server = createServer({
    maxHeaderSize: maxUrl + maxHeaders,
    headersTimeout: headerTimeout,
    requestTimeout: headerTimeout + requestTimeout,
    connectionsCheckingInterval: Math.min(headerTimeout, 1000),
  })
  // A client that neither asks nor reads for longer than the upstream may think is dropped.
  server.timeout = Math.max(requestTimeout, options.timeout) + 5000
  const badGatewayOf = guardConnections(server, limits)
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const refused = badGatewayOf(incoming.socket) ?? headRefusal(incoming, limits)
    if (refused) {
      outgoing.setHeader('connection', 'close')
      return refuse(outgoing, refused.status, problemOf(refused.status, refused.detail), 0)
    }
    return void pass(incoming, outgoing, upstream, options).catch(() => outgoing.destroy())
  })
  // A tunnel would lead past the contract, and to anybody.
  server.on('connect', (_, socket) =>
    socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
  )
  await listen(server, port, host)
  const url = `http://${nameable(host)}:${(server.address() as AddressInfo).port}`
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
