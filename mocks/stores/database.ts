// Opens and checks the SQLite file that keeps events.

import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { databaseAt, schemaDifference } from '../../spec/files/database-file.ts'
import type { DatabaseFile } from '../../spec/files/database-file.ts'
import { failure } from '../../spec/index.ts'
import type { Failure } from '../../spec/index.ts'
import { isDay, isEvent, isWhole } from '../state/event.ts'
import type { Event } from '../state/event.ts'
import { isWantedText } from './store.ts'

/** Marks files of ours (`PRAGMA application_id`): "pfst". */
const application = 0x70667374

/** Tells files of this form from those of other versions. */
const form = 4

/** A world is noted with the number of its events and that of the last, so that none can be missing unnoticed. */
const schema = `
  CREATE TABLE books (wanted TEXT NOT NULL, epoch INTEGER NOT NULL) STRICT;
  CREATE TABLE worlds (name TEXT PRIMARY KEY, events INTEGER NOT NULL, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE events (number INTEGER PRIMARY KEY AUTOINCREMENT, world TEXT NOT NULL, event TEXT NOT NULL) STRICT;
  CREATE INDEX events_of_world ON events (world, number);
`

/** Books as a file keeps them. */
export interface StoredBooks {
  /** What {@link wantedText} returns. */
  readonly wanted: string
  /** Day from which they are drawn back. */
  readonly epoch: number
}

/** A file that is open, for this process alone. */
export interface StateDatabase {
  readonly database: DatabaseSync
  /** Books that it is about. */
  readonly books: StoredBooks
  /** Where links lead to. */
  readonly path: string
}

const expected = 'a file of an earlier --state, or a new one'

/**
 * Opens, or makes, a file that keeps what happened, for this process alone. Nothing is written before it is known to be such a file.
 * @param begun books of a new file
 * @throws Failure for a file of something else, one that is damaged, in use, or cannot be written.
 */
export function openDatabase(file: string, begun: StoredBooks): StateDatabase {
  const found = databaseAt(file, { what: `open ${file}`, expected, isWriteAhead: true })
  if (!found.isNew) checkHead(file, found)
  let database: DatabaseSync | undefined
  try {
    if (isInterrupted(found)) checkCopy(file, found)
    database = openAlone(found.path, found.isNew)
    const books = found.isNew ? create(database, begun) : checkAll(database, file)
    // FULL: what was answered stands on the disk, whether the process dies or the power fails.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    return { database, books, path: found.path }
  } catch (error) {
    database?.close()
    throw openingFailure(file, error as Error)
  }
}

const refusal = (file: string, received: string, cure = 'Choose another file.'): Failure =>
  failure(`open ${file}`, { expected, received, cure })

const damaged = (file: string, what: string): Failure =>
  refusal(
    file,
    `a damaged one (${what.replace(/\.$/, '')})`,
    `Put back a copy of it, or begin anew: move it away, with ${file}-wal if there is one.`,
  )

/** @throws Failure for a database of something else, or of another version. */
function checkHead(file: string, found: DatabaseFile): void {
  if (found.application !== application) throw refusal(file, 'a database of something else')
  if (found.version !== form) throw refusal(file, 'one of another version of proforma')
}

