import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeHere, seedInto, sqliteTarget } from '../../seeds/index.ts'
import type { MakeBatches, SeedPlan, Seeded } from '../../seeds/index.ts'
import { breakingAfter, planOf } from './support/plan.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proforma-sqlite-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const file = (name = 'a.db'): string => join(folder, name)

const seed = (plan: SeedPlan, name?: string, make: MakeBatches = makeHere(plan.dataset)): Promise<Seeded> =>
  seedInto(sqliteTarget(file(name)), plan, { make })

/** Returns everything that stands in the tables of a plan. */
function contents({ dataset }: SeedPlan, name?: string): Record<string, unknown[]> {
  const database = new DatabaseSync(file(name))
  const all = dataset.entities.map((entity) => [
    entity.name,
    database.prepare(`SELECT * FROM ${entity.name} ORDER BY ${entity.key.join(', ')}`).all(),
  ])
  database.close()
  return Object.fromEntries(all) as Record<string, unknown[]>
}

describe('SQLite', () => {
  it('has every row once, with keys that lead somewhere, however often it is seeded', async () => {
    const plan = planOf()
    await seed(plan)
    const before = contents(plan)
    expect(before.invoices).toHaveLength(600)
    const database = new DatabaseSync(file())
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([])
    database.close()
    expect(await seed(plan)).toMatchObject({ parts: 0, skipped: 4 })
    expect(contents(plan)).toEqual(before)
    expect(readdirSync(folder)).toEqual(['a.db'])
  })

  it('grows older in place: it is what a database seeded on the later day would be', async () => {
    await seed(planOf({ today: '2026-01-15' }))
    const later = planOf({ today: '2026-03-01' })
    expect(await seed(later)).toMatchObject({ parts: 3, skipped: 1 })
    await seed(later, 'new.db')
    expect(contents(later)).toEqual(contents(later, 'new.db'))
    await expect(seed(planOf({ today: '2026-02-01' }))).rejects.toThrow(
      /expected a day from 2026-03-01.* received 2026-02-01\./,
    )
  })

  it('goes on where it was interrupted, and shares of several runs are the whole', async () => {
    const plan = planOf()
    await seed(plan, 'whole.db')
    await expect(seed(plan, 'a.db', breakingAfter(plan, 2))).rejects.toThrow('broken')
    expect(await seed(plan)).toMatchObject({ parts: 2, skipped: 2 })
    for (const number of [2, 3, 1]) await seed({ ...plan, shard: { number, of: 3 } }, 'shares.db')
    expect([contents(plan), contents(plan, 'shares.db')]).toEqual(Array(2).fill(contents(plan, 'whole.db')))
  })

  it('keeps the objects of an API as JSON, beside tables and other seeds', async () => {
    const [api, other] = [planOf({ form: 'api', api: 'truto' }), planOf({ form: 'api', api: 'truto', seed: 8 })]
    await seed(api)
    await seed(other)
    const rows = contents(api).invoices as { id: string; document: string }[]
    expect(rows).toHaveLength(1200)
    expect(rows.map(({ document }) => (JSON.parse(document) as { id: string }).id)).toEqual(rows.map(({ id }) => id))
  })

  it('belongs to one run at a time', async () => {
    const plan = planOf()
    let second: unknown
    await seed(plan, 'a.db', async function* (parts, form) {
      for await (const batch of makeHere(plan.dataset)(parts, form)) {
        second ??= await seed(plan).catch((error: Error) => error.message)
        yield batch
      }
    })
    expect(second).toMatch(/expected to be the only one who writes there but received another run that is at work\./)
  })

  it('is left alone where its tables have other columns, or it is none', async () => {
    const database = new DatabaseSync(file())
    database.exec('CREATE TABLE invoices (id TEXT PRIMARY KEY, number INTEGER)')
    database.close()
    await expect(seed(planOf())).rejects.toThrow(
      /expected a column number of type TEXT in the table invoices that exists but received one of type INTEGER\./,
    )
    writeFileSync(file('text.db'), 'a text that is longer than the header of a database, so that it is no empty one')
    await expect(seed(planOf(), 'text.db')).rejects.toThrow(/received a file of something else\./)
    await expect(seed(planOf(), 'no/a.db')).rejects.toThrow(/received one in no folder \(/)
    const tables = new DatabaseSync(file())
    expect(tables.prepare('SELECT name FROM sqlite_master WHERE type = ?').all('table')).toEqual([{ name: 'invoices' }])
    tables.close()
  })
})
