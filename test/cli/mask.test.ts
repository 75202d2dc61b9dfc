import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { newFolder } from './support/command.ts'
import { runHere } from './support/run-here.ts'

const folder = newFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
const mask = (...args: readonly string[]) => runHere(['mask', ...args], { cwd: folder })

const objects = ['Anna Oberhuber', 'Jean Delacroix'].map((name, index) => ({
  id: `inv_${index}a7x`,
  total: 119.5,
  contact: { name },
  tier: 'platinum',
}))
writeFileSync(join(folder, 'in.ndjson'), objects.map((object) => `${JSON.stringify(object)}\n`).join(''))
writeFileSync(join(folder, 'page.json'), JSON.stringify({ data: objects }))

describe('mask', () => {
  it('writes another file, and says what became of every place', async () => {
    const { code, stderr } = await mask('in.ndjson', '--to', 'out.ndjson', '--seed', 'long and unguessed')
    expect(code).toBe(0)
    const [first] = read('out.ndjson')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as (typeof objects)[number])
    expect(first).toMatchObject({ id: expect.stringMatching(/^inv_\d[a-z]\d[a-z]$/), total: 119.5 })
    expect(read('out.ndjson')).not.toMatch(/Oberhuber|Delacroix|platinum/)
    expect(stderr).toMatch(/^Masked 2 objects to out\.ndjson\n/)
    expect(stderr).toMatch(/Kept as it is\n\s+total\s+figure\s+2\n/)
    expect(stderr).toMatch(/Replaced\n\s+contact\.name\s+person\s+2\n\s+id\s+identity\s+2\n/)
    expect(stderr).toMatch(/Not classified.*\n\s+tier\s+unknown\s+2$/m)
    await mask('in.ndjson', '--to', 'again.ndjson.gz', '--seed', 'long and unguessed', '--keep', 'tier', '--keep', 'no')
    const again = gunzipSync(readFileSync(join(folder, 'again.ndjson.gz'))).toString()
    expect(again.replaceAll(/"tier":"\w+"/g, '')).toBe(read('out.ndjson').replaceAll(/"tier":"\w+"/g, ''))
    expect(again).toContain('"tier":"platinum"')
  })

  it('gives other values each time where no seed is said, and says so', async () => {
    const runs = [await mask('in.ndjson', '--to', '-'), await mask('in.ndjson', '--to', '-')]
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(2)
    expect(runs[0]?.stderr).toMatch(/another run gives other values: say --seed, and keep it to yourself/)
  })

  it('writes a page of JSON as the page that it was, by the roles of an API', async () => {
    expect(await mask('page.json', 'stuut', '--to', 'page-out.json', '--seed', '1')).toMatchObject({ code: 0 })
    expect(JSON.parse(read('page-out.json'))).toMatchObject({ data: [{ total: 119.5 }, { total: 119.5 }] })
  })

  it.each([
    [
      ['no.ndjson', '--to', 'x.ndjson'],
      /no\.ndjson: expected a file that can be read but received none of that name\./,
    ],
    [['in.ndjson', '--to', 'in.ndjson'], /in\.ndjson: expected a new file but received one that exists\./],
    [['in.ndjson', '--to', 'x.csv'], /--to: expected a name that ends in \.ndjson or \.json/],
    [['page.json', '--to', 'x.ndjson', '--overlay', 'no.yaml'], /expected an API or a document but received neither/],
    [['in.ndjson'], /--to/],
  ] as const)('refuses %j in a sentence', async (args, said) => {
    const { code, stderr, stdout } = await mask(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(said)
    expect(existsSync(join(folder, 'x.ndjson'))).toBe(false)
  })

  it('names a line that is no JSON without showing what it holds, and leaves nothing behind', async () => {
    writeFileSync(join(folder, 'broken.ndjson'), '{"name":"Anna Oberhuber"\n')
    const { code, stderr } = await mask('broken.ndjson', '--to', 'x.ndjson')
    expect(code).toBe(2)
    expect(stderr).toMatch(/line 1/)
    expect(stderr).not.toMatch(/Oberhuber/)
    expect(existsSync(join(folder, 'x.ndjson'))).toBe(false)
  })
})
