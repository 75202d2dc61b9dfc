import { Failure } from '../spec/index.ts'
import { Unavailable } from './state/log.ts'
import { plainProblem } from './mount.ts'
import type { World } from './state/world.ts'
import { worldHeader } from './state/worlds.ts'
import type { Worlds } from './state/worlds.ts'

/** Returns the name of the world that a request is for: of the header, else the cookie; empty for the first world. */
function worldNameOf(headers: { get(name: string): string | null }): string {
  const stated = headers.get(worldHeader)
  if (stated !== null) return stated
  const cookie = headers.get('cookie')
  return cookie === null ? '' : (/(?:^|;)\s*proforma-world=([^;\s]*)/.exec(cookie)?.[1] ?? '')
}

/** Returns the world that a request is for. @throws Failure for a name that is none. */
export const worldOf = (worlds: Worlds, { headers }: Pick<Request, 'headers'>): World => worlds.at(worldNameOf(headers))

/** Returns what a function returns, or the answer 400 or 503 that says why it cannot. */
export async function orProblem(ask: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Failure) return plainProblem(400, error.message)
    if (error instanceof Unavailable) return plainProblem(503, error.message, { 'retry-after': '1' })
    throw error
  }
}
