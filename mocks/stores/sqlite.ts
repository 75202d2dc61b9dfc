import { DatabaseSync } from 'node:sqlite'
import { failure } from '../../spec/index.ts'
import type { Order } from '../books.ts'
import { memoryStore } from '../change.ts'
import type { Change, History, Store } from '../change.ts'

/** What happened, kept in a file. */
export interface State {
  /** Books that the file is about: those asked for, on the day on which the file was begun. */
  readonly order: Order
  /** Returns the store of a world. */
  readonly store: (world: string) => Store
  readonly close: () => void
}

const schema = `
  CREATE TABLE IF NOT EXISTS books (wanted TEXT NOT NULL, epoch INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS changes (number INTEGER PRIMARY KEY, world TEXT NOT NULL, invoice INTEGER NOT NULL, change TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS changes_of_world ON changes (world);
  CREATE TABLE IF NOT EXISTS worlds (name TEXT PRIMARY KEY, created INTEGER NOT NULL);
`

/**
 * Opens a file that keeps what happened, so that it survives a restart. It is for one process at a time.
 * @throws Failure for a file that is no such one, or is about other books.
 */
export function sqliteState(file: string, order: Order): State {
  const database = open(file)
  try {
    const epoch = epochIn(database, file, order)
    return { order: { ...order, epoch }, store: (world) => storeIn(database, world), close: () => database.close() }
  } catch (error) {
    database.close()
    throw error
  }
}

function open(file: string): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file)
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 1000;')
    database.exec(schema)
    return database
  } catch (error) {
    database?.close()
    throw failure(`open ${file}`, { expected: 'a file of an earlier --state, or a new one', received: (error as Error).message, cure: 'Choose another file.' })
  }
}

/** Books are drawn back from a day: that on which the file was begun, so that they stay the same tomorrow. */
function epochIn(database: DatabaseSync, file: string, { epoch, ...order }: Order): number {
  const wanted = JSON.stringify([order.seed, order.invoices, order.currencies, order.fate])
  const known = database.prepare('SELECT wanted, epoch FROM books').get() as { wanted: string; epoch: number } | undefined
  if (!known) {
    database.prepare('INSERT INTO books (wanted, epoch) VALUES (?, ?)').run(wanted, epoch)
    return epoch
  }
  if (known.wanted === wanted) return known.epoch
  const [seed, invoices] = JSON.parse(known.wanted) as unknown[]
  throw failure(`open ${file}`, { expected: `seed ${String(seed)} and ${String(invoices)} invoices, of which it tells`, received: `seed ${order.seed} and ${order.invoices} invoices`, cure: 'Choose another file.' })
}

/** Reads once, and writes what changes: answers come from memory. */
function storeIn(database: DatabaseSync, world: string): Store {
  const memory = memoryStore()
  const insert = database.prepare('INSERT INTO changes (world, invoice, change) VALUES (?, ?, ?)')
  const count = database.prepare('INSERT INTO worlds (name, created) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET created = excluded.created')
  const forget = (): void => {
    database.prepare('DELETE FROM changes WHERE world = ?').run(world)
    database.prepare('DELETE FROM worlds WHERE name = ?').run(world)
  }
  const { created = 0 } = (database.prepare('SELECT created FROM worlds WHERE name = ?').get(world) ?? {}) as { created?: number }
  memory.load(historiesIn(database, world), created)
  return {
    changes: (index) => memory.changes(index),
    changed: () => memory.changed(),
    append(index, change) {
      memory.append(index, change)
      insert.run(world, index, JSON.stringify(change))
    },
    next(size) {
      const index = memory.next(size)
      count.run(world, memory.created)
      return index
    },
    load(histories, made) {
      memory.load(histories, made)
      whole(database, () => {
        forget()
        for (const [index, changes] of histories) for (const change of changes) insert.run(world, index, JSON.stringify(change))
        count.run(world, made)
      })
    },
    reset() {
      memory.reset()
      whole(database, forget)
    },
    get created() {
      return memory.created
    },
    get version() {
      return memory.version
    },
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

function historiesIn(database: DatabaseSync, world: string): History[] {
  const histories = new Map<number, Change[]>()
  for (const row of database.prepare('SELECT invoice, change FROM changes WHERE world = ? ORDER BY number').iterate(world)) {
    const { invoice, change } = row as { invoice: number; change: string }
    histories.set(invoice, [...(histories.get(invoice) ?? []), JSON.parse(change) as Change])
  }
  return [...histories]
}
