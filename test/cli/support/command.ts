import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { patience } from '../../support/patience.ts'

/** The command line, built. */
export const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url))

/** What came of a command. */
export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** How to run it. */
export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

function launch(
  args: readonly string[],
  { cwd, env }: RunOptions,
): { child: ChildProcess; finished: Promise<Finished>; text: () => Finished } {
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
    timeout: patience - 10_000,
    killSignal: 'SIGKILL',
  })
  const told = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (told.stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (told.stderr += chunk))
  const finished = new Promise<Finished>((resolve) => child.on('close', (code) => resolve({ code, ...told })))
  return { child, finished, text: () => ({ code: null, ...told }) }
}

/** Runs the command line to its end, as a user would. */
export const run = (args: readonly string[], options: RunOptions = {}): Promise<Finished> =>
  launch(args, options).finished

/** A server that a command runs. */
export interface Running {
  readonly pid: number | undefined
  /** Everything it said so far. */
  text(): Finished
  readonly url: string
  /** Sends a signal and waits for the end. */
  stop(...signals: readonly NodeJS.Signals[]): Promise<Finished>
}

/** Starts `proforma serve` on a free port and waits until it serves. */
export const start = (args: readonly string[], options: RunOptions = {}): Promise<Running> =>
  startCommand(['serve', '--port', '0', ...args], options)

/** Starts a command that serves, and waits until it does. */
export async function startCommand(args: readonly string[], options: RunOptions = {}): Promise<Running> {
  const { child, finished, text } = launch(args, options)
  const isUp = new Promise<void>((resolve) =>
    child.stdout?.on('data', () => text().stdout.includes('Ctrl-C stops.') && resolve()),
  )
  await Promise.race([isUp, finished])
  const [, url] = /(http:\/\/[\w.[\]:]+:\d+)/.exec(text().stdout) ?? []
  if (url === undefined) throw new Error(`It does not serve: ${JSON.stringify(await finished)}`)
  return {
    pid: child.pid,
    url,
    text,
    stop(...signals) {
      for (const signal of signals.length > 0 ? signals : (['SIGTERM'] as const)) child.kill(signal)
      return finished
    },
  }
}

/** Returns a new empty folder. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'proforma-cli-'))
