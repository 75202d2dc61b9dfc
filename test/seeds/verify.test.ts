import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { filesTarget, makeHere, seedInto, sqliteTarget, verifySeeded } from '../../seeds/index.ts'
import type { Compression, EncodingName, SeedTarget, Verified } from '../../seeds/index.ts'
import { planOf } from './support/plan.ts'

const folder = mkdtempSync(join(tmpdir(), 'proforma-verify-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const plan = planOf()
const make = makeHere(plan.dataset)
const verify = (target: SeedTarget): Promise<Verified> => verifySeeded(target, plan, { make })

describe('a database that is read back', () => {
  const file = join(folder, 'a.db')
  const change = (sql: string): void => {
    const database = new DatabaseSync(file)
    database.exec(`PRAGMA foreign_keys = OFF; ${sql}`)
    database.close()
  }
  const seedAnew = async (): Promise<void> => {
    rmSync(file, { force: true })
    await seedInto(sqliteTarget(file), plan, { make })
  }

  it('has every row as it was written', async () => {
    await seedAnew()
    const { rows, discrepancies, isWhole } = await verify(sqliteTarget(file))
    expect([rows.invoices, discrepancies, isWhole]).toEqual([600, [], true])
    expect(Object.keys(rows)).toEqual(plan.dataset.entities.map(({ name }) => name))
  })

  it.each([
    ['UPDATE invoices SET note = $x WHERE rowid <= 2', ['invoices: 2 missing, or other than they were written']],
    ['DELETE FROM payments WHERE rowid = 1', ['payments: 1 missing, or', 'invoices: 1 break “paid is the sum']],
    [
      'INSERT INTO taxes SELECT invoice_id, 9, category, name, rate, base, 0, reason FROM taxes LIMIT 1',
      ['taxes: 1 too many'],
    ],
    [
      'UPDATE invoices SET total = total + 1 WHERE rowid = 1',
      ['invoices: 1 missing, or', 'invoices: 1 break “total = sub'],
    ],
    ['DELETE FROM products WHERE rowid = 1', ['products: 1 missing, or', 'name products that are not there']],
  ])('tells that of %s', async (sql, expected) => {
    await seedAnew()
    change(sql.replace('$x', "'other'"))
    const { discrepancies } = await verify(sqliteTarget(file))
    const said = discrepancies.map(({ entity, what, rows }) => `${entity}: ${rows} ${what}`).join('\n')
    for (const part of expected) expect(said).toContain(part)
  })
})

describe('files that are read back', () => {
  const target = (encoding: EncodingName, compression?: Compression): SeedTarget =>
    filesTarget(join(folder, `b.${encoding}`), {
      form: { encoding, ...(compression && { compression }) },
      suffix: `.${encoding}`,
      force: true,
    })

  it.each([
    ['csv', undefined],
    ['ndjson', 'gzip'],
    ['json', 'zstd'],
    ['sql', undefined],
  ] as const)(
    'of %s (%s) are byte for byte what was written, until one byte changes',
    async (encoding, compression) => {
      await seedInto(target(encoding, compression), plan, { make })
      expect((await verify(target(encoding, compression))).discrepancies).toEqual([])
      const file = join(folder, encoding === 'sql' ? 'b.sql' : `b.invoices.${encoding}`)
      const bytes = readFileSync(file)
      appendFileSync(file, ' ')
      expect((await verify(target(encoding, compression))).discrepancies).toMatchObject([
        { what: 'followed by something else' },
      ])
      bytes[bytes.length - 40] = (bytes[bytes.length - 40] as number) ^ 1
      writeFileSync(file, bytes)
      expect((await verify(target(encoding, compression))).discrepancies).toMatchObject([
        { what: 'other than they were written, or moved' },
      ])
    },
  )
})
