import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { patience } from '../support/patience.ts'
import { main, newFolder, run } from './support/command.ts'
import type { Finished } from './support/command.ts'
import { runHere } from './support/run-here.ts'

const folder = newFolder()
beforeEach(() => readdirSync(folder).forEach((file) => rmSync(join(folder, file), { recursive: true })))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
const line = ['seed', 'truto', '--invoices', '40', '--today', '2026-01-15']
const seed = (...args: readonly string[]): Promise<Finished> => runHere([...line, ...args], { cwd: folder })

describe('seed', () => {
  it('writes the same invoices as lines, as an array and to standard output', async () => {
    const lines = await seed('--to', 'a.ndjson')
    const array = await seed('--to', 'a.json')
    const piped = await run([...line, '--to', '-'], { cwd: folder })
    expect([lines.code, array.code, piped.code]).toEqual([0, 0, 0])
    expect(lines.stderr).toMatch(
      /^Wrote 40 truto invoices \([\d.]+ kB\) to a\.ndjson · seed 42 · epoch 2025-\d\d-\d\d · today 2026-01-15\n/,
    )
    expect(lines.stderr).toMatch(/^ +invoices +total +paid +due +current +1-30 +31-60 +61-90 +over 90\n +USD /m)
    expect(piped.stderr).toContain('to standard output')
    expect([lines.stdout, array.stdout]).toEqual(['', ''])
    expect(piped.stdout).toBe(read('a.ndjson'))
    const invoices = read('a.ndjson')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(invoices).toHaveLength(40)
    expect(JSON.parse(read('a.json'))).toEqual(invoices)
    expect(readdirSync(folder).toSorted()).toEqual(['a.json', 'a.ndjson'])
  })

  it('writes the form it is told, whatever the file is named', async () => {
    await seed('--to', 'a.txt', '--format', 'json')
    expect(JSON.parse(read('a.txt'))).toHaveLength(40)
  })

  it('writes the same bytes for the same seed and day only', async () => {
    const first = await seed('--to', '-')
    expect((await seed('--to', '-', '--seed', '42')).stdout).toBe(first.stdout)
    expect((await seed('--to', '-', '--seed', '43')).stdout).not.toBe(first.stdout)
    expect((await seed('--to', '-', '--today', '2026-01-16')).stdout).not.toBe(first.stdout)
  })

  it('replaces a file by force', async () => {
    writeFileSync(join(folder, 'a.json'), 'old')
    expect(await seed('--to', 'a.json', '--force')).toMatchObject({ code: 0 })
    expect(JSON.parse(read('a.json'))).toHaveLength(40)
  })

  it('writes nothing of no invoices', async () => {
    expect(await seed('--invoices', '0', '--to', '-')).toMatchObject({ code: 0, stdout: '' })
  })

  it('goes on where a signal or a crash stopped it, and leaves the old file as it was until then', async () => {
    const args = ['seed', 'truto', '--invoices', '30000', '--today', '2026-01-15', '--to', 'a.ndjson', '--jobs', '1']
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGKILL', null],
    ] as const) {
      const child = spawn(process.execPath, [main, ...args], {
        cwd: folder,
        stdio: 'ignore',
        timeout: patience - 10_000,
        killSignal: 'SIGKILL',
      })
      const ended = new Promise((resolve) => child.on('close', resolve))
      const partial = join(folder, '.a.ndjson.proforma', 'a.ndjson')
      const before = existsSync(partial) ? statSync(partial).size : 0
      while (!existsSync(partial) || statSync(partial).size <= before)
        await new Promise((resolve) => setTimeout(resolve, 20))
      child.kill(signal)
      expect(await ended).toBe(code)
      expect(readdirSync(folder)).toEqual(['.a.ndjson.proforma'])
    }
    const finished = await run(args, { cwd: folder })
    expect(finished).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/ · \d+ parts? of 120 were there already/),
    })
    await run([...args.slice(0, -3), 'b.ndjson', '--jobs', '2'], { cwd: folder })
    expect(readdirSync(folder)).toEqual(['a.ndjson', 'b.ndjson'])
    expect(read('a.ndjson') === read('b.ndjson')).toBe(true)
  })

  it('writes tables of the books, and only those that are named', async () => {
    expect(await seed('--to', 'books.csv', '--entities', 'invoices,lines')).toMatchObject({ code: 0 })
    expect(readdirSync(folder)).toEqual(['books.invoices.csv', 'books.lines.csv'])
    const one = await seed('--to', '-', '--as', 'relational', '--entities', 'payments', '--money', 'minor')
    expect(JSON.parse(one.stdout.split('\n')[0] ?? '')).toMatchObject({ position: 1, amount: expect.any(Number) })
  })

  it('tells its progress as JSON', async () => {
    const { stderr } = await seed('--to', 'a.ndjson', '--progress', 'json')
    expect(JSON.parse(stderr.split('\n')[0] ?? '')).toMatchObject({ parts: 1, done: 1, invoices: 40, secondsLeft: 0 })
  })

  it('takes its share from the environment of a job', async () => {
    const share = ['--invoices', '1000', '--to', 's.ndjson', '--shard', 'job/2']
    expect((await seed(...share)).stderr).toMatch(/expected JOB_COMPLETION_INDEX to be a number but received none\./)
    const job = { cwd: folder, env: { JOB_COMPLETION_INDEX: '1' } }
    expect(await runHere([...line, ...share], job)).toMatchObject({ code: 0 })
    await seed('--invoices', '1_000', '--to', 'whole.ndjson')
    expect(read('whole.ndjson').endsWith(read('s.ndjson'))).toBe(true)
    expect(read('s.ndjson').split('\n')).toHaveLength(501)
  })

  it.each([
    [['--to', 'a.xlsx'], /^Failed to read --to: expected a name that ends in .* received "a\.xlsx"\. Say --format/],
    [['--to', 'a.json', '--shard', '1/2'], /^Failed to read --shard: .* received json\. Say \.ndjson\./],
    [['--to', '-', '--shard', '5/4'], /expected a share from 1\/4 to 4\/4 but received 5\/4\./],
    [['--to', '-', '--shard', 'x'], /expected a share like 2\/8, or job\/8 but received "x"\./],
    [['--to', '-', '--entities', 'invoice'], /Did you mean "invoices"\?/],
    [['--to', '-', '--as', 'relational', '--entities', 'invoices,lins'], /received "lins"\. Did you mean "lines"\?/],
    [
      ['--to', '-', '--as', 'relational'],
      /expected one entity but received sellers, customers, .* Name one with --entities/,
    ],
    [['--to', '-', '--entities', ','], /expected names with commas between them but received ","\./],
    [['--to', '-', '--invoices', '1e99'], /received "1e99"\./],
  ])('refuses %j in one sentence, and writes nothing', async (args, sentence) => {
    const { code, stdout, stderr } = await seed(...args)
    expect([code, stdout, readdirSync(folder)]).toEqual([2, '', []])
    expect(stderr).toMatch(sentence)
    expect(stderr).not.toMatch(/^ +at /m)
  })

  it('shows the optional properties it is told to', async () => {
    const bare = await seed('--optional', 'none', '--to', '-')
    expect(bare.stdout.split('\n')[0]).toMatch(/^\{"id":"[^"]+"\}$/)
    const slip = await seed('--optional', 'nonne', '--to', '-')
    expect([slip.code, slip.stderr]).toEqual([2, expect.stringContaining('Did you mean "none"?')])
  })

  it('ends quietly when its reader has seen enough', async () => {
    const child = spawn(
      process.execPath,
      [main, 'seed', 'truto', '--invoices', '2000000000', '--progress', 'none', '--to', '-'],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: patience - 10_000,
        killSignal: 'SIGKILL',
      },
    )
    let told = ''
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
    child.stdout.once('data', () => child.stdout.destroy())
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect({ code, told }).toEqual({ code: 0, told: '' })
  })
})

