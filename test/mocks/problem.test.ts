import { describe, expect, it } from 'vitest'
import { cors } from '../../mocks/http/cors.ts'
import { checkErrors, problemResponse } from '../../mocks/representation/problem.ts'
import { compile, operationOf } from '../../spec/index.ts'
import type { Model, Problem } from '../../spec/index.ts'

const modelOf = (schemas: object, replies: Record<string, string | undefined>, root: object = {}): Model => {
  const responses = Object.entries(replies).map(([status, schema]) => [
    status,
    {
      description: '',
      ...(schema && { content: { 'application/vnd.x+json': { schema: { $ref: `#/components/schemas/${schema}` } } } }),
    },
  ])
  const paths = {
    '/a': {
      get: { operationId: 'a', responses: Object.fromEntries(responses) as object },
      put: { operationId: 'b', responses: {} },
    },
  }
  return compile(
    { openapi: '3.1.0', info: { title: 't', version: '1' }, paths, components: { schemas }, ...root },
    { name: 'test' },
  )
}
const problems: Problem[] = [
  {
    in: 'query',
    name: 'limit',
    pointer: '',
    code: 'maximum',
    expected: 'at most 200',
    received: '"500"',
    message: 'Expected at most 200 but received "500".',
  },
  {
    in: 'body',
    name: 'body',
    pointer: '/lines/0/price',
    code: 'required',
    expected: 'a value',
    received: '',
    message: 'Expected a value but received none.',
  },
]
const answer = async (
  model: Model,
  id: string | undefined,
  status: number,
  options: Parameters<typeof problemResponse>[3] = {},
) => {
  const response = problemResponse(model, id === undefined ? undefined : operationOf(model, id), status, options)
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: (await response.json()) as unknown,
  }
}

