import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
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
afterEach(() => {
  server.resetHandlers()
  vi.unstubAllGlobals()
})
afterAll(() => server.close())

const use = (options: HandlersOptions = {}): void => server.use(...handlersOf(model, echo, options))
const get = async (url: string, init?: RequestInit): Promise<unknown> => (await fetch(url, init)).json()

/** A request with what only a browser can set; its clones have it, too. */
function requestOf(path: string, headers: Record<string, string>, parts: Partial<Request> = {}): Request {
  const request = new Request(`https://api.ledgers.example/base/v9${path}`, { headers })
  const set = { ...parts, clone: () => requestOf(path, headers, parts) }
  for (const [name, value] of Object.entries(set)) Object.defineProperty(request, name, { value })
  return request
}

const chromium = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'
const own: readonly (readonly [what: string, request: Request])[] = [
  ['a navigation', requestOf('/invoices', {}, { mode: 'navigate' })],
  ...(['document', 'iframe', 'script', 'style', 'image', 'font'] as const).map(
    (destination) => [`a ${destination}`, requestOf('/invoices', {}, { destination })] as const,
  ),
  ['a document, as a worker hands it over', requestOf('/invoices', { accept: chromium })],
  ['a style sheet', requestOf('/invoices', { accept: 'text/css,*/*;q=0.1' })],
  ['a picture', requestOf('/invoices/1', { accept: 'image/avif,image/webp,image/apng,*/*;q=0.8' })],
  ['a navigation, as Playwright hands it over', requestOf('/invoices', { 'sec-fetch-mode': 'navigate' })],
  ['a script, as Playwright hands it over', requestOf('/invoices', { 'sec-fetch-dest': 'script' })],
  ['a React Server Component', requestOf('/invoices', { rsc: '1' })],
  ['one that Next fetches ahead', requestOf('/invoices', { 'next-router-prefetch': '1' })],
  ['one that Next names in its query', requestOf('/invoices?_rsc=abc', {})],
  ['a server action of Next', requestOf('/invoices', { 'next-action': 'abc' })],
  ['a module', requestOf('/invoices/list.tsx?t=17', {})],
]

