import { describe, expect, it } from 'vitest'
import { mock } from '../../index.ts'
import { mockModel } from '../../mocks/index.ts'
import { apiNames, builtIn, compile } from '../../spec/index.ts'
import { clientOf } from '../support/client.ts'
import { credentialsFor } from '../support/credentials.ts'

const stuut = builtIn('stuut')
const headers = credentialsFor(stuut)
const ask = (fetch: ReturnType<typeof mockModel>['fetch'], path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(
    new Request(`http://localhost${path}`, {
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string>) },
    }),
  )

describe('a mocked API', () => {
  const { fetch } = mockModel(stuut)

  it('answers HEAD as GET', async () => {
    const [get, head] = [
      await ask(fetch, '/v1/invoices?limit=1'),
      await ask(fetch, '/v1/invoices?limit=1', { method: 'HEAD' }),
    ]
    expect([head.status, head.headers.get('etag')]).toEqual([200, get.headers.get('etag')])
  })

  it('tells which methods a path has', async () => {
    const options = await ask(fetch, '/v1/invoices', { method: 'OPTIONS' })
    const refused = await ask(fetch, '/v1/invoices', { method: 'DELETE' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  })

  it('sends an answer again only to who does not have it', async () => {
    const tag = (await ask(fetch, '/v1/invoices?limit=1')).headers.get('etag') as string
    expect(tag).toMatch(/^"[\da-z]+"$/)
    for (const known of [tag, `"other", ${tag}`, `W/${tag}`, tag.replace(/"$/, '-gzip"'), '*']) {
      const answer = await ask(fetch, '/v1/invoices?limit=1', { headers: { 'if-none-match': known } })
      expect([known, answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([known, 304, '', tag])
    }
    expect((await ask(fetch, '/v1/invoices?limit=2', { headers: { 'if-none-match': tag } })).status).toBe(200)
  })

  it('changes the tag of what has changed', async () => {
    const mock = mockModel(stuut)
    const client = clientOf(stuut, mock.fetch)
    const path = `/v1/invoices/${String((await client.some(1))[0]?.first('invoice.id')?.raw)}`
    const before = await ask(mock.fetch, path)
    await ask(mock.fetch, `${path}/sync`, { method: 'POST' })
    const after = await ask(mock.fetch, path)
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'))
  })

  it('says when what is refused may be tried again', async () => {
    const answer = await ask(fetch, '/v1/invoices', { headers: { prefer: 'code=429' } })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1'])
  })

  it.each(apiNames)('answers an unknown path as %s does', async (name) => {
    const mock = mockModel(builtIn(name))
    const answer = await mock.fetch(new Request('http://localhost/no/such/path'))
    const body = (await answer.json()) as object
    expect([answer.status, Object.keys(body).length > 0, JSON.stringify(body).includes('/no/such/path')]).toEqual([
      404,
      true,
      true,
    ])
  })
})

describe('an answer that is no JSON', () => {
  const contentOf = (...types: string[]): object => ({
    get: {
      responses: {
        200: { description: 'One.', content: Object.fromEntries(types.map((type) => [type, { schema: {} }])) },
      },
    },
  })
  const paths = {
    '/pdf': contentOf('application/octet-stream'),
    '/csv': contentOf('text/*', 'text/csv; header=present'),
    '/image': contentOf('image/*'),
    '/odd': contentOf('text/a\nb'),
    '/both': contentOf('text/csv', 'application/json'),
  }
  const { fetch } = mockModel(
    compile({ openapi: '3.1.0', info: { title: 'Files', version: '1' }, paths }, { name: 'files' }),
  )
  const answer = (path: string, accept = '*/*'): Promise<Response> =>
    fetch(new Request(`http://localhost${path}`, { headers: { accept } }))

  it.each([
    ['/pdf', 'application/octet-stream'],
    ['/csv', 'text/csv; header=present'],
    ['/image', 'image/png'],
    ['/odd', null],
    ['/both', 'application/json'],
  ])('at %s is sent as %s', async (path, type) => {
    const { status, headers } = await answer(path)
    expect([status, headers.get('content-type')]).toEqual([200, type])
  })

  it('is sent to who accepts it', async () => {
    expect((await answer('/pdf', 'application/octet-stream')).status).toBe(200)
    expect((await answer('/pdf', 'application/json')).status).toBe(200)
    expect((await answer('/pdf', 'text/csv')).status).toBe(406)
  })
})

describe('a key of the client’s own', () => {
  const model = builtIn('truto')
  const account = { integrated_account_id: '5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d' }
  const create = model.operations.find(({ does }) => does === 'create') as never
  const bodyWith = (price: number): object => ({
    type: 'invoice',
    contact: { id: 'KgdWFxWG6lKx' },
    line_items: [{ name: 'Anvil', quantity: 1, unit_price: price }],
  })

  it('gets the same answer again, and nothing happens twice', async () => {
    const mock = mockModel(model)
    const client = clientOf(model, mock.fetch)
    const asking = { values: account, body: bodyWith(10), headers: { 'idempotency-key': 'one' } }
    const [first, second] = [await client.ask(create, asking), await client.ask(create, asking)]
    expect(first.status).toBeLessThan(300)
    expect(second.text).toBe(first.text)
    expect(mock.business.state.created.length).toBe(1)
  })

  it('is refused with another body, as documented', async () => {
    const mock = mockModel(model)
    const client = clientOf(model, mock.fetch)
    await client.ask(create, { values: account, body: bodyWith(10), headers: { 'idempotency-key': 'one' } })
    const other = await client.ask(create, {
      values: account,
      body: bodyWith(11),
      headers: { 'idempotency-key': 'one' },
    })
    expect([other.status, other.text.includes('used for another request')]).toEqual([409, true])
    expect(mock.business.state.created.length).toBe(1)
  })

  it('may be used again for what was refused', async () => {
    const mock = mockModel(model)
    const client = clientOf(model, mock.fetch)
    const refused = await client.ask(create, {
      values: account,
      body: { ...bodyWith(10), contact: { id: 'nobody' } },
      headers: { 'idempotency-key': 'one' },
    })
    const mended = await client.ask(create, {
      values: account,
      body: bodyWith(10),
      headers: { 'idempotency-key': 'one' },
    })
    expect(refused.status).toBeGreaterThanOrEqual(400)
    expect(mended.status).toBeLessThan(300)
  })
})

describe('a request without credentials', () => {
  it.each([
    ['stuut', '/v1/invoices', 'Send "Authorization: Bearer any": any value will do.'],
    ['customeros', '/invoices?page=1&limit=1', 'Send "X-CUSTOMER-OS-API-KEY: any": any value will do.'],
  ] as const)('to %s is told what would do, and what it is told does', async (api, path, hint) => {
    const { fetch } = mock(api, { invoices: 3 })
    const refused = await fetch(new Request(`http://localhost${path}`))
    expect([refused.status, refused.headers.get('x-proforma-hint')]).toEqual([401, hint])
    expect(await refused.text()).toContain(JSON.stringify(hint).slice(1, -1))
    const [, name = '', value = ''] = /"(.+): (.+)"/.exec(hint) ?? []
    expect((await fetch(new Request(`http://localhost${path}`, { headers: { [name]: value } }))).status).toBe(200)
  })

  it('is answered where none are asked for', async () => {
    expect((await mock('stuut', { auth: false }).fetch(new Request('http://localhost/v1/invoices'))).status).toBe(200)
  })
})
