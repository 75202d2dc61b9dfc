import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeFile } from '../../seeds/index.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proforma-seeds-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function* chunksOf(...texts: readonly string[]): AsyncGenerator<string, void, void> {
  yield* texts
}

async function* broken(): AsyncGenerator<string, void, void> {
  yield 'half'
  throw new Error('the source broke')
}

const file = (name = 'out.json'): string => join(folder, name)
const text = (name = 'out.json'): string => readFileSync(file(name), 'utf8')

describe('a file', () => {
  it('holds all chunks, and its size is told in bytes', async () => {
    expect(await writeFile(file(), chunksOf('ü', '€', ''))).toBe(5)
    expect(text()).toBe('ü€')
    expect(readdirSync(folder)).toEqual(['out.json'])
  })

  it('has its name only when it is whole', async () => {
    async function* watched(): AsyncGenerator<string, void, void> {
      yield 'a'
      expect(readdirSync(folder)).toEqual([expect.stringMatching(/^out\.json\.[\w-]{36}\.partial$/)])
      yield 'b'
    }
    await writeFile(file(), watched())
    expect(readdirSync(folder)).toEqual(['out.json'])
  })

  it('is not replaced, and nothing is made for it', async () => {
    writeFileSync(file(), 'old')
    let isAsked = false
    async function* asked(): AsyncGenerator<string, void, void> {
      isAsked = true
      yield 'new'
    }
    await expect(writeFile(file(), asked())).rejects.toThrow(
      /^Failed to write .*out\.json: expected a new file but received one that exists\. .*--force/,
    )
    expect([text(), isAsked, readdirSync(folder)]).toEqual(['old', false, ['out.json']])
  })

  it('is replaced by force, and nothing of a name like it', async () => {
    writeFileSync(file(), 'a longer old text')
    writeFileSync(file('out.json.partial'), 'mine')
    await writeFile(file(), chunksOf('new'), { force: true })
    expect([text(), text('out.json.partial'), readdirSync(folder)]).toEqual([
      'new',
      'mine',
      ['out.json', 'out.json.partial'],
    ])
  })

  it('is never written through a link that stands where it is made', async () => {
    writeFileSync(file('precious'), 'precious')
    symlinkSync(file('precious'), file('out.json.partial'))
    await writeFile(file(), chunksOf('new'))
    expect([text(), text('precious'), readdirSync(folder).sort()]).toEqual([
      'new',
      'precious',
      ['out.json', 'out.json.partial', 'precious'],
    ])
  })

  it('stays as it was when its replacement breaks', async () => {
    writeFileSync(file(), 'old')
    await expect(writeFile(file(), broken(), { force: true })).rejects.toThrow('the source broke')
    expect([text(), readdirSync(folder)]).toEqual(['old', ['out.json']])
  })

  it('does not come to be when it is stopped', async () => {
    const stop = new AbortController()
    async function* stopped(): AsyncGenerator<string, void, void> {
      yield 'a'
      stop.abort(new Error('stopped'))
      yield 'b'
    }
    await expect(writeFile(file(), stopped(), { signal: stop.signal })).rejects.toThrow('stopped')
    expect(readdirSync(folder)).toEqual([])
  })

  it('does not come to be when it is stopped after its last chunk', async () => {
    const stop = new AbortController()
    async function* stopped(): AsyncGenerator<string, void, void> {
      yield 'a'
      stop.abort(new Error('stopped'))
    }
    await expect(writeFile(file(), stopped(), { signal: stop.signal })).rejects.toThrow('stopped')
    expect(readdirSync(folder)).toEqual([])
  })

  it('behind a link is replaced, the link stays', async () => {
    writeFileSync(file('real.json'), 'old')
    symlinkSync(file('real.json'), file())
    await writeFile(file(), chunksOf('new'), { force: true })
    expect([text('real.json'), text(), readdirSync(folder)]).toEqual(['new', 'new', ['out.json', 'real.json']])
  })

  it('needs a directory that exists', async () => {
    await expect(writeFile(file('no/out.json'), chunksOf('a'))).rejects.toThrow(
      /expected a file that can be written but received one in a directory that does not exist\.$/,
    )
  })

  it('needs a directory that is one', async () => {
    writeFileSync(file(), 'old')
    await expect(writeFile(file('out.json/x.json'), chunksOf('a'))).rejects.toThrow(
      /received one in something that is no directory\.$/,
    )
  })

  it('is no directory, with force neither', async () => {
    mkdirSync(file())
    await expect(writeFile(file(), chunksOf('a'), { force: true })).rejects.toThrow(
      /expected a file but received a directory\.$/,
    )
    expect(readdirSync(folder)).toEqual(['out.json'])
  })

  it('has a name of bounded length', async () => {
    await expect(writeFile(file('x'.repeat(300)), chunksOf('a'))).rejects.toThrow(/received a name that is too long\.$/)
  })
})
