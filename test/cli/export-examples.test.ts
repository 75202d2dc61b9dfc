import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { documentAsYaml } from '../../cli/yaml.ts'
import { ledgerOf } from '../../factories/index.ts'
import { withExamples } from '../../mocks/index.ts'
import { atPointer, builtIn } from '../../spec/index.ts'
import { today } from '../support/exam.ts'
import { newFolder, run } from './support/command.ts'
import { runHere } from './support/run-here.ts'
import { prismOf } from './support/prism.ts'
import type { Prism } from './support/prism.ts'

const options = ['--today', '2026-01-15', '--invoices', '40', '--seed', '42']
const expected = async (name: string): Promise<unknown> =>
  JSON.parse(JSON.stringify(await withExamples(builtIn(name), ledgerOf({ today, invoices: 40 }))))

describe('export-examples', () => {
  it('writes a document as YAML and as JSON, the same each time', async () => {
    const folder = newFolder()
    const [yaml, json] = await Promise.all(
      ['truto.yaml', 'truto.json'].map((file) =>
        run(['export-examples', 'truto', ...options, '--to', file], { cwd: folder }),
      ),
    )
    for (const done of [yaml, json]) expect(done).toMatchObject({ code: 0, stdout: '' })
    expect(yaml?.stderr).toMatch(
      /^Wrote the document of truto with examples \(\d+ kB\) to truto\.yaml · seed 42 · today 2026-01-15\n$/,
    )
    const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
    expect(parse(read('truto.yaml'))).toEqual(await expected('truto'))
    expect(JSON.parse(read('truto.json'))).toEqual(await expected('truto'))
    const { stdout } = await runHere(['export-examples', 'truto', ...options])
    expect(stdout).toBe(read('truto.yaml'))
  })

  it('replaces no file unless told to', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'mine.yaml'), 'mine')
    const refused = await runHere(['export-examples', 'truto', ...options, '--to', 'mine.yaml'], { cwd: folder })
    expect([refused.code, refused.stderr.split('\n')[0]]).toEqual([
      2,
      'Failed to write mine.yaml: expected a new file but received one that exists. Choose another name, or replace it with --force.',
    ])
    expect(readFileSync(join(folder, 'mine.yaml'), 'utf8')).toBe('mine')
    expect(
      (await runHere(['export-examples', 'truto', ...options, '--to', 'mine.yaml', '--force'], { cwd: folder })).code,
    ).toBe(0)
    expect(readFileSync(join(folder, 'mine.yaml'), 'utf8')).toContain('overdue:')
  })

  it('is refused with a sentence where it cannot know what to write, or how', async () => {
    const cases = [
      [['export-examples'], 'expected an API or a document but received neither'],
      [
        ['export-examples', 'truto', '--to', 'truto.txt'],
        'Failed to read --to: expected a name that ends in .yaml, .yml or .json, or - for standard output but received "truto.txt"',
      ],
      [['export-examples', 'truto', '--format', 'toml'], 'expected yaml or json but received "toml"'],
    ] as const
    for (const [args, sentence] of cases)
      expect(await runHere(args)).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(sentence) })
  })

  it('quotes what older YAML would misread', () => {
    const document = {
      openapi: '3.1.0',
      day: '2026-01-15',
      flag: 'yes',
      examples: { a: { summary: 'on', value: { examples: { b: 'no' } } }, b: { value: 'off' } },
    }
    expect(parse(documentAsYaml(document), { version: '1.1' })).toEqual(document)
  })
})

describe('Prism over an exported document', () => {
  let prism: Prism
  beforeAll(async () => {
    const file = join(newFolder(), 'stuut.yaml')
    await runHere(['export-examples', 'stuut', ...options, '--to', file])
    prism = await prismOf(file)
  })
  afterAll(() => prism.stop())

  const ask = async (
    path: string,
    prefer: string,
  ): Promise<{ status: number; violations: string | null; body: unknown }> => {
    const response = await fetch(prism.url + path, { headers: { authorization: 'Bearer any', prefer } })
    return { status: response.status, violations: response.headers.get('sl-violations'), body: await response.json() }
  }
  interface Page {
    readonly data: readonly { readonly id: string; readonly status: string }[]
  }

  it('answers a list and one invoice of a named state, which agree', async () => {
    const document = await expected('stuut')
    const list = await ask('/v1/invoices', 'example=overdue')
    expect(list).toEqual({
      status: 200,
      violations: null,
      body: atPointer(
        document,
        '/paths/~1v1~1invoices/get/responses/200/content/application~1json/examples/overdue/value',
      ),
    })
    const { data } = list.body as Page
    expect(data.map(({ status }) => status)).toEqual(['overdue', 'overdue'])
    const one = await ask(`/v1/invoices/${data[0]?.id}`, 'example=overdue')
    expect([one.status, one.violations, (one.body as { id: string }).id]).toEqual([200, null, data[0]?.id])
  })

  it('answers with the default, with nothing, and with errors', async () => {
    const list = await ask('/v1/invoices', 'example=default')
    expect((await ask('/v1/invoices', '')).body).toEqual(list.body)
    expect((await ask('/v1/invoices', 'example=empty')).body).toMatchObject({ data: [] })
    expect(await ask('/v1/invoices/inv_1', 'code=404')).toMatchObject({
      status: 404,
      body: { detail: expect.any(String) },
    })
  })
})
