import { finished } from 'node:stream/promises'
import type { Client } from 'pg'
import { failure } from '../spec/index.ts'
import type { Batch } from './batch.ts'
import { PartSet } from './dataset.ts'
import {
  columnList,
  commentOn,
  createTable,
  deleteSurplusRows,
  sqlName,
  insertInto,
  sqlNames,
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
import { explainPostgres, withoutCredentials } from './postgres-errors.ts'
import type { Provenance, SeedPlan, SeedTarget } from './target.ts'

/** Milliseconds to wait for a connection. */
const patience = 10_000

/**
 * Returns a target of tables in Postgres, made where they are absent, in the schema that the connection finds first. Rows go by COPY into a
 * temporary table and from there, where they differ, into the table: one transaction a part.
 * @param address `postgres://user:password@host:5432/database`; what it leaves out is taken from `PGPASSWORD` and the like
 */
export function postgresTarget(address: string, concurrency: number): SeedTarget {
  const name = withoutCredentials(address)
  const clients: Client[] = []
  const idle: Client[] = []
  let plan: SeedPlan | undefined

  async function connect(): Promise<Client> {
    const { default: pg } = await load(name)
    const client = new pg.Client({
      connectionString: address,
      connectionTimeoutMillis: patience,
      application_name: 'proforma',
      keepAlive: true,
    })
    // Told by the query that it breaks.
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query(`SET client_min_messages = warning; SET timezone = 'UTC'; SET synchronous_commit = on`)
    } catch (error) {
      await client.end().catch(() => undefined)
      throw explainPostgres(name, address, error)
    }
    clients.push(client)
    return client
  }

  /** Runs what the first connection is for: locks, tables, notes. */
  const withControl = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const client = clients[0] ?? (await connect())
    try {
      return await work(client)
    } catch (error) {
      throw explainPostgres(name, address, error)
    }
  }

  const recall = ({ api, form, seed }: Pick<Provenance, 'api' | 'form' | 'seed'>): Promise<Provenance | undefined> =>
    withControl(async (client) => {
      if ((await columnsOf(client, seedsTable)).length === 0) return undefined
      const found = await client.query<{ facts: string }>(
        `SELECT facts FROM ${seedsTable.name} WHERE api = $1 AND form = $2 AND seed = $3`,
        [api, form, seed],
      )
      return found.rows[0] && (JSON.parse(found.rows[0].facts) as Provenance)
    })

  async function inspect(wanted: SeedPlan): Promise<PartSet> {
    const { dataset, provenance } = wanted
    checkProvenance(name, await recall(provenance), wanted)
    return withControl(async (client) => {
      for (const entity of [seedsTable, partsTable, ...dataset.entities]) {
        const found = await columnsOf(client, entity)
        if (found.length > 0) checkTable(name, entity, found, typeIn)
      }
      const done = new PartSet()
      if ((await columnsOf(client, partsTable)).length > 0)
        for (const note of await notesOf(client, provenance)) if (isUpToDate(note, wanted)) done.add(note)
      return done
    })
  }

  /** Does something on a connection of its own, whole or not at all. */
  async function withWriter(work: (client: Client) => Promise<void>): Promise<void> {
    const client = idle.pop() ?? (await connectToWrite())
    try {
      await client.query('BEGIN')
      await work(client)
      await client.query('COMMIT')
      idle.push(client)
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined)
      throw explainPostgres(name, address, error)
    }
  }

  return {
    name,
    form: { encoding: 'copy' },
    isShared: true,
    concurrency,
    recall,
    inspect,
    async begin(wanted) {
      plan = wanted
      await withControl((client) => lock(client, name, wanted))
      const done = await inspect(wanted)
      await withControl((client) => makeTables(client, wanted.dataset.entities))
      await withControl((client) => insert(client, seedsTable, seedCells(wanted.provenance)))
      return done
    },
    clearing: {
      truncate: () =>
        withControl(async (client) => {
          const tables = [...(plan as SeedPlan).dataset.entities, partsTable, seedsTable]
          await client.query(`TRUNCATE ${sqlNames(tables.map((entity) => entity.name))}`)
          await insert(client, seedsTable, seedCells((plan as SeedPlan).provenance))
        }),
      remove: (batch) => withWriter((client) => removeBatch(client, batch, plan as SeedPlan)),
      forget: () =>
        withControl(async (client) => {
          const { api, form, seed } = (plan as SeedPlan).provenance
          for (const { name: table } of [partsTable, seedsTable])
            await client.query(`DELETE FROM ${table} WHERE api = $1 AND form = $2 AND seed = $3`, [api, form, seed])
        }),
    },
    write: (batch) => withWriter((client) => writeBatch(client, batch, plan as SeedPlan)),
    finish: () =>
      withControl(async (client) => {
        for (const entity of plan?.dataset.entities ?? []) await client.query(`ANALYZE ${sqlName(entity.name)}`)
      }),
    async close() {
      await Promise.all(clients.splice(0).map((client) => client.end().catch(() => undefined)))
      idle.length = 0
    },
  }

  async function connectToWrite(): Promise<Client> {
    const client = await connect()
    for (const entity of plan?.dataset.entities ?? [])
      await client
        .query(
          `CREATE TEMPORARY TABLE ${stagingTable(entity)} ON COMMIT DELETE ROWS AS SELECT ${columnList(entity)} FROM ${sqlName(entity.name)} WITH NO DATA`,
        )
        .catch((error: unknown) => {
          throw explainPostgres(name, address, error)
        })
    return client
  }
}

