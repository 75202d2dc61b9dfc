import type { State, Wanted } from '../../mocks/stores/state.ts'
import { misuse } from '../misuse.ts'

/**
 * Opens the state that `--state` names: a file.
 * @throws Failure for what cannot be opened, or is about other books.
 */
export async function openState(place: string, wanted: Wanted): Promise<State> {
  // SQLite came to Node later than the rest that is needed.
  const { sqliteState } = await import('../../mocks/stores/sqlite.ts').catch(() => {
    throw misuse('--state', { expected: 'Node 22.13 or later, which has SQLite', received: `Node ${process.versions.node}` })
  })
  return sqliteState(place, wanted)
}
