import { describe, expect, it } from 'vitest'
import { check, htmlReport, sarifReport } from '../../contracts/index.ts'
import type { CheckOptions, Report } from '../../contracts/index.ts'
import { compile } from '../../spec/index.ts'
import type { Fetch } from '../../spec/index.ts'
import { createModel } from './support/books.ts'
import { createServer } from './support/server.ts'

const token = 'top-secret-token'
const options: CheckOptions = {
  baseUrl: 'http://127.0.0.1:4010/api',
  headers: { Authorization: `Bearer ${token}` },
  limit: 2,
  pause: async () => undefined,
}
const run = (fetch: Fetch, more: Partial<CheckOptions> = {}): Promise<Report> =>
  check(createModel('minor'), fetch, { ...options, ...more })
const told = ({ violations }: Report): string[] =>
  violations.map(({ code, request, expected, received }) => `${code} ${request}: ${expected}, not ${received}`)

/** A server that answers some requests in a way of its own. */
const unlike = (own: (url: URL, request: Request) => Response | undefined | Promise<Response | undefined>): Fetch => {
  const fetch = createServer('minor')
  return async (request) => (await own(new URL(request.url), request)) ?? fetch(request)
}
const message = (status: number, headers: HeadersInit = {}): Response =>
  Response.json({ message: 'No.' }, { status, headers })

describe('a server that refuses', () => {
  it('credentials is told so, once for each request, and nothing is concluded from its refusals', async () => {
    const report = await run(() => Promise.resolve(message(401)))
    expect(told(report)).toEqual([
      'PF-OK GET /invoices?page=1&size=2: credentials that are accepted, not 401 {"message":"No."}',
      'PF-OK GET /invoices/zzzzzzz: credentials that are accepted, not 401 {"message":"No."}',
    ])
    expect(report.skipped).toContainEqual({
      what: 'listInvoices: missing credentials and bad parameters',
      reason: 'no valid request was answered with success, so that a refusal would prove nothing',
    })
  })

  it('everything for now is asked to be patient no more than is told, and nothing is concluded from it', async () => {
    const report = await run(() => Promise.resolve(message(429, { 'retry-after': '3600' })))
    expect(told(report).filter((line) => !line.startsWith('OAS-'))).toEqual([
      'PF-OK GET /invoices?page=1&size=2: an answer, not to be asked later, not 429, Retry-After 3600',
      'PF-OK GET /invoices/zzzzzzz: an answer, not to be asked later, not 429, Retry-After 3600',
    ])
  })

  it('a bad parameter with 429 has not refused the parameter', async () => {
    const report = await run(unlike((url) => (url.searchParams.get('page') === '0' ? message(429) : undefined)))
    expect(told(report).filter((line) => !line.startsWith('OAS-'))).toEqual([
      'PF-OK GET /invoices?page=0&size=2: an answer, not to be asked later, not 429 {"message":"No."}',
    ])
  })

  it('what was made up to create something is named: nothing was created', async () => {
    const report = await run(
      unlike((_, { method }) => (method === 'POST' ? message(400) : undefined)),
      { writes: true },
    )
    expect(report.violations).toEqual([])
    expect(report.skipped).toContainEqual({
      what: 'createInvoice',
      reason: 'the request, made from the document, was refused: 400 {"message":"No."}',
    })
  })

  it('is quoted, as far as it says why', async () => {
    const text = `<html>\n  <h1>Down</h1>\n${'x'.repeat(5000)}`
    const [first] = (
      await run(unlike((url) => (url.pathname.endsWith('inv_1') ? new Response(text, { status: 500 }) : undefined)))
    ).violations
    expect(first).toMatchObject({ code: 'PF-SERVER', received: `500 <html> <h1>Down</h1> ${'x'.repeat(99)}…` })
  })
})

describe('an answer that echoes credentials', () => {
  it.each(Array.from({ length: 24 }, (_, index) => 96 + index))(
    'is masked where it is cut after %i characters',
    async (length) => {
      const report = await run(
        unlike((url) =>
          url.pathname.endsWith('inv_1')
            ? new Response(`${'.'.repeat(length)}Bearer ${token}${'.'.repeat(200)}`, { status: 500 })
            : undefined,
        ),
      )
      expect(report.violations.length).toBeGreaterThan(0)
      expect(JSON.stringify(report)).not.toMatch(/Bearer|top-/)
    },
  )

  it('is masked where a parser would quote its beginning', async () => {
    const report = await run(
      unlike((url) =>
        url.pathname.endsWith('inv_1')
          ? new Response(`${token} is yours ${'.'.repeat(200)}`, { headers: { 'content-type': 'application/json' } })
          : undefined,
      ),
    )
    expect(report.violations[0]?.code).toBe('OAS-JSON')
    expect(JSON.stringify(report)).not.toContain('top-')
  })
})

