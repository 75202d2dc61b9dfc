import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { mock } from '../../index.ts'
import { deliver, mockModel, Worlds } from '../../mocks/index.ts'
import { serve } from '../../mocks/server.ts'
import type { Served, ServeOptions } from '../../mocks/server.ts'
import { apiNames, builtIn, compile } from '../../spec/index.ts'
import { credentialsFor } from '../support/credentials.ts'

const worlds = new Worlds({ invoices: 20 })
const routes = apiNames.map((name) => {
  const model = builtIn(name)
  return { prefix: `/${name}`, model, worlds, fetch: mockModel(model, { worlds }).fetch }
})

let served: Served
const sockets: Socket[] = []
const start = async (options: ServeOptions): Promise<Served> => (served = await serve(routes, options))
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await served.close()
})

/** Opens a connection, and returns what ends with all that was answered when the server hangs up. */
function open(text = ''): { socket: Socket; answer: Promise<string> } {
  const socket = connect(served.port, '127.0.0.1', () => socket.write(text))
  sockets.push(socket)
  let told = ''
  const answer = new Promise<string>((resolve) => {
    socket.on('data', (chunk) => (told += String(chunk)))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(told))
  })
  return { socket, answer }
}
const ask = (text: string): Promise<string> => open(text).answer
const opened = ({ socket }: { socket: Socket }): Promise<void> =>
  new Promise((resolve) => (socket.connecting ? void socket.once('connect', resolve) : resolve()))

const get = (path: string, headers = ''): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`
const post = (path: string, length: number, headers = ''): string =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${headers}\r\n`

/** An error as the document of Stuut has it, and one that belongs to no API. */
const inOwnForm = (status: number, detail: string): RegExp =>
  new RegExp(
    `^HTTP/1\\.1 ${status} [^]*content-type: application/json\\r\\n[^]*\\r\\n\\r\\n\\{"detail":"[^"]*${detail}`,
    'i',
  )
const plain = (status: number, detail: string): RegExp =>
  new RegExp(`^HTTP/1\\.1 ${status} [^]*content-type: application/problem\\+json\\r\\n[^]*${detail}`, 'i')

describe('a server refuses', () => {
  it('a body that is too large with 413, announced or not', async () => {
    await start({ maxBody: 100 })
    expect(await ask(post('/stuut/v1/x', 101) + 'x'.repeat(101))).toMatch(inOwnForm(413, 'A body may have 100 bytes'))
    const chunked = `POST /stuut/v1/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n${'x'.repeat(101)}\r\n0\r\n\r\n`
    expect(await ask(chunked)).toMatch(inOwnForm(413, 'A body may have 100 bytes'))
    expect(await ask(post('/nothing', 101) + 'x'.repeat(101))).toMatch(plain(413, 'A body may have 100 bytes'))
  })

  it('a path and query that are too long with 414, and far too long as well', async () => {
    await start({ maxUrl: 200, maxHeaders: 2000 })
    const query = (length: number): string => `/stuut/v1/invoices?q=${'x'.repeat(length)}`
    expect(await ask(get(query(200)))).toMatch(inOwnForm(414, 'may have 200 bytes'))
    expect(await ask(get(query(20_000)))).toMatch(plain(414, 'may have 200 bytes'))
    expect(await ask(get(query(150), 'Connection: close\r\n'))).toMatch(/^HTTP\/1\.1 401 /)
  })

  it('header fields that are too large with 431, and far too large as well', async () => {
    await start({ maxUrl: 2000, maxHeaders: 1000 })
    const headers = (length: number): string => `X-Long: ${'x'.repeat(length)}\r\n`
    expect(await ask(get('/stuut/v1/invoices', headers(1000)))).toMatch(inOwnForm(431, 'may have 1000 bytes'))
    expect(await ask(get('/stuut/v1/invoices', headers(20_000)))).toMatch(plain(431, 'may have 1000 bytes'))
    expect(await ask(get('/stuut/v1/invoices', `${headers(800)}Connection: close\r\n`))).toMatch(/^HTTP\/1\.1 401 /)
  })

  it('a header that does not come with 408, whether nothing comes or a byte now and then', async () => {
    await start({ headerTimeout: 300 })
    const silent = open()
    const slow = open('GET /stuut/v1/invoices HTTP/1.1\r\n')
    const drip = setInterval(() => slow.socket.write('X'), 50)
    const answers = await Promise.all([silent.answer, slow.answer])
    clearInterval(drip)
    for (const answer of answers) expect(answer).toMatch(plain(408, 'did not come in time'))
  })

  it('a body that does not come with 408', async () => {
    await start({ requestTimeout: 300 })
    const slow = open(`${post('/stuut/v1/x', 1000)}{`)
    const drip = setInterval(() => slow.socket.write(' '), 50)
    expect(await slow.answer).toMatch(inOwnForm(408, 'A body has 0.3 seconds to come'))
    clearInterval(drip)
  })

  it('requests on more connections than there may be with 503, until others close', async () => {
    await start({ maxConnections: 2 })
    const others = [open(), open()]
    await Promise.all(others.map(opened))
    expect(await ask(get('/stuut/v1/invoices'))).toMatch(inOwnForm(503, 'may have 2 connections'))
    for (const { socket } of others) socket.destroy()
    await expect
      .poll(() => ask(get('/stuut/v1/invoices', 'Connection: close\r\n')), { timeout: 20_000 })
      .toMatch(/^HTTP\/1\.1 401 /)
  })

  it('connections that are too many and say nothing by cutting them', async () => {
    await start({ maxConnections: 1 })
    const held = open()
    await opened(held)
    expect(await open().answer).toBe('')
    expect(held.socket.destroyed).toBe(false)
  })

  it('what is no request with 400', async () => {
    await start({})
    expect(await ask('NONSENSE\r\n\r\n')).toMatch(plain(400, 'This is no HTTP request'))
  })
})

