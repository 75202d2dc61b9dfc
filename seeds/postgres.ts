// Seeds Postgres.

import { finished } from 'node:stream/promises'
import type { Client } from 'pg'
import { failure } from '../spec/index.ts'
import { databaseTarget } from './database.ts'
import type { SqlConnection, SqlDatabase } from './database.ts'
import type { FoundColumn } from './notes.ts'
import { optionalPackage } from './optional.ts'
import { columnList, sqlName, sqlText, stagingTable } from './sql.ts'
import type { SeedPlan, SeedTarget } from './target.ts'
import { goesOn, isLostConnection, isSilent, serverAddress, withoutSecrets } from './server-address.ts'

/** Milliseconds to wait for a connection. */
const patience = 7_000

/**
 * Returns a target of tables in Postgres, in the schema that the connection finds first. Rows go by COPY.
 * @param address `postgres://user:password@host:5432/database`; what it leaves out is taken from `PGPASSWORD` and the like
 */
export const postgresTarget = (address: string, concurrency: number): SeedTarget =>
  databaseTarget(postgresDatabase(address, concurrency))

/** Returns a database of this kind; nothing is opened yet. */
export function postgresDatabase(address: string, concurrency: number): SqlDatabase {
  const name = serverAddress(address, 'Postgres')
  const clients: Client[] = []
  return {
    name,
    dialect: 'postgres',
    form: { encoding: 'copy' },
    concurrency,
    exists: () => true,
    async connect() {
      const { default: pg } = await optionalPackage(['pg', 'pg-copy-streams'], `open ${name}`, async () => {
        await import('pg-copy-streams')
        return import('pg')
      })
      const client = new pg.Client({
        connectionString: address,
        connectionTimeoutMillis: patience,
        application_name: 'proforma',
        keepAlive: true,
      })
      // Told by the query that it breaks.
      client.on('error', () => undefined)
      clients.push(client)
      await client.connect()
      await client.query(`SET client_min_messages = warning; SET timezone = 'UTC'; SET synchronous_commit = on`)
      return connectionTo(client)
    },
    columns: ({ all }, table) =>
      all<FoundColumn>(
        `SELECT attname AS name, format_type(atttypid, atttypmod) AS type
         FROM pg_attribute WHERE attrelid = to_regclass(${sqlText(sqlName(table))}) AND attnum > 0 AND NOT attisdropped`,
      ),
    lock: (connection, plan) => lockDataset(connection, name, plan),
    lockTables: `SELECT pg_advisory_xact_lock(hashtextextended('proforma tables', 0))`,
    optimize: (entities) => entities.map((entity) => `ANALYZE ${sqlName(entity.name)}`),
    explain: (error, doing) => explainPostgres(error, doing, name, address),
    async close() {
      await Promise.all(clients.splice(0).map((client) => client.end().catch(() => undefined)))
    },
  }
}

const connectionTo = (client: Client): SqlConnection => ({
  run: (sql) => client.query(sql),
  all: async <T>(sql: string) => (await client.query(sql)).rows as T[],
  async stage(table, { bytes }) {
    const { from } = await import('pg-copy-streams')
    const stream = client.query(from(`COPY ${stagingTable(table)} (${columnList(table)}) FROM STDIN`))
    stream.end(bytes)
    await finished(stream)
  },
})

/**
 * Keeps others from writing the same dataset: a run of the whole is alone, one of a share alone with its share. The lock ends with the
 * connection.
 */
async function lockDataset(
  { all }: SqlConnection,
  name: string,
  { provenance: { api, form, seed }, shard }: SeedPlan,
): Promise<void> {
  const whole = `proforma ${api} ${form} ${seed}`
  const attempts: [suffix: string, key: string][] = shard
    ? [
        ['_shared', whole],
        ['', `${whole} ${shard.number}/${shard.of}`],
      ]
    : [['', whole]]
  for (const [suffix, key] of attempts) {
    const [row] = await all<{ ok: boolean }>(
      `SELECT pg_try_advisory_lock${suffix}(hashtextextended(${sqlText(key)}, 0)) AS ok`,
    )
    if (row?.ok !== true)
      throw failure(`seed ${name}`, {
        expected: 'to be the only one who writes this there',
        received: 'another run that is at work',
        cure: 'Wait for it, or write shares (--shard 1/2, --shard 2/2).',
      })
  }
}

const causes: Readonly<Record<string, readonly [received: string, cure?: string]>> = {
  ECONNREFUSED: ['nobody there (connection refused)', 'Start one, or name another address.'],
  ENOTFOUND: ['an unknown name', 'Name another host.'],
  EAI_AGAIN: ['an unknown name', 'Name another host.'],
  '28P01': ['a refusal of the user or password', 'Say them in the address, or the password in PGPASSWORD.'],
  '28000': ['a refusal of the user', 'Name another, or let this one in (pg_hba.conf).'],
  '3D000': ['no database of that name', 'Make it (createdb), or name another.'],
  '42501': ['no right to do that', 'Grant it, or name another user or schema.'],
  '3F000': ['no schema that tables could be made in', 'Make one, or name it: ?options=-c%20search_path%3Ddemo.'],
  '53100': ['a full disk', 'The same command goes on from there.'],
  '53300': ['too many connections', 'Say --jobs 1, or wait.'],
  '57P01': ['its shutdown', goesOn],
}

function explainPostgres(
  error: unknown,
  doing: Parameters<SqlDatabase['explain']>[1],
  name: string,
  address: string,
): ReturnType<SqlDatabase['explain']> {
  const { code = '', message } = (error instanceof AggregateError ? error.errors[0] : error) as NodeJS.ErrnoException
  const [received, cure] =
    causes[code] ??
    (isSilent(`${message} ${code}`)
      ? [`no answer for ${patience / 1000} seconds`, 'Name another address.']
      : isLostConnection(`${message} ${code}`)
        ? ['a lost connection', goesOn]
        : [withoutSecrets(message === '' ? code || 'nothing' : message, address, process.env.PGPASSWORD)])
  return failure(`${doing} ${name}`, {
    expected: `a Postgres that ${doing === 'seed' ? 'takes it' : 'answers'}`,
    received,
    // What a report has not read, nobody has written.
    ...(cure !== undefined && (doing === 'seed' || cure !== goesOn) && { cure }),
  })
}
