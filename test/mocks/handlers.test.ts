import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { handlersOf } from '../../mocks/handlers.ts'
import type { HandlersOptions } from '../../mocks/handlers.ts'
import { compile } from '../../spec/index.ts'
import type { Fetch } from '../../spec/index.ts'

const operation = (operationId: string): object => ({ operationId, responses: {} })
const model = compile(
  {
    openapi: '3.1.0',
    info: { title: 'Ledgers', version: '1' },
    servers: [
      { url: 'https://api.ledgers.example/base/{version}/', variables: { version: { default: 'v9' } } },
      { url: '/relative' },
    ],
    paths: {
      '/invoices/{token}': { get: operation('get'), patch: operation('update') },
      '/invoices/claim': { post: operation('claim'), get: operation('claims') },
      '/invoices': { get: operation('list') },
    },
  },
  { name: 'ledgers' },
)

const scripted = compile(
  {
    openapi: '3.1.0',
    info: { title: 'Scripts', version: '1' },
    paths: { '/invoices/widget.js': { get: operation('widget') } },
  },
  { name: 'scripts' },
)

const echo: Fetch = async (request) => {
  const { pathname, search } = new URL(request.url)
  return Response.json({
    by: 'us',
    method: request.method,
    path: pathname + search,
    body: await request.text(),
    key: request.headers.get('x-key'),
  })
}

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const use = (options: HandlersOptions = {}): void => server.use(...handlersOf(model, echo, options))
const get = async (url: string, init?: RequestInit): Promise<unknown> => (await fetch(url, init)).json()

describe('handlers', () => {
  it('are one for each operation and one for the rest, named after method and path', () => {
    expect(handlersOf(model, echo).map(({ info }) => info.header)).toEqual([
      'GET /invoices/{token}',
      'PATCH /invoices/{token}',
      'GET /invoices/claim',
      'POST /invoices/claim',
      'GET /invoices',
      'other methods of Ledgers',
    ])
  })

  it('answer at the documented servers with their path taken off', async () => {
    use()
    expect(await get('https://api.ledgers.example/base/v9/invoices?limit=5')).toMatchObject({
      by: 'us',
      path: '/invoices?limit=5',
    })
    expect(await get('http://localhost/relative/invoices/abc')).toMatchObject({ path: '/invoices/abc' })
  })

  it('answer at any origin', async () => {
    use()
    expect(await get('http://localhost:3000/invoices/abc', { headers: { 'x-key': 'k' } })).toEqual({
      by: 'us',
      method: 'GET',
      path: '/invoices/abc',
      body: '',
      key: 'k',
    })
  })

  it('pass bodies on, whether the path changes or not', async () => {
    use()
    for (const base of ['http://localhost', 'https://api.ledgers.example/base/v9']) {
      expect(
        await get(`${base}/invoices/abc`, { method: 'PATCH', body: '{"é":1}', headers: { 'x-key': 'k' } }),
      ).toEqual({ by: 'us', method: 'PATCH', path: '/invoices/abc', body: '{"é":1}', key: 'k' })
    }
  })

  it('answer other methods of documented paths too', async () => {
    use()
    expect(await get('http://localhost/invoices', { method: 'DELETE' })).toMatchObject({ by: 'us', method: 'DELETE' })
    expect((await fetch('http://localhost/invoices', { method: 'HEAD' })).status).toBe(200)
  })

  it('leave paths alone that the document does not have', async () => {
    use()
    for (const url of ['http://localhost/other', 'http://localhost/api/invoices', 'http://localhost/base/v9'])
      await expect(fetch(url)).rejects.toThrow()
  })

  it('leave scripts to the page, but for those that the document names', async () => {
    use()
    await expect(fetch('http://localhost/invoices/abc.js')).rejects.toThrow()
    await expect(fetch('http://localhost/base/v9/invoices/abc.mjs', { method: 'PUT' })).rejects.toThrow()
    server.use(...handlersOf(scripted, echo))
    expect(await get('http://localhost/invoices/widget.js')).toMatchObject({ path: '/invoices/widget.js' })
  })

  it('keep to a base URL', async () => {
    use({ baseUrl: 'https://staging.example/api/' })
    expect(await get('https://staging.example/api/invoices')).toMatchObject({ path: '/invoices' })
    for (const url of ['https://staging.example/invoices', 'https://other.example/api/invoices'])
      await expect(fetch(url)).rejects.toThrow()
  })

  it('keep to a base path on any origin', async () => {
    use({ baseUrl: '/api' })
    expect(await get('https://any.example/api/invoices')).toMatchObject({ path: '/invoices' })
    await expect(fetch('https://any.example/invoices')).rejects.toThrow()
  })

  it('give way to a handler of the user, one operation at a time', async () => {
    use()
    server.use(http.get('*/invoices/claim', () => HttpResponse.json({ by: 'user' })))
    expect(await get('http://localhost/invoices/claim')).toEqual({ by: 'user' })
    expect(await get('http://localhost/invoices/claim', { method: 'POST' })).toMatchObject({ by: 'us' })
    expect(await get('http://localhost/invoices/abc')).toMatchObject({ by: 'us' })
  })

  it('match the operation whose path is literal before the template', async () => {
    const [template, , claims] = handlersOf(model, echo)
    const request = new Request('http://localhost/invoices/claim')
    expect((await template?.run({ request, requestId: '1' }))?.response).toBeUndefined()
    expect((await claims?.run({ request, requestId: '1' }))?.response?.status).toBe(200)
  })
})
