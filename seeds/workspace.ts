// Keeps the folder and journal in which an interrupted run goes on.

import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { failure } from '../spec/index.ts'
import type { Failure } from '../spec/index.ts'
import { refuseFile } from './file.ts'
import { openSqlite } from './open-sqlite.ts'
import type { Provenance, SeedPlan } from './target.ts'

/** How far a run has come. */
interface Progress {
  /** Parts that are written, of the run's own in their order. */
  readonly parts: number
  /** Each file after them, by its name. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly rows: number }>>
  /** Everything is written; files are being given their names. */
  readonly isWhole: boolean
}

/** A folder beside a target in which it grows, with a journal. It belongs to one process at a time. */
export interface Workspace {
  readonly folder: string
  /** What an interrupted run had come to. */
  readonly progress: Progress
  /** Notes how far the run has come: it survives this process, and the computer. */
  note(progress: Progress): void
  /** Takes the folder away. */
  remove(): void
  /** Leaves it for the next run. */
  close(): void
}

const schema = `
  CREATE TABLE IF NOT EXISTS run (facts TEXT NOT NULL, parts INTEGER NOT NULL, files TEXT NOT NULL, isWhole INTEGER NOT NULL);
`
const none: Progress = { parts: 0, files: {}, isWhole: false }

/** A run as a workspace notes it. */
interface Run {
  readonly facts: Provenance
  readonly share: string
}

/** Returns what a workspace has to be of for a run to go on in it. */
export const runOf = ({ provenance, shard }: SeedPlan, form: string): Run => ({
  facts: { ...provenance, options: `${provenance.options}, ${form}` },
  share: shard ? `${shard.number}/${shard.of}` : '1/1',
})

/**
 * Opens the workspace of a target, `.name.proforma` beside it, and begins a run in it or goes on with the one it holds.
 * @param isNew forgets what it holds
 * @throws Failure where another process is at work, for a run of other facts, and for a folder of that name that is none of ours.
 */
export async function openWorkspace(path: string, run: Run, isNew: boolean): Promise<Workspace> {
  const folder = join(dirname(path), `.${basename(path)}.proforma`)
  makeFolder(folder, path)
  const journal = join(folder, 'journal.db')
  // A run that was killed at once may have left the folder empty.
  if (!existsSync(journal) && readdirSync(folder).length > 0)
    throw failure(`write ${path}`, {
      expected: `${folder} to be free`,
      received: 'something that proforma did not put there',
      cure: 'Move it away.',
    })
  const database = await openSqlite(journal)
  try {
    database.exec('PRAGMA busy_timeout = 200; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
    database.exec(`PRAGMA synchronous = FULL; ${schema}`)
    const wanted = JSON.stringify(run)
    const found = database.prepare('SELECT * FROM run').get() as Row | undefined
    if (found && found.facts !== wanted && !isNew) throw another(path, folder, found.facts, run.facts)
    if (!found || isNew) {
      database.exec('DELETE FROM run')
      database.prepare('INSERT INTO run VALUES (?, 0, ?, 0)').run(wanted, '{}')
    }
    return workspaceOf(folder, path, database, found && !isNew ? progressOf(found) : none)
  } catch (error) {
    database.close()
    throw explain(path, error)
  }
}

interface Row {
  readonly facts: string
  readonly parts: number
  readonly files: string
  readonly isWhole: number
}

const progressOf = ({ parts, files, isWhole }: Row): Progress => ({
  parts,
  files: JSON.parse(files) as Progress['files'],
  isWhole: isWhole === 1,
})

function makeFolder(folder: string, path: string): void {
  try {
    if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) mkdirSync(folder)
  } catch (error) {
    refuseFile(path, error)
  }
}

function workspaceOf(folder: string, path: string, database: DatabaseSync, progress: Progress): Workspace {
  const update = database.prepare('UPDATE run SET parts = ?, files = ?, isWhole = ?')
  return {
    folder,
    progress,
    note({ parts, files, isWhole }) {
      try {
        update.run(parts, JSON.stringify(files), isWhole ? 1 : 0)
      } catch (error) {
        throw explain(path, error)
      }
    },
    remove() {
      // Renamed while it is locked: nobody finds it half gone.
      const aside = `${folder}-${process.pid}`
      renameSync(folder, aside)
      database.close()
      rmSync(aside, { recursive: true, force: true })
    },
    close: () => database.close(),
  }
}

function another(path: string, folder: string, found: string, wanted: Provenance): Failure {
  const { facts, share } = JSON.parse(found) as Run
  const differing = (Object.keys(wanted) as (keyof Provenance)[]).find((name) => facts[name] !== wanted[name])
  const [name, was, is] = differing ? [differing, facts[differing], wanted[differing]] : ['share', share, 'another']
  return failure(`write ${path}`, {
    expected: `the run that was interrupted, of ${name} ${was}`,
    received: `${name} ${is}`,
    cure: `Run that command again to finish it, or say --force to begin anew (it is kept in ${folder}).`,
  })
}

function explain(path: string, error: unknown): unknown {
  const { errcode, message } = error as { errcode?: number; message: string }
  if (errcode === undefined) return error
  const isBusy = errcode === 5 || errcode === 6
  return failure(`write ${path}`, {
    expected: isBusy ? 'to be the only one who writes there' : 'a journal that can be written',
    received: isBusy ? 'another run that is at work' : errcode === 13 ? 'a full disk' : message,
    cure: isBusy ? 'Wait for it, or choose another name.' : 'The same command goes on from there.',
  })
}
