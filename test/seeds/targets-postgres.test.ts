import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  duckdbTarget,
  filesTarget,
  makeHere,
  parquetTarget,
  postgresTarget,
  seedInto,
  sqliteTarget,
} from '../../seeds/index.ts'
import type { EncodingName, SeedTarget } from '../../seeds/index.ts'
import { query, startPostgres } from '../support/postgres.ts'
import type { Postgres } from '../support/postgres.ts'
import { planOf } from './support/plan.ts'

const folder = mkdtempSync(join(tmpdir(), 'proforma-targets-'))
let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Amounts by currency, children beside their invoices, as one row a currency. */
const sums = (table: (name: string) => string): string => `
  SELECT i.currency AS currency, count(*) AS invoices, sum(i.total) AS total, sum(i.due) AS due,
    sum((SELECT sum(l.net) FROM ${table('lines')} l WHERE l.invoice_id = i.id)) AS nets,
    sum((SELECT sum(p.amount) FROM ${table('payments')} p WHERE p.invoice_id = i.id)) AS paid,
    min(i.number) AS first, max(i.created_at) AS last, count(i.note) AS notes
  FROM ${table('invoices')} i JOIN ${table('customers')} c ON c.id = i.customer_id
  GROUP BY i.currency ORDER BY i.currency`

/** Engines spell numbers and moments differently. */
const plain = (rows: readonly unknown[]): unknown[] =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row as Record<string, unknown>).map(([name, value]) => [
        name,
        value instanceof Date || name === 'last'
          ? new Date(
              value instanceof Date ? value : String(value).replace(/\+00$/, 'Z').replace(' ', 'T'),
            ).toISOString()
          : /^-?[\d.]+$/.test(String(value))
            ? Number(value).toFixed(2)
            : value,
      ]),
    ),
  )

async function inDuckdb(sql: string, file = ':memory:', before = ''): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(file)
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  for (const statement of before.split(';').filter((text) => text.trim() !== '')) await connection.run(statement)
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson()
  connection.closeSync()
  instance.closeSync()
  return rows
}

describe('the same seed', () => {
  it('gives the same rows and sums in every target', async () => {
    const plan = planOf()
    const address = await postgres.database()
    const at = (name: string): string => join(folder, name)
    const files = (encoding: EncodingName, compression?: 'gzip'): SeedTarget =>
      filesTarget(at(`books.${encoding}`), {
        form: { encoding, ...(compression && { compression }) },
        suffix: `.${encoding}`,
        force: true,
      })
    const seed = (target: SeedTarget): Promise<unknown> => seedInto(target, plan, { make: makeHere(plan.dataset) })
    const byName = (name: string): string => name
    const found: Record<string, unknown[]> = {}

    await seed(postgresTarget(address, 2))
    found.postgres = await query(address, sums(byName))
    await seed(sqliteTarget(at('a.sqlite')))
    const sqlite = new DatabaseSync(at('a.sqlite'))
    found.sqlite = sqlite.prepare(sums(byName)).all()
    sqlite.close()
    await seed(duckdbTarget(at('a.duckdb')))
    found.duckdb = await inDuckdb(sums(byName), at('a.duckdb'))
    await seed(parquetTarget(at('books.parquet'), false))
    found.parquet = await inDuckdb(sums((name) => `'${at(`books.${name}.parquet`)}'`))
    await seed(files('csv'))
    found.csv = await inDuckdb(sums((name) => `'${at(`books.${name}.csv`)}'`))
    await seed(files('ndjson'))
    found.ndjson = await inDuckdb(sums((name) => `read_json('${at(`books.${name}.ndjson`)}')`))
    await seed(files('json'))
    found.json = await inDuckdb(sums((name) => `read_json('${at(`books.${name}.json`)}')`))
    await seed(files('sql'))
    const script = readFileSync(at('books.sql'), 'utf8')
    const loaded = new DatabaseSync(':memory:')
    loaded.exec(script)
    found['SQL in SQLite'] = loaded.prepare(sums(byName)).all()
    loaded.close()
    const other = await postgres.database()
    await query(other, script)
    found['SQL in Postgres'] = await query(other, sums(byName))

    const expected = plain(found.postgres)
    expect(expected.length).toBeGreaterThan(3)
    for (const [name, rows] of Object.entries(found)) expect([name, plain(rows)]).toEqual([name, expected])
    expect(Object.keys(found)).toHaveLength(9)
  })
})
