import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DuckDBInstance } from '@duckdb/node-api'
import { failure } from '../spec/index.ts'
import type { Failure } from '../spec/index.ts'
import type { Batch } from './batch.ts'
import { PartSet } from './dataset.ts'
import {
  commentOn,
  createTable,
  deleteSurplusRows,
  sqlName,
  insertInto,
  sqlNames,
  sqlText,
  mergeFromStaging,
  onConflictUpdate,
  deleteStagedRows,
  stagingTable,
  sqlType,
} from './sql.ts'
import type { Column, TableSchema } from './dataset.ts'
import { checkProvenance, checkTable, isUpToDate, partCells, partsTable, seedCells, seedsTable } from './notes.ts'
import type { FoundColumn, PartNote } from './notes.ts'
import { optionalPackage } from './optional.ts'
import type { Provenance, SeedPlan, SeedTarget } from './target.ts'

/** What of DuckDB's connection is used: its own types are installed where it is. */
interface Connection {
  run(sql: string, values?: (string | number | boolean | null)[]): Promise<unknown>
  runAndReadAll(sql: string, values?: (string | number)[]): Promise<{ getRowObjectsJS(): unknown[] }>
}

/** A database of DuckDB with the tables of a plan. DuckDB itself keeps other processes from it. */
export interface Duckdb {
  readonly name: string
  readonly connection: Connection
  /** A file of its own, through which rows come. */
  readonly rows: string
  close(): void
}

/** Returns a target of a file of DuckDB, made where it is absent. */
export function duckdbTarget(file: string): SeedTarget {
  let database: Duckdb | undefined
  let plan: SeedPlan | undefined
  const open = async (): Promise<Duckdb> => (database ??= await openDuckdb(file, file))
  return {
    name: file,
    form: { encoding: 'csv' },
    isShared: true,
    concurrency: 1,
    recall: async (dataset) => (existsSync(file) ? recallIn((await open()).connection, dataset) : undefined),
    inspect: async (wanted) => (existsSync(file) ? inspectIn(await open(), wanted) : new PartSet()),
    async begin(wanted) {
      plan = wanted
      return beginIn(await open(), wanted)
    },
    clearing: {
      async truncate() {
        const { connection } = await open()
        const tables = [...(plan as SeedPlan).dataset.entities.toReversed(), partsTable, seedsTable]
        for (const { name } of tables) await connection.run(`DELETE FROM ${sqlName(name)}`)
        await upsert(connection, seedsTable, seedCells((plan as SeedPlan).provenance))
      },
      remove: async (batch) => removeIn(await open(), batch, plan as SeedPlan),
      async forget() {
        const { connection } = await open()
        const { api, form, seed } = (plan as SeedPlan).provenance
        for (const { name } of [partsTable, seedsTable])
          await connection.run(`DELETE FROM ${name} WHERE api = $1 AND form = $2 AND seed = $3`, [api, form, seed])
      },
    },
    write: async (batch) => writeIn(await open(), batch, plan as SeedPlan),
    finish: async () => void (await (await open()).connection.run('CHECKPOINT')),
    async close() {
      database?.close()
      database = undefined
    },
  }
}

