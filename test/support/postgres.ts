import { execFileSync, spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { freePort } from './redis.ts'

/** A Postgres to try on. */
export interface Postgres {
  /** Returns the address of a new, empty database. */
  database(): Promise<string>
  /** Ends every connection to a database, as a network that fails would. */
  cut(address: string): Promise<void>
  stop(): Promise<void>
}

/** Returns the folder of Postgres' programs on this computer, or `undefined` where there is none. */
const postgresHere = (): string | undefined =>
  [...(process.env.PATH ?? '').split(delimiter), ...globSync('/usr/lib/postgresql/*/bin').sort().toReversed()].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  )

/** Tells whether there is a Postgres to test with: one of this computer's, or that of `PROFORMA_TEST_POSTGRES`. */
export const hasPostgres = (): boolean =>
  process.env.PROFORMA_TEST_POSTGRES !== undefined || postgresHere() !== undefined

/** Starts one on the loopback (as another user where this one is root, which Postgres refuses), or takes that of the environment. */
export async function startPostgres(): Promise<Postgres> {
  const stated = process.env.PROFORMA_TEST_POSTGRES
  if (stated !== undefined) return postgresAt(stated, async () => undefined)
  const programs = postgresHere()
  if (programs === undefined) throw new Error('no Postgres')
  const folder = mkdtempSync(join(tmpdir(), 'proforma-postgres-'))
  const password = join(folder, 'password')
  writeFileSync(password, 'p@ss/word')
  const who = userFor()
  if (who) execFileSync('chown', ['-R', `${who.uid}:${who.gid}`, folder])
  const data = join(folder, 'data')
  const options = { ...who, cwd: folder, stdio: 'ignore' } as const
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'demo', `--pwfile=${password}`, '-A', 'scram-sha-256', '-E', 'UTF8', '--no-locale', '-N'],
    options,
  )
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', `port=${port}`]
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...who,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => server.on('close', () => resolve()))
  let told = ''
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString()
      if (told.includes('ready to accept connections')) resolve()
    })
    void ended.then(() => reject(new Error(told)))
  })
  return postgresAt(`postgres://demo:p%40ss%2Fword@127.0.0.1:${port}/postgres`, async () => {
    server.kill('SIGQUIT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  })
}

/** Returns a user that is not root. */
function userFor(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const numberOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: numberOf('-u'), gid: numberOf('-g') }
}

async function postgresAt(address: string, stop: () => Promise<void>): Promise<Postgres> {
  const names: string[] = []
  let count = 0
  const addressOf = (name: string): string => Object.assign(new URL(address), { pathname: `/${name}` }).href
  return {
    async database() {
      const name = `proforma_test_${process.pid}_${count++}`
      names.push(name)
      await query(address, `CREATE DATABASE ${name}`)
      return addressOf(name)
    },
    async cut(of) {
      await query(address, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
        new URL(of).pathname.slice(1),
      ])
    },
    async stop() {
      for (const name of names) await query(address, `DROP DATABASE ${name} WITH (FORCE)`)
      await stop()
    },
  }
}

/** Asks a Postgres, and returns the rows. */
export async function query(
  address: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql, [...values])
    return rows
  } finally {
    await client.end()
  }
}
