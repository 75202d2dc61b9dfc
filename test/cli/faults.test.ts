import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder, run, start } from './support/command.ts'
import { runHere } from './support/run-here.ts'

const folder = newFolder()
const at =
  'Failed to read /paths/~1things/get/parameters/0/$ref (things.yaml:8:17): expected something at /components/parameters/Nothing but received nothing. Left out: listThings.\n'
writeFileSync(
  join(folder, 'things.yaml'),
  `openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /things:
    get:
      operationId: listThings
      parameters:
        - $ref: '#/components/parameters/Nothing'
      responses: { 200: { description: All. } }
  /pings:
    get:
      operationId: ping
      responses: { 200: { description: One., content: { application/json: { schema: { type: boolean } } } } }
`,
)

const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end('true'))
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

const own = ['--document', 'things.yaml']

describe('of a document with a fault', () => {
  it('check tells where it is, asks all else, and ends with 1', async () => {
    const { code, stdout, stderr } = await run(['check', ...own, '--url', url, '--report', 'sarif=things.sarif'], {
      cwd: folder,
    })
    expect(stdout).toContain(
      'OAS-DOCUMENT  the document can be read\n  /paths/~1things/get/parameters/0/$ref\n  expected something at /components/parameters/Nothing but received nothing\n  documented in things.yaml:8:17\n',
    )
    expect(stdout).toMatch(/ping +2 requests +200 ×2 +holds/)
    expect(stdout).toContain('listThings: what to send to it cannot be read in the document')
    expect(stdout).toMatch(/\n1 violation in 2 requests, 0 invoices seen, \d+ not judged\.\n$/)
    expect([code, stderr]).toEqual([1, ''])
    expect(
      JSON.parse(readFileSync(join(folder, 'things.sarif'), 'utf8')).runs[0].results[0].locations[0].physicalLocation,
    ).toEqual({ artifactLocation: { uri: 'things.yaml' }, region: { startLine: 8, startColumn: 17 } })
  })

  it('check asks for less where the fault is only a warning', async () => {
    writeFileSync(join(folder, 'warn.json'), JSON.stringify({ apis: { things: { laws: { 'OAS-DOCUMENT': 'warn' } } } }))
    expect(await runHere(['check', ...own, '--url', url, '--config', 'warn.json'], { cwd: folder })).toMatchObject({
      code: 0,
    })
  })

  it.each([
    ['roles', []],
    ['fuzz', ['--runs', '5']],
    ['validator', ['--to', '-']],
    ['export-examples', ['--to', '-']],
  ] as const)('%s does what it can, and says so', async (command, more) => {
    const { code, stdout, stderr } = await runHere(
      [command, ...own, ...more, ...(command === 'fuzz' ? ['--url', url] : [])],
      { cwd: folder },
    )
    expect(stderr.startsWith(at)).toBe(true)
    expect(stdout).toMatch(/ping/)
    expect(code).toBe(0)
  })

  it('diff takes it for a breaking change', async () => {
    writeFileSync(
      join(folder, 'sound.yaml'),
      readFileSync(join(folder, 'things.yaml'), 'utf8').replace(/ {6}parameters:\n.*\n/, ''),
    )
    const { code, stdout, stderr } = await runHere(['diff', 'sound.yaml', 'things.yaml'], { cwd: folder })
    expect(stdout).toMatch(
      /^breaking document-broken {2}\/paths\/~1things\/get\/parameters\/0\/\$ref can no longer be read: .*\n {9}is at things\.yaml:8:17\n1 breaking change, 0 risky, 0 safe/,
    )
    expect([code, stderr]).toEqual([1, at])
  })

  it('serve answers what can be read, and says why not the rest', async () => {
    const mock = await start(own, { cwd: folder })
    try {
      expect(mock.text().stderr).toContain('Left out: listThings.')
      expect(await (await fetch(`${mock.url}/things/pings`)).json()).toEqual(expect.any(Boolean))
      const lost = await fetch(`${mock.url}/things/things`)
      expect([lost.status, await lost.json()]).toEqual([
        501,
        expect.objectContaining({ detail: 'What to send here cannot be read in the document.' }),
      ])
    } finally {
      await mock.stop()
    }
  })

  it('serve names the operations whose answers it concerns', async () => {
    const list = (more: string): string =>
      `{ 200: { description: All., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } }${more} }`
    writeFileSync(
      join(folder, 'answers.yaml'),
      `openapi: 3.1.0
info: { title: Answers, version: '1' }
paths:
  /things:
    get: { operationId: listThings, responses: ${list(', 404: later')} }
    post: { operationId: createThing, responses: ${list('')} }
  /pings:
    get: { operationId: ping, responses: soon }
components: { schemas: { Thing: { properties: { a: { $ref: '#/components/schemas/Nothing' } } } } }
`,
    )
    const mock = await start(['--document', 'answers.yaml'], { cwd: folder })
    await mock.stop()
    expect(
      mock
        .text()
        .stderr.split('\n')
        .filter((line) => line.startsWith('Failed to read'))
        .map((line) => line.replace(/^.*answers\.yaml:(\d+):.* In answers of:/, '$1')),
    ).toEqual(['9 listThings, createThing.', '5 listThings.', '8 ping.'])
  })
})

