import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))
const gauge = fileURLToPath(new URL('gauge.ts', import.meta.url))

/** What a server has used so far. */
export interface Usage {
  /** Milliseconds of a processor. */
  readonly cpu: number
  /** Megabytes that are in use after collection, and that the process has of the system. */
  readonly heap: number
  readonly resident: number
}

/** `proforma serve` in a process of its own, with a gauge in it. */
export interface GaugedServer {
  readonly url: string
  readonly port: number
  /** Signal or code that ended it, where something did. */
  readonly ended: () => string | undefined
  /** What it wrote to standard error. */
  readonly told: () => string
  /** @param question `memory` collects first, `cpu` does not. */
  usage(question: 'memory' | 'cpu'): Promise<Usage>
  stop(): Promise<void>
}

/** Starts a server on a free port. @throws Error where it does not serve. */
export async function gaugedServer(args: readonly string[]): Promise<GaugedServer> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--expose-gc', '--import', gauge, main, 'serve', '--port', '0', ...args],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, NO_COLOR: '1' } },
  )
  let [said, told, ended] = ['', '', undefined as string | undefined]
  child.stderr?.on('data', (text: Buffer) => (told = (told + String(text)).slice(-20_000)))
  const isOver = new Promise<void>((resolve) => {
    child.on('exit', (code, signal) => {
      ended = String(signal ?? code)
      resolve()
    })
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      const found = /127\.0\.0\.1:(\d+)/.exec((said += String(text)))?.[1]
      if (found !== undefined) resolve(Number(found))
    })
    void isOver.then(() => reject(new Error(`proforma serve ${args.join(' ')} ended: ${told}`)))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    ended: () => ended,
    told: () => told,
    usage: (question) =>
      new Promise((resolve, reject) => {
        child.once('message', (usage) => resolve(usage as Usage))
        child.send(question, (error) => error && reject(error))
      }),
    async stop() {
      child.kill('SIGTERM')
      await isOver
    },
  }
}
