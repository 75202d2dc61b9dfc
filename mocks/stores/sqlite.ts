import type { DatabaseSync } from 'node:sqlite'
import { failure } from '../../spec/index.ts'
import type { Event } from '../event.ts'
import { localLog, sinceBegun } from '../local-log.ts'
import type { Records } from '../local-log.ts'
import { Unavailable } from '../log.ts'
import type { Place } from '../log.ts'
import { openDatabase } from './database.ts'
import { sayWanted, wantedText } from './state.ts'
import type { State, Wanted } from './state.ts'

/**
 * Opens a file that keeps what happened, so that it survives a restart. It is for one process at a time.
 * @throws Failure for a file that is no such one, is about other books, or in use.
 */
export function sqliteState(file: string, wanted: Wanted): State {
  const database = openDatabase(file)
  try {
    const epoch = epochIn(database, file, wanted)
    return { order: { ...wanted.order, epoch }, log: localLog(recordsIn(database, file)) }
  } catch (error) {
    database.close()
    throw error
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

function recordsIn(database: DatabaseSync, file: string): Records {
  const select = database.prepare('SELECT number, event FROM events WHERE world = ? AND number > ? ORDER BY number')
  const last = database.prepare('SELECT max(number) AS number FROM events WHERE world = ?')
  const insert = database.prepare('INSERT INTO events (world, event) VALUES (?, ?)')
  const remove = database.prepare('DELETE FROM events WHERE world = ?')
  const worlds = database.prepare('SELECT DISTINCT world FROM events')
  /** Nobody else writes, so what has been looked up once need not be again. */
  const places = new Map<string, Place>()
  const attempt = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw new Unavailable(unavailable(file, (error as Error).message))
    }
  }
  return {
    isCurrent: (world, place) => places.has(world) && places.get(world) === place,
    read: (world, after) =>
      attempt(() => {
        const events = select.all(world, Number(after ?? 0)).map(({ event }) => JSON.parse(event as string) as Event)
        const place = (last.get(world) as { number: number | null }).number?.toString()
        places.set(world, place)
        return { events, place }
      }),
    write: (world, written) =>
      attempt(() => {
        const { isWhole, events } = sinceBegun(written)
        const place = whole(database, () => {
          if (isWhole) remove.run(world)
          return events.reduce<Place>(
            (_, event) => String(insert.run(world, JSON.stringify(event)).lastInsertRowid),
            places.get(world),
          )
        })
        places.set(world, place)
        return place
      }),
    names: () => attempt(() => worlds.all().map(({ world }) => world as string)),
    drop(world) {
      attempt(() => remove.run(world))
      places.delete(world)
    },
    close: () => database.close(),
  }
}

const unavailable = (file: string, message: string): string =>
  /full/.test(message)
    ? `The disk of ${file} is full: nothing has happened. Make room, and try again.`
    : `The state in ${file} is out of reach: ${message}. Nothing has happened.`

function whole<T>(database: DatabaseSync, work: () => T): T {
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
