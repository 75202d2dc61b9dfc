import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { failure } from '../spec/index.ts'
import type { Failure } from '../spec/index.ts'
import type { Batch } from './batch.ts'
import { PartSet } from './dataset.ts'
import { commentOn, createTable, identifier, insertInto, list, literal, onConflictUpdate, typeOf } from './ddl.ts'
import type { Entity } from './entity.ts'
import { fileOf, targetOf } from './file.ts'
import { columnsIn, cutOf, mergeOf, stageOf } from './merge.ts'
import { checkFacts, checkTable, isThere, partCells, partsTable, seedCells, seedsTable } from './notes.ts'
import type { FoundColumn, PartNote } from './notes.ts'
import { optionalPackage } from './optional.ts'
import type { Facts, Plan, Target } from './target.ts'
import { openWorkspace, runOf } from './workspace.ts'
import type { Workspace } from './workspace.ts'

/** A database of DuckDB with the tables of a plan. DuckDB itself keeps other processes from it. */
interface Duckdb {
  readonly name: string
  readonly connection: DuckDBConnection
  /** A file of its own, through which rows come. */
  readonly rows: string
  close(): void
}

/** Returns a target of a file of DuckDB, made where it is absent. */
export function duckdbTarget(file: string): Target {
  let database: Duckdb | undefined
  let plan: Plan | undefined
  const open = async (): Promise<Duckdb> => (database ??= await openDuckdb(file, file))
  return {
    name: file,
    form: { encoding: 'csv' },
    isShared: true,
    lanes: 1,
    recall: async (dataset) => (existsSync(file) ? recallIn((await open()).connection, dataset) : undefined),
    async begin(wanted) {
      plan = wanted
      return beginIn(await open(), wanted)
    },
    write: async (batch) => writeIn(await open(), batch, plan as Plan),
    finish: async () => void (await (await open()).connection.run('CHECKPOINT')),
    async close() {
      database?.close()
      database = undefined
    },
  }
}

/** Returns a target of Parquet, one file for each entity. Rows come to a database in a workspace first, which goes on where it was interrupted. */
export function parquetTarget(path: string, force: boolean): Target {
  let database: Duckdb | undefined
  let workspace: Workspace | undefined
  let plan: Plan | undefined
  let files: readonly { readonly entity: Entity; readonly partial: string; readonly whole: string }[] = []
  return {
    name: path,
    form: { encoding: 'csv' },
    isShared: false,
    lanes: 1,
    recall: async () => undefined,
    async begin(wanted) {
      plan = wanted
      const { entities } = wanted.dataset
      const target = await targetOf(path, true)
      const opened = await openWorkspace(target, runOf(wanted, 'parquet'), force)
      workspace = opened
      files = entities.map((entity) => {
        const whole = fileOf(target, '.parquet', entity, entities)
        return { entity, whole, partial: join(opened.folder, basename(whole)) }
      })
      const staging = join(opened.folder, 'rows.duckdb')
      try {
        if (!opened.progress.isWhole)
          for (const entity of entities) await targetOf(fileOf(path, '.parquet', entity, entities), force)
        if (opened.progress.parts === 0 && !opened.progress.isWhole)
          for (const name of [staging, `${staging}.wal`]) rmSync(name, { force: true })
        opened.note({ ...opened.progress, parts: 1 })
        database = await openDuckdb(staging, path)
        return await beginIn(database, wanted)
      } catch (error) {
        database?.close()
        database = undefined
        if (opened.progress.parts === 0) opened.remove()
        else opened.close()
        workspace = undefined
        throw error
      }
    },
    async write(batch) {
      if (database && plan) await writeIn(database, batch, plan)
    },
    async finish() {
      if (!workspace || !database) return
      if (!workspace.progress.isWhole) {
        for (const { entity, partial } of files)
          await database.connection
            .run(
              `COPY (SELECT ${columnsIn(entity)} FROM ${identifier(entity.name)}) TO ${literal(partial)} (FORMAT parquet, COMPRESSION zstd)`,
            )
            .catch((error: unknown) => {
              throw explain(path, error)
            })
        workspace.note({ parts: 1, files: {}, isWhole: true })
      }
      database.close()
      database = undefined
      for (const { partial, whole } of files)
        // One that is not there has got its name before the run was interrupted.
        if (existsSync(partial)) renameSync(partial, whole)
      workspace.remove()
      workspace = undefined
    },
    async close() {
      database?.close()
      database = undefined
      workspace?.close()
      workspace = undefined
    },
  }
}

