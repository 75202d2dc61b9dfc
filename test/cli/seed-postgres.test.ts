import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { patience } from '../support/patience.ts'
import { query, startPostgres } from '../support/postgres.ts'
import type { Postgres } from '../support/postgres.ts'
import { main, run } from './support/command.ts'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

const args = ['seed', 'truto', '--invoices', '8000', '--today', '2026-01-15', '--jobs', '1']

/** Returns a checksum over every row of the invoices, lines and payments. */
const checksum = (address: string): Promise<unknown> =>
  Promise.all(
    ['customers', 'invoices', 'lines', 'payments'].map((table) =>
      query(address, `SELECT count(*), sum(hashtextextended(t::text, 0)) FROM ${table} AS t`),
    ),
  )

describe('seed', () => {
  it('fills Postgres from four processes, one of which is killed, as one process does', async () => {
    const [one, four] = [await postgres.database(), await postgres.database()]
    expect(await run([...args, '--to', one])).toMatchObject({ code: 0 })
    const share = (number: number): string[] => [...args, '--to', four, '--shard', `${number}/4`]
    const victim = spawn(process.execPath, [main, ...share(1)], { stdio: 'ignore', timeout: patience - 10_000 })
    const ended = once(victim, 'close')
    const others = Promise.all([2, 3, 4].map((number) => run(share(number))))
    await expect
      .poll(() => query(four, `SELECT 1 FROM proforma_parts WHERE number > 0 AND number < 7`).catch(() => []))
      .not.toEqual([])
    victim.kill('SIGKILL')
    await ended
    expect((await others).map(({ code }) => code)).toEqual([0, 0, 0])
    expect(await run(share(1))).toMatchObject({ code: 0 })
    expect(await checksum(four)).toEqual(await checksum(one))
  })

  it('keeps the first day of the books, adds what was issued since, and says no password', async () => {
    const address = await postgres.database()
    const issued = (): Promise<unknown[]> =>
      query(address, `SELECT number, issue_date::text FROM invoices WHERE issue_date <= '2026-01-15' ORDER BY number`)
    const first = await run(['seed', 'truto', '-n', '500', '--today', '2026-01-15', '--to', address])
    const before = await issued()
    const later = await run(['seed', 'truto', '-n', '500', '--today', '2026-02-15', '--to', address])
    expect([first.code, later.code]).toEqual([0, 0])
    expect(first.stderr + later.stderr).not.toMatch(/p@ss|p%40ss/)
    expect(later.stderr).toMatch(/^Wrote 5[1-9]\d truto invoices .* to postgres:\/\/127\.0\.0\.1:\d+\//)
    expect(before).toHaveLength(500)
    expect((await issued()).slice(0, 500)).toEqual(before)
  })
})
