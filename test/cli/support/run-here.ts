import { format } from 'node:util'
import { vi } from 'vitest'
import { execute } from '../../../cli/run.ts'
import type { Finished, RunOptions } from './command.ts'

/**
 * Runs the command line to its end without a process of its own, which is what most tests of what it says and writes need. One at a
 * time: the working folder, the environment and the output belong to the whole process.
 */
export async function runHere(args: readonly string[], { cwd, env = {} }: RunOptions = {}): Promise<Finished> {
  const before = { folder: process.cwd(), env: process.env }
  const told = { stdout: '', stderr: '' }
  const hear =
    (name: keyof typeof told) =>
    (chunk: unknown, ...rest: readonly unknown[]): boolean => {
      told[name] += chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : String(chunk)
      const done = rest.at(-1)
      if (typeof done === 'function') done()
      return true
    }
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(hear('stdout')),
    vi.spyOn(process.stderr, 'write').mockImplementation(hear('stderr')),
    vi.spyOn(console, 'error').mockImplementation((...words) => void (told.stderr += `${format(...words)}\n`)),
  ]
  const { FORCE_COLOR: _, ...kept } = before.env
  process.env = { ...kept, NO_COLOR: '1', ...env }
  if (cwd !== undefined) process.chdir(cwd)
  try {
    return { code: await execute(args), ...told }
  } finally {
    process.chdir(before.folder)
    process.env = before.env
    for (const spy of spies) spy.mockRestore()
  }
}
