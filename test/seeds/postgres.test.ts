import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeHere, postgresTarget, seedInto, verifySeeded } from '../../seeds/index.ts'
import type { MakeBatches, SeedPlan, Seeded } from '../../seeds/index.ts'
import { query, startPostgres } from '../support/postgres.ts'
import type { Postgres } from '../support/postgres.ts'
import { breakingAfter, planOf } from './support/plan.ts'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())
let address = ''
beforeEach(async () => {
  address = await postgres.database()
})

const seed = (plan: SeedPlan, make: MakeBatches = makeHere(plan.dataset), to = address): Promise<Seeded> =>
  seedInto(postgresTarget(to, 2), plan, { make })

/** Returns everything that stands in the tables of a plan. */
async function contents({ dataset }: SeedPlan, at = address): Promise<Record<string, unknown>> {
  const all = dataset.entities.map(async ({ name, key }) => [
    name,
    await query(at, `SELECT * FROM ${name} ORDER BY ${key.join(', ')}`),
  ])
  return Object.fromEntries(await Promise.all(all)) as Record<string, unknown>
}

/** Waits on the first batch until something else has been tried. */
const meanwhile = (plan: SeedPlan, other: () => Promise<unknown>): MakeBatches =>
  async function* (parts, form) {
    let isFirst = true
    for await (const batch of makeHere(plan.dataset)(parts, form)) {
      if (isFirst) await other()
      isFirst = false
      yield batch
    }
  }

