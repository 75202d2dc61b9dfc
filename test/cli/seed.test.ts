import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { patience } from '../support/patience.ts'
import { main, newFolder, run } from './support/command.ts'
import type { Finished } from './support/command.ts'
import { runHere } from './support/run-here.ts'

const folder = newFolder()
beforeEach(() => readdirSync(folder).forEach((file) => rmSync(join(folder, file), { recursive: true })))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
const line = ['seed', 'truto', '--invoices', '40', '--today', '2026-01-15']
const seed = (...args: readonly string[]): Promise<Finished> => runHere([...line, ...args], { cwd: folder })

describe('seed', () => {
  it('writes the same invoices as lines, as an array and to standard output', async () => {
    const lines = await seed('--to', 'a.ndjson')
    const array = await seed('--to', 'a.json')
    const piped = await run([...line, '--to', '-'], { cwd: folder })
    expect([lines.code, array.code, piped.code]).toEqual([0, 0, 0])
    expect(lines.stderr).toMatch(/^Wrote 40 truto invoices \([\d.]+ kB\) to a\.ndjson · seed 42 · today 2026-01-15\n$/)
    expect(piped.stderr).toContain('to standard output')
    expect([lines.stdout, array.stdout]).toEqual(['', ''])
    expect(piped.stdout).toBe(read('a.ndjson'))
    const invoices = read('a.ndjson')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect(invoices).toHaveLength(40)
    expect(JSON.parse(read('a.json'))).toEqual(invoices)
    expect(readdirSync(folder).toSorted()).toEqual(['a.json', 'a.ndjson'])
  })

  it('writes the form it is told, whatever the file is named', async () => {
    await seed('--to', 'a.txt', '--format', 'json')
    expect(JSON.parse(read('a.txt'))).toHaveLength(40)
  })

  it('writes the same bytes for the same seed and day only', async () => {
    const first = await seed('--to', '-')
    expect((await seed('--to', '-', '--seed', '42')).stdout).toBe(first.stdout)
    expect((await seed('--to', '-', '--seed', '43')).stdout).not.toBe(first.stdout)
    expect((await seed('--to', '-', '--today', '2026-01-16')).stdout).not.toBe(first.stdout)
  })

  it('replaces a file by force', async () => {
    writeFileSync(join(folder, 'a.json'), 'old')
    expect(await seed('--to', 'a.json', '--force')).toMatchObject({ code: 0 })
    expect(JSON.parse(read('a.json'))).toHaveLength(40)
  })

  it('writes nothing of no invoices', async () => {
    expect(await seed('--invoices', '0', '--to', '-')).toMatchObject({ code: 0, stdout: '' })
  })

  it('leaves nothing behind when it is stopped, and the old file as it was', async () => {
    writeFileSync(join(folder, 'a.ndjson'), 'old')
    const child = spawn(
      process.execPath,
      [main, 'seed', 'truto', '--invoices', '2000000000', '--to', 'a.ndjson', '--force'],
      { cwd: folder, stdio: 'ignore', timeout: patience - 10_000, killSignal: 'SIGKILL' },
    )
    const ended = new Promise((resolve) => child.on('close', resolve))
    while (!readdirSync(folder).includes('a.ndjson.partial')) await new Promise((resolve) => setTimeout(resolve, 20))
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect([readdirSync(folder), read('a.ndjson')]).toEqual([['a.ndjson'], 'old'])
  })

  it('shows the optional properties it is told to', async () => {
    const bare = await seed('--optional', 'none', '--to', '-')
    expect(bare.stdout.split('\n')[0]).toMatch(/^\{"id":"[^"]+"\}$/)
    const slip = await seed('--optional', 'nonne', '--to', '-')
    expect([slip.code, slip.stderr]).toEqual([2, expect.stringContaining('Did you mean "none"?')])
  })

  it('ends quietly when its reader has seen enough', async () => {
    const child = spawn(process.execPath, [main, 'seed', 'truto', '--invoices', '2000000000', '--to', '-'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: patience - 10_000,
      killSignal: 'SIGKILL',
    })
    let told = ''
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
    child.stdout.once('data', () => child.stdout.destroy())
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect({ code, told }).toEqual({ code: 0, told: '' })
  })
})
