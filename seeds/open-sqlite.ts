import type { DatabaseSync } from 'node:sqlite'
import { failure } from '../spec/index.ts'

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
