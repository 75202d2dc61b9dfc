// Seeds SQLite files.

import { existsSync } from 'node:fs'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { databaseAt } from '../spec/files/database-file.ts'
import { failure } from '../spec/index.ts'
import { databaseTarget } from './database.ts'
import type { SqlConnection, SqlDatabase } from './database.ts'
import type { Cell } from './dataset.ts'
import type { FoundColumn } from './notes.ts'
import { lockFile, openSqlite } from './open-sqlite.ts'
import { stagingTable } from './sql.ts'
import type { SeedTarget } from './target.ts'

/** Returns a target of a file of SQLite, created where it is absent. Other processes may read it while it is written. */
export const sqliteTarget = (file: string): SeedTarget => databaseTarget(sqliteDatabase(file))

/** Returns a database of this kind; nothing is opened yet. */
export function sqliteDatabase(file: string): SqlDatabase {
  let opened: DatabaseSync | undefined
  let connection: SqlConnection | undefined
  let unlock: (() => void) | undefined
  return {
    name: file,
    dialect: 'sqlite',
    form: { encoding: 'values' },
    concurrency: 1,
    exists: () => existsSync(file),
    async connect() {
      if (connection) return connection
      const { isNew } = databaseAt(file, { what: `open ${file}`, expected: 'a file of SQLite, or a new one' })
      opened = await openSqlite(file)
      // A database that is there may have a reason for the journal that it keeps.
      opened.exec(
        `PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; ${isNew ? 'PRAGMA journal_mode = WAL;' : ''} PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY`,
      )
      return (connection = connectionTo(opened))
    },
    columns: ({ all }, table) => all<FoundColumn>(`SELECT name, type FROM pragma_table_info('${table}')`),
    async lock() {
      unlock = await lockFile(file)
    },
    optimize: () => ['PRAGMA optimize'],
    explain(error, doing) {
      const { errcode = 0, message } = error as { errcode?: number; message: string }
      return failure(`${doing} ${file}`, {
        expected: 'a database that takes it',
        received: reasons[errcode & 0xff] ?? message,
        ...(doing === 'seed' && { cure: 'What is written whole stays: the same command goes on from there.' }),
      })
    },
    async close() {
      opened?.close()
      opened = connection = undefined
      unlock?.()
      unlock = undefined
    },
  }
}

function connectionTo(database: DatabaseSync): SqlConnection {
  const decoder = new TextDecoder()
  const inserts = new Map<string, StatementSync>()
  return {
    run: async (sql) => database.exec(sql === 'BEGIN' ? 'BEGIN IMMEDIATE' : sql),
    all: async <T>(sql: string) => database.prepare(sql).all() as T[],
    async stage(table, { bytes }) {
      const name = stagingTable(table)
      let insert = inserts.get(name)
      if (!insert)
        inserts.set(
          name,
          (insert = database.prepare(`INSERT INTO ${name} VALUES (${table.columns.map(() => '?').join(', ')})`)),
        )
      for (const cells of JSON.parse(decoder.decode(bytes)) as readonly (readonly Cell[])[])
        insert.run(...cells.map((cell) => (typeof cell === 'boolean' ? Number(cell) : cell)))
    },
  }
}

const reasons: Readonly<Record<number, string>> = {
  5: 'one that another process writes to',
  8: 'one that this user may not write',
  13: 'a full disk',
  14: 'one that cannot be opened',
  26: 'a file of something else',
}