describe('a database', () => {
  const into = (...args: readonly string[]): Promise<Finished> =>
    runHere(['seed', 'truto', '--to', 'sqlite:demo.db', ...args], { cwd: folder })
  const newest = (): unknown => {
    const database = new DatabaseSync(join(folder, 'demo.db'), { readOnly: true })
    const row = database.prepare('SELECT count(*) AS count, max(issue_date) AS newest FROM invoices').get()
    database.close()
    return row
  }

  it('ages like a company when the same command runs on a later day', async () => {
    await into('-n', '400', '--today', '2026-01-15')
    expect(newest()).toEqual({ count: 400, newest: '2026-01-15' })
    const again = await into('-n', '400', '--today', '2026-01-15')
    expect(again.stderr).toMatch(/^Wrote 0 truto invoices .*\n.* · 3 parts of 3 were there already\n$/)
    expect((await into('-n', '400', '--today', '2026-02-13', '--dry-run')).stderr).toMatch(
      /^Would write \d parts of \d, 4\d\d invoices, to demo\.db/,
    )
    expect(newest()).toEqual({ count: 400, newest: '2026-01-15' })
    await into('-n', '400', '--today', '2026-02-13')
    const { count, newest: day } = newest() as { count: number; newest: string }
    expect(count).toBeGreaterThan(405)
    expect(day >= '2026-02-10' && day <= '2026-02-13').toBe(true)
    const back = await into('-n', '400', '--today', '2026-01-15')
    expect([back.code, back.stderr]).toEqual([2, expect.stringMatching(/Time runs forward in a database\./)])
  })

  it('is emptied or rid of a seed only by a yes', async () => {
    await into('-n', '100', '--today', '2026-01-15')
    for (const what of ['--clean', '--truncate'])
      expect((await into(what)).stderr).toMatch(/expected --yes, or a terminal to ask on but received neither\./)
    expect((await into('--clean', '--yes', '--seed', '5')).stderr).toBe('Nothing of seed 5 is in demo.db.\n')
    expect((await into('--clean', '--yes')).stderr).toBe('Removed 100 invoices of seed 42 from demo.db.\n')
    expect(newest()).toEqual({ count: 0, newest: null })
    expect(await into('--truncate', '--yes', '-n', '50', '--today', '2025-06-01')).toMatchObject({ code: 0 })
    expect(newest()).toMatchObject({ count: 50 })
    const file = await seed('--to', 'a.ndjson', '--clean', '--yes')
    expect(file.stderr).toMatch(/expected a database but received a\.ndjson\. Files are replaced with --force\./)
  })
})