/** Opens a file of DuckDB. @throws Failure where another process has it open, or for a file of something else. */
export async function openDuckdb(file: string, name: string): Promise<Duckdb> {
  const { DuckDBInstance } = await optionalPackage(
    ['@duckdb/node-api'],
    `open ${name}`,
    () => import('@duckdb/node-api'),
  )
  let instance: DuckDBInstance | undefined
  try {
    // Nothing is fetched from anywhere.
    instance = await DuckDBInstance.create(file, {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      memory_limit: '512MB',
    })
    const connection = await instance.connect()
    await connection.run(`SET TimeZone = 'UTC'`)
    const folder = mkdtempSync(join(tmpdir(), 'proforma-seed-'))
    return {
      name,
      connection,
      rows: join(folder, 'rows.csv'),
      close() {
        connection.closeSync()
        instance?.closeSync()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    instance?.closeSync()
    throw explainDuckdb(name, error)
  }
}

async function all<T>(connection: Connection, sql: string, values: readonly (string | number)[] = []): Promise<T[]> {
  const reader = await connection.runAndReadAll(sql, [...values])
  return reader.getRowObjectsJS() as T[]
}

const columnsOf = (connection: Connection, { name }: TableSchema): Promise<FoundColumn[]> =>
  all(
    connection,
    `SELECT column_name AS "name", data_type AS "type" FROM duckdb_columns() WHERE table_name = $1 AND NOT internal`,
    [name],
  )

async function recallIn(
  connection: Connection,
  { api, form, seed }: Pick<Provenance, 'api' | 'form' | 'seed'>,
): Promise<Provenance | undefined> {
  if ((await columnsOf(connection, seedsTable)).length === 0) return undefined
  const [row] = await all<{ facts: string }>(
    connection,
    `SELECT facts FROM ${seedsTable.name} WHERE api = $1 AND form = $2 AND seed = $3`,
    [api, form, seed],
  )
  return row && (JSON.parse(row.facts) as Provenance)
}

/** Returns the parts that are there, and changes nothing. */
async function inspectIn({ connection, name }: Duckdb, plan: SeedPlan): Promise<PartSet> {
  const { dataset, provenance } = plan
  checkProvenance(name, await recallIn(connection, provenance), plan)
  for (const entity of [seedsTable, partsTable, ...dataset.entities]) {
    const found = await columnsOf(connection, entity)
    if (found.length > 0) checkTable(name, entity, found, typeIn)
  }
  const done = new PartSet()
  if ((await columnsOf(connection, partsTable)).length === 0) return done
  // JavaScript's bigint, for BIGINT.
  const notes = await all<Omit<PartNote, 'number' | 'last'> & { readonly number: bigint; readonly last: bigint }>(
    connection,
    `SELECT ${sqlNames(['stage', 'number', 'last'])}, today::varchar AS today FROM ${partsTable.name} WHERE api = $1 AND form = $2 AND seed = $3`,
    [provenance.api, provenance.form, provenance.seed],
  )
  for (const { stage, number, last, today } of notes) {
    const note = { stage, number: Number(number), last: Number(last), today }
    if (isUpToDate(note, plan)) done.add(note)
  }
  return done
}

/** As DuckDB itself calls the type of a column. */
const typeIn = (column: Column): string => sqlType(column, 'duckdb').replace('timestamptz', 'timestamp with time zone')

/** Makes the tables of a plan, and returns the parts that are there. */
export async function beginIn(database: Duckdb, plan: SeedPlan): Promise<PartSet> {
  const { connection, name } = database
  const done = await inspectIn(database, plan)
  try {
    for (const entity of [seedsTable, partsTable, ...plan.dataset.entities]) {
      if ((await columnsOf(connection, entity)).length > 0) continue
      const script = `${createTable(entity, 'duckdb')}\n${commentOn(entity)}`
      for (const sql of script.split(';\n').filter((text) => text.trim() !== '')) await connection.run(sql)
    }
    await upsert(connection, seedsTable, seedCells(plan.provenance))
  } catch (error) {
    throw explainDuckdb(name, error)
  }
  return done
}

async function upsert(connection: Connection, entity: TableSchema, cells: readonly (string | number)[]): Promise<void> {
  const places = cells.map((_, place) => `$${place + 1}`).join(', ')
  await connection.run(`${insertInto(entity)} (${places}) ${onConflictUpdate(entity)}`, [...cells])
}

/** Writes a batch and notes that it is there. */
export async function writeIn(
  { connection, name, rows }: Duckdb,
  { part, pieces }: Batch,
  plan: SeedPlan,
): Promise<void> {
  const { entities } = plan.dataset
  try {
    await connection.run('BEGIN')
    for (const [place, entity] of entities.entries()) {
      const { bytes, rows: count } = pieces.find((piece) => piece.entity === place) ?? {
        bytes: new Uint8Array(),
        rows: 1,
      }
      if (bytes.length === 0 && (entity.owner === undefined || part.stage === 'master')) continue
      writeFileSync(rows, bytes)
      await connection.run(
        `CREATE OR REPLACE TEMPORARY TABLE ${stagingTable(entity)} AS ${selectFrom(rows, entity, longestOf(bytes, count))}`,
      )
      if (bytes.length > 0) await connection.run(mergeFromStaging(entity))
      if (entity.owner !== undefined) await connection.run(deleteSurplusRows(entity, entities))
    }
    await upsert(connection, partsTable, partCells(plan.provenance, part))
    await connection.run('COMMIT')
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined)
    throw explainDuckdb(name, error)
  }
}

async function removeIn(
  { connection, name, rows }: Duckdb,
  { pieces }: Batch,
  { dataset: { entities } }: SeedPlan,
): Promise<void> {
  try {
    await connection.run('BEGIN')
    for (const [place, entity] of entities.entries()) {
      const { bytes, rows: count } = pieces.find((piece) => piece.entity === place) ?? {
        bytes: new Uint8Array(),
        rows: 1,
      }
      writeFileSync(rows, bytes)
      await connection.run(
        `CREATE OR REPLACE TEMPORARY TABLE ${stagingTable(entity)} AS ${selectFrom(rows, entity, longestOf(bytes, count))}`,
      )
    }
    for (const entity of entities.toReversed()) await connection.run(deleteStagedRows(entity, entities))
    await connection.run('COMMIT')
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined)
    throw explainDuckdb(name, error)
  }
}

/** Returns the bytes of a row at most, from all and their number. */
const longestOf = (bytes: Uint8Array, rows: number): number => Math.max(100_000, Math.ceil((20 * bytes.length) / rows))

/** @param longest bytes of a row at most: DuckDB takes sixteen times as much memory */
const selectFrom = (file: string, { columns }: TableSchema, longest: number): string => {
  const types = columns.map((column) => `${sqlText(column.name)}: ${sqlText(sqlType(column, 'duckdb'))}`).join(', ')
  return `SELECT * FROM read_csv(${sqlText(file)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, maximum_line_size = ${longest}, columns = {${types}})`
}

/** Returns what went wrong with a DuckDB in a sentence. */
export function explainDuckdb(name: string, error: unknown): Failure {
  if (error instanceof Error && error.name === 'Failure') return error as Failure
  const { message } = error as Error
  const received = /Could not set lock|Conflicting lock/.test(message)
    ? 'another process that has it open'
    : /No space left|out of disk/i.test(message)
      ? 'a full disk'
      : /not a valid DuckDB database file/.test(message)
        ? 'a file of something else'
        : message.split('\n')[0]?.replace(/\.$/, '')
  return failure(`seed ${name}`, {
    expected: 'a DuckDB that takes it',
    received: received ?? 'nothing',
    cure: 'What is written whole stays: the same command goes on from there.',
  })
}
