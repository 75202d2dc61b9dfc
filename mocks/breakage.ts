import type { ServerResponse } from 'node:http'
import type { Fetch } from '../spec/index.ts'
import { ConnectionReset, remainderOf } from './faults.ts'

/** What the adapter hands over beside a request. */
interface Wire {
  readonly outgoing: object
}

/** Returns what answers a request on a connection that scenarios can break: cut before the answer, or in the middle of it. */
export const breakable =
  (fetch: Fetch) =>
  async (request: Request, wire: Wire): Promise<Response> => {
    const outgoing = wire.outgoing as ServerResponse
    try {
      const response = await fetch(request)
      const remainder = remainderOf(response)
      if (!remainder) return response
      outgoing.writeHead(response.status, Object.fromEntries(response.headers))
      await new Promise<void>((resolve) => {
        outgoing.write(remainder, () => resolve())
      })
      outgoing.destroy()
      throw new ConnectionReset()
    } catch (error) {
      if (error instanceof ConnectionReset && !outgoing.destroyed) outgoing.socket?.resetAndDestroy()
      throw error
    }
  }
