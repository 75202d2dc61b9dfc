// Keeps the folder and journal in which an interrupted run goes on.

import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { failure, isObject } from '../spec/index.ts'
import type { Failure } from '../spec/index.ts'
import { refuseFile } from './file.ts'
import { readProvenance } from './notes.ts'
import { damagedJournal, explainJournal, openJournalFile } from './open-sqlite.ts'
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
  CREATE TABLE run (facts TEXT NOT NULL, parts INTEGER NOT NULL CHECK (parts BETWEEN 0 AND 9007199254740991), files TEXT NOT NULL, isWhole INTEGER NOT NULL) STRICT;
`
/** Marks journals of files that grow: "pfws". */
const application = 0x70667773

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
  const form = { application, schema, what: `write ${path}`, cure: `Move ${folder} away: the run begins anew then.` }
  const database = await openJournalFile(journal, form)
  try {
    const wanted = JSON.stringify(run)
    const found = isNew ? undefined : database.prepare('SELECT * FROM run').get()
    if (!found) {
      database.exec('DELETE FROM run')
      database.prepare('INSERT INTO run VALUES (?, 0, ?, 0)').run(wanted, '{}')
      return workspaceOf(folder, path, database, none)
    }
    const [known, progress] = [readRun(found.facts), progressOf(found)]
    if (!known || !progress) throw damagedJournal(journal, form, 'its notes cannot be read')
    if (found.facts !== wanted) throw another(path, folder, known, run.facts)
    return workspaceOf(folder, path, database, progress)
  } catch (error) {
    database.close()
    throw explainJournal(error, form)
  }
}

function readRun(text: unknown): Run | undefined {
  const run = parsed(text)
  const facts = isObject(run) ? readProvenance(JSON.stringify(run.facts)) : undefined
  return facts && isObject(run) && typeof run.share === 'string' ? { facts, share: run.share } : undefined
}

/** Returns how far a run has come; `undefined` where that cannot be. */
function progressOf({ parts, files, isWhole }: Readonly<Record<string, unknown>>): Progress | undefined {
  const lengths = parsed(files)
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
  return isCount(parts) &&
    (isWhole === 0 || isWhole === 1) &&
    isObject(lengths) &&
    Object.values(lengths).every((one) => isObject(one) && isCount(one.bytes) && isCount(one.rows))
    ? { parts, files: lengths as Progress['files'], isWhole: isWhole === 1 }
    : undefined
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(text as string)
  } catch {
    return undefined
  }
}

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
        throw explainJournal(error, { what: `write ${path}`, cure: `Move ${folder} away.` })
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

function another(path: string, folder: string, { facts, share }: Run, wanted: Provenance): Failure {
  const differing = (Object.keys(wanted) as (keyof Provenance)[]).find((name) => facts[name] !== wanted[name])
  const [name, was, is] = differing ? [differing, facts[differing], wanted[differing]] : ['share', share, 'another']
  return failure(`write ${path}`, {
    expected: `the run that was interrupted, of ${name} ${was}`,
    received: `${name} ${is}`,
    cure: `Run that command again to finish it, or say --force to begin anew (it is kept in ${folder}).`,
  })
}