async function openDuckdb(file: string, name: string): Promise<Duckdb> {
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
    throw explain(name, error)
  }
}

async function all<T>(
  connection: DuckDBConnection,
  sql: string,
  values: readonly (string | number)[] = [],
): Promise<T[]> {
  const reader = await connection.runAndReadAll(sql, [...values])
  return reader.getRowObjectsJS() as T[]
}

const columnsOf = (connection: DuckDBConnection, { name }: Entity): Promise<FoundColumn[]> =>
  all(
    connection,
    `SELECT column_name AS "name", data_type AS "type" FROM duckdb_columns() WHERE table_name = $1 AND NOT internal`,
    [name],
  )

async function recallIn(
  connection: DuckDBConnection,
  { api, form, seed }: Pick<Facts, 'api' | 'form' | 'seed'>,
): Promise<Facts | undefined> {
  if ((await columnsOf(connection, seedsTable)).length === 0) return undefined
  const [row] = await all<{ facts: string }>(
    connection,
    `SELECT facts FROM ${seedsTable.name} WHERE api = $1 AND form = $2 AND seed = $3`,
    [api, form, seed],
  )
  return row && (JSON.parse(row.facts) as Facts)
}

async function beginIn({ connection, name }: Duckdb, plan: Plan): Promise<PartSet> {
  const { dataset, facts } = plan
  const tables = [seedsTable, partsTable, ...dataset.entities]
  checkFacts(name, await recallIn(connection, facts), facts)
  const missing: Entity[] = []
  for (const entity of tables) {
    const found = await columnsOf(connection, entity)
    if (found.length > 0)
      checkTable(name, entity, found, (column) =>
        typeOf(column, 'duckdb').replace('timestamptz', 'timestamp with time zone'),
      )
    else missing.push(entity)
  }
  try {
    for (const entity of missing)
      for (const sql of `${createTable(entity, 'duckdb')}\n${commentOn(entity)}`
        .split(';\n')
        .filter((text) => text.trim() !== ''))
        await connection.run(sql)
    await upsert(connection, seedsTable, seedCells(facts))
  } catch (error) {
    throw explain(name, error)
  }
  const done = new PartSet()
  // JavaScript's bigint, for BIGINT.
  const notes = await all<Omit<PartNote, 'number' | 'last'> & { readonly number: bigint; readonly last: bigint }>(
    connection,
    `SELECT ${list(['stage', 'number', 'last'])}, today::varchar AS today FROM ${partsTable.name} WHERE api = $1 AND form = $2 AND seed = $3`,
    [facts.api, facts.form, facts.seed],
  )
  for (const { stage, number, last, today } of notes) {
    const note = { stage, number: Number(number), last: Number(last), today }
    if (isThere(note, plan)) done.add(note)
  }
  return done
}

async function upsert(
  connection: DuckDBConnection,
  entity: Entity,
  cells: readonly (string | number)[],
): Promise<void> {
  const places = cells.map((_, place) => `$${place + 1}`).join(', ')
  await connection.run(`${insertInto(entity)} (${places}) ${onConflictUpdate(entity)}`, [...cells])
}

async function writeIn({ connection, name, rows }: Duckdb, { part, pieces }: Batch, plan: Plan): Promise<void> {
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
        `CREATE OR REPLACE TEMPORARY TABLE ${stageOf(entity)} AS ${selectFrom(rows, entity, Math.max(100_000, Math.ceil((20 * bytes.length) / count)))}`,
      )
      if (bytes.length > 0) await connection.run(mergeOf(entity))
      if (entity.owner !== undefined) await connection.run(cutOf(entity, entities))
    }
    await upsert(connection, partsTable, partCells(plan.facts, part))
    await connection.run('COMMIT')
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined)
    throw explain(name, error)
  }
}

/** @param longest bytes of a row at most: DuckDB takes sixteen times as much memory */
const selectFrom = (file: string, { columns }: Entity, longest: number): string => {
  const types = columns.map((column) => `${literal(column.name)}: ${literal(typeOf(column, 'duckdb'))}`).join(', ')
  return `SELECT * FROM read_csv(${literal(file)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, maximum_line_size = ${longest}, columns = {${types}})`
}

function explain(name: string, error: unknown): Failure {
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
