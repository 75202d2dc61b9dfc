import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  duckdbDatabase,
  duckdbTarget,
  filesTarget,
  invoicesInDatabase,
  invoicesInFile,
  makeHere,
  parquetTarget,
  reportOn,
  seedInto,
  sqliteDatabase,
  sqliteTarget,
} from '../../seeds/index.ts'
import type { Compression, EncodingName, InvoiceReading, SeedReport, SeedTarget } from '../../seeds/index.ts'
import { builtIn, parseDay } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'
import { planOf } from './support/plan.ts'

const folder = mkdtempSync(join(tmpdir(), 'proforma-report-'))
const at = (name: string): string => join(folder, name)
const today = parseDay('2026-01-15') as Day
const now = today + 99
const books = planOf()
const files = (name: string, encoding: EncodingName, compression?: Compression): SeedTarget =>
  filesTarget(at(name), {
    form: { encoding, ...(compression && { compression }) },
    suffix: name.slice(name.indexOf('.')),
    force: true,
  })
const seed = (target: SeedTarget, plan = books): Promise<unknown> =>
  seedInto(target, plan, { make: makeHere(plan.dataset) })
const inFile = (name: string, source: Partial<InvoiceReading> = {}): Promise<SeedReport> =>
  reportOn(invoicesInFile(at(name), { today, now, ...source }))

let expected: SeedReport
beforeAll(async () => {
  await seed(sqliteTarget(at('a.db')))
  expected = await reportOn(invoicesInDatabase(sqliteDatabase(at('a.db')), { now }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a report', () => {
  it('has the sums of the books, and what is owed by the day that a database was seeded for', () => {
    const { summary } = { summary: expected }
    expect([summary.invoices, summary.last, summary.customers.length]).toEqual([600, '2026-01-15', 10])
    const sum = (groups: SeedReport['statuses']): number => groups.reduce((all, { invoices }) => all + invoices, 0)
    expect([sum(summary.statuses), sum(summary.months), sum(summary.currencies)]).toEqual([600, 600, 600])
    for (const { currency, due } of summary.aging) {
      const owed = summary.currencies.find(({ name }) => name === currency)?.money[0]?.due
      expect([currency, Object.values(due).reduce((all, each) => all + each, 0)]).toEqual([currency, owed])
    }
    expect(summary.aging.some(({ due }) => due['1-30'] > 0)).toBe(true)
  })

  it('is the same of every target', async () => {
    await seed(duckdbTarget(at('a.duckdb')))
    expect(await reportOn(invoicesInDatabase(duckdbDatabase(at('a.duckdb'), 'a'), { now }))).toEqual(expected)
    await seed(parquetTarget(at('b.parquet'), false))
    await seed(files('c.csv.gz', 'csv', 'gzip'))
    await seed(files('d.ndjson', 'ndjson'))
    await seed(files('e.ndjson.zst', 'ndjson', 'zstd'))
    await seed(files('f.json', 'json'))
    for (const name of ['b.parquet', 'c.csv.gz', 'd.ndjson', 'd.invoices.ndjson', 'e.ndjson.zst', 'f.json'])
      expect([name, await inFile(name)]).toEqual([name, expected])
  })

  it.each(['stuut', 'truto', 'nuntiq', 'customeros'] as const)('reads objects of %s by their roles', async (api) => {
    const plan = planOf({ form: 'api', api, invoices: 120 })
    const model = builtIn(api)
    await seed(files(`${api}.ndjson`, 'ndjson'), plan)
    await seed(sqliteTarget(at(`${api}.db`)), plan)
    const report = await inFile(`${api}.ndjson`, { model })
    expect(await reportOn(invoicesInDatabase(sqliteDatabase(at(`${api}.db`)), { model, now }))).toEqual(report)
    const tables = await seed(sqliteTarget(at(`${api}-books.db`)), planOf({ invoices: 120 })).then(() =>
      reportOn(invoicesInDatabase(sqliteDatabase(at(`${api}-books.db`)), { now })),
    )
    const totals = ({ currencies }: SeedReport): unknown[] =>
      currencies.map(({ name, invoices, money }) => [name, invoices, money[0]?.total])
    expect(totals(report)).toEqual(totals(tables))
    expect(report.customers.map(({ invoices }) => invoices)).toEqual(tables.customers.map(({ invoices }) => invoices))
  })

  it('is refused in a sentence where there is nothing to report on', async () => {
    writeFileSync(at('x.ndjson'), '{"a":1}\n')
    await expect(inFile('x.ndjson')).rejects.toThrow(/expected the API or document whose objects these are/)
    await expect(inFile('x.ndjson', { model: builtIn('truto') })).rejects.toThrow(
      /received one without a total: \{"a":1\}/,
    )
    appendFileSync(at('x.ndjson'), 'no JSON')
    await expect(inFile('nowhere.ndjson')).rejects.toThrow(/received none of that name\.$/)
    writeFileSync(at('y.ndjson'), '{"line_total":1,"currency":"EUR","total":1}\n{"cut')
    await expect(inFile('y.ndjson')).rejects.toThrow(
      'expected JSON in line 2 but received something else at position 5.',
    )
    await expect(reportOn(invoicesInDatabase(sqliteDatabase(at('none.db')), { now }))).rejects.toThrow(
      /expected a table of invoices that proforma has seeded but received none of that name\./,
    )
  })
})
