import { describe, expect, it } from 'vitest'
import { check, fuzz } from '../../contracts/index.ts'
import type { CheckOptions, Report } from '../../contracts/index.ts'
import { compile } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'

type Json = Record<string, any>

const json = (schema: Json, more: Json = {}): Json => ({ content: { 'application/json': { schema, ...more } } })
const answers = (schema: Json): Json => ({
  responses: { 200: { description: '', ...json(schema) }, '4XX': { description: '' } },
})

function modelOf(paths: Json, schemas: Json = {}): Model {
  return compile(
    { openapi: '3.1.0', info: { title: 'x', version: '1' }, components: { schemas }, paths },
    { name: 'x' },
  )
}

interface Seen {
  readonly method: string
  readonly path: string
  readonly body: string
}

/** Runs a check against a server that gives the same answer to every request of a path; returns what it was asked. */
async function plan(
  model: Model,
  replies: Record<string, unknown>,
  options: Partial<CheckOptions> = {},
): Promise<{ report: Report; seen: Seen[] }> {
  const seen: Seen[] = []
  const report = await check(
    model,
    async (request) => {
      const { pathname, search } = new URL(request.url)
      seen.push({ method: request.method, path: pathname + search, body: await request.text() })
      const reply = replies[pathname]
      return reply === undefined ? new Response(null, { status: 404 }) : Response.json(reply)
    },
    { baseUrl: 'http://x.test', ...options },
  )
  return { report, seen }
}

const lines = (seen: readonly Seen[]): string[] =>
  seen.map(({ method, path, body }) => `${method} ${path}${body && ` ${body}`}`)

const token = { type: 'string', 'x-role': { role: 'invoice.id', as: 'token' } }
const inPath = [{ name: 'token', in: 'path', required: true, schema: token }]

describe('an API that lists nothing', () => {
  const invoice = {
    type: 'object',
    'x-role': 'invoice',
    required: ['token'],
    properties: { id: { type: 'integer', 'x-role': { role: 'invoice.id', as: 'integer' } }, token },
  }
  const model = modelOf({
    '/claim': {
      post: {
        operationId: 'claim',
        'x-operation': 'claim',
        requestBody: json({ type: 'object', properties: { limit: { type: 'integer', 'x-role': 'claim.limit' } } }),
        ...answers({
          type: 'object',
          properties: {
            leases: {
              type: 'array',
              'x-role': 'claim.leases',
              items: { type: 'object', properties: { token, proof: { type: 'string', 'x-role': 'lease.token' } } },
            },
          },
        }),
      },
    },
    '/invoices/{token}': { parameters: inPath, get: { operationId: 'get', 'x-operation': 'get', ...answers(invoice) } },
    '/invoices/{token}/done': {
      parameters: inPath,
      post: {
        operationId: 'settle',
        'x-operation': 'settle',
        requestBody: {
          required: true,
          ...json({
            type: 'object',
            required: ['success', 'proof'],
            properties: {
              success: { type: 'boolean', 'x-role': 'transition.success' },
              proof: { type: 'string', 'x-role': 'lease.token' },
            },
          }),
        },
        ...answers({ type: 'object' }),
      },
    },
  })
  const replies = {
    '/claim': { leases: [{ token: 'ab1', proof: 'p1' }] },
    '/invoices/ab1': { id: 7, token: 'ab1' },
    '/invoices/ab1/done': {},
  }

  it('is claimed from when writes are allowed, and what is claimed is read and settled with its lease', async () => {
    const { report, seen } = await plan(model, replies, { writes: true })
    expect(lines(seen)).toEqual([
      'POST /claim {"limit":3}',
      'GET /invoices/ab1',
      'GET /invoices/zz0',
      'POST /invoices/ab1/done {"success":true,"proof":"p1"}',
    ])
    expect([report.violations, report.skipped]).toEqual([[], []])
  })

  it('is read by the ids that are given, or not at all', async () => {
    expect(lines((await plan(model, replies, { ids: ['ab1'] })).seen)).toEqual([
      'GET /invoices/ab1',
      'GET /invoices/zz0',
    ])
    const { report, seen } = await plan(model, replies)
    expect(lines(seen)).toEqual(['GET /invoices/zzzzzzz'])
    expect(report.skipped).toEqual([
      { what: 'claim', reason: 'it changes something, and only reading was allowed' },
      { what: 'get', reason: 'no id is known: none was given, and no list or claim shows one' },
      { what: 'settle', reason: 'it changes something, and only reading was allowed' },
    ])
  })
})

