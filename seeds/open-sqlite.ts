// Opens SQLite databases and locks files.

import { lstatSync, realpathSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { databaseAt, schemaDifference } from '../spec/files/database-file.ts'
import { failure } from '../spec/index.ts'
import type { Failure } from '../spec/index.ts'

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

/** A journal of ours: a database of SQLite with a schema that no other has. */
export interface JournalForm {
  /** Marks such files (`PRAGMA application_id`). */
  readonly application: number
  readonly schema: string
  /** What cannot be done where it cannot be opened: `seed https://…`. */
  readonly what: string
  /** What to do about a damaged one, a whole sentence. */
  readonly cure: string
}

/**
 * Opens a journal, made where there is none, for this process alone.
 * @throws Failure for a file of something else, a damaged one, and one in which another process writes.
 */
export async function openJournalFile(file: string, form: JournalForm): Promise<DatabaseSync> {
  const { application, schema, what, cure } = form
  const expected = 'a journal of proforma, or a new one'
  const found = databaseAt(file, { what, expected, isWriteAhead: true })
  if (!found.isNew && found.application !== application)
    throw failure(what, { expected, received: `${file}, a database of something else`, cure: 'Move it away.' })
  const database = await openSqlite(found.path)
  try {
    // What is new leaves nothing beside it that the next run would not know.
    database.exec(`PRAGMA busy_timeout = 200; ${found.isNew ? 'PRAGMA journal_mode = MEMORY;' : ''}`)
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
    if (found.isNew) database.exec(`BEGIN; PRAGMA application_id = ${application}; ${schema} COMMIT`)
    else {
      const damage = await damageIn(database, schema)
      if (damage !== undefined) throw damagedJournal(file, form, damage)
    }
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    return database
  } catch (error) {
    database.close()
    throw explainJournal(error, { what, cure: `${cure} (${file})` })
  }
}

/** Returns the sentence for a journal that cannot be read. */
export const damagedJournal = (
  file: string,
  { what, cure }: Pick<JournalForm, 'what' | 'cure'>,
  damage: string,
): Failure =>
  failure(what, {
    expected: 'its journal to be as it was written',
    received: `${file}, a damaged one (${damage})`,
    cure,
  })

async function damageIn(database: DatabaseSync, schema: string): Promise<string | undefined> {
  const { quick_check: found } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string }
  if (found !== 'ok') return found.split('\n').at(-1)
  const ours = await openSqlite(':memory:')
  ours.exec(schema)
  const difference = schemaDifference(database, ours)
  ours.close()
  return difference
}

/** Returns what went wrong with a journal in one sentence. */
export function explainJournal(error: unknown, { what, cure }: Pick<JournalForm, 'what' | 'cure'>): unknown {
  const { errcode, message } = error as { errcode?: number; message: string }
  if (errcode === undefined) return error
  const code = errcode & 0xff
  if (code === 5 || code === 6)
    return failure(what, {
      expected: 'to be the only one who writes there',
      received: 'another run that is at work',
      cure: 'Wait for it, or choose another name.',
    })
  const isDamaged = code === 11 || code === 26
  return failure(what, {
    expected: 'a journal that can be written',
    received: code === 13 ? 'a full disk' : isDamaged ? `a damaged one (${message})` : message,
    cure: isDamaged ? cure : 'The same command goes on from there.',
  })
}

/**
 * Locks a file for this process and returns what unlocks it. The lock is one of SQLite's, on an empty file beside it: it dies with the
 * process, and holds on whatever disk SQLite works on.
 * @throws Failure where another process holds it, and for a file of that name that is none of ours.
 */
export async function lockFile(file: string): Promise<() => void> {
  const target = statSync(file, { throwIfNoEntry: false }) ? realpathSync(file) : file
  const path = join(dirname(target), `.${basename(target)}.proforma-lock`)
  for (;;) {
    checkLock(file, path)
    const database = await openSqlite(path)
    try {
      // A journal would be left beside it.
      database.exec(
        'PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT',
      )
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

/** A lock holds nothing: it is empty, or one page that SQLite has made. */
function checkLock(file: string, path: string): void {
  const expected = `${path} to be free`
  const received = 'something that proforma did not put there'
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found && (!found.isFile() || found.size > 4096))
    throw failure(`seed ${file}`, { expected, received, cure: 'Move it away.' })
  databaseAt(path, { what: `seed ${file}`, expected })
}
