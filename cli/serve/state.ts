import { isRedis, shownAddress, readAddress } from '../../mocks/stores/connection.ts'
import type { StateStore, Wanted } from '../../mocks/stores/store.ts'
import { misuse } from '../misuse.ts'

/** Returns where a state is, as it may be shown. */
export const sayState = (place: string | undefined): string | undefined =>
  place !== undefined && isRedis(place) ? shownAddress(readAddress(place)) : place

/**
 * Opens the state that `--state` names: a file, or a Redis or Valkey.
 * @throws Failure for what cannot be opened, or is about other books.
 */
export async function openState(place: string, wanted: Wanted): Promise<StateStore> {
  if (isRedis(place)) return (await import('../../mocks/stores/redis.ts')).redisState(place, wanted)
  if (/^[a-z]{2,}:\/\//i.test(place))
    throw misuse('--state', {
      expected: 'a file, or an address like redis://127.0.0.1:6379',
      received: `one that begins with ${place.slice(0, place.indexOf(':'))}:`,
    })
  // SQLite came to Node later than the rest that is needed.
  const { sqliteState } = await import('../../mocks/stores/sqlite.ts').catch(() => {
    throw misuse('--state', {
      expected: 'Node 22.13 or later, which has SQLite',
      received: `Node ${process.versions.node}`,
    })
  })
  return sqliteState(place, wanted)
}
