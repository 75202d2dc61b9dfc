import { isObject } from '../../spec/index.ts'

/** Where to fuzz, and how to come back to the beginning. */
export interface Ground {
  readonly baseUrl: string
  readonly reset?: () => Promise<void>
}

const patience = 3000

/**
 * Returns a world of its own where a server of this package answers, which is reset before every run: what one run changes then
 * neither touches anybody else nor the next run. Any other server is left as it is.
 */
export async function groundFor(baseUrl: string, seed: number): Promise<Ground> {
  const { origin, pathname } = new URL(baseUrl)
  const [own] = /^\/__world\/fuzz-\d+(?=\/)/.exec(pathname) ?? []
  if ((pathname.startsWith('/__world/') && own === undefined) || !(await isOurs(origin))) return { baseUrl }
  const world = own ?? `/__world/fuzz-${seed}`
  return {
    baseUrl: origin + world + pathname.slice(own?.length ?? 0).replace(/\/$/, ''),
    reset: async () => {
      await fetch(`${origin}${world}/__proforma/reset`, {
        method: 'POST',
        headers: { 'x-proforma': '1' },
        signal: AbortSignal.timeout(patience),
      }).then(
        (response) => response.arrayBuffer(),
        () => undefined,
      )
    },
  }
}

/** Asked without credentials. */
async function isOurs(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/__proforma`, { redirect: 'manual', signal: AbortSignal.timeout(patience) })
    if (!response.ok || !(response.headers.get('content-type') ?? '').startsWith('application/json')) {
      await response.body?.cancel()
      return false
    }
    const status: unknown = await response.json()
    return isObject(status) && typeof status.world === 'string' && 'seed' in status && 'worlds' in status
  } catch {
    return false
  }
}
