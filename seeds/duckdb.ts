// Seeds DuckDB files.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DuckDBInstance } from '@duckdb/node-api'
import { databaseAt } from '../spec/files/database-file.ts'
import { failure } from '../spec/index.ts'
import type { EncodedRows } from './batch.ts'
import { databaseTarget } from './database.ts'
import type { SqlConnection, SqlDatabase } from './database.ts'
import type { TableSchema } from './dataset.ts'
import type { FoundColumn } from './notes.ts'
import { optionalPackage } from './optional.ts'
import { sqlText, sqlType, stagingTable } from './sql.ts'
import type { SeedTarget } from './target.ts'

/** Returns a target of a file of DuckDB, created where it is absent. */
export const duckdbTarget = (file: string): SeedTarget => databaseTarget(duckdbDatabase(file, file))

/**
 * Returns a file of DuckDB, which other processes cannot open meanwhile.
 * @param name shown in messages
 */
export function duckdbDatabase(file: string, name: string): SqlDatabase {
  let instance: DuckDBInstance | undefined
  let opened: { readonly connection: SqlConnection; close(): void } | undefined
  return {
    name,
    dialect: 'duckdb',
    form: { encoding: 'csv' },
    concurrency: 1,
    exists: () => existsSync(file),
    async connect() {
      if (opened) return opened.connection
      const { DuckDBInstance: Instance } = await optionalPackage(
        ['@duckdb/node-api'],
        `open ${name}`,
        () => import('@duckdb/node-api'),
      )
      if (file !== ':memory:')
        databaseAt(file, { what: `open ${name}`, expected: 'a file of DuckDB, or a new one', kind: 'duckdb' })
      // Nothing is fetched from anywhere.
      instance = await Instance.create(file, {
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
        memory_limit: '512MB',
      })
      const client = await instance.connect()
      await client.run(`SET TimeZone = 'UTC'`)
      const folder = mkdtempSync(join(tmpdir(), 'proforma-seed-'))
      opened = {
        connection: {
          run: (sql) => client.run(sql),
          all: async <T>(sql: string) => (await client.runAndReadAll(sql)).getRowObjectsJS() as T[],
          async stage(table, rows) {
            const csv = join(folder, 'rows.csv')
            writeFileSync(csv, rows.bytes)
            await client.run(`INSERT INTO ${stagingTable(table)} ${selectFrom(csv, table, rows)}`)
          },
        },
        close() {
          client.closeSync()
          rmSync(folder, { recursive: true, force: true })
        },
      }
      return opened.connection
    },
    columns: ({ all }, table) =>
      all<FoundColumn>(
        `SELECT column_name AS "name", data_type AS "type" FROM duckdb_columns() WHERE table_name = ${sqlText(table)} AND NOT internal`,
      ),
    lock: async () => undefined,
    optimize: () => ['CHECKPOINT'],
    explain: (error, doing) => explainDuckdb(`${doing} ${name}`, error),
    async close() {
      opened?.close()
      opened = undefined
      instance?.closeSync()
      instance = undefined
    },
  }
}

/** @returns a query of a file's rows; DuckDB takes sixteen times the memory of the longest row that it must expect. */
function selectFrom(file: string, { columns }: TableSchema, { bytes, rows }: EncodedRows): string {
  const longest = Math.max(100_000, Math.ceil((20 * bytes.length) / rows))
  const types = columns.map((column) => `${sqlText(column.name)}: ${sqlText(sqlType(column, 'duckdb'))}`).join(', ')
  return `SELECT * FROM read_csv(${sqlText(file)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, maximum_line_size = ${longest}, columns = {${types}})`
}

function explainDuckdb(what: string, error: unknown): ReturnType<SqlDatabase['explain']> {
  const { message } = error as Error
  const received = /Could not set lock|Conflicting lock/.test(message)
    ? 'another process that has it open'
    : /No space left|out of disk/i.test(message)
      ? 'a full disk'
      : /not a valid DuckDB database file/.test(message)
        ? 'a file of something else'
        : message.split('\n')[0]?.replace(/\.$/, '')
  return failure(what, {
    expected: 'a DuckDB that takes it',
    received: received ?? 'nothing',
    cure: 'What is written whole stays: the same command goes on from there.',
  })
}