describe('parameters that are credentials, or that headers state', () => {
  const document = {
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    security: [{ key: [], token: [] }],
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'query', name: 'api_key' },
        token: { type: 'apiKey', in: 'header', name: 'X-Token' },
      },
    },
    paths: {
      '/a': {
        get: {
          operationId: 'a',
          ...answers({}),
          parameters: [
            { name: 'api_key', in: 'query', required: true, schema: { type: 'string' } },
            { name: 'X-Token', in: 'header', required: true, schema: { type: 'string' } },
            { name: 'X-Tenant', in: 'header', required: true, schema: { type: 'string' } },
            { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string', examples: ['t1'] } },
          ],
        },
      },
    },
  }

  it('are sent once, as the caller states them, and left out where credentials are', async () => {
    const seen: unknown[] = []
    await check(
      compile(document, { name: 'x' }),
      async ({ url, headers, method }) => {
        if (method === 'GET')
          seen.push([new URL(url).search, ...['x-token', 'x-tenant', 'x-trace'].map((name) => headers.get(name))])
        return Response.json({}, { status: headers.has('x-token') ? 200 : 401 })
      },
      {
        baseUrl: 'http://x.test',
        headers: { 'X-Token': 'secret-token', 'X-Tenant': 'ours' },
        parameters: { api_key: 'secret-key' },
      },
    )
    expect(seen).toEqual([
      ['?api_key=secret-key', 'secret-token', 'ours', 't1'],
      ['', null, 'ours', 't1'],
    ])
  })

  it('are masked where they are stated as parameters', async () => {
    const report = await check(
      compile(document, { name: 'x' }),
      ({ headers }) => Promise.resolve(new Response(String(headers.get('x-token')), { status: 500 })),
      { baseUrl: 'http://x.test', parameters: { 'X-Token': 'secret-token', api_key: 'secret-key' } },
    )
    expect(report.violations[0]).toMatchObject({
      received: '500 ***',
      replay: "curl 'http://x.test/a?api_key=***' -H 'x-tenant: ***' -H 'x-token: ***' -H 'x-trace: ***'",
    })
    expect(JSON.stringify(report)).not.toContain('secret')
  })

  it('are not drawn by a fuzzer', async () => {
    const seen = new Set<unknown>()
    await fuzz(
      compile(document, { name: 'x' }),
      async ({ url, headers }) => {
        seen.add([new URL(url).search, headers.get('x-token'), headers.get('x-tenant')].join(' '))
        return Response.json({})
      },
      {
        baseUrl: 'http://x.test',
        headers: { 'X-Token': 'secret-token', 'X-Tenant': 'ours' },
        parameters: { api_key: 'secret-key' },
        seed: 1,
        runs: 20,
      },
    )
    expect([...seen]).toEqual(['?api_key=secret-key secret-token ours'])
  })
})

