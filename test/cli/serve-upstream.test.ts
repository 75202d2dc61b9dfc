import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run, start } from './support/command.ts'
import type { Running } from './support/command.ts'

const books = ['--today', '2026-01-15', '--invoices', '20', '--no-watch']

describe('a server in front of the real API', () => {
  let real: Server
  let server: Running
  const asked: { url: string | undefined; headers: IncomingHttpHeaders }[] = []
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/stuut${path}`, { headers: { authorization: 'Bearer any', ...headers } })
    return { status: response.status, headers: response.headers, body: (await response.json()) as object }
  }

  beforeAll(async () => {
    real = createServer(({ url, headers }, response) => {
      asked.push({ url, headers })
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ real: url }))
    })
    await new Promise<void>((done) => {
      real.listen(0, '127.0.0.1', () => done())
    })
    const { port } = real.address() as AddressInfo
    server = await start([
      'stuut',
      '--upstream',
      `http://me:secret@127.0.0.1:${port}/v2`,
      '--forward',
      'getInvoice',
      ...books,
    ])
  })
  afterAll(async () => {
    await server.stop()
    real.close()
  })

  it('answers an operation that is named from there, and says what breaks the contract', async () => {
    const { body, headers } = await get('/v1/invoices/one?a=b', { 'x-proforma-world': 'mine' })
    expect(body).toEqual({ real: '/v2/v1/invoices/one?a=b' })
    expect(Number(headers.get('x-proforma-violations'))).toBeGreaterThan(0)
    expect(asked.at(-1)?.headers).toMatchObject({ authorization: `Basic ${btoa('me:secret')}` })
    expect(Object.keys(asked.at(-1)?.headers ?? {}).filter((name) => name.startsWith('x-proforma'))).toEqual([])
  })

  it('answers all else from the mock, unless a request prefers the real API', async () => {
    expect(await get('/v1/invoices?limit=1')).toMatchObject({ status: 200, body: { total_records: 20 } })
    const { body } = await get('/v1/invoices?limit=1', { prefer: 'upstream' })
    expect(body).toEqual({ real: '/v2/v1/invoices?limit=1' })
    expect(asked.at(-1)?.headers.prefer).toBeUndefined()
  })

  it('is told of no cookie of a browser that is another server’s', async () => {
    await get('/v1/invoices/one', { cookie: 'other=secret', 'sec-fetch-site': 'same-origin' })
    expect(asked.at(-1)?.headers.cookie).toBeUndefined()
    await get('/v1/invoices/one', { cookie: 'mine=1' })
    expect(asked.at(-1)?.headers.cookie).toBe('mine=1')
  })

  it('asks it neither for pages from elsewhere nor for what the document does not have', async () => {
    const before = asked.length
    const foreign: Record<string, string>[] = [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]
    for (const headers of foreign)
      for (const [path, prefer] of [
        ['/v1/invoices/one', {}],
        ['/v1/invoices', { prefer: 'upstream' }],
      ] as const)
        expect((await fetch(`${server.url}/stuut${path}`, { headers: { ...headers, ...prefer } })).status).toBe(403)
    const elsewhere = await fetch(`${server.url}/stuut/admin`, { headers: { prefer: 'upstream' } })
    expect([elsewhere.status, asked.length]).toEqual([404, before])
    const local = { origin: 'http://localhost:5173' }
    expect((await fetch(`${server.url}/stuut/v1/invoices/one`, { headers: local })).status).toBe(200)
  })

  it('says so where the real API is not there', async () => {
    real.close()
    real.closeAllConnections()
    const { status, body } = await get('/v1/invoices/one')
    expect(status).toBe(502)
    expect(JSON.stringify(body)).toMatch(/Failed to reach http:\/\/127\.0\.0\.1/)
    expect(JSON.stringify(body)).not.toContain('secret')
  })
})

it.each([
  [['stuut', '--forward', 'getInvoice'], /--upstream/],
  [['stuut', '--upstream', 'http://127.0.0.1:9', '--forward', 'getInvoise'], /getInvoise.*getInvoice/s],
  [['stuut', 'truto', '--upstream', 'http://127.0.0.1:9'], /one API/],
  [['stuut', '--engine', 'prism', '--upstream', 'http://127.0.0.1:9'], /native engine/],
])('%j is a mistake of the command line', async (args, sentence) => {
  const { code, stderr } = await run(['serve', ...args, '--port', '0', ...books])
  expect(code).toBe(2)
  expect(stderr).toMatch(sentence)
})