describe('a mock refuses, in a page or behind a server', () => {
  const claim = async (body: unknown, limits = {}): Promise<readonly [number, string]> => {
    const { model, fetch } = mock('nuntiq', { invoices: 20, ...limits })
    const response = await fetch(
      new Request('http://localhost/v1/invoices/claim', {
        method: 'POST',
        headers: { ...credentialsFor(model), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
    return [response.status, await response.text()]
  }
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { limit: nested(levels - 1) })

  it('JSON that is nested too deep with 413', async () => {
    expect(await claim(nested(65))).toEqual([413, expect.stringContaining('at most 64 levels')])
    expect((await claim(nested(64)))[0]).toBe(400)
    expect(await claim(nested(6), { maxDepth: 5 })).toEqual([413, expect.stringContaining('at most 5 levels')])
  })

  it('lists that are too long with 413', async () => {
    const list = (length: number): unknown => ({ limit: Array.from({ length }, () => 1) })
    expect(await claim(list(10_001))).toEqual([413, expect.stringContaining('at most 10000 items')])
    expect((await claim(list(10_000)))[0]).toBe(400)
    expect(await claim(list(4), { maxItems: 3 })).toEqual([413, expect.stringContaining('at most 3 items')])
  })

  it('a body that its schema asks about in more ways than there is time for with 413, whatever it would say', async () => {
    const next = { properties: { next: { $ref: '#/components/schemas/Node' } } }
    const Node = { anyOf: [{ ...next, required: ['a'] }, { ...next, required: ['b'] }, { type: 'object' }] }
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Node' } } }
    const model = compile(
      {
        openapi: '3.1.0',
        info: { title: 'x', version: '1' },
        paths: { '/nodes': { post: { requestBody: { content }, responses: { 204: { description: 'kept' } } } } },
        components: { schemas: { Node } },
      },
      { name: 'x' },
    )
    const { fetch } = mockModel(model)
    const send = (depth: number): Promise<Response> =>
      fetch(
        new Request('http://api.test/nodes', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"next":'.repeat(depth) + '{}' + '}'.repeat(depth),
        }),
      )
    expect((await send(10)).status).toBe(204)
    const refused = await send(60)
    expect([refused.status, await refused.text()]).toEqual([413, expect.stringContaining('checked in time')])
  })

  it('to keep more worlds than it may, by forgetting the one that was used least lately', () => {
    const { world } = mock('nuntiq', { invoices: 20, maxWorlds: 2 })
    const first = world('a')
    first.clock('2026-03-01')
    world('b')
    world('c')
    expect(first.business.today).toBe(world('b').business.today)
  })
})

it('webhooks are called no more often than they may', async () => {
  const slept: number[] = []
  const own = new Worlds({ invoices: 20 })
  const { business, model } = mockModel(builtIn('customeros'), { worlds: own })
  const deliverer = deliver(own, [model], {
    url: 'http://127.0.0.1:9/',
    rate: 5,
    sleep: async (milliseconds) => void slept.push(milliseconds),
    fetch: async () => new Response(),
  })
  for (let count = 0; count < 3; count++) business.sync(business.create({ lines: [{ name: 'Anvil', price: 100 }] }))
  await deliverer.settled()
  expect(slept).toEqual([200, 200, 200])
  deliverer.close()
})
