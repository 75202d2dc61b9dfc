import { createServer as createHttp } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'

/** A server on a free port of this machine. */
export interface Loopback extends AsyncDisposable {
  readonly url: string
}

/** Starts a real server; with a key and certificate, one of TLS. */
export async function listen(
  listener: RequestListener,
  tls?: { readonly key: string; readonly cert: string },
): Promise<Loopback> {
  const server = tls ? createHttps(tls, listener) : createHttp(listener)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