describe('handlers and the page itself', () => {
  it.each(own)('leave %s alone, whatever its path', async (_, request) => {
    for (const handler of handlersOf(model, echo, { baseUrl: 'https://api.ledgers.example/base/v9' }))
      expect(await handler.run({ request, requestId: '1' })).toBeNull()
  })

  it.each(['/@vite/client', '/@id/react', '/_next/static', '/__nextjs_font'])('leave %s alone', async (path) => {
    const open = compile(
      {
        openapi: '3.1.0',
        info: { title: 'Open', version: '1' },
        paths: { '/{a}': { get: operation('a') }, '/{a}/{b}': { get: operation('b') } },
      },
      { name: 'open' },
    )
    const request = new Request(`http://localhost:3000${path}`)
    for (const handler of handlersOf(open, echo, { baseUrl: '/' }))
      expect(await handler.run({ request, requestId: '1' })).toBeNull()
  })

  it('take what the script of a page fetches', async () => {
    const asked = requestOf(
      '/invoices',
      { accept: 'application/json', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
      { mode: 'cors', destination: '' },
    )
    const answers = await Promise.all(
      handlersOf(model, echo).map((handler) => handler.run({ request: asked, requestId: '1' })),
    )
    expect(answers.filter(Boolean)).toHaveLength(2)
  })
})

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

  it('leave other origins alone', async () => {
    use()
    for (const url of [
      'https://other.example/base/v9/invoices',
      'http://localhost:3000/invoices',
      'https://api.ledgers.example/invoices',
    ])
      await expect(fetch(url)).rejects.toThrow()
  })

  it('pass on what the request carries', async () => {
    use()
    expect(await get('https://api.ledgers.example/base/v9/invoices/abc', { headers: { 'x-key': 'k' } })).toEqual({
      by: 'us',
      method: 'GET',
      path: '/invoices/abc',
      body: '',
      key: 'k',
    })
  })

  it('pass bodies on, whether the path changes or not', async () => {
    use()
    for (const base of ['http://localhost/relative', 'https://api.ledgers.example/base/v9']) {
      expect(
        await get(`${base}/invoices/abc`, { method: 'PATCH', body: '{"é":1}', headers: { 'x-key': 'k' } }),
      ).toEqual({ by: 'us', method: 'PATCH', path: '/invoices/abc', body: '{"é":1}', key: 'k' })
    }
  })

  it('answer other methods of documented paths too', async () => {
    use()
    expect(await get('http://localhost/relative/invoices', { method: 'DELETE' })).toMatchObject({
      by: 'us',
      method: 'DELETE',
    })
    expect((await fetch('http://localhost/relative/invoices', { method: 'HEAD' })).status).toBe(200)
  })

  it('leave paths alone that the document does not have', async () => {
    use()
    for (const url of [
      'http://localhost/relative/other',
      'http://localhost/relative/api/invoices',
      'http://localhost/base/v9',
    ])
      await expect(fetch(url)).rejects.toThrow()
  })

  it('leave scripts to the page, but for those that the document names', async () => {
    use()
    await expect(fetch('http://localhost/relative/invoices/abc.js')).rejects.toThrow()
    await expect(fetch('https://api.ledgers.example/base/v9/invoices/abc.mjs', { method: 'PUT' })).rejects.toThrow()
    server.use(...handlersOf(scripted, echo))
    expect(await get('http://localhost/invoices/widget.js')).toMatchObject({ path: '/invoices/widget.js' })
  })

  it('keep to a base URL', async () => {
    use({ baseUrl: 'https://staging.example/api/' })
    expect(await get('https://staging.example/api/invoices')).toMatchObject({ path: '/invoices' })
    for (const url of ['https://staging.example/invoices', 'https://other.example/api/invoices'])
      await expect(fetch(url)).rejects.toThrow()
  })

  it('keep to a base path, on any origin where there is no page', async () => {
    use({ baseUrl: '/api' })
    expect(await get('https://any.example/api/invoices')).toMatchObject({ path: '/invoices' })
    await expect(fetch('https://any.example/invoices')).rejects.toThrow()
  })

  it("keep to the page's own origin with a base path, and off it without", async () => {
    vi.stubGlobal('location', new URL('http://localhost:3000/home'))
    use({ baseUrl: '/' })
    expect(await get('http://localhost:3000/invoices')).toMatchObject({ path: '/invoices' })
    await expect(fetch('https://any.example/invoices')).rejects.toThrow()
    server.resetHandlers()
    use()
    expect(await get('http://localhost:4010/relative/invoices')).toMatchObject({ path: '/invoices' })
    await expect(fetch('http://localhost:3000/relative/invoices')).rejects.toThrow()
  })

  it('take a document without servers for one of any origin but the page’s', async () => {
    const bare = compile(
      { openapi: '3.1.0', info: { title: 'Bare', version: '1' }, paths: { '/invoices': { get: operation('list') } } },
      { name: 'bare' },
    )
    vi.stubGlobal('location', new URL('http://localhost:3000/home'))
    server.use(...handlersOf(bare, echo))
    expect(await get('https://any.example/invoices')).toMatchObject({ path: '/invoices' })
    await expect(fetch('http://localhost:3000/invoices')).rejects.toThrow()
  })

  it('give way to a handler of the user, one operation at a time', async () => {
    use()
    server.use(http.get('*/invoices/claim', () => HttpResponse.json({ by: 'user' })))
    expect(await get('http://localhost/relative/invoices/claim')).toEqual({ by: 'user' })
    expect(await get('http://localhost/relative/invoices/claim', { method: 'POST' })).toMatchObject({ by: 'us' })
    expect(await get('http://localhost/relative/invoices/abc')).toMatchObject({ by: 'us' })
  })

  it('match the operation whose path is literal before the template', async () => {
    const [template, , claims] = handlersOf(model, echo)
    const request = new Request('http://localhost/relative/invoices/claim')
    expect((await template?.run({ request, requestId: '1' }))?.response).toBeUndefined()
    expect((await claims?.run({ request, requestId: '1' }))?.response?.status).toBe(200)
  })
})