describe('of a document with something else in the place of what belongs there', () => {
  it('check tells each place with its line, once, and asks all else', async () => {
    writeFileSync(
      join(folder, 'odd.yaml'),
      `openapi: 3.0.3
info: { title: Odd, version: '1' }
paths:
  /nothing:
  /things:
    get:
      operationId: listThings
      parameters: { limit: { in: query } }
      responses: { 200: { description: All. } }
    put:
  /pings:
    get:
      operationId: ping
      responses: { 200: { description: One., content: application/json } }
    post:
      operationId: pong
      responses: later
`,
    )
    const { code, stdout, stderr } = await runHere(
      ['check', '--document', 'odd.yaml', '--url', url, '--allow-writes'],
      {
        cwd: folder,
      },
    )
    const places = [
      ...stdout.matchAll(
        /OAS-DOCUMENT .*\n {2}(\S+)\n {2}expected (.*) but received .*\n {2}documented in odd\.yaml:(\d+):/g,
      ),
    ].map(([, pointer, expected, line]) => `${line} ${pointer} ${expected}`)
    expect(places.toSorted()).toEqual([
      '10 /paths/~1things/put an operation',
      '14 /paths/~1pings/get/responses/200/content media types by name',
      '17 /paths/~1pings/post/responses answers by status',
      '4 /paths/~1nothing a path item',
      '8 /paths/~1things/get/parameters a list of parameters',
    ])
    expect(stdout).toMatch(/ping +2 requests +200 ×2 +holds\n +pong +1 request +200 ×1 +holds/)
    for (const lost of ['/nothing', 'listThings', 'put /things'])
      expect(stdout).toContain(`${lost}: what to send to it cannot be read in the document`)
    expect([code, stderr]).toEqual([1, ''])
  })
})

describe('a file that is no document', () => {
  it.each([
    [
      'aliases.yaml',
      `a: &a [1,1,1,1,1,1,1,1,1]\n${[...'bcdefgh'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join()}]\n`).join('')}`,
      'expected well-formed YAML or JSON but received Excessive alias count',
    ],
    [
      'itself.yaml',
      'openapi: 3.1.0\npaths: &x { a: *x }\n',
      'expected a document that does not nest so deep but received',
    ],
    ['deep.json', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'Failed to read deep.json'],
  ])('as %s is one clear error', async (file, text, part) => {
    writeFileSync(join(folder, file), text)
    const { code, stderr } = await runHere(['check', '--document', file, '--url', url], { cwd: folder })
    expect(stderr).toContain(part)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  })
})