describe('problem', () => {
  it('is what RFC 9457 says where the document is silent', async () => {
    const model = modelOf({}, { 200: undefined })
    expect(await answer(model, 'a', 404, { detail: 'No invoice has that id.' })).toEqual({
      status: 404,
      type: 'application/problem+json',
      body: { type: 'about:blank', title: 'Not Found', status: 404, detail: 'No invoice has that id.' },
    })
    expect((await answer(model, undefined, 422, { problems })).body).toMatchObject({
      detail:
        'Query parameter "limit": Expected at most 200 but received "500". Body at /lines/0/price: Expected a value but received none.',
      errors: [
        { in: 'query', name: 'limit', pointer: '', detail: 'Expected at most 200 but received "500".' },
        { in: 'body', pointer: '/lines/0/price' },
      ],
    })
  })

  it('fills the template of the document, with a list or without', async () => {
    const template = { detail: { $each: { loc: '{path}', msg: '{message}', type: '{code}' }, $else: '{detail}' } }
    const model = modelOf({ Error: {} }, { 422: 'Error' }, { 'x-error': template })
    expect(await answer(model, 'a', 401, { detail: 'Not authenticated' })).toEqual({
      status: 401,
      type: 'application/json',
      body: { detail: 'Not authenticated' },
    })
    expect(await answer(model, 'a', 422, { problems })).toEqual({
      status: 422,
      type: 'application/vnd.x+json',
      body: {
        detail: [
          { loc: ['query', 'limit'], msg: 'Expected at most 200 but received "500".', type: 'maximum' },
          { loc: ['body', 'lines', 0, 'price'], msg: 'Expected a value but received none.', type: 'required' },
        ],
      },
    })
  })

  it('keeps the types of facts, and leaves out what no problem asks for', async () => {
    const insight = {
      $when: { code: 'required' },
      fields: { $each: '{field}', $where: { in: ['body', 'header'], code: 'required' } },
      queries: { $each: '{name}', $where: { in: 'query', code: 'required' } },
    }
    const model = modelOf(
      {},
      {},
      { 'x-error': { code: '{status}', text: 'HTTP {status}: {title}', fixed: [1, '{detail}'], insight } },
    )
    expect((await answer(model, 'a', 409)).body).toEqual({
      code: 409,
      text: 'HTTP 409: Conflict',
      fixed: [1, 'Conflict'],
    })
    expect((await answer(model, 'a', 400, { problems, detail: 'no' })).body).toMatchObject({
      fixed: [1, 'no'],
      insight: { fields: ['lines.0.price'] },
    })
  })

  it('prefers the template of the documented schema, of the operation first', async () => {
    const model = modelOf(
      { Auth: { 'x-error': { errors: [{ message: '{detail}' }] } } },
      { 401: 'Auth' },
      { 'x-error': { message: '{detail}' } },
    )
    expect((await answer(model, 'a', 401)).body).toEqual({ errors: [{ message: 'Unauthorized' }] })
    expect((await answer(model, 'b', 401)).body).toEqual({ errors: [{ message: 'Unauthorized' }] })
    expect((await answer(model, 'a', 404)).body).toEqual({ message: 'Not Found' })
  })

  it('fills a documented schema by its names where there is no template', async () => {
    const schema = {
      type: 'object',
      required: ['statusCode', 'error', 'message', 'kind', 'ok', 'items'],
      properties: {
        statusCode: { type: 'integer' },
        error: { type: 'string' },
        message: { type: ['string', 'null'] },
        kind: { const: 'error' },
        ok: { type: 'boolean' },
        extra: { type: 'object' },
        items: {
          type: 'array',
          items: { anyOf: [{ type: 'null' }, { allOf: [{ properties: { detail: { type: 'string' } } }] }] },
        },
      },
    }
    const model = modelOf({ Error: schema }, { '4XX': 'Error' })
    expect(await answer(model, 'a', 403, { detail: 'Not yours.' })).toEqual({
      status: 403,
      type: 'application/vnd.x+json',
      body: {
        statusCode: 403,
        error: 'Forbidden',
        message: 'Not yours.',
        kind: 'error',
        ok: false,
        items: [{ detail: 'Not yours.' }],
      },
    })
  })

  it('carries headers', () => {
    const response = problemResponse(modelOf({}, {}), undefined, 429, { headers: { 'retry-after': '30' } })
    expect(response.headers.get('retry-after')).toBe('30')
  })

  it.each([
    [
      { detail: '{details}' },
      'Failed to read x-error at /x-error/detail: expected words of error templates but received "{details}". Did you mean "detail"?',
    ],
    [
      { list: { $eech: '' } },
      'Failed to read x-error at /x-error/list/$eech: expected a directive of error templates but received "$eech". Did you mean "$each"?',
    ],
    [
      { list: { $each: '{code}', $where: { place: 'query' } } },
      'Failed to read x-error at /x-error/list/$where: expected a condition on problems but received "place".',
    ],
    [
      { text: '{code}' },
      'Failed to read x-error at /x-error/text: expected words of error templates but received "{code}".',
    ],
  ])('refuses a template that cannot be read: %j', (template, message) => {
    expect(() => checkErrors(modelOf({}, {}, { 'x-error': template }))).toThrow(message)
  })
})

describe('cors', () => {
  const fetch = cors(async (request) => new Response(request.method, { headers: { etag: 'x' } }))
  const ask = (method: string, headers: Record<string, string>): Promise<Response> =>
    fetch(new Request('http://localhost/a', { method, headers }))

  it('lets any origin read the answer', async () => {
    const response = await ask('GET', { origin: 'https://app.example' })
    expect([
      response.headers.get('access-control-allow-origin'),
      response.headers.get('access-control-expose-headers'),
      await response.text(),
    ]).toEqual(['*', '*', 'GET'])
  })

  it('answers preflights, naming what is asked for', async () => {
    const response = await ask('OPTIONS', {
      origin: 'https://app.example',
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization',
    })
    expect([
      response.status,
      response.headers.get('access-control-allow-methods'),
      response.headers.get('access-control-allow-headers'),
    ]).toEqual([204, 'PATCH', 'authorization'])
  })

  it('leaves other requests alone', async () => {
    expect((await ask('OPTIONS', {})).headers.get('access-control-allow-origin')).toBeNull()
    expect(await (await ask('OPTIONS', { origin: 'https://app.example' })).text()).toBe('OPTIONS')
  })

  it('copies an answer whose headers cannot be changed', async () => {
    const response = await cors(async () => Response.redirect('http://localhost/b', 303))(
      new Request('http://localhost/a', { headers: { origin: 'https://app.example' } }),
    )
    expect([
      response.status,
      response.headers.get('location'),
      response.headers.get('access-control-allow-origin'),
    ]).toEqual([303, 'http://localhost/b', '*'])
  })
})
