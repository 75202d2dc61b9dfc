import { beforeAll, describe, expect, it } from 'vitest'
import {
  bodyExchanges,
  check,
  checkRecorded,
  contractSuite,
  ctrfReport,
  diff,
  fuzz,
  githubReport,
  htmlReport,
  jsonReport,
  junitReport,
  markdownReport,
  sarifReport,
  textReport,
  toHonourContract,
  toMatchSchema,
  exchangeInspector,
} from '../../contracts/index.ts'
import type { RecordedExchange, Report } from '../../contracts/index.ts'
import { compile } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'

type Json = Record<string, any>

const json = (schema: unknown): Json => ({ description: 'One.', content: { 'application/json': { schema } } })

/** A document that is sound but for a property of Thing, the request of the operation that makes one, and a path. */
function documentWith(
  thing: unknown,
  body: Json,
  path: Json = { get: { operationId: 'listOthers', responses: { 200: json({}) } } },
): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': {
        get: { operationId: 'listThings', responses: { 200: json({ $ref: '#/components/schemas/Thing' }) } },
        post: { operationId: 'createThing', requestBody: body, responses: { 201: json({}) } },
      },
      '/pings': {
        get: {
          operationId: 'ping',
          responses: {
            200: json({ $ref: '#/components/schemas/Ping' }),
            404: { $ref: '#/components/responses/Missing' },
          },
        },
      },
      '/others': path,
    },
    components: {
      schemas: { Thing: { type: 'object', required: ['a'], properties: { a: thing } }, Ping: { type: 'boolean' } },
      responses: { Missing: json({}) },
    },
  }
}

const locate = (pointer: string) => ({ file: 'things.yaml', line: pointer.length, column: 5 })
const at = '/components/schemas/Thing/properties/a/$ref'
const sound = compile(documentWith({ type: 'string' }, json({})), { name: 'things', locate })
const broken = compile(
  documentWith(
    { $ref: '#/components/schemas/Nothing' },
    { $ref: '#/components/requestBodies/Nothing' },
    { $ref: '#/components/pathItems/Nothing' },
  ),
  { name: 'things', locate },
)
const answer = (body: unknown, status = 200): Response => Response.json(body, { status })

async function server(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  return pathname === '/things' ? answer({ a: 1 }) : pathname === '/pings' ? answer(true) : answer({}, 404)
}

describe('a report on a document with faults', () => {
  let report: Report
  beforeAll(async () => {
    report = await check(broken, server, { baseUrl: 'http://localhost', writes: true })
  })

  it('has one violation for each, with its place, and checks what can be asked', () => {
    expect(
      report.violations.map(({ code, pointer, place, operation, request }) => [
        code,
        pointer,
        place?.line,
        operation,
        request,
      ]),
    ).toEqual([
      ['OAS-DOCUMENT', at, at.length, '', ''],
      ['OAS-DOCUMENT', '/paths/~1things/post/requestBody/$ref', 37, '', ''],
      ['OAS-DOCUMENT', '/paths/~1others/$ref', 20, '', ''],
    ])
    expect(report.counts).toMatchObject({ requests: 3, errors: 3 })
    expect(report.skipped.map(({ what }) => what)).toEqual(['createThing', '/others'])
  })

  it('tells them in every form, with the line in the document, and nothing where there was no request', () => {
    expect(textReport(report)).toContain(
      `OAS-DOCUMENT  the document can be read\n  ${at}\n  expected something at /components/schemas/Nothing but received nothing\n  documented in things.yaml:${at.length}:5\n\n`,
    )
    expect(JSON.parse(jsonReport(report)).violations).toHaveLength(3)
    expect(junitReport(report)).toContain(
      '<testsuite name="things document" tests="1" failures="1" skipped="0">\n    <testcase classname="things document" name="the document can be read">\n      <failure type="OAS-DOCUMENT"',
    )
    expect(junitReport(report)).toContain(
      'name="createThing">\n      <skipped message="what to send to it cannot be read in the document"/>',
    )
    const { results } = JSON.parse(sarifReport(report)).runs[0] as { results: Json[] }
    expect(
      results.map(({ locations: [first] }) => [first.physicalLocation.region.startLine, first.logicalLocations]),
    ).toEqual([
      [at.length, undefined],
      [37, undefined],
      [20, undefined],
    ])
    expect(githubReport(report)).toContain(
      `::error file=things.yaml,line=${at.length},col=5,title=OAS-DOCUMENT the document can be read::${at}%0Aexpected something at /components/schemas/Nothing but received nothing\n`,
    )
    expect(markdownReport(report)).toContain(`- at \`${at}\`\n- expected \`something at /components/schemas/Nothing\``)
    expect(JSON.parse(ctrfReport(report)).results.tests[0]).toMatchObject({
      name: 'the document can be read',
      status: 'failed',
      filePath: 'things.yaml',
      line: at.length,
    })
    const html = htmlReport(report)
    expect(html).toContain('<h3 id="document">document<small>3 findings</small></h3>')
    expect(html).toContain(
      `<dt>at</dt><dd><code>${at}</code></dd><dt>documented in</dt><dd><code>things.yaml:${at.length}:5</code></dd>`,
    )
    expect(html).not.toContain('<div class="replay">')
  })
})

