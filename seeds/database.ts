// Writes a dataset to a SQL database part by part, through staging tables.

import { failure } from '../spec/index.ts'
import type { Failure } from '../spec/index.ts'
import type { Batch, EncodedRows, RowFormat } from './batch.ts'
import { PartSet } from './dataset.ts'
import type { TableSchema } from './dataset.ts'
import {
  checkProvenance,
  checkTable,
  isUpToDate,
  partCells,
  partsTable,
  readProvenance,
  seedCells,
  seedsTable,
} from './notes.ts'
import type { FoundColumn, PartNote } from './notes.ts'
import {
  createStaging,
  createTable,
  deleteStagedRows,
  deleteSurplusRows,
  mergeFromStaging,
  sqlName,
  sqlNames,
  sqlText,
  stagingTable,
  typeAsReported,
  upsert,
} from './sql.ts'
import type { Dialect } from './sql.ts'
import type { Clearing, Provenance, SeedPlan, SeedTarget } from './target.ts'
import { databaseVerifier } from './verify.ts'
import type { Verifier } from './verify.ts'

/** A connection to a database of SQL. */
export interface SqlConnection {
  /** Runs one statement. */
  run(sql: string): Promise<unknown>
  /** Returns the rows of one query. */
  all<T>(sql: string): Promise<readonly T[]>
  /** Puts the rows of a part into the staging table of their entity, which is empty. */
  stage(entity: TableSchema, rows: EncodedRows): Promise<void>
}

/** What one kind of database does in its own way; {@link databaseTarget} does the rest. */
export interface SqlDatabase {
  /** As it may be shown: without passwords. */
  readonly name: string
  readonly dialect: Exclude<Dialect, 'sql'>
  readonly form: RowFormat
  /** Transactions at the same time, each on a connection of its own. */
  readonly concurrency: number
  /** Returns false for a file that is not there yet: it is made when the first rows come. */
  exists(): boolean
  /** Returns a new connection, or the only one of a database that has one. */
  connect(): Promise<SqlConnection>
  /** Returns the columns of a table; none where it does not exist. */
  columns(connection: SqlConnection, table: string): Promise<readonly FoundColumn[]>
  /** Keeps other runs out until the connection ends. @throws Failure where another run is at work. */
  lock(connection: SqlConnection, plan: SeedPlan): Promise<void>
  /** Runs in the transaction that creates tables, before them: other runs wait there. */
  readonly lockTables?: string
  /** Runs when all rows are there: gathers statistics. */
  optimize?(entities: readonly TableSchema[]): readonly string[]
  /** Returns what went wrong in one sentence that holds no password. */
  explain(error: unknown, doing: 'seed' | 'report on'): Failure
  close(): Promise<void>
}

/**
 * Returns a target of tables in a database, created where they are absent. Rows go into staging tables and from there, where they
 * differ, into the tables: one transaction a part, with the note that the part is there.
 */
export const databaseTarget = (database: SqlDatabase): SeedTarget => new DatabaseTarget(database)

class DatabaseTarget implements SeedTarget {
  readonly name: string
  readonly form: RowFormat
  readonly isShared = true
  readonly concurrency: number
  readonly clearing: Clearing
  readonly #database: SqlDatabase
  /** Connections with staging tables that nobody writes on. */
  readonly #idle: SqlConnection[] = []
  /** The first connection, which holds the lock. */
  #control: Promise<SqlConnection> | undefined
  #begun: SeedPlan | undefined

