import { spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A Redis or Valkey of one's own, which keeps nothing. */
export interface Redis {
  readonly url: string
  readonly port: number
  /** Stops or goes on, ends without a word. */
  signal(signal: NodeJS.Signals): void
  /** Ends it. */
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

/** Starts one on the loopback, and waits until it answers. */
export async function startRedis({
  port,
  password,
}: { readonly port?: number; readonly password?: string } = {}): Promise<Redis> {
  const program = redisHere()
  if (program === undefined) throw new Error('no redis-server')
  const own = port ?? (await freePort())
  const folder = mkdtempSync(join(tmpdir(), 'proforma-redis-'))
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
  return {
    url: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${own}`,
    port: own,
    signal: (signal) => void child.kill(signal),
    async stop() {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
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
