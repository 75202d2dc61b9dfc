import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeHere, mysqlTarget, removeFrom, seedInto, verifySeeded } from '../../seeds/index.ts'
import type { MakeBatches, SeedPlan, Seeded } from '../../seeds/index.ts'
import { queryMysql, startMysql } from '../support/mysql.ts'
import type { Mysql } from '../support/mysql.ts'
import { breakingAfter, planOf } from './support/plan.ts'

let mysql: Mysql
beforeAll(async () => {
  mysql = await startMysql()
})
afterAll(() => mysql.stop())
let address = ''
beforeEach(async () => {
  address = await mysql.database()
})

const seed = (plan: SeedPlan, make: MakeBatches = makeHere(plan.dataset), to = address): Promise<Seeded> =>
  seedInto(mysqlTarget(to), plan, { make })

/** Returns everything that stands in the tables of a plan. */
async function contents({ dataset }: SeedPlan, at = address): Promise<Record<string, unknown>> {
  const all = dataset.entities.map(async ({ name, key }) => [
    name,
    await queryMysql(at, `SELECT * FROM \`${name}\` ORDER BY ${key.join(', ')}`),
  ])
  return Object.fromEntries(await Promise.all(all)) as Record<string, unknown>
}

describe('MySQL', () => {
  it('has every row once with types and keys, however often it is seeded, and interrupted', async () => {
    const plan = planOf()
    await expect(seed(plan, breakingAfter(plan, 2))).rejects.toThrow('broken')
    await seed(plan)
    const before = await contents(plan)
    expect(before.invoices).toHaveLength(600)
    expect(await seed(plan)).toMatchObject({ parts: 0, skipped: 4 })
    expect(await contents(plan)).toEqual(before)
    expect((await verifySeeded(mysqlTarget(address), plan, { make: makeHere(plan.dataset) })).discrepancies).toEqual([])
    expect(
      await queryMysql(
        address,
        `SELECT count(*) AS wrong FROM invoices i WHERE total <> subtotal + tax
         OR line_total <> (SELECT sum(net) FROM \`lines\` WHERE invoice_id = i.id)
         OR paid <> (SELECT coalesce(sum(amount), 0) FROM payments WHERE invoice_id = i.id)`,
      ),
    ).toEqual([{ wrong: 0 }])
    expect(
      await queryMysql(
        address,
        `SELECT COLUMN_COMMENT AS says, COLUMN_TYPE AS type FROM information_schema.COLUMNS
         WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'invoices' AND COLUMN_NAME IN ('number', 'total')`,
      ),
    ).toEqual([
      { says: 'As printed on it.', type: 'text' },
      { says: 'subtotal + tax.', type: 'decimal(18,2)' },
    ])
  })

  it('grows older in place: it is what a database seeded on the later day would be', async () => {
    await seed(planOf({ today: '2026-01-15' }))
    const later = planOf({ today: '2026-03-01' })
    expect(await seed(later)).toMatchObject({ parts: 3, skipped: 1 })
    const fresh = await mysql.database()
    await seed(later, undefined, fresh)
    expect(await contents(later)).toEqual(await contents(later, fresh))
    await removeFrom(mysqlTarget(address), later, { make: makeHere(later.dataset) })
    expect(Object.values(await contents(later)).flat()).toEqual([])
  })

  it('keeps the objects of an API as JSON, whatever characters are in them', async () => {
    const plan = planOf({ form: 'api', api: 'stuut', invoices: 120 })
    await seed(plan)
    expect(
      await queryMysql(
        address,
        `SELECT count(*) AS count, sum(json_unquote(json_extract(document, '$.id')) = id) AS same FROM invoices`,
      ),
    ).toEqual([{ count: 120, same: '120' }])
  })

  it('belongs to one run at a time, and its tables to columns of these types', async () => {
    const plan = planOf()
    let refused = ''
    await seed(plan, async function* (parts, form) {
      refused = await seed(plan).then(String, (error: Error) => error.message)
      yield* makeHere(plan.dataset)(parts, form)
    })
    expect(refused).toMatch(/received another run that is at work\. Wait for it\./)
    const other = await mysql.database()
    await queryMysql(other, 'CREATE TABLE invoices (id char(36) PRIMARY KEY, number integer)')
    await expect(seed(plan, undefined, other)).rejects.toThrow(
      /expected a column number of type text in the table invoices that exists but received one of type int/,
    )
  })

  it.each([
    [
      'a wrong password',
      (url: URL) => (url.password = 'secret'),
      /a refusal of the user or password\. .* MYSQL_PWD\.$/,
    ],
    ['no such database', (url: URL) => (url.pathname = '/nowhere'), /no database of that name\. Make it/],
    ['an address without a database', (url: URL) => (url.pathname = ''), /an address without a database\. Name one/],
    ['nobody there', (url: URL) => (url.port = '1'), /nobody there \(connection refused\)\./],
  ])('says %s in a sentence without the password', async (_, change, sentence) => {
    const url = new URL(address)
    change(url)
    const error = await seed(planOf(), undefined, url.href).catch((reason: unknown) => reason as Error)
    expect(error).toMatchObject({ name: 'Failure', message: expect.stringMatching(sentence) })
    expect((error as Error).message).not.toMatch(/secret|p@ss|p%40ss/)
  })
})
