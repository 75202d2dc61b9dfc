// Keeps event logs in a SQLite file.

import type { DatabaseSync } from 'node:sqlite'
import { failure } from '../../spec/index.ts'
import { isWhole } from '../state/event.ts'
import type { Event } from '../state/event.ts'
import { localLog, Unavailable } from '../state/log.ts'
import type { Offset, Storage } from '../state/log.ts'
import { openDatabase } from './database.ts'
import { sayWanted, wantedText } from './store.ts'
import type { StateStore, Wanted } from './store.ts'

/**
 * Opens a file that keeps what happened, so that it survives a restart. It is for one process at a time.
 * @throws Failure for a file that is no such one, is about other books, or in use.
 */
export function sqliteState(file: string, wanted: Wanted): StateStore {
  const database = openDatabase(file)
  try {
    const newest = newestIn(database, file, wanted)
    return { books: { ...wanted.books, newest }, log: localLog(storageIn(database, file)) }
  } catch (error) {
    database.close()
    throw error
  }
}

/** Books are drawn back from a day: that on which the file was begun, so that they stay the same tomorrow. */
function newestIn(database: DatabaseSync, file: string, wanted: Wanted): number {
  const { newest } = wanted.books
  const text = wantedText(wanted)
  const known = database.prepare('SELECT wanted, epoch AS newest FROM books').get() as
    | { wanted: string; newest: number }
    | undefined
  if (known?.wanted === text) return known.newest
  if (known)
    throw failure(`open ${file}`, {
      expected: `${sayWanted(known.wanted)}, of which it tells`,
      received: sayWanted(text),
      cure: 'Choose another file.',
    })
  database.prepare('INSERT INTO books (wanted, epoch) VALUES (?, ?)').run(text, newest)
  return newest
}

function storageIn(database: DatabaseSync, file: string): Storage {
  const select = database.prepare('SELECT number, event FROM events WHERE world = ? AND number > ? ORDER BY number')
  const last = database.prepare('SELECT max(number) AS number FROM events WHERE world = ?')
  const insert = database.prepare('INSERT INTO events (world, event) VALUES (?, ?)')
  const remove = database.prepare('DELETE FROM events WHERE world = ?')
  const worlds = database.prepare('SELECT DISTINCT world FROM events')
  /** Only this process writes the file, so an offset that was read once stays right. */
  const offsets = new Map<string, Offset>()
  const attempt = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw new Unavailable(unavailable(file, (error as Error).message))
    }
  }
  return {
    isCurrent: (world, offset) => offsets.has(world) && offsets.get(world) === offset,
    read: (world, after) =>
      attempt(() => {
        const events = select.all(world, Number(after ?? 0)).map(({ event }) => JSON.parse(event as string) as Event)
        const offset = (last.get(world) as { number: number | null }).number?.toString()
        offsets.set(world, offset)
        return { events, offset }
      }),
    append: (world, events) =>
      attempt(() => {
        const offset = atOnce(database, () => {
          if (isWhole(events)) remove.run(world)
          return events.reduce<Offset>(
            (_, event) => String(insert.run(world, JSON.stringify(event)).lastInsertRowid),
            offsets.get(world),
          )
        })
        offsets.set(world, offset)
        return offset
      }),
    names: () => attempt(() => worlds.all().map(({ world }) => world as string)),
    drop(world) {
      attempt(() => remove.run(world))
      offsets.delete(world)
    },
    close: () => database.close(),
  }
}

const unavailable = (file: string, message: string): string =>
  /full/.test(message)
    ? `The disk of ${file} is full: nothing has happened. Make room, and try again.`
    : `The state in ${file} is out of reach: ${message}. Nothing has happened.`

function atOnce<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    try {
      database.exec('ROLLBACK')
    } catch {
      // Where the disk is full, SQLite has rolled back by itself, and says that there is nothing to roll back.
    }
    throw error
  }
}
