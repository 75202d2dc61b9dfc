// Looks at the place of a database before it is opened, so that files of other programs stay as they are.

import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { basename, dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { failure } from '../failure.ts'

/** Kinds of databases that are one file. */
const kinds = {
  /** https://sqlite.org/fileformat.html, 1.3 */
  sqlite: { magic: 'SQLite format 3\0', at: 0, beside: ['-wal', '-shm', '-journal'] },
  /** https://duckdb.org/docs/stable/internals/storage.html */
  duckdb: { magic: 'DUCK', at: 8, beside: ['.wal'] },
} as const

/** What a file is opened for: parts of the sentence that refuses it. */
export interface DatabasePurpose {
  /** `open demo.db` */
  readonly what: string
  readonly expected: string
  readonly kind?: keyof typeof kinds
  /** Whether its program lets nothing stand beside it but a write-ahead log. */
  readonly isWriteAhead?: boolean
}

/** What stands at the place of a database. */
export interface DatabaseFile {
  /** Where links lead to. */
  readonly path: string
  /** There is no file, or an empty one. */
  readonly isNew: boolean
  /** What SQLite calls `application_id` and `user_version`; 0 where none was given, and of a new file. */
  readonly application: number
  readonly version: number
}

/**
 * Returns what stands at the place of a database, and opens nothing as such: opening alone may overwrite a short file, or delete what an
 * interrupted program left beside it.
 * @throws Failure for a file of another kind, a link that leads nowhere, a file or folder that may not be written, and for what a
 *   database would overwrite beside it.
 */
export function databaseAt(file: string, purpose: DatabasePurpose): DatabaseFile {
  const refuse: Refuse = (received, cure = 'Choose another file.') => {
    throw failure(purpose.what, { expected: purpose.expected, received, cure })
  }
  try {
    return lookAt(file, purpose, refuse)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    if (code === 'ENOTDIR') checkFolder(dirname(file), refuse)
    return refuse(reasons[code] ?? code, 'Let this user write it, or choose another file.')
  }
}

type Refuse = (received: string, cure?: string) => never

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'one that this user may not write',
  EPERM: 'one that this user may not write',
  EROFS: 'one on a read-only disk',
  ELOOP: 'a link that leads to itself',
  ENAMETOOLONG: 'a name that is too long',
}

function lookAt(
  file: string,
  { kind = 'sqlite', isWriteAhead = false }: DatabasePurpose,
  refuse: Refuse,
): DatabaseFile {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found && isLink(file)) refuse('a link to a file that does not exist', 'Make that file, or choose another.')
  if (found && !found.isFile()) refuse(found.isDirectory() ? 'a folder' : 'a device or pipe')
  const path = found ? realpathSync(file) : file
  if (found) accessSync(path, constants.R_OK | constants.W_OK)
  const isNew = !found || found.size === 0
  const { magic, at, beside } = kinds[kind]
  const head = isNew ? Buffer.alloc(100) : headOf(path)
  if (!isNew && head.toString('latin1', at, at + magic.length) !== magic) refuse('a file of something else')
  checkFolder(dirname(path), refuse)
  for (const end of beside)
    if (existsSync(path + end) && (isNew || (isWriteAhead && !isWriteAheadPart(path, end))))
      refuse(
        `one with a ${basename(path)}${end} beside it, which belongs to something else`,
        `Move ${path}${end} away, because it would be overwritten, or choose another file.`,
      )
  const [application, version] = kind === 'sqlite' ? [head.readInt32BE(68), head.readInt32BE(60)] : [0, 0]
  return { path, isNew, application, version }
}

const isLink = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false

/** Tells whether a file may stand beside a database that writes ahead. A log that a power failure left is empty, or begins with zeros. */
function isWriteAheadPart(path: string, end: string): boolean {
  if (end !== '-wal') return end === '-shm'
  return [0, 0x377f0682, 0x377f0683].includes(headOf(path + end).readUInt32BE(0))
}

function checkFolder(folder: string, refuse: Refuse): void {
  const refuseFolder = (received: string): never =>
    refuse(
      `${received} (${folder})`,
      'Let this user write there, because the database keeps files beside it, or choose another file.',
    )
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    refuse(`one in no folder (${folder})`, 'Make that folder, or choose another file.')
  try {
    accessSync(folder, constants.W_OK)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    refuseFolder(code === 'EROFS' ? 'one on a read-only disk' : 'one in a folder that this user may only read')
  }
}

/** Returns the first hundred bytes of a file, zeros where it has fewer. */
function headOf(path: string): Buffer {
  const handle = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(100)
    readSync(handle, bytes)
    return bytes
  } finally {
    closeSync(handle)
  }
}

/**
 * Returns what the schema of a database of SQLite has that another has not, or the other way round; `undefined` where they are equal. A
 * trigger of others may undo what is written.
 */
export function schemaDifference(found: DatabaseSync, wanted: DatabaseSync): string | undefined {
  const [ours, theirs] = [schemaOf(wanted), schemaOf(found)]
  const stranger = [...theirs.keys()].find((name) => !ours.has(name))
  if (stranger !== undefined) return `it has a ${stranger}, which proforma did not make`
  const changed = [...ours].find(([name, sql]) => theirs.get(name) !== sql)?.[0]
  return changed && `its ${changed} is ${theirs.has(changed) ? 'another' : 'missing'}`
}

const schemaOf = (database: DatabaseSync): Map<string, unknown> =>
  new Map(
    database
      .prepare('SELECT type, name, sql FROM sqlite_master')
      .all()
      .map(({ type, name, sql }) => [`${String(type)} ${String(name)}`, sql]),
  )
