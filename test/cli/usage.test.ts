import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommanderError } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { usageErrorOf } from '../../cli/usage-error.ts'
import { programOf } from '../../cli/program.ts'
import { Failure } from '../../spec/index.ts'
import { newFolder, run } from './support/command.ts'
import { runHere } from './support/run-here.ts'

const folder = newFolder()
const taken = createServer()
let port = 0
beforeAll(async () => {
  writeFileSync(join(folder, 'broken.yaml'), 'openapi: 3.1.0\ninfo: [\n')
  writeFileSync(join(folder, 'old.yaml'), 'swagger: "2.0"\ninfo: { title: Old, version: "1" }\npaths: {}\n')
  writeFileSync(join(folder, 'fine.yaml'), 'openapi: 3.1.0\ninfo: { title: Fine, version: "1" }\npaths: {}\n')
  writeFileSync(
    join(folder, 'overlay.bad.yaml'),
    'overlay: 1.0.0\ninfo: { title: Bad, version: "1" }\nactions:\n  - target: $.info\n    update: { x-role: invoice.totl }\n',
  )
  writeFileSync(join(folder, 'there.json'), 'old')
  mkdirSync(join(folder, 'folder.json'))
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  port = (taken.address() as AddressInfo).port
})
afterAll(() => {
  taken.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Command line, the sentence, and whether help would have prevented it. */
const wrong: readonly (readonly [line: string, sentence: RegExp, hint?: string])[] = [
  [
    'serv',
    /^Failed to read the command line: expected a command that exists but received "serv"\. Did you mean serve\?$/,
    'proforma',
  ],
  ['serve stut', /^Failed to find the API "stut": .* Did you mean "stuut"\?$/],
  [
    'check fine.yaml --document fine.yaml --url http://a.test',
    /expected one document but received fine\.yaml and --document\.$/,
    'proforma check',
  ],
  [
    'serve --prot 3',
    /^Failed to read the command line: expected an option that exists but received --prot\. Did you mean --port\?$/,
    'proforma serve',
  ],
  [
    'serve --port 99999',
    /^Failed to read --port: expected a whole number from 0 to 65535 but received "99999"\.$/,
    'proforma serve',
  ],
  [
    'serve --port taken',
    /^Failed to serve on http:\/\/127\.0\.0\.1:\d+: expected a free port but received one that is in use\. Stop the other server, or choose another port; 0 takes any free one\.$/,
  ],
  ['serve --port 0 --host no.such.host.test', /^Failed to serve on http:\/\/no\.such\.host\.test:0: /],
  [
    'serve --invoices -1',
    /^Failed to read --invoices: expected a whole number from 0 to \d+ but received "-1"\.$/,
    'proforma serve',
  ],
  [
    'serve --today 2026-02-30',
    /^Failed to read --today: expected now, or a day like 2026-01-15 but received "2026-02-30"\.$/,
    'proforma serve',
  ],
  [
    'serve --graphql-cost 0',
    /^Failed to read --graphql-cost: expected a whole number from 1 to 1000000000 but received "0"\.$/,
    'proforma serve',
  ],
  ['serve --document no.yaml', /^Failed to read no\.yaml: expected a readable file but received ENOENT\.$/],
  ['serve --document broken.yaml', /^Failed to read broken\.yaml:3:1: expected well-formed YAML or JSON/],
  [
    'serve --document old.yaml',
    /^Failed to read old\.yaml: expected operations but received a document without any\.$/,
  ],
  [
    'serve --document fine.yaml --overlay overlay.bad.yaml',
    /^Failed to read x-role in overlay\.bad\.yaml:5 at .* Did you mean "invoice\.total"\?$/,
  ],
  [
    'check stuut',
    /expected the option --url <base>, --har <file> or --bodies <path> but received none\.$/,
    'proforma check',
  ],
  ['check stuut --url nowhere', /^Failed to read --url: .* Begin with http:\/\/ or https:\/\/\.$/, 'proforma check'],
  [
    'check stuut --url http://127.0.0.1:closed',
    /^Failed to reach http:\/\/127\.0\.0\.1:\d+: expected an answer but received .*ECONNREFUSED.*\. Is the server running, and is the URL right\?$/,
  ],
  [
    'check stuut --url http://a.test --param pag=secret',
    /expected a parameter of the document but received "pag"\. Did you mean "page"\?$/,
    'proforma check',
  ],
  [
    'check stuut --url http://a.test --token=secret',
    /expected an option that exists but received --token\.$/,
    'proforma check',
  ],
  ['seed stuut', /expected the option --to <file> but received none\.$/, 'proforma seed'],
  ['seed stuut --to x.xlsx', /^Failed to read --to: .* Say --format for a file named otherwise\.$/, 'proforma seed'],
  [
    'seed stuut --to there.json',
    /^Failed to write there\.json: expected a new file but received one that exists\. Choose another name, or replace it with --force\.$/,
  ],
  ['seed stuut --to folder.json --force', /^Failed to write folder\.json: expected a file but received a directory\.$/],
  [
    'seed stuut --to no/x.json',
    /^Failed to write no\/x\.json: expected a file that can be written but received one in a directory that does not exist\.$/,
  ],
]

/** Those that are seen from outside of the process; one of each kind. */
const seenFromOutside: readonly string[] = [
  'serv',
  'serve --port taken',
  'serve --document broken.yaml',
  'check stuut --url http://127.0.0.1:closed',
  'check stuut --url http://a.test --token=secret',
  'seed stuut --to there.json',
]

/** The same, where the sentence is enough. */
const alsoWrong: readonly (readonly [line: string, sentence: RegExp])[] = [
  ['serve --port', /expected a value for --port <number> but received none\.$/],
  ['serve --invoices abc', /^Failed to read --invoices: .* received "abc"\.$/],
  ['serve --invoices 1e33', /received "1e33"\.$/],
  ['serve --today 0026-02-03', /expected a day from 1900-01-01 to 2999-12-31 but received 0026-02-03\.$/],
  [
    'serve --engine prims',
    /^Failed to read --engine: expected native or prism but received "prims"\. Did you mean "prism"\?$/,
  ],
  [
    'serve --overlay overlay.bad.yaml',
    /^Failed to read --overlay: expected one document that it is for but received none\.$/,
  ],
  ['check --url http://a.test', /expected an API or a document but received neither\. Name a file .*stuut/],
  ['check stuut --document fine.yaml --url http://a.test', /expected an API or a document but received both\.$/],
  ['check stuut truto --url http://a.test', /expected 1 argument but received 2\.$/],
  ['check stuut --url localhost:4010/stuut', /^Failed to read --url: .* Begin with http:\/\/ or https:\/\/\.$/],
  ['check stuut --url ftp://a.test', /received an address that begins with ftp:\.$/],
  [
    'check stuut --url http://a.test?key=secret',
    /received one with a query or fragment\. Say parameters with --param name=value\.$/,
  ],
  [
    'check stuut --url http://a.test --header secret',
    /^Failed to read --header: expected 'Name: value' but received a text without ":"\.$/,
  ],
  [
    'check stuut --url http://a.test --param secret',
    /^Failed to read --param: expected name=value but received a text without "="\.$/,
  ],
  ['check stuut --url http://a.test --max-pages 0', /^Failed to read --max-pages: expected a whole number from 1 to/],
  ['check stuut --url http://a.test --timeout soon', /^Failed to read --timeout: /],
  [
    'check stuut --url http://a.test --report pdf=x',
    /^Failed to read --report: expected text, json, junit, sarif, html, markdown, ctrf, or github but received "pdf"\./,
  ],
  [
    'check stuut --url http://a.test --report json',
    /^Failed to read --report: expected json=file but received "json"\.$/,
  ],
  ['seed stut --to -', /Did you mean "stuut"\?$/],
  [
    'seed stuut --to x.tsv --format tsv',
    /^Failed to read --format: expected ndjson, json, csv, or sql but received "tsv"\./,
  ],
  ['roles stut', /Did you mean "stuut"\?$/],
  [
    'check stuut --url http://a.test --header bad\u0001name:secret',
    /^Failed to read --header: expected a name of letters, digits and dashes/,
  ],
  ['check stuut --url http://a.test --header name:secret\u20ac', /^Failed to read --header name: expected a value /],
]

const closed = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as AddressInfo
      server.close(() => resolve(free))
    })
  })