  constructor(database: SqlDatabase) {
    this.name = database.name
    this.form = database.form
    this.concurrency = database.concurrency
    this.#database = database
    this.clearing = {
      truncate: () => this.#withControl((connection) => truncate(connection, this.#plan, database.dialect)),
      remove: ({ pieces }) =>
        this.#withWriter(async (connection, { dataset: { entities } }) => {
          for (const rows of pieces) await connection.stage(entities[rows.entity] as TableSchema, rows)
          for (const entity of entities.toReversed()) await connection.run(deleteStagedRows(entity, entities))
        }),
      forget: () =>
        this.#withControl(async (connection) => {
          for (const table of [partsTable, seedsTable])
            await connection.run(`DELETE FROM ${table.name} WHERE ${isOf(this.#plan.provenance)}`)
        }),
    }
  }

  recall(dataset: DatasetKey): Promise<Provenance | undefined> {
    return this.#database.exists()
      ? this.#withControl((connection) => recallOn(this.#database, connection, dataset))
      : Promise.resolve(undefined)
  }

  async inspect(plan: SeedPlan): Promise<PartSet> {
    if (!this.#database.exists()) return new PartSet()
    checkProvenance(this.name, await this.recall(plan.provenance), plan)
    return this.#withControl((connection) => checkTables(this.#database, connection, plan))
  }

  async begin(plan: SeedPlan): Promise<PartSet> {
    this.#begun = plan
    await this.#withControl((connection) => this.#database.lock(connection, plan))
    const done = await this.inspect(plan)
    await this.#withControl((connection) => createTables(this.#database, connection, plan))
    return done
  }

  write(batch: Batch): Promise<void> {
    const { dialect } = this.#database
    return this.#withWriter((connection, { dataset, provenance }) =>
      writeBatch(connection, batch, { dataset, provenance, dialect }),
    )
  }

  async verifier(plan: SeedPlan): Promise<Verifier> {
    const { check, end } = await this.#explained(() => databaseVerifier(this.#database, plan))
    return { check: (batch) => this.#explained(() => check(batch)), end }
  }

  finish(): Promise<void> {
    return this.#withControl(async (connection) => {
      const { entities } = this.#plan.dataset
      for (const sql of this.#database.optimize?.(entities) ?? []) await connection.run(sql)
    })
  }

  async close(): Promise<void> {
    this.#idle.length = 0
    this.#control = undefined
    await this.#database.close()
  }

  get #plan(): SeedPlan {
    if (!this.#begun) throw new Error('A target is written to after it has begun.')
    return this.#begun
  }

  async #explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw error instanceof Error && error.name === 'Failure' ? error : this.#database.explain(error, 'seed')
    }
  }

  #withControl<T>(work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    return this.#explained(async () => work(await (this.#control ??= this.#database.connect())))
  }

  /** Works in a transaction on a connection that has empty staging tables. */
  #withWriter(work: (connection: SqlConnection, plan: SeedPlan) => Promise<void>): Promise<void> {
    return this.#explained(async () => {
      const { dialect } = this.#database
      const { entities } = this.#plan.dataset
      const writer = this.#idle.pop() ?? (await this.#openWriter(entities))
      await inTransaction(writer, async () => {
        // Postgres empties them at the end of a transaction, and would keep the space of rows that are deleted.
        if (dialect !== 'postgres')
          for (const entity of entities) await writer.run(`DELETE FROM ${stagingTable(entity)}`)
        await work(writer, this.#plan)
      })
      this.#idle.push(writer)
    })
  }

  async #openWriter(entities: readonly TableSchema[]): Promise<SqlConnection> {
    const connection = await this.#database.connect()
    for (const entity of entities) await connection.run(createStaging(entity, this.#database.dialect))
    return connection
  }
}

/** Returns the parts that are there already. @throws Failure for tables of another form. */
async function checkTables(database: SqlDatabase, connection: SqlConnection, plan: SeedPlan): Promise<PartSet> {
  const { name, dialect } = database
  const done = new PartSet()
  for (const entity of [seedsTable, partsTable, ...plan.dataset.entities]) {
    const found = await database.columns(connection, entity.name)
    if (found.length > 0) checkTable(name, entity, found, (column) => typeAsReported(column, dialect, entity))
    if (entity === partsTable && found.length > 0)
      for (const note of await notesOn(connection, plan.provenance)) if (isUpToDate(note, plan)) done.add(note)
  }
  return done
}

