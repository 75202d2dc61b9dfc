import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { freePort } from './redis.ts'

/** A MySQL (here: MariaDB) to try on. */
export interface Mysql {
  /** Returns the address of a new, empty database. */
  database(): Promise<string>
  stop(): Promise<void>
}

const programHere = (name: string): string | undefined =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/libexec']
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file))

/** Tells whether there is a MySQL to test with: a MariaDB of this computer's, or that of `PROFORMA_TEST_MYSQL`. */
export const hasMysql = (): boolean =>
  process.env.PROFORMA_TEST_MYSQL !== undefined ||
  (programHere('mariadbd') !== undefined && programHere('mariadb-install-db') !== undefined)

/** Starts one on the loopback (as another user where this one is root, which it refuses), or takes that of the environment. */
export async function startMysql(): Promise<Mysql> {
  const stated = process.env.PROFORMA_TEST_MYSQL
  if (stated !== undefined) return mysqlAt(stated, async () => undefined)
  const folder = mkdtempSync(join(tmpdir(), 'proforma-mysql-'))
  const data = join(folder, 'data')
  const user = process.getuid?.() === 0 ? ['--user=mysql'] : []
  if (user.length > 0) execFileSync('chown', ['mysql', folder])
  execFileSync(
    programHere('mariadb-install-db') as string,
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...user],
    { stdio: 'ignore' },
  )
  const port = await freePort()
  const server = spawn(
    programHere('mariadbd') as string,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--innodb-flush-log-at-trx-commit=0',
      ...user,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const ended = new Promise<void>((resolve) => server.on('close', () => resolve()))
  let told = ''
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString()
      if (told.includes('ready for connections')) resolve()
    })
    void ended.then(() => reject(new Error(told)))
  })
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  await queryMysql(
    `mysql://root@127.0.0.1:${port}/mysql`,
    `GRANT ALL ON *.* TO demo@'127.0.0.1' IDENTIFIED BY 'p@ss/word' WITH GRANT OPTION`,
  )
  return mysqlAt(`mysql://demo:p%40ss%2Fword@127.0.0.1:${port}/mysql`, stop)
}

function mysqlAt(address: string, stop: () => Promise<void>): Mysql {
  const names: string[] = []
  return {
    async database() {
      const name = `proforma_test_${process.pid}_${names.length}`
      names.push(name)
      await queryMysql(address, `CREATE DATABASE ${name}`)
      return Object.assign(new URL(address), { pathname: `/${name}` }).href
    },
    async stop() {
      for (const name of names) await queryMysql(address, `DROP DATABASE ${name}`)
      await stop()
    },
  }
}

/** Asks a MySQL, and returns the rows. */
export async function queryMysql(address: string, sql: string): Promise<Record<string, unknown>[]> {
  const { createConnection } = await import('mysql2/promise')
  const client = await createConnection({ uri: address, dateStrings: true })
  try {
    const [rows] = await client.query(sql)
    return rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}