describe('a finding about a parameter', () => {
  it('names it, and stands where the document has it', async () => {
    const model = createModel('minor')
    const report = await check(
      { ...model, locate: (pointer) => ({ file: pointer, line: 1, column: 1 }) },
      unlike((url, request) => {
        for (const name of ['page', 'size']) if (Number(url.searchParams.get(name)) < 1) url.searchParams.set(name, '1')
        return createServer('minor')(new Request(url, { headers: request.headers }))
      }),
      options,
    )
    expect(report.violations.map(({ code, parameter, place }) => [code, parameter, place?.file])).toEqual([
      ['PF-REFUSE', 'page', expect.stringMatching(/parameters\/\d+$/)],
      ['PF-REFUSE', 'size', expect.stringMatching(/parameters\/\d+$/)],
    ])
    expect(new Set(report.violations.map(({ place }) => place?.file)).size).toBe(2)
    expect(htmlReport(report)).toContain('<dt>parameter</dt><dd><code>size</code></dd>')
    const { results } = JSON.parse(sarifReport(report)).runs[0] as {
      results: { properties: { parameter: string }; partialFingerprints: object }[]
    }
    expect(results.map(({ properties, partialFingerprints }) => [properties.parameter, partialFingerprints])).toEqual(
      ['page', 'size'].map((name) => [name, { 'finding/v1': `PF-REFUSE listInvoices?${name} ` }]),
    )
  })

  it('is none about the body: what breaks the document or a law breaks it whatever was asked for', async () => {
    const report = await run(
      unlike(async (url, request) => {
        const response = await createServer('minor')(request)
        if (!response.ok || !url.searchParams.has('sort')) return response
        const page = (await response.json()) as { items: { total: number }[] }
        for (const item of page.items) item.total = 0.5
        return Response.json(page)
      }),
    )
    const codes = report.violations.filter(({ parameter }) => parameter === undefined).map(({ code }) => code)
    expect([codes.includes('OAS-SCHEMA'), codes.includes('BR-CO-15')]).toEqual([true, true])
    expect(
      report.violations
        .filter(({ parameter }) => parameter !== undefined)
        .map(({ code }) => code)
        .filter((code) => code !== 'PF-SORT'),
    ).toEqual([])
  })
})

describe('a document that contradicts itself', () => {
  const json = (schema: object, more: object = {}): object => ({ content: { 'application/json': { schema, ...more } } })
  const modelWith = (example: object, refusal: string) =>
    compile(
      {
        openapi: '3.1.0',
        info: { title: 'x', version: '1' },
        security: [{ key: [] }],
        components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
        paths: {
          '/a': {
            get: {
              operationId: 'a',
              responses: { 200: { description: '', ...json({}) }, [refusal]: { description: '' } },
            },
            post: {
              operationId: 'add',
              requestBody: json({ type: 'object', properties: { n: { type: 'integer' } } }, { example }),
              responses: { 200: { description: '', ...json({}) }, 400: { description: '' } },
            },
          },
        },
      },
      { name: 'x' },
    )
  const strict: Fetch = async (request) =>
    !request.headers.has('authorization')
      ? new Response(null, { status: 401 })
      : request.method === 'POST'
        ? new Response(null, { status: 400 })
        : Response.json({})
  const ask = (example: object, refusal = '401'): Promise<Report> =>
    check(modelWith(example, refusal), strict, { ...options, baseUrl: 'http://x.test', writes: true })

  it('in an example is not held against the server that refuses it', async () => {
    const report = await ask({ n: 'many' })
    expect([report.violations, report.skipped]).toEqual([
      [],
      [{ what: 'add', reason: 'the request, made from the document, was refused: 400' }],
    ])
    expect(told(await ask({ n: 5 }))).toEqual(['PF-OK POST /a: a status of success, not 400'])
  })

  it('by 403 alone for missing credentials may be answered with the 401 of HTTP, which is then not documented', async () => {
    expect(told(await ask({ n: 'many' }, '403'))).toEqual(['OAS-STATUS GET /a: one of 200, 403, not 401'])
    expect(told(await ask({ n: 'many' }, '4XX'))).toEqual([])
  })
})

describe('path parameters that the caller states', () => {
  const answer = {
    responses: {
      200: { description: '', content: { 'application/json': { schema: { type: 'object' } } } },
      404: { description: '' },
    },
  }
  const path = (name: string): object => ({ name, in: 'path', required: true, schema: { type: 'string' } })
  const model = compile(
    {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      paths: {
        '/companies/{company}': { get: { operationId: 'company', parameters: [path('company')], ...answer } },
        '/companies/{company}/bills/{bill}': {
          get: { operationId: 'bill', parameters: [path('company'), path('bill')], ...answer },
        },
      },
    },
    { name: 'x' },
  )

  it('leave the last one to name the object', async () => {
    const paths: string[] = []
    const fetch: Fetch = async ({ url, method }) => {
      if (method === 'GET') paths.push(new URL(url).pathname)
      return url.endsWith('z0') ? new Response(null, { status: 404 }) : Response.json({})
    }
    const report = await check(model, fetch, { baseUrl: 'http://x.test', parameters: { company: 'c1' }, ids: ['b1'] })
    expect(paths).toEqual(['/companies/c1', '/companies/c1/bills/b1', '/companies/c1/bills/z0'])
    expect([report.violations, report.skipped]).toEqual([[], []])
    expect((await check(model, fetch, { baseUrl: 'http://x.test', ids: ['b1'] })).skipped).toContainEqual({
      what: 'bill',
      reason:
        'no id is known for company, bill: no answer shows one, and none was given (--param operation.name=value)',
    })
  })
})

describe('a server that answers 304', () => {
  const tagged = (isGood: (tag: string | null) => boolean): Fetch =>
    unlike(async (url, request) => {
      if (!url.pathname.endsWith('inv_1')) return undefined
      const response = await createServer('minor')(request)
      return isGood(request.headers.get('if-none-match'))
        ? new Response(null, { status: 304 })
        : new Response(response.body, {
            status: response.status,
            headers: { ...Object.fromEntries(response.headers), ...(response.ok && { etag: '"1"' }) },
          })
    })

  it('to the tag it gave holds', async () => {
    expect((await run(tagged((tag) => tag === '"1"'))).violations).toEqual([])
  })

  it('to any tag is found: it keeps changes from those who ask', async () => {
    expect(told(await run(tagged((tag) => tag !== null)))).toEqual([
      'PF-ETAG GET /invoices/inv_1: a full answer, not 304',
    ])
  })
})
