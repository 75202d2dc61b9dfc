import { spawn } from 'node:child_process'
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { faker } from '@faker-js/faker'
import { hasPostgres, query, startPostgres } from '../test/support/postgres.ts'

/** Prints how quick seeds are, as ratios within this run, and how much memory they take: `npm run bench:seed -- 20000 1000 10000 100000`. */
const [invoices = '20000', ...sizes] = process.argv.slice(2)
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'proforma-bench-'))
const at = (name: string): string => join(folder, name)

interface Measured {
  readonly seconds: number
  /** Of the process and its threads, at most. */
  readonly megabytes: number
  /** Seconds of all cores, up to its last twentieth of a second; 0 where this is no Linux. */
  readonly processor: number
}

/** Runs a seed to its end. */
function seed(...args: readonly string[]): Promise<Measured> {
  const began = performance.now()
  const child = spawn(
    process.execPath,
    [main, 'seed', 'truto', '--today', '2026-01-15', '--progress', 'none', ...args],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let told = ''
  let kilobytes = 0
  let ticks = 0
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      kilobytes = Math.max(kilobytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0))
      const [user = 0, system = 0] =
        readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? []
      ticks = Math.max(ticks, user + system)
    } catch {
      // It has ended, or this is no Linux.
    }
  }, 50)
  return new Promise((resolve, reject) =>
    child.on('close', (code) => {
      clearInterval(timer)
      if (code === 0)
        resolve({ seconds: (performance.now() - began) / 1000, megabytes: kilobytes / 1024, processor: ticks / 100 })
      else reject(new Error(told))
    }),
  )
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

const say = (what: string, ratio: number, wanted?: number): void =>
  console.log(`${what.padEnd(72)} ${ratio.toFixed(2)}${wanted === undefined ? '' : `  (wanted: ${wanted})`}`)

/** Seconds that a process takes to start and compile the document: not counted. */
const start = (await seed('-n', '1', '--to', at('one.ndjson'), '--jobs', '1')).seconds
const net = ({ seconds }: Measured): number => Math.max(0.01, seconds - start)

const cores = String(availableParallelism())
const one = await seed('-n', invoices, '--to', at('one-job.ndjson'), '--jobs', '1')
const all = await seed('-n', invoices, '--to', at('all.ndjson'), '--jobs', cores)
const copied = await timed(() => pipeline(createReadStream(at('all.ndjson')), createWriteStream(at('copy.ndjson'))))
say(`NDJSON, ${cores} jobs: × as quick as one job`, net(one) / net(all), 1.8)
say(
  `NDJSON, ${cores} jobs: processor time of one job, divided by theirs`,
  one.processor / Math.max(0.01, all.processor),
)
say('NDJSON: × as quick as copying the same bytes', copied / net(all), 0.8)

const peer = await timed(async () => {
  const lines = Array.from({ length: Number(invoices) }, () => JSON.stringify(invoiceOfFaker()))
  writeFileSync(at('peer.ndjson'), `${lines.join('\n')}\n`)
})
const bytes = (name: string): number => statSync(at(name)).size
say(
  `NDJSON, one job: × as many bytes a second as a script with faker (${(bytes('peer.ndjson') / Number(invoices) / 1000).toFixed(1)} against ${(bytes('all.ndjson') / Number(invoices) / 1000).toFixed(1)} kB an invoice)`,
  bytes('all.ndjson') / net(one) / (bytes('peer.ndjson') / peer),
)

const csv = await seed('-n', invoices, '--to', at('books.csv'), '--jobs', cores)
const parquet = await seed('-n', invoices, '--to', at('books.parquet'), '--jobs', cores)
const { DuckDBInstance } = await import('@duckdb/node-api')
const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
const tables = readdirSync(folder).flatMap((name) => /^books\.(\w+)\.csv$/.exec(name)?.[1] ?? [])
const converted = await timed(async () => {
  for (const name of tables)
    await duckdb.run(
      `COPY (SELECT * FROM '${at(`books.${name}.csv`)}') TO '${at(`${name}.ready`)}' (FORMAT parquet, COMPRESSION zstd)`,
    )
})
say('Parquet: × as quick as the same tables as CSV', net(csv) / net(parquet))
say('Parquet: × as quick as CSV, and DuckDB on the ready CSV', (net(csv) + converted) / net(parquet), 0.5)

if (hasPostgres()) {
  const postgres = await startPostgres()
  const [seeded, ready] = [await postgres.database(), await postgres.database()]
  await seed('-n', '0', '--to', ready)
  const relational = await seed('-n', invoices, '--to', seeded, '--jobs', cores)
  const { default: pg } = await import('pg')
  const { from } = await import('pg-copy-streams')
  const client = new pg.Client({ connectionString: ready })
  await client.connect()
  const order = ['sellers', 'customers', 'addresses', 'products', 'invoices', 'lines', 'taxes', 'payments']
  await client.query(`TRUNCATE ${order.join(', ')}`)
  const raw = await timed(async () => {
    await client.query('BEGIN')
    for (const name of order)
      await pipeline(
        createReadStream(at(`books.${name}.csv`)),
        client.query(from(`COPY ${name} FROM STDIN (FORMAT csv, HEADER)`)),
      )
    await client.query('COMMIT')
  })
  await client.end()
  const [rows] = await query(seeded, 'SELECT (SELECT count(*) FROM lines)::int AS lines')
  say(`Postgres, tables (${String(rows?.lines)} lines): × as quick as COPY of ready files`, raw / net(relational), 0.5)
  say('Postgres, tables: × as quick as CSV, and COPY of the ready files', (net(csv) + raw) / net(relational))
  await postgres.stop()
}

for (const size of sizes) {
  const { megabytes } = await seed('-n', size, '--to', at(`memory-${size}.ndjson`), '--jobs', '1')
  const threaded = await seed('-n', size, '--to', at(`threads-${size}.ndjson`), '--jobs', cores)
  console.log(
    `memory for ${size.padStart(9)} invoices: ${megabytes.toFixed(0)} MB with one job, ${threaded.megabytes.toFixed(0)} MB with ${cores}`,
  )
}
rmSync(folder, { recursive: true, force: true })

/** What people write who have no proforma: plausible values, none of which add up. */
function invoiceOfFaker(): object {
  return {
    id: faker.string.uuid(),
    number: faker.string.numeric(8),
    customer: { name: faker.company.name(), email: faker.internet.email(), address: faker.location.streetAddress() },
    issue_date: faker.date.past(),
    due_date: faker.date.soon(),
    currency: faker.finance.currencyCode(),
    total: Number(faker.finance.amount()),
    lines: Array.from({ length: 3 }, () => ({
      description: faker.commerce.productName(),
      quantity: faker.number.int(10),
      unit_price: Number(faker.commerce.price()),
    })),
  }
}
