// Keeps event logs in a SQLite file.

import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { failure } from '../../spec/index.ts'
import { isWhole } from '../state/event.ts'
import type { Event } from '../state/event.ts'
import { localLog, Unavailable } from '../state/log.ts'
import type { Offset, Storage } from '../state/log.ts'
import { openDatabase } from './database.ts'
import type { StateDatabase } from './database.ts'
import { sayWanted, wantedText } from './store.ts'
import type { StateStore, Wanted } from './store.ts'

/**
 * Opens a file that keeps what happened, so that it survives a restart. It is for one process at a time.
 * @throws Failure for a file that is no such one, is about other books, or in use.
 */
export function sqliteState(file: string, wanted: Wanted): StateStore {
  const text = wantedText(wanted)
  const state = openDatabase(file, { wanted: text, epoch: wanted.books.newest })
  const { database, books } = state
  if (books.wanted === text)
    return { books: { ...wanted.books, newest: books.epoch }, log: localLog(storageIn(state, file)) }
  database.close()
  throw failure(`open ${file}`, {
    expected: `${sayWanted(books.wanted)}, of which it tells`,
    received: sayWanted(text),
    cure: 'Choose another file.',
  })
}

function storageIn({ database, path }: StateDatabase, file: string): Storage {
  const select = database.prepare('SELECT number, event FROM events WHERE world = ? AND number > ? ORDER BY number')
  const last = database.prepare('SELECT max(number) AS number FROM events WHERE world = ?')
  const insert = database.prepare('INSERT INTO events (world, event) VALUES (?, ?)')
  const remove = database.prepare('DELETE FROM events WHERE world = ?')
  const worlds = database.prepare('SELECT name FROM worlds')
  const note = database.prepare(
    'INSERT INTO worlds VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET events = events + ?2, last = ?3',
  )
  const forget = database.prepare('DELETE FROM worlds WHERE name = ?')
  const inode = inodeOf(path)
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
        // What is written to a file that has no name any more is lost.
        if (inodeOf(path) !== inode) throw new Error('it was moved away')
        const offset = atOnce(database, () => {
          if (isWhole(events)) for (const statement of [remove, forget]) statement.run(world)
          let last: number | bigint = 0
          for (const event of events) last = insert.run(world, JSON.stringify(event)).lastInsertRowid
          note.run(world, events.length, last)
          return String(last)
        })
        offsets.set(world, offset)
        return offset
      }),
    names: () => attempt(() => worlds.all().map(({ name }) => name as string)),
    drop(world) {
      attempt(() =>
        atOnce(database, () => {
          for (const statement of [remove, forget]) statement.run(world)
        }),
      )
      offsets.delete(world)
    },
    close: () => database.close(),
  }
}

const inodeOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.ino

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
