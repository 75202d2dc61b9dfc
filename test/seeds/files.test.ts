import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { filesTarget, makeHere, seedInto } from '../../seeds/index.ts'
import type { EncodingName, MakeBatches, SeedPlan, Seeded } from '../../seeds/index.ts'
import { breakingAfter, planOf } from './support/plan.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proforma-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const plan = planOf({ invoices: 1100 })
const { dataset, provenance } = plan

interface How {
  readonly force?: boolean
  readonly plan?: SeedPlan
  readonly make?: MakeBatches
  readonly compression?: 'gzip' | 'zstd'
}
const seed = (
  name: string,
  encoding: EncodingName,
  { force = false, compression, ...how }: How = {},
): Promise<Seeded> =>
  seedInto(
    filesTarget(join(folder, name), {
      form: { encoding, ...(compression && { compression }) },
      suffix: /\..*$/.exec(name)?.[0] ?? '',
      force,
    }),
    how.plan ?? plan,
    { make: how.make ?? makeHere(dataset) },
  )

const read = (name: string): Buffer => readFileSync(join(folder, name))
const all = (encoding: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith(encoding))
      .map((name) => [name.replace(/^[^.]+/, ''), read(name).toString('latin1')]),
  )

describe('files', () => {
  it('are one for each entity, or one of SQL', async () => {
    await seed('books.csv', 'csv')
    await seed('books.sql', 'sql')
    expect(readdirSync(folder).sort()).toEqual(
      [...dataset.entities.map(({ name }) => `books.${name}.csv`), 'books.sql'].sort(),
    )
    expect(read('books.invoices.csv').toString().trimEnd().split('\n')).toHaveLength(1101)
  })

  it.each(['csv', 'ndjson', 'json', 'sql'] as const)(
    'of %s go on where they were interrupted, to the same bytes',
    async (form) => {
      await seed(`whole.${form}`, form)
      const whole = all(form)
      for (const name of readdirSync(folder)) rmSync(join(folder, name))
      for (const batches of [0, 1, 2, 1])
        await expect(seed(`x.${form}`, form, { make: breakingAfter(plan, batches) })).rejects.toThrow('broken')
      expect(readdirSync(folder)).toEqual([`.x.${form}.proforma`])
      const { skipped, parts } = await seed(`x.${form}`, form)
      expect({ skipped, parts }).toEqual({ skipped: 4, parts: 2 })
      expect(all(form)).toEqual(whole)
      expect(existsSync(join(folder, `.x.${form}.proforma`))).toBe(false)
    },
  )

  it('cut off what was written after the last note', async () => {
    await seed('whole.ndjson', 'ndjson')
    await expect(seed('x.ndjson', 'ndjson', { make: breakingAfter(plan, 3) })).rejects.toThrow('broken')
    const inside = join(folder, '.x.ndjson.proforma', 'x.invoices.ndjson')
    writeFileSync(inside, 'half a line', { flag: 'a' })
    await seed('x.ndjson', 'ndjson')
    expect(read('x.invoices.ndjson')).toEqual(read('whole.invoices.ndjson'))
  })

  it.each(['gzip', 'zstd'] as const)(
    'of shares are the whole when they follow each other, compressed by %s too',
    async (compression) => {
      const shares = [1, 2, 3].map((number) => ({ number, of: 3 }))
      for (const shard of shares)
        await seed(`s${shard.number}.csv`, 'csv', { compression, plan: { ...plan, provenance, shard } })
      await seed('whole.csv', 'csv', { compression })
      for (const { name } of dataset.entities)
        expect(Buffer.concat(shares.map(({ number }) => read(`s${number}.${name}.csv`)))).toEqual(
          read(`whole.${name}.csv`),
        )
      if (compression === 'gzip')
        expect(gunzipSync(read('whole.customers.csv')).toString().split('\n')).toHaveLength(dataset.sizes.master + 2)
    },
  )

  it('belong to one run at a time', async () => {
    let second: unknown
    const make: MakeBatches = async function* (parts, form) {
      for await (const batch of makeHere(dataset)(parts, form)) {
        second ??= await seed('x.csv', 'csv').catch((error: Error) => error.message)
        yield batch
      }
    }
    await seed('x.csv', 'csv', { make })
    expect(second).toMatch(
      /x\.csv: expected to be the only one who writes there but received another run that is at work\./,
    )
    expect(read('x.invoices.csv').toString().split('\n')).toHaveLength(1102)
  })

  it('of an interrupted run are not mixed with those of another, which may begin anew by force', async () => {
    await expect(seed('x.csv', 'csv', { make: breakingAfter(plan, 2) })).rejects.toThrow('broken')
    const other = { ...plan, provenance: { ...provenance, today: '2026-01-16' } }
    await expect(seed('x.csv', 'csv', { plan: other })).rejects.toThrow(
      /expected the run that was interrupted, of today 2026-01-15 but received today 2026-01-16\. .*--force/,
    )
    expect(await seed('x.csv', 'csv', { plan: other, force: true })).toMatchObject({ skipped: 0 })
    expect(readdirSync(folder)).toHaveLength(dataset.entities.length)
  })

  it('that exist are not replaced, and nothing is left beside them', async () => {
    writeFileSync(join(folder, 'x.lines.csv'), 'mine')
    await expect(seed('x.csv', 'csv')).rejects.toThrow(
      /x\.lines\.csv: expected a new file but received one that exists\./,
    )
    expect(readdirSync(folder)).toEqual(['x.lines.csv'])
    await seed('x.csv', 'csv', { force: true })
    expect(read('x.lines.csv').length).toBeGreaterThan(10_000)
  })

  it('of somebody else stay as they are, whatever their names', async () => {
    mkdirSync(join(folder, '.x.csv.proforma'))
    writeFileSync(join(folder, '.x.csv.proforma', 'mine'), 'mine')
    writeFileSync(join(folder, 'y.csv.partial'), 'mine')
    await expect(seed('x.csv', 'csv')).rejects.toThrow(
      /to be free but received something that proforma did not put there\./,
    )
    await seed('y.csv', 'csv')
    expect(read('.x.csv.proforma/mine').toString() + read('y.csv.partial').toString()).toBe('minemine')
  })
})
