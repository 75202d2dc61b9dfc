// Keeps a journal of what a run has created in an API.

import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { DatasetPart, Stage } from './dataset.ts'
import { lockFile, openSqlite } from './open-sqlite.ts'
import type { Provenance } from './target.ts'

/** What a run has created in an API: a file beside, because the API itself has no place for it. */
export interface Journal {
  /** Returns the facts of the run that it is of. */
  readonly provenance: Provenance | undefined
  /** Tells this run's requests from those of an earlier one that was taken back. */
  readonly nonce: string
  begin(facts: Provenance): void
  /** Returns the identity that the API gave to a thing; `null` where it gave none, `undefined` where the thing was not created. */
  find(entity: string, ours: string): string | null | undefined
  created(entity: string, ours: string, theirs: string | null): void
  removed(entity: string, ours: string): void
  note(part: DatasetPart): void
  parts(): Iterable<Pick<DatasetPart, 'stage' | 'number' | 'to'>>
  forget(): void
  close(): void
}

const schema = `
  CREATE TABLE IF NOT EXISTS run (facts TEXT NOT NULL, nonce TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS created (entity TEXT NOT NULL, ours TEXT NOT NULL, theirs TEXT, PRIMARY KEY (entity, ours)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS parts (stage TEXT NOT NULL, number INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (stage, number));
`

/** Opens a journal for this run alone. @throws Failure where another run has it. */
export async function openJournal(file: string): Promise<Journal> {
  const unlock = await lockFile(file)
  let database: DatabaseSync | undefined
  try {
    database = await openSqlite(file)
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${schema}`)
    return journalOf(database, unlock)
  } catch (error) {
    database?.close()
    unlock()
    throw error
  }
}

function journalOf(database: DatabaseSync, unlock: () => void): Journal {
  const found = database.prepare('SELECT theirs FROM created WHERE entity = ? AND ours = ?')
  const create = database.prepare('INSERT OR REPLACE INTO created VALUES (?, ?, ?)')
  const remove = database.prepare('DELETE FROM created WHERE entity = ? AND ours = ?')
  const note = database.prepare('INSERT OR REPLACE INTO parts VALUES (?, ?, ?)')
  const row = database.prepare('SELECT facts, nonce FROM run').get()
  const nonce = String(row?.nonce ?? randomUUID())
  return {
    provenance: row && (JSON.parse(String(row.facts)) as Provenance),
    nonce,
    begin(facts) {
      database.exec('DELETE FROM run')
      database.prepare('INSERT INTO run VALUES (?, ?)').run(JSON.stringify(facts), nonce)
    },
    find(entity, ours) {
      const theirs = found.get(entity, ours)?.theirs
      return theirs === undefined || theirs === null ? theirs : String(theirs)
    },
    created: (entity, ours, theirs) => void create.run(entity, ours, theirs),
    removed: (entity, ours) => void remove.run(entity, ours),
    note: ({ stage, number, to }) => void note.run(stage, number, to),
    *parts() {
      for (const { stage, number, last } of database.prepare('SELECT * FROM parts').iterate())
        yield { stage: stage as Stage, number: Number(number), to: Number(last) }
    },
    forget: () => database.exec('DELETE FROM parts; DELETE FROM run'),
    close() {
      database.close()
      unlock()
    },
  }
}
