// Keeps a journal of what a run has created in an API.

import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { DatasetPart, Stage } from './dataset.ts'
import { readProvenance } from './notes.ts'
import { damagedJournal, openJournalFile } from './open-sqlite.ts'
import type { JournalForm } from './open-sqlite.ts'
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
  CREATE TABLE run (facts TEXT NOT NULL, nonce TEXT NOT NULL) STRICT;
  CREATE TABLE created (entity TEXT NOT NULL, ours TEXT NOT NULL, theirs TEXT, PRIMARY KEY (entity, ours)) STRICT, WITHOUT ROWID;
  CREATE TABLE parts (
    stage TEXT NOT NULL CHECK (stage IN ('master', 'invoices')),
    number INTEGER NOT NULL CHECK (number BETWEEN 0 AND 9007199254740991),
    last INTEGER NOT NULL CHECK (last BETWEEN 0 AND 9007199254740991),
    PRIMARY KEY (stage, number)
  ) STRICT;
`

/** Marks journals of APIs: "pfjn". */
const application = 0x70666a6e

/** Opens a journal for this run alone. @throws Failure where another run has it, for a file of something else and for a damaged one. */
export async function openJournal(file: string): Promise<Journal> {
  const form = {
    application,
    schema,
    what: `open the journal ${file}`,
    cure: 'Put back a copy of it, or name another with --journal: what it noted is created once more then.',
  }
  const database = await openJournalFile(file, form)
  try {
    return journalOf(database, file, form)
  } catch (error) {
    database.close()
    throw error
  }
}

function journalOf(database: DatabaseSync, file: string, form: JournalForm): Journal {
  const found = database.prepare('SELECT theirs FROM created WHERE entity = ? AND ours = ?')
  const create = database.prepare('INSERT OR REPLACE INTO created VALUES (?, ?, ?)')
  const remove = database.prepare('DELETE FROM created WHERE entity = ? AND ours = ?')
  const note = database.prepare('INSERT OR REPLACE INTO parts VALUES (?, ?, ?)')
  const row = database.prepare('SELECT facts, nonce FROM run').get()
  const provenance = row && readProvenance(row.facts)
  if (row && !provenance) throw damagedJournal(file, form, 'what it is of cannot be read')
  const nonce = String(row?.nonce ?? randomUUID())
  return {
    provenance,
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
    close: () => database.close(),
  }
}
