// Opens SQLite databases and locks files.

import type { DatabaseSync } from 'node:sqlite'
import { failure } from '../spec/index.ts'
import { rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Opens a database of SQLite. Node before 24 says of its own module that it is experimental, which is no news to whoever seeds.
 * @throws Failure where Node has no SQLite, or for a file that cannot be opened.
 */
export async function openSqlite(file: string): Promise<DatabaseSync> {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  const sqlite = await import('node:sqlite').catch(() => undefined).finally(() => (process.emitWarning = emitWarning))
  if (!sqlite)
    throw failure(`open ${file}`, {
      expected: 'Node with SQLite (22.13 or later)',
      received: `Node ${process.versions.node}`,
    })
  try {
    return new sqlite.DatabaseSync(file)
  } catch (error) {
    throw failure(`open ${file}`, {
      expected: 'a database that can be opened',
      received: (error as Error).message,
    })
  }
}

/**
 * Locks a file for this process and returns what unlocks it. The lock is one of SQLite's, on a file beside it: it dies with the process, and
 * holds on whatever disk SQLite works on.
 * @throws Failure where another process holds it.
 */
export async function lockFile(file: string): Promise<() => void> {
  const path = join(dirname(file), `.${basename(file)}.proforma-lock`)
  for (;;) {
    const database = await openSqlite(path)
    try {
      database.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
    } catch (error) {
      database.close()
      const isBusy = [5, 6].includes((error as { errcode?: number }).errcode ?? 0)
      throw failure(`seed ${file}`, {
        expected: isBusy ? 'to be the only one who writes there' : 'a lock that can be made beside it',
        received: isBusy ? 'another run that is at work' : (error as Error).message,
        ...(isBusy && { cure: 'Wait for it, or name another file.' }),
      })
    }
    // Whoever had it before may have taken it away between the two.
    if (statSync(path, { throwIfNoEntry: false }))
      return () => {
        rmSync(path, { force: true })
        database.close()
      }
    database.close()
  }
}
