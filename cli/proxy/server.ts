import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { guardConnections, headRefusal } from '../../mocks/connections.ts'
import type { ServerLimits } from '../../mocks/limits.ts'
import { listen, nameable } from '../../mocks/listen.ts'
import { problemOf, sendProblem } from './problem.ts'
import { forwardRequest } from './request.ts'
import type { ForwardOptions } from './request.ts'
import { createUpstream } from './upstream.ts'
import type { UpstreamOptions } from './upstream.ts'

/** Where to listen, where to forward to, and how to inspect. */
export interface ProxyOptions extends UpstreamOptions, ForwardOptions {
  /** Limits of a client's requests; a body may have any length, because it is forwarded as it comes. */
  readonly limits: Omit<ServerLimits, 'maxBody'>
  readonly host: string
  readonly port: number
}

/** A proxy that listens. */
export interface RunningProxy {
  readonly url: string
  close(): Promise<void>
}

/** Listens, and forwards every request to the upstream and nowhere else. @throws Failure where the port cannot be listened on. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { host, port, limits } = options
  const upstream = createUpstream(options)
  const forwarding = { ...options, inspector: withoutErrors(options.inspector) }
  const { headerTimeout, requestTimeout, maxUrl, maxHeaders } = limits
  const server = createServer({
    maxHeaderSize: maxUrl + maxHeaders,
    headersTimeout: headerTimeout,
    requestTimeout: headerTimeout + requestTimeout,
    connectionsCheckingInterval: Math.min(headerTimeout, 1000),
  })
  // A client that neither asks nor reads for longer than the upstream may think is dropped.
  server.timeout = Math.max(requestTimeout, options.timeout) + 5000
  const refusalOf = guardConnections(server, limits)
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const refused = refusalOf(incoming.socket) ?? headRefusal(incoming, limits)
    if (refused) {
      outgoing.setHeader('connection', 'close')
      return sendProblem(outgoing, refused.status, problemOf(refused.status, refused.detail), 0)
    }
    return void forwardRequest(incoming, outgoing, upstream, forwarding).catch(() => outgoing.destroy())
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

/** Finds nothing where an inspection fails: the inspector's thread meets the same error and reports it, and the exchange goes on. */
function withoutErrors(inspector: ForwardOptions['inspector']): ForwardOptions['inspector'] {
  const orElse = <T>(returned: () => T, otherwise: T): T => {
    try {
      return returned()
    } catch {
      return otherwise
    }
  }
  return {
    request: (asked) =>
      orElse(() => inspector.request(asked), {
        request: `${asked.method} ${asked.target.split('?')[0] as string}`,
        violations: [],
      }),
    head: (...head) => orElse(() => inspector.head(...head), 0),
  }
}