describe('a mistake', () => {
  it.for(wrong)('%s: one sentence, exit code 2', async ([line, sentence, hint]) => {
    const args = line
      .replace('--port taken', `--port ${port}`)
      .replace(':closed', `:${await closed()}`)
      .split(' ')
    const { code, stdout, stderr } = await (seenFromOutside.includes(line) ? run : runHere)(args, { cwd: folder })
    const [first, ...rest] = stderr.trimEnd().split('\n')
    expect(first).toMatch(sentence)
    expect({ code, stdout, rest }).toEqual({
      code: 2,
      stdout: '',
      rest: hint === undefined ? [] : [`See ${hint} --help.`],
    })
    expect(stderr).not.toMatch(/secret|^\s+at /m)
  })

  it.for(alsoWrong)('%s: one sentence', async ([line, sentence]) => {
    const message = await refusal(line.split(' '))
    expect(message).toMatch(sentence)
    expect(message).not.toMatch(/secret|\n/)
  })
})

async function refusal(args: readonly string[]): Promise<string> {
  try {
    await programOf(() => undefined).parseAsync([...args], { from: 'user' })
    return 'nothing was wrong'
  } catch (error) {
    return error instanceof CommanderError
      ? usageErrorOf(error).message
      : error instanceof Failure
        ? error.message
        : String(error)
  }
}

describe('help', () => {
  it('is printed where it is asked for', async () => {
    const { code, stdout, stderr } = await run(['--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const command of ['serve', 'check', 'seed', 'roles']) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
  })

  it('names the APIs and the defaults', async () => {
    const { code, stdout } = await run(['help', 'serve'])
    expect(code).toBe(0)
    expect(stdout).toContain('customeros, nuntiq, stuut, truto')
    expect(stdout.replace(/\s+/g, ' ')).toContain('0 takes any free one (default: 4010)')
  })

  it('is what no command at all gets, as an error', async () => {
    const { code, stdout, stderr } = await run([])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('Usage: proforma')
  })
})

it('the version is the package’s', async () => {
  expect(await run(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: '',
  })
})

it('an old Node is refused before anything is loaded that it cannot read', async () => {
  const old = 'Object.defineProperty(process,"versions",{value:{node:"20.11.0"}})'
  const { code, stdout, stderr } = await run(['--help'], {
    env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(old)}` },
  })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(
    /^Failed to start proforma: expected Node 22\.12 or later but received Node 20\.11\.0\. [^\n]*\n$/,
  )
})
