import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { duckdbTarget, makeHere, parquetTarget, seedInto } from '../../seeds/index.ts'
import type { MakeBatches, SeedPlan, Seeded } from '../../seeds/index.ts'
import { breakingAfter, planOf } from './support/plan.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proforma-duckdb-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const file = (name = 'a.db'): string => join(folder, name)

const seed = (plan: SeedPlan, name = 'a.db', make: MakeBatches = makeHere(plan.dataset)): Promise<Seeded> =>
  seedInto(name.endsWith('.db') ? duckdbTarget(file(name)) : parquetTarget(file(name), false), plan, { make })

async function ask(sql: string, name = ':memory:'): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(name === ':memory:' ? name : file(name))
  const connection = await instance.connect()
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson()
  connection.closeSync()
  instance.closeSync()
  return rows
}

async function contents({ dataset }: SeedPlan, name = 'a.db'): Promise<unknown[]> {
  const all: unknown[] = []
  for (const { name: table, key } of dataset.entities)
    all.push(await ask(`SELECT * FROM ${table} ORDER BY ${key.join(', ')}`, name))
  return all
}

describe('DuckDB', () => {
  it('has every row once, and grows older in place', async () => {
    await seed(planOf({ today: '2026-01-15' }))
    const later = planOf({ today: '2026-03-01' })
    expect(await seed(later)).toMatchObject({ parts: 3, skipped: 1 })
    expect(await seed(later)).toMatchObject({ parts: 0, skipped: 4 })
    await seed(later, 'new.db')
    expect(await contents(later)).toEqual(await contents(later, 'new.db'))
    expect(readdirSync(folder).sort()).toEqual(['a.db', 'new.db'])
  })

  it('goes on where it was interrupted', async () => {
    const plan = planOf()
    await expect(seed(plan, 'a.db', breakingAfter(plan, 2))).rejects.toThrow('broken')
    expect(await seed(plan)).toMatchObject({ parts: 2, skipped: 2 })
    await seed(plan, 'whole.db')
    expect(await contents(plan)).toEqual(await contents(plan, 'whole.db'))
  })

  it('keeps the objects of an API as JSON', async () => {
    await seed(planOf({ form: 'api', api: 'truto' }))
    expect(
      await ask(`SELECT count(*)::int AS n, bool_and(document->>'id' = id) AS same FROM invoices`, 'a.db'),
    ).toEqual([{ n: 600, same: true }])
  })

  it('is left alone where it is none, or has other columns', async () => {
    writeFileSync(file('text.db'), 'x'.repeat(20_000))
    await expect(seed(planOf(), 'text.db')).rejects.toThrow(
      /^Failed to open .*text\.db: expected a file of DuckDB, or a new one but received a file of something else\./,
    )
    expect(readFileSync(file('text.db'), 'utf8')).toBe('x'.repeat(20_000))
    await ask('CREATE TABLE invoices (id UUID, number INTEGER)', 'a.db')
    await expect(seed(planOf())).rejects.toThrow(/expected a column number of type varchar .* one of type INTEGER\./)
  })
})

describe('Parquet', () => {
  it('is a file for each entity, with types, and goes on where it was interrupted', async () => {
    const plan = planOf()
    await expect(seed(plan, 'books.parquet', breakingAfter(plan, 2))).rejects.toThrow('broken')
    expect(readdirSync(folder)).toEqual(['.books.parquet.proforma'])
    expect(await seed(plan, 'books.parquet')).toMatchObject({ parts: 2, skipped: 2 })
    expect(readdirSync(folder).sort()).toEqual(plan.dataset.entities.map(({ name }) => `books.${name}.parquet`).sort())
    await seed(plan, 'a.db')
    const asked = 'SELECT currency, count(*) AS n, sum(total) AS total, sum(paid) AS paid FROM'
    const [fromParquet, fromDatabase] = [
      await ask(`${asked} '${file('books.invoices.parquet')}' GROUP BY currency ORDER BY currency`),
      await ask(`${asked} invoices GROUP BY currency ORDER BY currency`, 'a.db'),
    ]
    expect(fromParquet).toEqual(fromDatabase)
    expect(
      await ask(
        `SELECT column_type FROM (DESCRIBE SELECT total, issue_date, created_at FROM '${file('books.invoices.parquet')}')`,
      ),
    ).toEqual(['DECIMAL(18,2)', 'DATE', 'TIMESTAMP WITH TIME ZONE'].map((type) => ({ column_type: type })))
  })

  it('replaces no file that exists', async () => {
    writeFileSync(file('books.lines.parquet'), 'mine')
    await expect(seed(planOf(), 'books.parquet')).rejects.toThrow(/books\.lines\.parquet: expected a new file/)
    expect(readdirSync(folder)).toEqual(['books.lines.parquet'])
  })
})
