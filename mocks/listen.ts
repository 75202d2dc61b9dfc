import type { Server } from 'node:http'
import { failure } from '../spec/index.ts'
import type { Failure } from '../spec/index.ts'

/** Listens on a port of a host. @throws Failure that says what is wrong with either. */
export const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      return reject(
        failure(`serve on port ${port}`, { expected: 'a whole number from 0 to 65535', received: String(port) }),
      )
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port, host)))
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

function explain({ code = '', message }: NodeJS.ErrnoException, port: number, host: string): Failure {
  const [expected, received, cure] = causes[code] ?? ['to listen', code || message, undefined]
  return failure(`serve on http://${nameable(host)}:${port}`, { expected, received, cure })
}

/** A host as a URL names it: every interface is reached by the loopback, IPv6 is bracketed. */
export const nameable = (host: string): string =>
  host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host