it('a recording of an operation that cannot be read is passed over, and the others are held', () => {
  const recorded = (method: string, path: string, body: unknown): RecordedExchange => ({
    method,
    url: `https://api.example.com/base${path}`,
    headers: [],
    status: 200,
    answerHeaders: [['content-type', 'application/json']],
    body: JSON.stringify(body),
  })
  const { violations, skipped, counts } = checkRecorded(
    broken,
    [
      recorded('GET', '/pings', 'no'),
      recorded('POST', '/things', {}),
      recorded('GET', '/others', {}),
      recorded('GET', '/elsewhere', {}),
    ],
    { source: 'one.har' },
  )
  expect(counts.requests).toBe(1)
  expect(violations.map(({ code, operation }) => `${code} ${operation}`)).toEqual([
    'OAS-DOCUMENT ',
    'OAS-DOCUMENT ',
    'OAS-DOCUMENT ',
    'OAS-SCHEMA ping',
  ])
  const left = 'its operation cannot be read in the document'
  expect(skipped.slice(2)).toEqual([
    { what: 'POST /base/things', reason: left },
    { what: 'GET /base/others', reason: left },
    { what: 'GET /base/elsewhere', reason: 'the document has no such operation' },
  ])
  const bodies = checkRecorded(broken, bodyExchanges(broken, [{ name: 'createThing-1.json', text: '5' }]), {
    source: 'folder',
  })
  expect(bodies.skipped.at(-1)).toEqual({ what: 'FILE /createThing-1.json', reason: left })
})

it('a watch passes over what cannot be read, and nothing else', () => {
  const { exchange } = exchangeInspector(broken)
  const violations = (method: string, target: string): string[] =>
    exchange({
      method,
      target,
      headers: new Headers(),
      answer: { status: 200, headers: new Headers({ 'content-type': 'application/json' }), body: 'true' },
    }).violations.map(({ code }) => code)
  expect(violations('POST', '/things')).toEqual([])
  expect(violations('PUT', '/others')).toEqual([])
  expect(violations('DELETE', '/things')).toEqual(['OAS-REQUEST'])
  expect(violations('GET', '/things')).toEqual(['OAS-SCHEMA'])
})

it('an answer of which nothing is known may be anything, or nothing', () => {
  const model = compile(
    { ...documentWith({}, json({})), components: { schemas: { Thing: {}, Ping: {} } } },
    { name: 'things' },
  )
  const { exchange } = exchangeInspector(model)
  const violations = (headers: Record<string, string>, body: string): number =>
    exchange({
      method: 'GET',
      target: '/pings',
      headers: new Headers(),
      answer: { status: 404, headers: new Headers(headers), body },
    }).violations.length
  expect([
    violations({}, ''),
    violations({ 'content-type': 'text/html' }, '<p>'),
    violations({ 'content-type': 'application/json' }, '{}'),
  ]).toEqual([0, 0, 0])
})

describe('matchers', () => {
  const readable = 'expected a document that can be read there but received one that cannot. Failed to read'

  it('refuse to say anything about what cannot be read, and say why', async () => {
    expect(() => toMatchSchema({ a: 'x' }, broken, 'Thing')).toThrow(`${readable} ${at} (things.yaml:${at.length}:5)`)
    await expect(toHonourContract(answer({ a: 'x' }), broken, 'listThings')).rejects.toThrow(readable)
    await expect(toHonourContract(answer({}), broken, 'createThing')).rejects.toThrow(
      'expected an operation that can be read',
    )
  })

  it('hold against all else', async () => {
    expect(toMatchSchema(true, broken, 'Ping').pass).toBe(true)
    expect((await toHonourContract(answer('no'), broken, 'ping')).pass).toBe(false)
  })
})

it('a suite has a test for the document, and skips what cannot be asked', async () => {
  const tests = new Map<string, (context?: { skip(note?: string): void }) => void>()
  let before: () => Promise<void> = async () => undefined
  contractSuite(
    {
      describe: (_, define) => define(),
      it: (name, run) => void tests.set(name, run),
      beforeAll: (run) => {
        before = run
      },
    },
    broken,
    server,
  )
  await before()
  expect(() => tests.get('the document can be read')?.()).toThrow(
    'Expected the document to hold, but found 3 violations:',
  )
  const notes: unknown[] = []
  tests.get('createThing (POST /things)')?.({ skip: (note) => void notes.push(note) })
  expect(notes).toEqual(['what to send to it cannot be read in the document'])
  expect(() => tests.get('ping (GET /pings)')?.()).not.toThrow()
})

it('fuzzing leaves out what cannot be asked', async () => {
  const { properties, skipped } = await fuzz(broken, server, {
    baseUrl: 'http://localhost',
    seed: 1,
    runs: 10,
    writes: true,
  })
  expect(skipped.map(({ what }) => what)).toEqual(['createThing', '/others'])
  expect(new Set(properties.map(({ operation }) => operation))).toEqual(new Set(['listThings', 'ping']))
})

describe('a comparison', () => {
  const told = (before: Model, after: Model): string[] =>
    diff(before, after)
      .filter(({ code }) => !/type|widened|narrowed/.test(code))
      .map(({ impact, code, pointer }) => `${impact} ${code} ${pointer}`)

  it('takes a new fault for a breaking change, and what it hides for no change', () => {
    expect(told(sound, broken)).toEqual([
      `breaking document-broken ${at}`,
      'breaking document-broken /paths/~1things/post/requestBody/$ref',
      'breaking document-broken /paths/~1others/$ref',
    ])
  })

  it('is glad where one is gone', () => {
    expect(told(broken, sound)).toEqual([
      `safe document-mended ${at}`,
      'safe document-mended /paths/~1things/post/requestBody/$ref',
      'safe document-mended /paths/~1others/$ref',
    ])
  })
})