async function truncate(
  connection: SqlConnection,
  { dataset, provenance }: SeedPlan,
  dialect: SqlDatabase['dialect'],
): Promise<void> {
  const tables = [...dataset.entities.toReversed(), partsTable, seedsTable].map((entity) => entity.name)
  await inTransaction(connection, async () => {
    // Foreign keys let Postgres truncate all at once only.
    if (dialect === 'postgres') await connection.run(`TRUNCATE ${sqlNames(tables)}`)
    else for (const table of tables) await connection.run(`DELETE FROM ${sqlName(table)}`)
    await connection.run(upsert(seedsTable, seedCells(provenance), dialect))
  })
}

type DatasetKey = Pick<Provenance, 'api' | 'form' | 'seed'>

/** Returns the condition that a note is of a dataset. */
const isOf = ({ api, form, seed }: DatasetKey): string =>
  `api = ${sqlText(api)} AND form = ${sqlText(form)} AND seed = ${sqlText(seed)}`

async function inTransaction(connection: SqlConnection, work: () => Promise<void>): Promise<void> {
  await connection.run('BEGIN')
  try {
    await work()
    await connection.run('COMMIT')
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined)
    throw error
  }
}

async function recallOn(
  database: SqlDatabase,
  connection: SqlConnection,
  dataset: DatasetKey,
): Promise<Provenance | undefined> {
  if ((await database.columns(connection, seedsTable.name)).length === 0) return undefined
  const [row] = await connection.all<{ facts: string }>(`SELECT facts FROM ${seedsTable.name} WHERE ${isOf(dataset)}`)
  const facts = row && readProvenance(row.facts)
  if (row && !facts)
    throw failure(`seed ${database.name}`, {
      expected: `${seedsTable.name} to be as it was written`,
      received: 'facts that cannot be read',
      cure: 'Put back a copy of that table, or name another database.',
    })
  return facts
}

/** Returns the notes of the parts that are there, or of one. Databases differ in how they give whole numbers and days to JavaScript. */
async function notesOn(connection: SqlConnection, dataset: DatasetKey, where = ''): Promise<readonly PartNote[]> {
  const rows = await connection.all<Record<keyof PartNote, unknown>>(
    `SELECT stage, ${sqlNames(['number', 'last'])}, CAST(today AS char(10)) AS today FROM ${partsTable.name} WHERE ${isOf(dataset)}${where}`,
  )
  return rows.map(({ stage, number, last, today }) => ({
    stage: stage as PartNote['stage'],
    number: Number(number),
    last: Number(last),
    today: String(today),
  }))
}

async function createTables(database: SqlDatabase, connection: SqlConnection, plan: SeedPlan): Promise<void> {
  const { dialect, lockTables } = database
  await inTransaction(connection, async () => {
    if (lockTables !== undefined) await connection.all(lockTables)
    for (const entity of [seedsTable, partsTable, ...plan.dataset.entities])
      if ((await database.columns(connection, entity.name)).length === 0)
        for (const sql of createTable(entity, dialect)) await connection.run(sql)
    await connection.run(upsert(seedsTable, seedCells(plan.provenance), dialect))
  })
}

async function writeBatch(
  connection: SqlConnection,
  { part, pieces }: Batch,
  {
    dataset: { entities },
    provenance,
    dialect,
  }: Pick<SeedPlan, 'dataset' | 'provenance'> & { readonly dialect: Dialect },
): Promise<void> {
  const { stage, number } = part
  const [before] = await notesOn(
    connection,
    provenance,
    ` AND stage = ${sqlText(stage)} AND ${sqlName('number')} = ${number}`,
  )
  // Another share that writes the same master data waits here for the first.
  await connection.run(upsert(partsTable, partCells(provenance, part), dialect))
  for (const rows of pieces) await connection.stage(entities[rows.entity] as TableSchema, rows)
  for (const { entity } of pieces) await connection.run(mergeFromStaging(entities[entity] as TableSchema, dialect))
  if (!before || stage === 'master') return
  for (const entity of entities)
    if (entity.owner !== undefined) await connection.run(deleteSurplusRows(entity, entities))
}
