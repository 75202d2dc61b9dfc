// Opens and checks the SQLite file that keeps events.

import { accessSync, closeSync, constants, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { failure } from '../../spec/index.ts'
import type { Failure } from '../../spec/index.ts'
import { isEvent } from '../state/event.ts'

/** Tells files of this form from others. */
const form = 3

const schema = `
  CREATE TABLE books (wanted TEXT NOT NULL, epoch INTEGER NOT NULL);
  CREATE TABLE events (number INTEGER PRIMARY KEY AUTOINCREMENT, world TEXT NOT NULL, event TEXT NOT NULL);
  CREATE INDEX events_of_world ON events (world, number);
  PRAGMA user_version = ${form};
`
const tables = 'books events sqlite_sequence'

/** What every database of SQLite begins with (https://sqlite.org/fileformat.html, 1.3). */
const magic = 'SQLite format 3\0'

/**
 * Opens, or makes, a file that keeps what happened, for this process alone. Nothing is written before it is known to be such a file.
 * @throws Failure for a file of something else, one that is damaged, in use, or cannot be written.
 */
export function openDatabase(file: string): DatabaseSync {
  checkFile(file)
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file)
    // No other process opens the file meanwhile: it would not see what happens here.
    database.exec('PRAGMA busy_timeout = 1000; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
    const isNew = isEmpty(database, file)
    if (!isNew) {
      checkPages(database, file)
      checkEvents(database, file)
    }
    // FULL: what was answered stands on the disk, whether the process dies or the power fails.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    if (isNew) database.exec(`BEGIN; ${schema} COMMIT`)
    return database
  } catch (error) {
    database?.close()
    throw explain(file, error as Error)
  }
}

const refusal = (file: string, received: string, cure = 'Choose another file.'): Failure =>
  failure(`open ${file}`, { expected: 'a file of an earlier --state, or a new one', received, cure })

const damaged = (file: string, what: string): Failure =>
  refusal(
    file,
    `a damaged one (${what.replace(/\.$/, '')})`,
    `Put back a copy of it, or begin anew: move it away, with ${file}-wal if there is one.`,
  )

/** SQLite would fill a file that is too short to be a database, and calls one that may not be written an I/O error. */
function checkFile(file: string): void {
  try {
    const found = statSync(file, { throwIfNoEntry: false })
    if (found && !found.isFile()) throw refusal(file, found.isDirectory() ? 'a folder' : 'a device or pipe')
    const path = found ? realpathSync(file) : file
    if (found) accessSync(path, constants.R_OK | constants.W_OK)
    if (found && found.size > 0 && headOf(path) !== magic) throw refusal(file, 'a file of something else')
    checkFolder(dirname(path), file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw refusal(file, reasons[code] ?? code, 'Let this user write it, or choose another file.')
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'one that this user may not write',
  EPERM: 'one that this user may not write',
  EROFS: 'one on a read-only disk',
}

function checkFolder(folder: string, file: string): void {
  const refuse = (received: string): never => {
    throw refusal(
      file,
      `${received} (${folder})`,
      'Let this user write there, because SQLite keeps files beside it, or choose another file.',
    )
  }
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) refuse('one in no folder')
  try {
    accessSync(folder, constants.W_OK)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    refuse(code === 'EROFS' ? 'one on a read-only disk' : 'one in a folder that this user may only read')
  }
}

function headOf(path: string): string {
  const handle = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(magic.length)
    return bytes.toString('latin1', 0, readSync(handle, bytes))
  } finally {
    closeSync(handle)
  }
}

/** Tells whether there is nothing in it yet. @throws Failure for a database of something else, or of another version. */
function isEmpty(database: DatabaseSync, file: string): boolean {
  const { user_version: known } = database.prepare('PRAGMA user_version').get() as { user_version: number }
  const all = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all()
  const names = all.map(({ name }) => name).join(' ')
  if (known === 0 && names === '') return true
  if (known !== form && names === tables) throw refusal(file, 'one of another version of proforma')
  if (known !== form || names !== tables) throw refusal(file, 'a database of something else')
  return false
}

/** @throws Failure where SQLite finds something wrong: better now than at each request. */
function checkPages(database: DatabaseSync, file: string): void {
  const { integrity_check: found } = database.prepare('PRAGMA integrity_check(1)').get() as { integrity_check: string }
  // The first line says in which database.
  if (found !== 'ok') throw damaged(file, found.split('\n').at(-1) ?? found)
}

/** @throws Failure for what is no event: better now than at each request. */
function checkEvents(database: DatabaseSync, file: string): void {
  const select = database.prepare('SELECT number, event FROM events ORDER BY number')
  for (const { number, event } of select.iterate())
    if (!isEvent(parse(event))) throw damaged(file, `event ${String(number)} cannot be read`)
}

function parse(text: unknown): unknown {
  try {
    return JSON.parse(text as string) as unknown
  } catch {
    return undefined
  }
}

function explain(file: string, error: Error): Error {
  const { message } = error
  if (/locked|busy/i.test(message))
    return failure(`open ${file}`, {
      expected: 'a file that nobody uses',
      received: 'one in use by another process',
      cure: 'Stop it, choose another file, or share --state redis://….',
    })
  if (/full/.test(message)) return refusal(file, 'a full disk', 'Make room, or choose another file.')
  if (/malformed|not a database|corrupt/i.test(message)) return damaged(file, message)
  return 'errcode' in error
    ? refusal(file, /unable to open/.test(message) ? 'a place where such a file cannot be made' : message)
    : error
}