const load = (name: string): Promise<typeof import('pg')> =>
  optionalPackage(['pg', 'pg-copy-streams'], `open ${name}`, async () => {
    await import('pg-copy-streams')
    return import('pg')
  })

/**
 * Keeps others from writing the same dataset: a run of the whole is alone, one of a share alone with its share. The lock ends with the
 * connection.
 */
async function lock(client: Client, name: string, { provenance: { api, form, seed }, shard }: SeedPlan): Promise<void> {
  const whole = `proforma ${api} ${form} ${seed}`
  const attempts: [suffix: string, key: string][] = shard
    ? [
        ['_shared', whole],
        ['', `${whole} ${shard.number}/${shard.of}`],
      ]
    : [['', whole]]
  for (const [suffix, key] of attempts) {
    const { rows } = await client.query<{ ok: boolean }>(
      `SELECT pg_try_advisory_lock${suffix}(hashtextextended($1, 0)) AS ok`,
      [key],
    )
    if (rows[0]?.ok !== true)
      throw failure(`seed ${name}`, {
        expected: 'to be the only one who writes this there',
        received: 'another run that is at work',
        cure: 'Wait for it, or write shares (--shard 1/2, --shard 2/2).',
      })
  }
}

/** Makes the tables that are absent; whoever else does so waits. */
async function makeTables(client: Client, entities: readonly TableSchema[]): Promise<void> {
  await client.query(`BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('proforma tables', 0))`)
  try {
    for (const entity of [seedsTable, partsTable, ...entities]) {
      const found = await columnsOf(client, entity)
      if (found.length === 0) await client.query(`${createTable(entity, 'postgres')}${commentOn(entity)}`)
    }
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** As Postgres itself calls the type of a column. */
const typeIn = (column: Column): string =>
  sqlType(column, 'postgres').replace('timestamptz', 'timestamp with time zone')

async function columnsOf(client: Client, { name }: TableSchema): Promise<readonly FoundColumn[]> {
  const { rows } = await client.query<FoundColumn>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type
     FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [sqlName(name)],
  )
  return rows
}

async function insert(
  client: Client,
  entity: TableSchema,
  cells: readonly (string | number)[],
): Promise<'new' | 'moved' | 'same'> {
  const places = cells.map((_, place) => `$${place + 1}`).join(', ')
  const { rows } = await client.query<{ is_new: boolean }>(
    `${insertInto(entity)} (${places}) ${onConflictUpdate(entity)} RETURNING xmax = 0 AS is_new`,
    [...cells],
  )
  return rows[0] === undefined ? 'same' : rows[0].is_new ? 'new' : 'moved'
}

async function notesOf(client: Client, { api, form, seed }: Provenance): Promise<readonly PartNote[]> {
  const { rows } = await client.query<Omit<PartNote, 'number' | 'last'> & { number: string; last: string }>(
    `SELECT stage, number, last, today::text FROM ${partsTable.name} WHERE api = $1 AND form = $2 AND seed = $3`,
    [api, form, seed],
  )
  return rows.map((row) => ({ ...row, number: Number(row.number), last: Number(row.last) }))
}

async function writeBatch(
  client: Client,
  { part, pieces }: Batch,
  { dataset: { entities }, provenance }: SeedPlan,
): Promise<void> {
  // Whoever writes the same part waits here, and finds it done.
  const noted = await insert(client, partsTable, partCells(provenance, part))
  if (noted !== 'same') {
    for (const { entity, bytes } of pieces) await copyInto(client, entities[entity] as TableSchema, bytes)
    for (const { entity } of pieces) await client.query(mergeFromStaging(entities[entity] as TableSchema))
    if (noted === 'moved')
      for (const entity of entities)
        if (entity.owner !== undefined && part.stage === 'invoices')
          await client.query(deleteSurplusRows(entity, entities))
  }
}

async function removeBatch(client: Client, { pieces }: Batch, { dataset: { entities } }: SeedPlan): Promise<void> {
  for (const { entity, bytes } of pieces) await copyInto(client, entities[entity] as TableSchema, bytes)
  for (const entity of entities.toReversed()) await client.query(deleteStagedRows(entity, entities))
}

async function copyInto(client: Client, entity: TableSchema, bytes: Uint8Array): Promise<void> {
  const { from } = await import('pg-copy-streams')
  const stream = client.query(from(`COPY ${stagingTable(entity)} (${columnList(entity)}) FROM STDIN`))
  stream.end(bytes)
  await finished(stream)
}
