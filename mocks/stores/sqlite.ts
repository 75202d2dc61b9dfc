import { DatabaseSync } from 'node:sqlite'
import { failure } from '../../spec/index.ts'
import type { Event } from '../event.ts'
import { localLog, sinceBegun } from '../local-log.ts'
import type { Records } from '../local-log.ts'
import type { Place } from '../log.ts'
import { sayWanted, wantedText } from './state.ts'
import type { State, Wanted } from './state.ts'

/** Tells files of this form from others. */
const form = 2

const schema = `
  CREATE TABLE books (wanted TEXT NOT NULL, epoch INTEGER NOT NULL);
  CREATE TABLE events (number INTEGER PRIMARY KEY AUTOINCREMENT, world TEXT NOT NULL, event TEXT NOT NULL);
  CREATE INDEX events_of_world ON events (world, number);
  PRAGMA user_version = ${form};
`

/**
 * Opens a file that keeps what happened, so that it survives a restart. It is for one process at a time.
 * @throws Failure for a file that is no such one, is about other books, or in use.
 */
export function sqliteState(file: string, wanted: Wanted): State {
  const database = open(file)
  try {
    const epoch = epochIn(database, file, wanted)
    return { order: { ...wanted.order, epoch }, log: localLog(recordsIn(database)) }
  } catch (error) {
    database.close()
    throw error
  }
}

function open(file: string): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file)
    // Nobody else opens the file while this process has it: it would not see what happens here.
    database.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 1000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;',
    )
    database.exec('BEGIN IMMEDIATE')
    const known = (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version
    const { tables } = database.prepare("SELECT count(*) AS tables FROM sqlite_master WHERE type = 'table'").get() as {
      tables: number
    }
    if (known !== form && (known !== 0 || tables > 0))
      throw new Error('a database of something else, or of another version')
    if (known === 0) database.exec(schema)
    database.exec('COMMIT')
    return database
  } catch (error) {
    database?.close()
    const { message } = error as Error
    if (/locked|busy/i.test(message))
      throw failure(`open ${file}`, {
        expected: 'a file that nobody uses',
        received: 'one in use by another process',
        cure: 'Stop it, choose another file, or share --state redis://….',
      })
    throw failure(`open ${file}`, {
      expected: 'a file of an earlier --state, or a new one',
      received: message,
      cure: 'Choose another file.',
    })
  }
}

/** Books are drawn back from a day: that on which the file was begun, so that they stay the same tomorrow. */
function epochIn(database: DatabaseSync, file: string, wanted: Wanted): number {
  const { epoch } = wanted.order
  const text = wantedText(wanted)
  const known = database.prepare('SELECT wanted, epoch FROM books').get() as
    | { wanted: string; epoch: number }
    | undefined
  if (known?.wanted === text) return known.epoch
  if (known)
    throw failure(`open ${file}`, {
      expected: `${sayWanted(known.wanted)}, of which it tells`,
      received: sayWanted(text),
      cure: 'Choose another file.',
    })
  database.prepare('INSERT INTO books (wanted, epoch) VALUES (?, ?)').run(text, epoch)
  return epoch
}

function recordsIn(database: DatabaseSync): Records {
  const select = database.prepare('SELECT number, event FROM events WHERE world = ? AND number > ? ORDER BY number')
  const last = database.prepare('SELECT max(number) AS number FROM events WHERE world = ?')
  const insert = database.prepare('INSERT INTO events (world, event) VALUES (?, ?)')
  const remove = database.prepare('DELETE FROM events WHERE world = ?')
  /** Nobody else writes, so what has been looked up once need not be again. */
  const places = new Map<string, Place>()
  const placeOf = (world: string): Place => {
    const place = (last.get(world) as { number: number | null }).number?.toString()
    places.set(world, place)
    return place
  }
  return {
    isCurrent: (world, place) => places.has(world) && places.get(world) === place,
    read: (world, after) => ({
      events: select.all(world, Number(after ?? 0)).map(({ event }) => JSON.parse(event as string) as Event),
      place: placeOf(world),
    }),
    write(world, written) {
      const { isWhole, events } = sinceBegun(written)
      whole(database, () => {
        if (isWhole) remove.run(world)
        for (const event of events) insert.run(world, JSON.stringify(event))
      })
      return placeOf(world)
    },
    names: () =>
      database
        .prepare('SELECT DISTINCT world FROM events')
        .all()
        .map(({ world }) => world as string),
    drop(world) {
      places.delete(world)
      remove.run(world)
    },
    close: () => database.close(),
  }
}

function whole(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN')
  try {
    work()
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
