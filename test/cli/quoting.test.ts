import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { parse as parseHtml } from 'parse5'
import type { DefaultTreeAdapterTypes } from 'parse5'
import { parseSync } from 'vite'
import { parse } from 'yaml'
import { curlOf } from '../../cli/request-example.ts'
import { programOf } from '../../cli/program.ts'
import { servedText } from '../../cli/terminal.ts'
import { Failure } from '../../spec/index.ts'
import { load } from '../../spec/load.ts'
import { hostile } from '../support/hostile.ts'
import { newFolder } from './support/command.ts'

/** Places of a document that hold a text of its author's. */
const places = [
  'title', 'description', 'version', 'server', 'tag', 'path', 'operation', 'summary', 'parameter', 'header', 'headerName', 'cookie', 'example', 'schema', 'schemaTitle',
  'property', 'required', 'word', 'const', 'default', 'pattern', 'format', 'exampleName', 'exampleValue', 'key', 'mediaType',
] as const // prettier-ignore
type Texts = Readonly<Record<(typeof places)[number], string>>

const hostileTexts: fc.Arbitrary<Texts> = fc.record(
  Object.fromEntries(places.map((place) => [place, hostile])) as Record<(typeof places)[number], typeof hostile>,
)
const harmlessTexts = Object.fromEntries(places.map((place) => [place, place])) as unknown as Texts

function documentOf(t: Texts): object {
  const ref = {
    $ref: `#/components/schemas/${encodeURIComponent(t.schema.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'))}`,
  }
  const answer = {
    description: t.description,
    content: {
      'application/json': { schema: ref, examples: Object.fromEntries([[t.exampleName, { value: t.exampleValue }]]) },
    },
  }
  return {
    openapi: '3.1.0',
    info: { title: t.title, version: t.version, description: t.description },
    servers: [{ url: t.server, description: t.description }],
    tags: [{ name: t.tag }],
    security: [{ key: [] }],
    paths: Object.fromEntries([
      [`/${t.path}`, {
        get: {
          operationId: t.operation, summary: t.summary, tags: [t.tag], 'x-operation': 'list',
          parameters: [
            { name: t.parameter, in: 'query', required: true, schema: { type: 'string' }, example: t.example },
            { name: 'X-Plain', in: 'header', required: true, schema: { type: 'string' }, example: t.header },
            { name: t.headerName, in: 'header', required: true, schema: { type: 'string' } },
            { name: t.cookie, in: 'cookie', required: true, schema: { type: 'string' } },
          ],
          responses: { 200: answer, [`2${t.format.length % 10}9`]: answer },
        },
      }],
      ['/plain', { get: { operationId: `${t.operation}-2`, responses: { 200: answer } } }],
    ]),
    components: {
      securitySchemes: { key: { type: 'apiKey', in: 'query', name: t.key } },
      schemas: Object.fromEntries([[t.schema, {
        type: 'object', title: t.schemaTitle, description: t.description,
        required: [t.property, t.required],
        properties: Object.fromEntries([
          [t.property, { type: 'string', enum: [t.word, 'b'], description: t.description }],
          ['constant', { const: t.const }],
          ['preset', { type: 'string', default: t.default, example: t.example }],
          ['matched', { type: 'string', pattern: t.pattern }],
          ['formed', { type: 'string', format: t.format }],
        ]),
      }]]),
    },
  } // prettier-ignore
}

const server = createServer((_, outgoing) =>
  outgoing
    .writeHead(200, { 'content-type': 'application/json' })
    .end('{"constant":1,"formed":2,"matched":3,"preset":4}'),
)
let base = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

