// Seeds MySQL and MariaDB.

import type { Connection } from 'mysql2/promise'
import { failure } from '../spec/index.ts'
import { databaseTarget } from './database.ts'
import type { SqlConnection, SqlDatabase } from './database.ts'
import { tupleSeparator } from './encodings.ts'
import type { FoundColumn } from './notes.ts'
import { optionalPackage } from './optional.ts'
import { goesOn, isLostConnection, isSilent, serverAddress, withoutSecrets } from './server-address.ts'
import { sqlText, stagingTable } from './sql.ts'
import type { SeedTarget } from './target.ts'

/** Milliseconds to wait for a connection. */
const patience = 7_000

/** Characters of one INSERT: servers take packets of a mebibyte at least, and 16 by default. */
const longestInsert = 900_000

/**
 * Returns a target of tables in MySQL or MariaDB. Rows go by INSERTs of many rows, one transaction at a time: transactions that insert side by
 * side lock each other's gaps.
 * @param address `mysql://user:password@host:3306/database`; a password that it leaves out is taken from `MYSQL_PWD`
 */
export const mysqlTarget = (address: string): SeedTarget => databaseTarget(mysqlDatabase(address))

/** Returns a database of this kind; nothing is opened yet. */
export function mysqlDatabase(address: string): SqlDatabase {
  const name = serverAddress(address, 'MySQL')
  let client: Connection | undefined
  let connection: SqlConnection | undefined
  return {
    name,
    dialect: 'mysql',
    form: { encoding: 'tuples' },
    concurrency: 1,
    exists: () => true,
    async connect() {
      if (connection) return connection
      const { createConnection } = await optionalPackage(['mysql2'], `open ${name}`, () => import('mysql2/promise'))
      const password = process.env.MYSQL_PWD
      client = await createConnection({
        uri: address,
        connectTimeout: patience,
        dateStrings: true,
        ...(new URL(address).password === '' && password !== undefined && { password }),
      })
      // Told by the query that it breaks.
      client.on('error', () => undefined)
      await client.query(
        `SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES', time_zone = '+00:00', ${await isolationVariable(client)} = 'READ-COMMITTED'`,
      )
      return (connection = connectionTo(client))
    },
    columns: async ({ all }, table) => {
      const found = await all<FoundColumn>(
        `SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ${sqlText(table)}`,
      )
      // MariaDB tells the width of whole numbers, and keeps JSON as text.
      return found.map((column) => ({
        ...column,
        type: column.type.replace(/^bigint\(\d+\)/i, 'bigint').replace(/^longtext/i, 'json'),
      }))
    },
    async lock({ all }, { provenance: { api, form, seed }, shard }) {
      const key = `proforma ${api} ${form} ${seed}${shard ? ` ${shard.number}/${shard.of}` : ''}`
      const [row] = await all<{ ok: unknown }>(`SELECT GET_LOCK(SHA1(${sqlText(key)}), 0) AS ok`)
      if (Number(row?.ok) !== 1)
        throw failure(`seed ${name}`, {
          expected: 'to be the only one who writes this there',
          received: 'another run that is at work',
          cure: 'Wait for it.',
        })
    },
    explain: (error, doing) => explainMysql(error, doing, name, address),
    async close() {
      await client?.end().catch(() => undefined)
      client = connection = undefined
    },
  }
}

/** MariaDB before 11.1 calls it `tx_isolation`. */
async function isolationVariable(client: Connection): Promise<string> {
  const [rows] = await client.query(`SHOW VARIABLES LIKE 'transaction_isolation'`)
  return (rows as unknown[]).length > 0 ? 'transaction_isolation' : 'tx_isolation'
}

const connectionTo = (client: Connection): SqlConnection => ({
  run: (sql) => client.query(sql),
  all: async <T>(sql: string) => (await client.query(sql))[0] as T[],
  async stage(table, { bytes }) {
    const insert = `INSERT INTO ${stagingTable(table)} VALUES `
    let values = ''
    for (const row of new TextDecoder().decode(bytes).split(tupleSeparator)) {
      if (values !== '' && values.length + row.length > longestInsert) {
        await client.query(insert + values)
        values = ''
      }
      values += values === '' ? row : `,${row}`
    }
    await client.query(insert + values)
  },
})

const causes: Readonly<Record<string, readonly [received: string, cure?: string]>> = {
  ECONNREFUSED: ['nobody there (connection refused)', 'Start one, or name another address.'],
  ENOTFOUND: ['an unknown name', 'Name another host.'],
  EAI_AGAIN: ['an unknown name', 'Name another host.'],
  ER_ACCESS_DENIED_ERROR: [
    'a refusal of the user or password',
    'Say them in the address, or the password in MYSQL_PWD.',
  ],
  ER_BAD_DB_ERROR: ['no database of that name', 'Make it (CREATE DATABASE), or name another.'],
  ER_NO_DB_ERROR: ['an address without a database', 'Name one: mysql://host/database.'],
  ER_DBACCESS_DENIED_ERROR: ['no right to use that database', 'Grant it, or name another user or database.'],
  ER_TABLEACCESS_DENIED_ERROR: ['no right to do that', 'Grant it, or name another user or database.'],
  ER_CON_COUNT_ERROR: ['too many connections', 'Wait.'],
  ER_DISK_FULL: ['a full disk', goesOn],
  ER_RECORD_FILE_FULL: ['a full disk', goesOn],
  ER_NET_PACKET_TOO_LARGE: ['a row that is longer than its max_allowed_packet', 'Raise max_allowed_packet.'],
  ER_SERVER_SHUTDOWN: ['its shutdown', goesOn],
  PROTOCOL_CONNECTION_LOST: ['a lost connection', goesOn],
}

function explainMysql(
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
        : [withoutSecrets(message === '' ? code || 'nothing' : message, address, process.env.MYSQL_PWD)])
  return failure(`${doing} ${name}`, {
    expected: `a MySQL that ${doing === 'seed' ? 'takes it' : 'answers'}`,
    received,
    // What a report has not read, nobody has written.
    ...(cure !== undefined && (doing === 'seed' || cure !== goesOn) && { cure }),
  })
}
