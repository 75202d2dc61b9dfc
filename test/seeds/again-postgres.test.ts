import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { duckdbTarget, makeHere, postgresTarget, removeFrom, seedInto, sqliteTarget } from '../../seeds/index.ts'
import type { SeedPlan, Seeded, SeedTarget } from '../../seeds/index.ts'
import { query, startPostgres } from '../support/postgres.ts'
import type { Postgres } from '../support/postgres.ts'
import { planOf } from './support/plan.ts'

const folder = mkdtempSync(join(tmpdir(), 'proforma-again-'))
let postgres: Postgres
const addresses: string[] = []
beforeAll(async () => {
  postgres = await startPostgres()
  addresses.push(await postgres.database(), await postgres.database())
})
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A database of each kind, and what asks it. */
const kinds: Readonly<
  Record<string, readonly [open: (name: number) => SeedTarget, ask: (name: number, sql: string) => Promise<unknown[]>]>
> = {
  SQLite: [
    (name) => sqliteTarget(join(folder, `${name}.sqlite`)),
    async (name, sql) => {
      const database = new DatabaseSync(join(folder, `${name}.sqlite`))
      const rows = database.prepare(sql).all()
      database.close()
      return rows
    },
  ],
  DuckDB: [
    (name) => duckdbTarget(join(folder, `${name}.duckdb`)),
    async (name, sql) => {
      const instance = await DuckDBInstance.create(join(folder, `${name}.duckdb`))
      const connection = await instance.connect()
      const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson()
      connection.closeSync()
      instance.closeSync()
      return rows
    },
  ],
  Postgres: [
    (name) => postgresTarget(addresses[name] as string, 2),
    (name, sql) => query(addresses[name] as string, sql),
  ],
}

describe.each(Object.entries(kinds))('%s', (_, [open, ask]) => {
  const seed = (name: number, plan: SeedPlan, truncate = false): Promise<Seeded> =>
    seedInto(open(name), { ...plan, isAnew: truncate }, { make: makeHere(plan.dataset), truncate })
  const contents = async (name: number, { dataset }: SeedPlan): Promise<unknown[]> => {
    const tables: unknown[] = []
    for (const entity of dataset.entities)
      tables.push(await ask(name, `SELECT * FROM ${entity.name} ORDER BY ${entity.key.join(', ')}`))
    return tables
  }
  const [first, other] = [
    planOf({ epoch: '2024-06-03', invoices: 300 }),
    planOf({ epoch: '2024-06-03', invoices: 300, seed: 8 }),
  ]

  it('gets the invoices of later days, and what was there stays what it is', async () => {
    await seed(0, first)
    const larger = planOf({ epoch: '2024-06-03', invoices: 500, today: '2026-03-01' })
    await seed(0, larger)
    await seed(1, larger)
    expect(await contents(0, larger)).toEqual(await contents(1, larger))
    expect(await ask(0, 'SELECT facts FROM proforma_seeds')).toEqual([{ facts: JSON.stringify(larger.provenance) }])
  })

  it('is rid of what a seed wrote, and of nothing else', async () => {
    const grown = planOf({ epoch: '2024-06-03', invoices: 500, today: '2026-03-01' })
    await seed(0, other)
    await removeFrom(open(0), grown, { make: makeHere(grown.dataset) })
    await removeFrom(open(1), grown, { make: makeHere(grown.dataset) })
    expect(await contents(1, grown)).toEqual(grown.dataset.entities.map(() => []))
    await seed(1, other)
    expect(await contents(0, other)).toEqual(await contents(1, other))
    expect(await ask(0, 'SELECT seed FROM proforma_seeds')).toEqual([{ seed: '8' }])
    expect(await open(0).recall(first.provenance)).toBeUndefined()
  })

  it('begins anew when it is emptied, whatever was in it', async () => {
    const earlier = planOf({ epoch: '2024-06-03', invoices: 300, seed: 8, today: '2025-12-01' })
    await expect(seed(0, earlier)).rejects.toThrow(/Time runs forward in a database\./)
    await seed(0, earlier, true)
    const [{ newest } = { newest: '' }] = (await ask(
      0,
      `SELECT CAST(max(issue_date) AS varchar(10)) AS newest FROM invoices`,
    )) as { newest: string }[]
    expect(newest <= '2025-12-01').toBe(true)
    expect(await open(0).recall(earlier.provenance)).toEqual(earlier.provenance)
    expect(await seed(0, earlier)).toMatchObject({ parts: 0 })
  })

  it('is looked at without a change', async () => {
    const before = await contents(1, other)
    const target = open(1)
    const later = planOf({ epoch: '2024-06-03', invoices: 300, seed: 8, today: '2026-05-01' })
    const found = await target.inspect(later)
    await target.close()
    expect([found.has({ stage: 'master', number: 0 }), found.has({ stage: 'invoices', number: 0 })]).toEqual([
      true,
      false,
    ])
    expect(await contents(1, other)).toEqual(before)
    expect(await open(1).recall(other.provenance)).toEqual(other.provenance)
  })
})
