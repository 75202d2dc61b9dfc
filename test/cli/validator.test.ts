import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { mock } from '../../index.ts'
import { newFolder, run } from './support/command.ts'
import { runHere } from './support/run-here.ts'

/** Runs a module where no code may be made out of text, and returns what it prints. */
function runStrictly(folder: string, code: string): unknown {
  writeFileSync(join(folder, 'use.mjs'), code)
  const { stdout, stderr } = spawnSync(process.execPath, ['--disallow-code-generation-from-strings', 'use.mjs'], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

describe('validator', () => {
  it('writes one small module that needs no generated code', async () => {
    const folder = newFolder()
    const done = await run(['validator', 'stuut', '--to', 'stuut.js'], { cwd: folder })
    expect([done.code, done.stdout]).toEqual([0, ''])
    const text = readFileSync(join(folder, 'stuut.js'))
    expect(gzipSync(text, { level: 9 }).length).toBeLessThan(60_000)
    const response = await mock('stuut', { invoices: 3 }).fetch(
      new Request('http://localhost/v1/invoices', { headers: { authorization: 'Bearer any' } }),
    )
    writeFileSync(join(folder, 'page.json'), await response.text())
    const found = runStrictly(
      folder,
      `
      import { readFileSync } from 'node:fs'
      import { names, validate } from './stuut.js'
      const page = JSON.parse(readFileSync('page.json', 'utf8'))
      const fine = validate('listInvoices', page)
      page.data[1].created_at = '2026-02-30T00:00:00Z'
      page.data[2].id = 7
      let unknown
      try { validate('nope', 1) } catch (error) { unknown = error.message }
      console.log(JSON.stringify({ fine, wrong: validate('listInvoices', page), isNamed: names.includes('Invoice'), unknown }))`,
    )
    expect(found).toEqual({
      fine: [],
      wrong: [
        { pointer: '/data/1/created_at', keyword: 'format', expected: 'date-time' },
        { pointer: '/data/2/id', keyword: 'type', expected: 'string' },
      ],
      isNamed: true,
      unknown: expect.stringMatching(/^Failed to validate: expected .*listInvoices.* but received nope\.$/),
    })
  })

  it('takes names of prototypes for names like any other', async () => {
    const folder = newFolder()
    // A literal would take `__proto__` for something else.
    const document = `{ "openapi": "3.1.0", "info": { "title": "P", "version": "1" }, "paths": {}, "components": { "schemas": {
      "__proto__": { "type": "integer" },
      "constructor": { "type": "object", "required": ["__proto__", "toString"], "properties": {
        "toString": { "enum": ["constructor"] }, "valueOf": { "const": 1 } } } } } }`
    writeFileSync(join(folder, 'own.json'), document)
    expect(
      (await runHere(['validator', '--document', join(folder, 'own.json'), '--to', join(folder, 'v.mjs')])).code,
    ).toBe(0)
    const found = runStrictly(
      folder,
      `
      import { names, validate } from './v.mjs'
      const of = (name, text) => validate(name, JSON.parse(text)).map(({ pointer, keyword }) => pointer + ' ' + keyword)
      console.log(JSON.stringify({
        names,
        fine: of('constructor', '{"__proto__":"a","toString":"constructor"}'),
        missing: of('constructor', '{}'),
        wrong: of('constructor', '{"__proto__":{"toString":"constructor"},"valueOf":2}'),
        named: [...of('__proto__', '1'), ...of('__proto__', '"a"')],
      }))`,
    )
    expect(found).toEqual({
      names: ['__proto__', 'constructor'],
      fine: [],
      missing: expect.arrayContaining(['/__proto__ required', '/toString required']),
      wrong: expect.arrayContaining(['/toString required', '/valueOf const']),
      named: [' type'],
    })
  })

  it('checks every format in full in a document of one’s own', async () => {
    const folder = newFolder()
    const formats = [
      'date',
      'time',
      'date-time',
      'email',
      'uri',
      'uri-reference',
      'uuid',
      'ipv4',
      'ipv6',
      'hostname',
      'duration',
      'regex',
      'byte',
      'json-pointer',
      'uri-template',
      'url',
      'int32',
      'int64',
      'password',
    ]
    const schemas = Object.fromEntries(formats.map((format) => [format.replaceAll('-', '_'), { format }]))
    writeFileSync(
      join(folder, 'own.json'),
      JSON.stringify({ openapi: '3.1.0', info: { title: 'Own', version: '1' }, paths: {}, components: { schemas } }),
    )
    expect((await runHere(['validator', '--document', 'own.json', '--to', 'own.js'], { cwd: folder })).code).toBe(0)
    const wrong = {
      date: '2026-02-30',
      time: '25:00:00Z',
      'date-time': '2026',
      email: 'a',
      uri: 'a b',
      'uri-reference': 'a b',
      uuid: '1',
      ipv4: '1.2.3',
      ipv6: '::1::',
      hostname: '-a',
      duration: 'P',
      regex: '(',
      byte: 'a',
      'json-pointer': 'a',
      'uri-template': '{',
      url: 'a',
      int32: 2 ** 31,
      int64: 0.5,
    }
    const cases = Object.entries(wrong).map(([format, value]) => [format.replaceAll('-', '_'), value])
    const found = runStrictly(
      folder,
      `import { validate } from './own.js'\nconsole.log(JSON.stringify(${JSON.stringify(cases)}.map(([name, value]) => validate(name, value).length)))`,
    )
    expect(found).toEqual(cases.map(() => 1))
  })

  it('replaces no file unless told to', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'mine.js'), 'mine')
    const refused = await runHere(['validator', 'truto', '--to', 'mine.js'], { cwd: folder })
    expect([refused.code, readFileSync(join(folder, 'mine.js'), 'utf8')]).toEqual([2, 'mine'])
    expect((await runHere(['validator', 'truto', '--to', 'mine.js', '--force'], { cwd: folder })).code).toBe(0)
  })
})

