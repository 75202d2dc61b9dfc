// Runs a command line and returns its exit code.

import { CommanderError } from 'commander'
import { programOf } from './program.ts'
import { styledError, helpHint, crashText } from './terminal.ts'
import { warnLine, warnText } from './output.ts'
import { systemFailure } from './system-failure.ts'

/**
 * Runs a command line as what this process is for, and returns the exit code of {@link execute}. A broken pipe ends the process, and
 * so does an error that nobody caught.
 */
export async function run(args: readonly string[]): Promise<number> {
  // A reader that has seen enough (`| head`) is no error: the command goes on to its files and its exit code.
  process.stderr.on('error', () => undefined)
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (isGone(code)) return
    warnLine(styledError(`Failed to write to standard output: expected room for it but received ${code ?? message}.`))
    process.exit(2)
  })
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (error: unknown) => {
      if (isHarmless(error)) return
      const refused = systemFailure(error)
      warnText(refused ? styledError(refused.message) : crashText(error))
      process.exit(2)
    })
  }
  return execute(args)
}

/**
 * Executes a command line and returns the exit code: 0 all holds, 1 violations, 2 wrong usage, unreadable document, unreachable
 * server, or a mistake of our own.
 */
export async function execute(args: readonly string[]): Promise<number> {
  let code = 0
  const program = programOf((result) => {
    code = result
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    return explain(error, program.commands.find((command) => command.name() === args[0])?.name())
  }
}

async function explain(error: unknown, command: string | undefined): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  // With no command at all, commander has just printed what there is.
  if (error instanceof CommanderError && error.code === 'commander.help') return 2
  // Loaded only now: help has no use for it.
  const { usageErrorOf, UsageError } = await import('./usage-error.ts')
  const { Failure } = await import('../spec/index.ts')
  const shown = error instanceof CommanderError ? usageErrorOf(error) : (systemFailure(error) ?? error)
  if (!(shown instanceof Failure)) {
    warnText(crashText(shown))
    return 2
  }
  warnLine(styledError(shown.message))
  if (shown instanceof UsageError) warnLine(helpHint(command))
  return 2
}

/**
 * Tells whether an error that nobody could catch may be passed over. Node's fetch asserts, outside of any promise, that no part of
 * a body waits to be read when its connection ends; what came is read all the same, or the exchange runs into its time limit.
 */
export const isHarmless = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'ERR_ASSERTION' &&
  error.message.includes('assert(!this.paused)') &&
  /^\s+at Parser\.finish \(.*\bundici\b/m.test(error.stack ?? '')

const isGone = (code = ''): boolean => ['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'].includes(code)