/** Runs a command line in this process, and returns all that it printed. */
async function printed(...args: readonly string[]): Promise<string> {
  let text = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((text += String(chunk)), true))
  const say = vi.spyOn(console, 'error').mockImplementation((line: unknown) => void (text += `${String(line)}\n`))
  try {
    await programOf(() => undefined).parseAsync([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    text += `${error.message}\n`
  } finally {
    write.mockRestore()
    say.mockRestore()
  }
  return text
}

/** Returns the sorts of statements of a module; what was hidden in a text is none of them. */
function statementsOf(text: string, file: string): readonly string[] {
  const { program, errors } = parseSync(file, text)
  expect(errors).toEqual([])
  expect(
    JSON.stringify(program, (key, value: unknown) =>
      ['value', 'raw', 'regex', 'comments'].includes(key) ? undefined : value,
    ),
  ).not.toContain('"pwned')
  return program.body.map(({ type }) => type)
}

/** Returns the words that a shell makes of lines; nothing else may run. */
function shellWords(folder: string, lines: readonly string[]): readonly (readonly string[])[] {
  const say = '{ for word; do printf "%s\\0" "$word"; done; printf "\\1"; }'
  const script = `PATH=/nowhere\ncurl() ${say}\nproforma() ${say}\n${lines.join('\n')}\n`
  const { stdout, stderr } = spawnSync('/bin/sh', ['-c', script], { cwd: folder, encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout
    .split('\u0001')
    .slice(0, -1)
    .map((words) => words.split('\u0000').slice(0, -1))
}

/** Holds what is printed to a terminal, which GitHub Actions may read as well. */
function expectHarmless(text: string): void {
  expect(stripVTControlCharacters(text)).not.toMatch(
    // oxlint-disable-next-line no-control-regex
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
  )
  expect(text).not.toMatch(/##\w*\[/)
  for (const line of text.split(/[\n\r\u2028\u2029]/)) expect(line.trimStart().startsWith('::')).toBe(false)
}

const forms = ['json', 'junit', 'sarif', 'html', 'markdown', 'ctrf', 'github'] as const

function writtenFor(texts: Texts): { folder: string; file: string } {
  const folder = newFolder()
  const file = join(folder, 'own.json')
  writeFileSync(file, JSON.stringify(documentOf(texts)))
  return { folder, file }
}

it('a validator has the statements of a harmless one', async () => {
  const validatorOf = async (texts: Texts): Promise<readonly string[]> => {
    const { folder, file } = writtenFor(texts)
    expectHarmless(await printed('validator', '--document', file, '--to', join(folder, 'v.mjs')))
    const text = readFileSync(join(folder, 'v.mjs'), 'utf8')
    return statementsOf(text, 'v.mjs')
  }
  const harmless = await validatorOf(harmlessTexts)
  await fc.assert(
    fc.asyncProperty(hostileTexts, async (texts) => {
      expect(await validatorOf(texts)).toEqual(harmless)
    }),
    { numRuns: 25 },
  )
})

it('a report of a check has no line, markup or command of a document or an answer', async () => {
  await fc.assert(
    fc.asyncProperty(hostileTexts, async (texts) => {
      const { folder, file } = writtenFor(texts)
      const reports = forms.flatMap((form) => [
        '--report',
        form === 'github' ? form : `${form}=${join(folder, `report.${form}`)}`,
      ])
      const text = await printed(
        'check',
        '--document',
        file,
        '--url',
        base,
        '--param',
        `${texts.key}=s3cret-key`,
        '--today',
        '2026-01-15',
        ...reports,
      )
      const lines = text.split('\n')
      const commands = lines.filter((line) => /^::(?:error|warning) /.test(line))
      expectHarmless(lines.filter((line) => !commands.includes(line)).join('\n'))
      for (const command of commands)
        expect(command).toMatch(/^::(?:error|warning) (?:file=[^,:]+,line=\d+,col=\d+,)?title=[^:,]+::[^\r\n]*$/)
      const read = (form: string): string => readFileSync(join(folder, `report.${form}`), 'utf8')
      if (!readdirSync(folder).includes('report.json')) return
      const report = JSON.parse(read('json')) as {
        violations: readonly { replay: string }[]
        operations: readonly object[]
      }
      const replays = [...new Set(report.violations.map(({ replay }) => replay).filter(Boolean))]
      const words = shellWords(folder, replays)
      expect(words.length).toBe(replays.length)
      for (const word of words) expect(word.filter((part) => part.startsWith('http'))).toHaveLength(1)
      expectPlainXml(read('junit'))
      expectPlainHtml(read('html'))
      expectPlainMarkdown(read('markdown'))
      JSON.parse(read('sarif'))
      JSON.parse(read('ctrf'))
    }),
    { numRuns: 25 },
  )
})

/** Every element is one of the report's own, and none has a handler. */
function expectPlainHtml(html: string): void {
  const own = new Set(
    'html head meta title style body main header div h1 h2 h3 p code small section table thead tbody tr th td dl dt dd details summary b span ul li a i br button footer script'.split(
      ' ',
    ),
  )
  const elements = elementsIn(parseHtml(html))
  for (const { tagName, attrs } of elements) {
    expect(own).toContain(tagName)
    for (const { name, value } of attrs) {
      expect(name).not.toMatch(/^(?:on|src|action|formaction)/)
      if (name === 'style') expect(value).toMatch(/^width:[\d.]+%$/)
      if (name === 'href') expect(value).toMatch(/^#/)
    }
  }
  expect(elements.filter(({ tagName }) => tagName === 'script')).toHaveLength(1)
}

type Html = DefaultTreeAdapterTypes.Node

const elementsIn = (node: Html): readonly DefaultTreeAdapterTypes.Element[] => [
  ...('tagName' in node ? [node] : []),
  ...('childNodes' in node ? node.childNodes.flatMap(elementsIn) : []),
]

it('markup of others is found in HTML, where it is markup and not where it is quoted', () => {
  const page = (text: string): string => `<!doctype html><script>1</script>${text}`
  expectPlainHtml(page('<p id="&lt;img src=x onerror=pwned()&gt;">&lt;img src=x&gt;</p>'))
  for (const text of [
    '<img src=x>',
    '<p onclick="a()">',
    '<a href="javascript:a()">',
    '<script>2</script>',
    '<p style="color:red">',
  ])
    expect(() => expectPlainHtml(page(text))).toThrow()
})

/** Every element that a JUnit report opens is one of its own, and is closed. */
function expectPlainXml(xml: string): void {
  const open: string[] = []
  for (const [tag, end, name, isEmpty] of xml.matchAll(/<(\/?)([^\s>/]+)(?:\s+[\w:]+="[^"<]*")*\s*(\/?)>/g)) {
    if (tag.startsWith('<?')) continue
    expect(['testsuites', 'testsuite', 'testcase', 'failure', 'skipped']).toContain(name)
    if (end === '/') expect(open.pop()).toBe(name)
    else if (isEmpty === '') open.push(name as string)
  }
  expect(open).toEqual([])
  expect(xml.replace(/<\/?\w+(?:\s+[\w:]+="[^"<]*")*\s*\/?>|<\?xml[^>]*\?>/g, '')).not.toContain('<')
}

/** Markdown without code spans has no markup but that of the report; every row of a table has as many cells as its head. */
function expectPlainMarkdown(markdown: string): void {
  let cells = 0
  for (const line of markdown.split('\n')) {
    const plain = line.replace(/(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)/g, '')
    expect(plain.replace(/<\/?(?:details|summary|b|code)>/g, '')).not.toMatch(/<|\]\(|@(?!\d)/)
    // A row is cut at its lines before anything else is read (GFM, Tables).
    const row = line.startsWith('|') ? (line.match(/(?<!\\)(?:\\\\)*\|/g) ?? []).length : 0
    if (row > 0 && cells > 0) expect(row).toBe(cells)
    cells = row
  }
}

it('a failure of fuzzing is told in a test and in commands of its own only', async () => {
  const told = async (texts: Texts): Promise<{ statements: readonly string[]; words: number } | undefined> => {
    const { folder, file } = writtenFor(texts)
    const text = await printed(
      'fuzz',
      '--document',
      file,
      '--url',
      base,
      '--param',
      `${texts.key}=s3cret-key`,
      '--runs',
      '2',
      '--seed',
      '1',
      '--json',
      join(folder, 'fuzz.json'),
    )
    expectHarmless(text)
    if (!readdirSync(folder).includes('fuzz.json')) return undefined
    const { properties } = JSON.parse(readFileSync(join(folder, 'fuzz.json'), 'utf8')) as {
      properties: readonly { failure?: { test: string; curl: readonly string[] } }[]
    }
    const failures = properties.flatMap(({ failure }) => failure ?? [])
    const again = [...text.matchAll(/^ {2}again: ([^]*? --path [\d:]+)$/gm)].map(([, command]) => command as string)
    shellWords(folder, [...failures.flatMap(({ curl }) => curl), ...again])
    return {
      statements: [...new Set(failures.flatMap(({ test }) => statementsOf(test, 'a.test.ts')))],
      words: failures.length,
    }
  }
  const harmless = await told(harmlessTexts)
  expect(harmless?.words).toBeGreaterThan(0)
  await fc.assert(
    fc.asyncProperty(hostileTexts, async (texts) => {
      for (const statement of (await told(texts))?.statements ?? []) expect(harmless?.statements).toContain(statement)
    }),
    { numRuns: 15 },
  )
})

it('what is printed of a document is one line for a shell and nothing for a terminal', async () => {
  await fc.assert(
    fc.asyncProperty(hostileTexts, hostileTexts, async (texts, others) => {
      const { folder, file } = writtenFor(texts)
      const after = writtenFor(others).file
      expectHarmless(await printed('roles', '--document', file))
      expectHarmless(await printed('resources', '--document', file))
      const linted = await printed('lint', '--document', file)
      expectHarmless(linted)
      for (const line of linted.trimEnd().split('\n')) expect(line).toMatch(/^Failed to |: \d+ operations?,/)
      expectHarmless((await printed('diff', file, after, '--all')).replaceAll('\t', ' '))
      const model = load(file, { overlays: [], name: 'own' })
      const curl = curlOf(model, base)
      if (curl !== undefined) expect(shellWords(folder, [curl])[0]?.at(-1)).toMatch(/^http:/)
      expectHarmless(
        servedText({
          version: '1', seed: 1, invoices: 1, today: '2026-01-15', engine: 'native',
          apis: [{ name: model.name, title: model.title, url: base, ...(curl !== undefined && { curl }) }],
        }), // prettier-ignore
      )
    }),
    { numRuns: 25 },
  )
})

it('a report on a demo has no line, markup or column of its data', async () => {
  const seeded = join(newFolder(), 'seeded.ndjson')
  await printed('seed', 'stuut', '--invoices', '12', '--seed', '1', '--today', '2026-01-15', '--to', seeded)
  const invoices = readFileSync(seeded, 'utf8').trimEnd().split('\n')
  const renamed = (name: string): string => {
    const file = join(newFolder(), 'hostile.ndjson')
    const named = invoices.map((line) => {
      const invoice = JSON.parse(line) as { readonly partner: object }
      return `${JSON.stringify({ ...invoice, partner: { ...invoice.partner, name, legal_name: name } })}\n`
    })
    writeFileSync(file, named.join(''))
    return file
  }
  const lines = async (name: string, format: string): Promise<readonly string[]> => {
    const text = await printed('report', 'stuut', '--from', renamed(name), '--format', format, '--today', '2026-01-15')
    expectHarmless(text)
    if (format === 'json') expect(JSON.parse(text)).toMatchObject({ customers: [{ name }] })
    return text.split('\n')
  }
  for (const format of ['text', 'markdown', 'json']) {
    const harmless = await lines('Harmless', format)
    await fc.assert(
      fc.asyncProperty(hostile, async (name) => {
        const told = await lines(name, format)
        expect(told).toHaveLength(harmless.length)
        if (format === 'markdown') expectPlainMarkdown(told.join('\n'))
      }),
      { numRuns: 25 },
    )
  }
})

it('a document with examples says what it said before', async () => {
  await fc.assert(
    fc.asyncProperty(hostileTexts, async (texts) => {
      const { folder, file } = writtenFor(texts)
      const [yaml, json] = ['with.yaml', 'with.json'].map((name) => join(folder, name)) as [string, string]
      for (const to of [yaml, json])
        expectHarmless(
          await printed('export-examples', '--document', file, '--to', to, '--invoices', '2', '--today', '2026-01-15'),
        )
      if (!readdirSync(folder).includes('with.json')) return
      expect(parse(readFileSync(yaml, 'utf8'))).toEqual(JSON.parse(readFileSync(json, 'utf8')))
    }),
    { numRuns: 15 },
  )
})