describe('where no code may be made', () => {
  const schemas = {
    Body: {
      required: ['id'],
      properties: {
        id: { type: 'string' },
        total: { multipleOf: 0.01 },
        when: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
        list: { items: { $ref: '#/components/schemas/Item' } },
      },
      additionalProperties: false,
    },
    Item: { enum: ['a', 'b'] },
  }
  const document = { openapi: '3.1.0', info: { title: 'x', version: '1' }, paths: {}, components: { schemas } }
  const values = [
    { id: 'x', total: 19.99, when: null, list: ['a'] },
    { total: 1.135, when: '2026-02-30', list: ['a', 'c'], more: 1 },
  ]
  const judging = (before: string): string => `
    ${before}
    import { conformance } from '${new URL('../../contracts/index.ts', import.meta.url).href}'
    import { compile, usePrecompiled } from '${new URL('../../spec/index.ts', import.meta.url).href}'
    const model = compile(${JSON.stringify(document)}, { name: 'x' })
    if (typeof validators !== 'undefined') usePrecompiled(model.document, validators)
    const { body } = conformance(model)
    console.log(JSON.stringify(${JSON.stringify(values)}.map((value) => body('/components/schemas/Body', value).map(({ pointer, expected }) => [pointer, expected].join(' ')).sort())))`

  function runWith(folder: string, code: string, ...flags: string[]) {
    writeFileSync(join(folder, 'judge.mjs'), code)
    const { stdout, stderr } = spawnSync(process.execPath, [...flags, 'judge.mjs'], { cwd: folder, encoding: 'utf8' })
    return { found: JSON.parse(stdout) as unknown, stderr }
  }
  const strictly = '--disallow-code-generation-from-strings'

  it('conformance says the same as elsewhere with validators that were written ahead of time', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'own.json'), JSON.stringify(document))
    expect((await run(['validator', '--document', 'own.json', '--to', 'own.js'], { cwd: folder })).code).toBe(0)
    const elsewhere = runWith(folder, judging(''))
    expect(elsewhere.found).toEqual([
      [],
      [
        '/id a required value',
        '/list/1 one of ["a","b"]',
        '/more nothing: the property is not documented',
        '/total a multiple of 0.01',
        '/when date',
      ],
    ])
    expect(runWith(folder, judging("import { validators } from './own.js'"), strictly)).toEqual({
      ...elsewhere,
      stderr: '',
    })
  })

  it('conformance says once that nothing is judged without them, and how to write them', () => {
    const { found, stderr } = runWith(newFolder(), judging(''), strictly)
    expect(found).toEqual([[], []])
    expect(stderr.match(/proforma validator --document/g)).toHaveLength(1)
  })
})
