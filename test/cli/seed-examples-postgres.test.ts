import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { query, startPostgres } from '../support/postgres.ts'
import type { Postgres } from '../support/postgres.ts'
import { run } from './support/command.ts'

const folder = mkdtempSync(join(tmpdir(), 'proforma-examples-'))
let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

const example = (path: string): string => readFileSync(new URL(`../../examples/${path}`, import.meta.url), 'utf8')

/** Returns the arguments of an example, for fewer invoices and another target. */
const adapted = (args: readonly string[], invoices: string, to: string): string[] =>
  args
    .flatMap((arg) => (/^--\w+=/.test(arg) ? [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)] : [arg]))
    .map((arg, place, all) => (all[place - 1] === '--invoices' ? invoices : all[place - 1] === '--to' ? to : arg))

interface PodSpec {
  readonly containers: readonly { readonly args: readonly string[] }[]
}

describe('the example of', () => {
  it('Kubernetes fills a database from eight pods, four at a time, as one process does, and ages it', async () => {
    const [job, cron] = parseAllDocuments(example('kubernetes/seed.yaml')).map(
      (document) => document.toJS() as unknown,
    ) as [
      { spec: { completions: number; parallelism: number; template: { spec: PodSpec } } },
      { spec: { jobTemplate: { spec: { template: { spec: PodSpec } } } } },
    ]
    const { completions, parallelism, template } = job.spec
    const [address, other] = [await postgres.database(), await postgres.database()]
    const args = adapted(template.spec.containers[0]?.args ?? [], '3000', address)
    const indices = Array.from({ length: completions }, (_, index) => index).values()
    const codes: (number | null)[] = []
    const worker = async (): Promise<void> => {
      for (const index of indices) codes.push((await run(args, { env: { JOB_COMPLETION_INDEX: String(index) } })).code)
    }
    await Promise.all(Array.from({ length: parallelism }, worker))
    expect(codes).toEqual(Array(8).fill(0))
    const whole = adapted(template.spec.containers[0]?.args ?? [], '3000', other)
    whole.splice(whole.indexOf('--shard'), 2)
    expect(await run(whole)).toMatchObject({ code: 0 })
    const checksum = (at: string): Promise<unknown> =>
      Promise.all(
        ['customers', 'invoices', 'lines', 'payments'].map((table) =>
          query(at, `SELECT count(*), sum(hashtextextended(t::text, 0)) FROM ${table} AS t`),
        ),
      )
    expect(await checksum(address)).toEqual(await checksum(other))
    expect(await query(address, 'SELECT count(*)::int AS count FROM invoices')).toEqual([{ count: 3000 }])
    const nightly = adapted(cron.spec.jobTemplate.spec.template.spec.containers[0]?.args ?? [], '3000', address)
    expect(await run([...nightly, '--today', '2026-01-20'])).toMatchObject({ code: 0 })
    const [aged] = await query(address, 'SELECT count(*)::int AS count, max(issue_date)::text AS newest FROM invoices')
    expect(aged?.count).toBeGreaterThan(3000)
    expect(String(aged?.newest) > '2026-01-15').toBe(true)
  })

  it('Compose takes the password from the environment', async () => {
    const { services } = parse(example('compose/compose.yaml')) as {
      services: { seed: { command: readonly string[]; environment: Readonly<Record<string, string>> } }
    }
    const address = new URL(await postgres.database())
    const env = Object.fromEntries(
      Object.keys(services.seed.environment).map((name) => [name, decodeURIComponent(address.password)]),
    )
    address.password = ''
    expect(await run(adapted(services.seed.command, '100', address.href), { env })).toMatchObject({ code: 0 })
  })

  it('GitHub Actions makes four shares that are the whole, byte for byte', async () => {
    const { jobs } = parse(example('github-actions/seed.yaml')) as {
      jobs: { share: { strategy: { matrix: { share: readonly number[] } }; steps: readonly { run?: string }[] } }
    }
    const line = jobs.share.steps.find(({ run: command }) => command?.includes('proforma seed'))?.run ?? ''
    const { share: shares } = jobs.share.strategy.matrix
    const argsFor = (share: number): string[] =>
      line
        .replaceAll('${{ matrix.share }}', String(share))
        .replace('npx proforma ', '')
        .replace('100_000', '1_500')
        .split(' ')
    for (const share of shares) expect(await run(argsFor(share), { cwd: folder })).toMatchObject({ code: 0 })
    const whole = argsFor(1)
    whole.splice(whole.indexOf('--shard'), 2)
    await run([...whole.slice(0, -1), 'whole.ndjson.gz'], { cwd: folder })
    const read = (name: string): Buffer => readFileSync(join(folder, name))
    expect(Buffer.concat(shares.map((share) => read(`share-${share}.ndjson.gz`)))).toEqual(read('whole.ndjson.gz'))
  })
})