describe('Postgres', () => {
  it('has every row once with types and keys, however often it is seeded', async () => {
    const plan = planOf()
    await seed(plan)
    const before = await contents(plan)
    expect(before.invoices).toHaveLength(600)
    expect(await seed(plan)).toMatchObject({ parts: 0, skipped: 4 })
    expect(await contents(plan)).toEqual(before)
    expect(
      (await verifySeeded(postgresTarget(address, 2), plan, { make: makeHere(plan.dataset) })).discrepancies,
    ).toEqual([])
    expect(
      await query(
        address,
        `SELECT count(*)::int AS count FROM invoices i WHERE total <> subtotal + tax
         OR line_total <> (SELECT sum(net) FROM lines WHERE invoice_id = i.id)
         OR paid <> (SELECT coalesce(sum(amount), 0) FROM payments WHERE invoice_id = i.id)`,
      ),
    ).toEqual([{ count: 0 }])
    expect(
      await query(
        address,
        `SELECT col_description('invoices'::regclass, 2) AS says, pg_typeof(total)::text AS type FROM invoices LIMIT 1`,
      ),
    ).toEqual([{ says: 'As printed on it.', type: 'numeric' }])
  })

  it('grows older in place: it is what a database seeded on the later day would be', async () => {
    await seed(planOf({ today: '2026-01-15' }))
    const later = planOf({ today: '2026-03-01' })
    expect(await seed(later)).toMatchObject({ parts: 3, skipped: 1 })
    const fresh = await postgres.database()
    await seed(later, undefined, fresh)
    expect(await contents(later)).toEqual(await contents(later, fresh))
    await expect(seed(planOf({ today: '2026-02-01' }))).rejects.toThrow(/Time runs forward in a database\./)
  })

  it('goes on where a lost connection interrupted it, and shares that run at once are the whole', async () => {
    const plan = planOf()
    const whole = await postgres.database()
    await seed(plan, undefined, whole)
    let batches = 0
    const cutting: MakeBatches = async function* (parts, form) {
      for await (const batch of makeHere(plan.dataset)(parts, form)) {
        if (batches++ === 2) await postgres.cut(address)
        yield batch
      }
    }
    await expect(seed(plan, cutting)).rejects.toThrow(
      /received a lost connection\. .*the same command goes on from there\.$|received its shutdown/,
    )
    await expect(seed(plan, breakingAfter(plan, 1))).rejects.toThrow('broken')
    await seed(plan)
    const shares = await postgres.database()
    await Promise.all([1, 2, 3].map((number) => seed({ ...plan, shard: { number, of: 3 } }, undefined, shares)))
    const expected = await contents(plan, whole)
    expect([await contents(plan), await contents(plan, shares)]).toEqual([expected, expected])
  })

  it('belongs to one run at a time, or to shares of it', async () => {
    const plan = planOf()
    const refused: string[] = []
    const attempt = async (other: SeedPlan): Promise<void> => {
      await seed(other).catch((error: Error) => refused.push(error.message))
    }
    const third: SeedPlan = { ...plan, shard: { number: 1, of: 3 } }
    const other = planOf({ seed: 8 })
    const otherThird: SeedPlan = { ...other, shard: { number: 1, of: 3 } }
    await seed(
      plan,
      meanwhile(plan, async () => {
        await attempt(plan)
        await attempt(third)
      }),
    )
    await seed(
      otherThird,
      meanwhile(other, () => attempt(otherThird)),
    )
    expect(refused).toHaveLength(3)
    for (const sentence of refused)
      expect(sentence).toMatch(/expected to be the only one .* received another run that is at work\./)
  })

  it('keeps the objects of an API as jsonb', async () => {
    const plan = planOf({ form: 'api', api: 'truto' })
    await seed(plan)
    expect(
      await query(
        address,
        `SELECT count(*)::int AS count, count(DISTINCT document->>'id')::int AS ids, bool_and(document->>'id' = id) AS same FROM invoices`,
      ),
    ).toEqual([{ count: 600, ids: 600, same: true }])
  })

  it('is left alone where its tables have other columns; others of its own may stand beside them', async () => {
    await query(address, 'CREATE TABLE invoices (id uuid PRIMARY KEY, number integer)')
    await expect(seed(planOf())).rejects.toThrow(
      /expected a column number of type text in the table invoices that exists but received one of type integer\./,
    )
    expect(await query(address, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([
      { tablename: 'invoices' },
    ])
    const own = await postgres.database()
    await query(
      own,
      'CREATE TABLE products (id uuid PRIMARY KEY, shelf text, code text, name text, description text, type text, unit text, list_price numeric(18,2))',
    )
    await seed(planOf(), undefined, own)
    const articles = 'count(*) > 0 AS some, count(*) = count(DISTINCT code) AS each, count(shelf)::int AS shelved'
    expect(await query(own, `SELECT ${articles} FROM products`)).toEqual([{ some: true, each: true, shelved: 0 }])
  })

  it.each([
    [
      'a wrong password',
      (url: URL) => (url.password = 'secret'),
      /a refusal of the user or password\. .* PGPASSWORD\.$/,
    ],
    ['no such database', (url: URL) => (url.pathname = '/nowhere'), /no database of that name\. Make it/],
    ['nobody there', (url: URL) => (url.port = '1'), /nobody there \(connection refused\)\./],
  ])('says %s in a sentence without the password', async (_, change, sentence) => {
    const url = new URL(address)
    change(url)
    const error = await seed(planOf(), undefined, url.href).catch((reason: unknown) => reason as Error)
    expect(error).toMatchObject({ name: 'Failure', message: expect.stringMatching(sentence) })
    expect((error as Error).message).not.toMatch(/secret|p@ss|p%40ss/)
  })

  it('says who may not make tables', async () => {
    const name = `reader_${process.pid}`
    await query(address, `CREATE ROLE ${name} LOGIN PASSWORD 'secret'`)
    const url = Object.assign(new URL(address), { username: name, password: 'secret' })
    await expect(seed(planOf(), undefined, url.href)).rejects.toThrow(/received no right to do that\. Grant it/)
    await query(address, `DROP ROLE ${name}`)
  })

  it('takes no address in which a password may have spilled', () => {
    for (const wrong of ['postgres://demo:p@ss/word@host/db', 'postgres://demo:p a@ss@host:x/db'])
      expect(() => postgresTarget(wrong, 1)).toThrow(
        'Failed to read the address of Postgres: expected one like postgres://user:password@host:5432/database but received another form.',
      )
  })
})