/** No other process opens the file meanwhile: it would not see what happens here. A new file has no journal yet to write ahead to. */
function openAlone(path: string, isNew = false): DatabaseSync {
  const database = new DatabaseSync(path)
  try {
    database.exec(`PRAGMA busy_timeout = 1000; ${isNew ? 'PRAGMA journal_mode = MEMORY;' : ''}`)
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Fills a new file at one go, and leaves nothing beside it if this process ends meanwhile. */
function create(database: DatabaseSync, books: StoredBooks): StoredBooks {
  database.exec(`BEGIN; PRAGMA application_id = ${application}; PRAGMA user_version = ${form}; ${schema}`)
  database.prepare('INSERT INTO books (wanted, epoch) VALUES (?, ?)').run(books.wanted, books.epoch)
  database.exec('COMMIT')
  return books
}

/** Tells whether a process was killed before it had put its last writes into the file. */
const isInterrupted = ({ path, isNew }: DatabaseFile): boolean =>
  !isNew && (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0

/** Checks a copy, because SQLite would write the log beside a file into it, be it damaged or not. @throws Failure where it is. */
function checkCopy(file: string, { path }: DatabaseFile): void {
  const folder = mkdtempSync(join(tmpdir(), 'proforma-state-'))
  let database: DatabaseSync | undefined
  try {
    // For as long as it is copied, nobody else has the file.
    for (const end of ['', '-wal']) copyFileSync(path + end, join(folder, `copy.db${end}`))
    database = openAlone(join(folder, 'copy.db'))
    checkAll(database, file)
  } finally {
    database?.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Returns the books of a file in which all is as it was written. @throws Failure for a damaged one: better now than at each request. */
function checkAll(database: DatabaseSync, file: string): StoredBooks {
  const { integrity_check: found } = database.prepare('PRAGMA integrity_check(1)').get() as { integrity_check: string }
  // The first line says in which database.
  if (found !== 'ok') throw damaged(file, found.split('\n').at(-1) ?? found)
  const damage = schemaDamage(database) ?? eventDamage(database) ?? worldDamage(database)
  if (damage !== undefined) throw damaged(file, damage)
  const rows = database.prepare('SELECT wanted, epoch FROM books LIMIT 2').all()
  const [{ wanted, epoch } = {}] = rows
  if (rows.length !== 1 || typeof wanted !== 'string' || !isWantedText(wanted) || !isDay(epoch))
    throw damaged(file, rows.length === 1 ? 'its books cannot be read' : 'it does not tell of one set of books')
  return { wanted, epoch }
}

function schemaDamage(database: DatabaseSync): string | undefined {
  const ours = new DatabaseSync(':memory:')
  ours.exec(schema)
  const difference = schemaDifference(database, ours)
  ours.close()
  return difference
}

/** Numbers and days that are read as such are no greater. */
const greatest = Number.MAX_SAFE_INTEGER

function eventDamage(database: DatabaseSync): string | undefined {
  const stray = database.prepare('SELECT 1 FROM events WHERE number < 1 OR number > ? LIMIT 1').get(greatest)
  const sequence = database
    .prepare(
      'SELECT 1 FROM sqlite_sequence WHERE seq NOT BETWEEN (SELECT coalesce(max(number), 0) FROM events) AND ? LIMIT 1',
    )
    .get(greatest / 2)
  if (stray || sequence) return 'its events have numbers that it never gave'
  let last: unknown
  for (const { number, world, event } of database
    .prepare('SELECT number, world, event FROM events ORDER BY world, number')
    .iterate()) {
    const read = parse(event)
    if (read === undefined) return `event ${String(number)} cannot be read`
    if (isWhole([read]) !== (world !== last))
      return `event ${String(number)} ${world === last ? 'begins its world in the middle' : 'is the first of its world, and does not begin it'}`
    last = world
  }
  return undefined
}

/** Returns which world has other events than were noted with it. */
function worldDamage(database: DatabaseSync): string | undefined {
  const wrong = database
    .prepare(
      `SELECT name, world, coalesce(worlds.events, 0) AS noted, coalesce(found.events, 0) AS there
        FROM worlds FULL JOIN (SELECT world, count(*) AS events, max(number) AS last FROM events GROUP BY world) AS found ON world = name
        WHERE worlds.events IS NOT found.events OR worlds.last IS NOT found.last LIMIT 1`,
    )
    .get() as { name: string | null; world: string | null; noted: number; there: number } | undefined
  if (!wrong) return undefined
  const { name, world, noted, there } = wrong
  const which = (name ?? world) === '' ? 'the first world' : `the world ${JSON.stringify(name ?? world)}`
  return noted === there ? `${which} has other events than were noted` : `${which} has ${there} of ${noted} events`
}

function parse(text: unknown): Event | undefined {
  try {
    const value: unknown = JSON.parse(text as string)
    return isEvent(value) ? value : undefined
  } catch {
    return undefined
  }
}

function openingFailure(file: string, error: Error): Error {
  const { message } = error
  if (/locked|busy/i.test(message))
    return failure(`open ${file}`, {
      expected: 'a file that nobody uses',
      received: 'one in use by another process',
      cure: 'Stop it, choose another file, or share --state redis://….',
    })
  if (/full|ENOSPC/.test(message)) return refusal(file, 'a full disk', 'Make room, or choose another file.')
  if (/malformed|not a database|corrupt/i.test(message)) return damaged(file, message)
  // Whatever else a file holds that cannot be read, as numbers greater than any of ours.
  if ('code' in error && error.code === 'ERR_OUT_OF_RANGE') return damaged(file, message)
  return 'errcode' in error
    ? refusal(file, /unable to open/.test(message) ? 'a place where such a file cannot be made' : message)
    : error
}