describe('required parameters', () => {
  const parameter = (name: string, schema: Json, more: Json = {}): Json => ({
    name,
    in: 'query',
    required: true,
    schema,
    ...more,
  })
  const model = modelOf({
    '/a': {
      get: {
        operationId: 'a',
        ...answers({}),
        parameters: [
          parameter('account', { type: 'string', format: 'uuid' }),
          parameter('since', { type: 'string', examples: ['2025-01-01'] }),
          parameter('tier', { type: 'string' }, { example: 'gold' }),
          parameter('kind', { type: 'string', enum: ['x', 'y'] }),
          parameter('size', { type: 'integer', minimum: 5 }),
          { name: 'also', in: 'query', schema: { type: 'string' } },
          { name: 'filter', in: 'query', style: 'deepObject', schema: { type: 'object' } },
          { name: 'tags', in: 'query', explode: false, schema: { type: 'array', items: { type: 'string' } } },
        ],
      },
    },
  })

  it('are filled from options, examples, enums, bounds and formats', async () => {
    const { seen } = await plan(model, { '/a': {} }, { parameters: { also: 'this & that' } })
    expect(seen[0]?.path).toBe(
      '/a?account=00000000-0000-4000-8000-000000000000&since=2025-01-01&tier=gold&kind=x&size=5&also=this%20%26%20that',
    )
    const given = await plan(model, { '/a': {} }, { parameters: { account: 'mine', kind: 'y' } })
    expect(given.seen[0]?.path).toBe('/a?account=mine&since=2025-01-01&tier=gold&kind=y&size=5')
  })

  it('are left out one by one, and given bad values where the document tells what is bad', async () => {
    const { report } = await plan(model, { '/a': {} })
    const refused = report.violations.filter(({ code }) => code === 'PF-REFUSE')
    expect(refused.length).toBe(8)
    expect(refused.map(({ request }) => new URLSearchParams(request.slice(7)).get('size'))).toEqual([
      '5',
      '5',
      '5',
      '5',
      '5',
      '5',
      '4',
      null,
    ])
  })
})

describe('a GraphQL operation', () => {
  const invoice = {
    type: 'object',
    'x-role': 'invoice',
    required: ['id', 'currency'],
    properties: {
      id: { type: 'string', 'x-role': 'invoice.id' },
      total: { type: 'number', 'x-role': 'invoice.total' },
      sub: { type: 'number', 'x-role': 'invoice.subtotal' },
      currency: { type: 'string', 'x-role': 'invoice.currency' },
    },
  }
  const graphql = (query: string): Model =>
    modelOf({
      '/query': {
        post: {
          operationId: 'query',
          'x-operation': 'graphql',
          'x-graphql': { fields: { 'Query.invoice': { operation: 'get' } } },
          requestBody: json({ type: 'object' }, { example: { query } }),
          ...answers({ type: 'object' }),
        },
      },
      '/invoices/{id}': {
        get: {
          operationId: 'get',
          'x-operation': 'get',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, 'x-role': 'invoice.id' }],
          ...answers(invoice),
        },
      },
    })
  const one = 'query One($id: ID!) { invoice(id: $id) { total sub } }'
  const replies = (reply: unknown): Record<string, unknown> => ({
    '/query': reply,
    '/invoices/i1': { id: 'i1', currency: 'EUR' },
  })

  it('runs as the document shows it, with a known id, and its parts are judged', async () => {
    const { report, seen } = await plan(graphql(one), replies({ data: { invoice: { total: 3, sub: 2 } } }), {
      ids: ['i1'],
    })
    expect(seen[0]?.body).toBe(JSON.stringify({ query: one, variables: { id: 'i1' } }))
    expect(report.violations.map(({ code, pointer }) => [code, pointer])).toEqual([['BR-CO-15', '/data/invoice/total']])
  })

  it('answers without errors', async () => {
    const { report } = await plan(graphql(one), replies({ data: null, errors: [{ message: 'no' }] }), { ids: ['i1'] })
    expect(report.violations.map(({ code, received }) => [code, received])).toEqual([
      ['PF-GRAPHQL', '[{"message":"no"}]'],
    ])
  })

  it('is left alone where it changes something, or needs an id that nobody knows', async () => {
    expect((await plan(graphql('mutation { pay }'), replies({}), { ids: ['i1'] })).report.skipped[0]?.reason).toBe(
      'it changes something, and only reading was allowed',
    )
    expect((await plan(graphql(one), replies({}))).report.skipped[0]?.reason).toBe(
      'no id is known for the variables of the documented example',
    )
  })
})
