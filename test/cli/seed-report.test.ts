import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import type { SeedReport } from '../../seeds/index.ts'
import { newFolder } from './support/command.ts'
import type { Finished } from './support/command.ts'
import { runHere } from './support/run-here.ts'

const folder = newFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const line = ['truto', '-n', '120', '--today', '2026-01-15']
const seed = (...args: readonly string[]): Promise<Finished> => runHere(['seed', ...line, ...args], { cwd: folder })
const report = (...args: readonly string[]): Promise<Finished> => runHere(['report', ...args], { cwd: folder })
const edit = (file: string, sql: string): void => {
  const database = new DatabaseSync(join(folder, file))
  database.exec(sql)
  database.close()
}

describe('report', () => {
  it('tells the same of a database, of tables as files and of the objects of an API', async () => {
    for (const to of ['sqlite:r.db', 'r.csv', 'r.ndjson.gz']) expect(await seed('--to', to)).toMatchObject({ code: 0 })
    const day = ['--today', '2026-01-15']
    const tell = async (...args: readonly string[]): Promise<SeedReport> => {
      const { code, stdout, stderr } = await report(...args, '--format', 'json')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      return JSON.parse(stdout) as SeedReport
    }
    const database = await tell('--from', 'sqlite:r.db')
    const tables = await tell('--from', 'r.csv', ...day)
    const objects = await tell('truto', '--from', 'r.ndjson.gz', ...day)
    expect(database.invoices).toBe(120)
    expect(database.aging.length).toBeGreaterThan(0)
    expect(tables).toEqual(database)
    // An API may have fewer words for statuses, and so another sum that is owed.
    const totals = ({ currencies }: SeedReport): unknown =>
      currencies.map(({ name, invoices, money }) => [name, invoices, money.map(({ total, paid }) => [total, paid])])
    expect(totals(objects)).toEqual(totals(database))
  })

  it('is read by people as text or Markdown, with as many customers as are asked for', async () => {
    const text = await report('--from', 'sqlite:r.db', '--top', '2')
    expect(text.stdout).toMatch(/^120 invoices of \d+ customers, issued from 20\d\d-\d\d-\d\d to 2026-01-1\d\n/)
    expect(text.stdout).toMatch(/\nCustomers \(2 of \d+\)\n/)
    const { stdout } = await report('--from', 'sqlite:r.db', '--format', 'markdown', '--top', '0')
    expect(stdout).toMatch(/^# 120 invoices of /)
    expect(stdout).toMatch(
      /\n## Statuses\n\n\| status \| invoices \| currency \| total \| paid \| due \|\n\| --- \| ---: \|/,
    )
    expect(stdout).not.toMatch(/## Customers \([1-9]/)
  })

  it.each([
    [['--from', 'nowhere.ndjson'], /received none of that name\./],
    [
      ['--from', 'sqlite:nowhere.db'],
      /expected a table of invoices that proforma has seeded but received none of that name\./,
    ],
    [['--from', 'ftp://a.test/b'], /--from: expected a file, .* received an address that begins with ftp:\/\//],
    [['--from', 'r.ndjson.gz'], /expected the API or document whose objects these are but received none\./],
    [['stuut', '--from', 'r.ndjson.gz'], /expected invoices as stuut shows them/],
    [['--from', 'sqlite:r.db', '--format', 'html'], /--format: expected/],
    [[], /--from/],
  ] as const)('refuses %j in a sentence', async (args, said) => {
    const { code, stdout, stderr } = await report(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(said)
    expect(stderr).not.toMatch(/\n {4}at /)
  })
})

describe('seed --verify', () => {
  it.each(['sqlite:v.db', 'v.ndjson'])('reads %s back, and again where all is there', async (to) => {
    for (const again of to === 'v.ndjson' ? [false] : [false, true]) {
      const { code, stderr } = await seed('--to', to, '--verify')
      expect(code).toBe(0)
      expect(stderr).toMatch(again ? /^Wrote 0 / : /^Wrote 120 /)
      expect(stderr).toMatch(/\nRead [\d,]+ rows back from .*: all as they were written \(.*120 invoices/)
    }
  })

  it('ends with 1 where a row is another, and leaves it to be looked at', async () => {
    edit('v.db', 'UPDATE invoices SET total = total + 1 WHERE rowid = 7')
    const { code, stderr } = await seed('--to', 'sqlite:v.db', '--verify')
    expect(code).toBe(1)
    expect(stderr).toMatch(/and not all is as it was written:\n {2}invoices: 1 row /)
    edit('v.db', 'UPDATE invoices SET total = total - 1 WHERE rowid = 7')
    expect(await seed('--to', 'sqlite:v.db', '--verify')).toMatchObject({ code: 0 })
  })

  it.each([
    [['--to', '-'], /--verify: expected a target that can be read back but received standard output/],
    [['--to', 'sqlite:v.db', '--clean', '--yes'], /--verify: .* received one that is cleaned/],
  ] as const)('is a misuse with %j', async (args, said) => {
    const { code, stderr } = await seed(...args, '--verify')
    expect(code).toBe(2)
    expect(stderr).toMatch(said)
  })

  it('says of a file that is replaced by force what has been read back of the new one', async () => {
    writeFileSync(join(folder, 'v.ndjson'), 'old')
    expect(await seed('--to', 'v.ndjson', '--verify', '--force')).toMatchObject({ code: 0 })
    expect(readFileSync(join(folder, 'v.ndjson'), 'utf8').trimEnd().split('\n')).toHaveLength(120)
  })
})
