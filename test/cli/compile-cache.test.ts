import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from './support/command.ts'

const folder = mkdtempSync(join(tmpdir(), 'proforma-'))
const temporary = join(folder, 'tmp')
mkdirSync(temporary)
afterAll(() => rmSync(folder, { recursive: true }))

const cacheOf = async (env: Readonly<Record<string, string>>): Promise<string[]> => {
  const none = { NODE_COMPILE_CACHE: '', XDG_CACHE_HOME: '', HOME: '', LOCALAPPDATA: '' }
  const { code } = await run(['--version'], { env: { ...none, TMPDIR: temporary, TEMP: temporary, ...env } })
  expect(code).toBe(0)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
}

describe('what Node has compiled', () => {
  it('is kept nowhere where there is no place for it', async () => {
    expect(await cacheOf({})).toEqual(['tmp'])
  })

  it('is kept in a folder of the user’s own, never in the temporary directory', async () => {
    expect(await cacheOf({ XDG_CACHE_HOME: join(folder, 'cache') })).toContain(join('cache', 'proforma'))
    expect(await cacheOf({ HOME: folder })).toContain(join('.cache', 'proforma'))
    expect(readdirSync(temporary)).toEqual([])
  })
})
