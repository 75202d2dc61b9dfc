import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mountPrism, servePrism } from '../../mocks/prism.ts'
import type { Served } from '../../mocks/server.ts'
import type { Fetch } from '../../spec/index.ts'

const invoice = {
  type: 'object',
  required: ['id', 'calls'],
  properties: {
    id: { type: 'string' },
    calls: { type: 'array', items: { $ref: '#/components/schemas/Call' } },
    amount: { type: 'integer' },
  },
}
const content = (schema: object): object => ({ description: '', content: { 'application/json': { schema } } })
const error = content({
  type: 'object',
  required: ['detail'],
  properties: { detail: { type: 'string', example: 'from the example' } },
})
const document = {
  openapi: '3.1.0',
  info: { title: 'Ring', version: '1' },
  security: [{ key: [] }],
  paths: {
    '/invoices': {
      get: {
        operationId: 'list',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer' } },
          { name: 'status', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
        ],
        responses: {
          200: content({ type: 'array', items: { $ref: '#/components/schemas/Invoice' } }),
          401: error,
          422: error,
        },
      },
      post: {
        operationId: 'create',
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { 201: content({ $ref: '#/components/schemas/Invoice' }), 204: { description: '' } },
      },
    },
  },
  components: {
    securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Invoice: invoice,
      Call: {
        type: 'object',
        properties: { invoices: { type: 'array', items: { $ref: '#/components/schemas/Invoice' } } },
      },
    },
  },
}

/** Answers lists and creations, refuses what it dislikes, and breaks its own schema on request. */
const fetchUs: Fetch = async (request) => {
  const { searchParams, pathname } = new URL(request.url)
  if (pathname !== '/invoices') return Response.json({ detail: 'ours: no such path' }, { status: 404 })
  if (!request.headers.get('authorization')) return Response.json({ detail: 'ours' }, { status: 401 })
  if (searchParams.get('limit') === '13') throw new Error('secret')
  if (request.method === 'POST' && (await request.clone().text()) === '{')
    return Response.json({ detail: 'ours: no JSON' }, { status: 400 })
  if (request.method === 'POST')
    return Response.json(
      { id: ((await request.json()) as { id: string }).id, calls: [] },
      { status: 201, headers: { location: '/invoices/1' } },
    )
  const id = searchParams.getAll('status').join('+') || 'us'
  return Response.json([{ id, calls: [{ invoices: [] }], amount: searchParams.get('limit') === '7' ? 'seven' : 7 }], {
    headers: { etag: '"x"' },
  })
}

let served: Served
beforeAll(async () => {
  served = await mountPrism([
    { prefix: '/ring', document, fetch: fetchUs, title: 'Ring' },
    { prefix: '/other', document, fetch: async () => Response.json([]) },
  ])
})
afterAll(() => served.close())

const ask = (
  path: string,
  init: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<Response> =>
  fetch(`${served.url}/ring${path}`, { ...init, headers: { authorization: 'Bearer x', ...init.headers } })
const violations = (response: Response): { location: string[]; code: string }[] =>
  JSON.parse(response.headers.get('sl-violations') ?? '[]') as { location: string[]; code: string }[]

describe('Prism', () => {
  it('serves our answers from a document with a ring of references', async () => {
    const response = await ask('/invoices?status=a&status=b')
    expect(await response.json()).toEqual([{ id: 'a+b', calls: [{ invoices: [] }], amount: 7 }])
    expect([response.status, response.headers.get('etag'), violations(response)]).toEqual([200, '"x"', []])
  })

  it('hands bodies to us', async () => {
    const response = await ask('/invoices', {
      method: 'POST',
      body: '{"id":"new"}',
      headers: { 'content-type': 'application/json' },
    })
    expect([response.status, await response.json(), response.headers.get('location')]).toEqual([
      201,
      { id: 'new', calls: [] },
      '/invoices/1',
    ])
  })

  it('leaves bodies that it cannot read to us', async () => {
    const response = await ask('/invoices', {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    })
    expect([response.status, await response.json()]).toEqual([400, { detail: 'ours: no JSON' }])
  })

  it('names where our answer breaks the document', async () => {
    expect(violations(await ask('/invoices?limit=7'))).toMatchObject([
      { location: ['response', 'body', '0', 'amount'] },
    ])
  })

  it('gives our answer to a refused request, and its own where we let it pass', async () => {
    const refused = await fetch(`${served.url}/ring/invoices`)
    expect([refused.status, await refused.json()]).toEqual([401, { detail: 'ours' }])
    expect((await ask('/invoices?limit=abc')).status).toBe(422)
    expect((await fetch(`${served.url}/other/invoices`)).status).toBe(401)
  })

  it('answers by itself when Prefer asks for it', async () => {
    const response = await ask('/invoices', { headers: { prefer: 'code=422' } })
    expect([response.status, await response.json()]).toEqual([422, { detail: 'from the example' }])
  })

  it('hides what went wrong inside', async () => {
    const response = await ask('/invoices?limit=13')
    expect([response.status, (await response.text()).includes('secret')]).toEqual([500, false])
  })

  it('lists what it serves, and leaves unknown paths to us', async () => {
    expect(await (await fetch(served.url)).json()).toMatchObject({
      apis: [{ name: 'ring', title: 'Ring' }, { name: 'other' }],
    })
    const unknown = await ask('/nothing')
    expect([unknown.status, await unknown.json()]).toEqual([404, { detail: 'ours: no such path' }])
  })

  it('serves a single document at the root and stops', async () => {
    const single = await servePrism(document, fetchUs)
    expect((await fetch(`${single.url}/invoices`, { headers: { authorization: 'Bearer x' } })).status).toBe(200)
    await single.close()
    await expect(fetch(single.url)).rejects.toThrow()
  })

  it('explains a port in use', async () => {
    await expect(servePrism(document, fetchUs, { port: served.port })).rejects.toThrow('expected a free port')
  })

  it('leaves the document as it was', () => {
    expect(document.components.schemas.Invoice.properties.calls.items).toEqual({ $ref: '#/components/schemas/Call' })
  })
})
