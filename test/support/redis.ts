import { spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A Redis or Valkey of one's own, which keeps nothing unless told. */
export interface Redis {
  readonly url: string
  readonly port: number
  /** Stops or goes on, ends without a word. */
  signal(signal: NodeJS.Signals): void
  /** Runs a command: `command('CONFIG', 'SET', 'maxmemory', '1')`. */
  command(...words: readonly string[]): Promise<unknown>
  /** Ends it, as a power failure would. */
  stop(): Promise<void>
}

/** Returns the Redis or Valkey of this computer, or `undefined` where there is none. */
export const redisHere = (): string | undefined =>
  ['redis-server', 'valkey-server']
    .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
    .find(isProgram)

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** How one is started. */
export interface RedisSettings {
  readonly port?: number
  readonly password?: string
  /** Where it keeps its files, which are then left there. */
  readonly folder?: string
  /** As on its command line. */
  readonly settings?: readonly string[]
}

/** Starts one on the loopback, and waits until it answers. */
export async function startRedis({
  port,
  password,
  folder: kept,
  settings: more = [],
}: RedisSettings = {}): Promise<Redis> {
  const program = redisHere()
  if (program === undefined) throw new Error('no redis-server')
  const own = port ?? (await freePort())
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'proforma-redis-'))
  const settings = [
    '--bind',
    '127.0.0.1',
    '--port',
    String(own),
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
    ...(password === undefined ? [] : ['--requirepass', password]),
    ...more,
  ]
  const child = spawn(program, settings, { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Ready to accept connections')) resolve()
    })
    child.on('error', reject)
    void ended.then(() => reject(new Error('Redis ended')))
  })
  const url = `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${own}`
  return {
    url,
    port: own,
    signal: (signal) => void child.kill(signal),
    async command(...words) {
      const { createClient } = await import('redis')
      const client = await createClient({ url }).connect()
      return client.sendCommand([...words]).finally(() => client.destroy())
    },
    async stop() {
      child.kill('SIGKILL')
      await ended
      if (kept === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Returns a port that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
