import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { controlOf, mockModel, Worlds } from '../../mocks/index.ts'
import { serve } from '../../mocks/server.ts'
import type { Served } from '../../mocks/server.ts'
import { apiNames, builtIn } from '../../spec/index.ts'
import { credentialsFor } from '../support/credentials.ts'
import { patience } from '../support/patience.ts'

const errors: unknown[] = []
const worlds = new Worlds({ invoices: 60 })
let served: Served

const routes = apiNames.map((name) => ({ prefix: `/${name}`, fetch: mockModel(builtIn(name), { worlds }).fetch }))

beforeAll(async () => {
  served = await serve(routes, {
    control: controlOf(worlds),
    maxBody: 50_000,
    requestTimeout: patience,
    headerTimeout: patience,
    maxUrl: 13_000,
    isAlone: true,
    onError: (error) => errors.push(error),
  })
})
afterAll(async () => {
  await served.close()
})

const lists = {
  stuut: '/stuut/v1/invoices',
  customeros: '/customeros/invoices',
  truto: '/truto/unified/accounting/invoices?integrated_account_id=5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d',
}
const headersOf = (name: string): Record<string, string> =>
  (apiNames as readonly string[]).includes(name) ? credentialsFor(builtIn(name)) : {}
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(served.url + path, { headers: { ...headersOf(path.split('/')[1] as string), ...headers } })
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(served.url + path, {
    method: 'POST',
    body,
    headers: { ...headersOf(path.split('/')[1] as string), 'content-type': 'application/json', ...headers },
  })

interface Manner {
  /** Whose port; the common server's unless told otherwise. */
  readonly port?: number
  /** What the client does once it has sent everything: listens, says that it has no more, or hangs up. */
  readonly then?: 'listen' | 'end' | 'destroy'
}

/** Sends texts one after the other and returns what comes back until one of both hangs up. */
const raw = (texts: readonly string[], { port = served.port, then = 'listen' }: Manner = {}): Promise<string> =>
  new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => {
      for (const [index, text] of texts.entries())
        socket.write(text, () => then === 'destroy' && index === texts.length - 1 && socket.destroy())
      if (then === 'end') socket.end()
    })
    socket.on('data', (chunk) => {
      answer += String(chunk)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
  })

describe('a server', () => {
  it.each(Object.entries(lists))('answers absurd pages of %s with an empty page or a 4xx', async (_name, path) => {
    const and = path.includes('?') ? '&' : '?'
    for (const page of [
      '1000000000000000',
      '9007199254740991',
      '9007199254740993',
      '1e308',
      '-1',
      '0.5',
      'NaN',
      'Infinity',
      '',
      '%00',
      '1'.repeat(400),
    ]) {
      for (const name of ['page', 'next_cursor', 'limit']) {
        const { status } = await get(`${path}${and}${name}=${page}`)
        expect([name, page, status < 500]).toEqual([name, page, true])
      }
    }
  })

  it.each(Object.entries(lists))('survives a thousand parameters of %s, known and unknown', async (name, path) => {
    const and = path.includes('?') ? '&' : '?'
    const known =
      builtIn(name)
        .operations.find(({ does }) => does === 'list')
        ?.parameters.map((parameter) => parameter.name) ?? []
    for (const query of [
      Array.from({ length: 1000 }, (_, index) => `p${index}=1`),
      Array.from({ length: 1000 }, (_, index) => `${known[index % known.length]}=${index}`),
      Array(1000).fill('a[b][c][d]=1'),
    ]) {
      expect((await get(`${path}${and}${query.join('&').slice(0, 12_000)}`)).status).toBeLessThan(500)
    }
  })

  it.each(Object.entries(lists))('takes names of prototypes for names in %s', async (_name, path) => {
    const and = path.includes('?') ? '&' : '?'
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__proto__[x]'])
      expect((await get(`${path}${and}${encodeURIComponent(name)}=1&sort=${name}&status=${name}`)).status).toBeLessThan(
        500,
      )
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  it('finds nothing outside of its paths', async () => {
    for (const path of [
      '/../../etc/passwd',
      '/stuut/..%2f..%2fetc/passwd',
      '/stuut/%2e%2e/%2e%2e/x',
      '/stuut/v1/invoices/%2e%2e%2f',
      '/stuut/v1/invoices/%00',
      '/stuut/v1/invoices/%ff%fe',
      '/stuut/v1/invoices/%',
      '/stuut//v1//invoices',
      '/stuut\\v1',
      '/__world/',
      '/__world/a',
      '/__world/%00/stuut/v1/invoices',
    ]) {
      const answer = await raw([
        `GET ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n`,
      ])
      expect([path, answer.slice(0, 10)]).toEqual([path, expect.stringMatching(/^HTTP\/1\.1 [24]/)])
      expect(answer).not.toContain('root:')
    }
  })

  const bodies: readonly (readonly [what: string, body: BodyInit])[] = [
    ['no JSON', '{'],
    ['nothing', ''],
    ['a number', '1'],
    ['null', 'null'],
    ['deep JSON', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['deep objects', '{"a":'.repeat(8000) + '1' + '}'.repeat(8000)],
    ['bytes that are no UTF-8', new Uint8Array([123, 34, 97, 255, 254, 34, 58, 49, 125])],
    ['prototypes', '{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}'],
    ['huge numbers', '{"limit":1e999,"ttl_seconds":-1e308}'],
    ['half a character', '{"query":"\\ud800"}'],
    ['long lists', `[${'1,'.repeat(20_000)}1]`],
  ]
  it.each(bodies)('refuses %s as a body with a 4xx', async (_what, body) => {
    for (const [path, method] of [
      ['/nuntiq/v1/invoices/claim', 'POST'],
      ['/customeros/query', 'POST'],
      ['/truto/unified/accounting/invoices?integrated_account_id=5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d', 'POST'],
    ] as const) {
      const { status } = await fetch(served.url + path, {
        method,
        body,
        headers: { ...headersOf(path.split('/')[1] as string), 'content-type': 'application/json' },
      })
      expect([path, status >= 200 && status < 500]).toEqual([path, true])
    }
    const { status } = await post('/__proforma/restore', body)
    expect([400, 200]).toContain(status)
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  it('refuses bodies over the limit, whatever they are sent to', async () => {
    for (const path of ['/nuntiq/v1/invoices/claim', '/__proforma/restore', '/nothing'])
      expect([path, (await post(path, 'x'.repeat(60_000))).status]).toEqual([path, 413])
  })

  it('passes over preferences it does not know, and refuses values it cannot read', async () => {
    expect((await get(lists.stuut, { prefer: 'respond-async, wait=5, x="y, code=500", =;;,' })).status).toBe(200)
    expect((await get(lists.stuut, { prefer: `${'a=1,'.repeat(2000)}code=500` })).status).toBe(200)
    expect((await get(lists.stuut, { prefer: 'code=5' })).status).toBe(400)
    expect((await get(lists.stuut, { 'x-proforma-world': 'x'.repeat(200) })).status).toBe(400)
  })

  it('outlives clients that are slow, half closed or gone', async () => {
    const head =
      'POST /nuntiq/v1/invoices/claim HTTP/1.1\r\nHost: a\r\nX-Api-Key: x\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n'
    expect(
      await raw(
        ['GET /stuut/v1/invoices?limit=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n'],
        { then: 'end' },
      ),
    ).toMatch(/^HTTP\/1\.1 200 /)
    expect(await raw([head, '{"limit'], { then: 'end' })).not.toMatch(/^HTTP\/1\.1 5/)
    expect(await raw([head, '{"limit'], { then: 'destroy' })).toBe('')
    expect(await raw(['GET /stuut/v1/inv'], { then: 'destroy' })).toBe('')
    const impatient = await serve(routes, { requestTimeout: 100 })
    expect(await raw([head, '{"limit'], { port: impatient.port })).toMatch(/^HTTP\/1\.1 408 /)
    await impatient.close()
    expect((await get(`${lists.stuut}?limit=1`)).status).toBe(200)
  })

  it('keeps no more worlds than it may, whoever names them', async () => {
    const few = new Worlds({ invoices: 5, maxWorlds: 100 })
    const { fetch: ask } = mockModel(builtIn('stuut'), { worlds: few })
    for (let count = 0; count < 500; count++)
      await ask(new Request('http://localhost/v1/nothing', { headers: { 'x-proforma-world': `w${count}` } }))
    expect(few.size).toBe(100)
  })
})

it('has told its owner of no mistake of its own', () => {
  expect(errors).toEqual([])
})

describe('a request', () => {
  it('is refused when its body is encoded', async () => {
    const answer = await post('/nuntiq/v1/invoices/claim', '{}', { 'content-encoding': 'gzip' })
    expect([
      answer.status,
      answer.headers.get('accept-encoding'),
      ((await answer.json()) as { detail: string }).detail,
    ]).toEqual([415, 'identity', 'A body cannot be encoded as gzip.'])
    expect((await post('/nuntiq/v1/invoices/claim', '{"limit":1}', { 'content-encoding': 'identity' })).status).toBe(
      200,
    )
  })

  it('can be about the server as a whole', async () => {
    expect(await raw(['OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'])).toMatch(
      /^HTTP\/1\.1 204 [^]*allow: GET, HEAD, OPTIONS/,
    )
    expect(await raw(['POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'])).toMatch(
      /^HTTP\/1\.1 405 [^]*allow: GET, HEAD, OPTIONS/,
    )
  })
})

describe('a world on a server', () => {
  it('is chosen by a path, which wins over a header', async () => {
    const mark = { 'x-proforma': '1' }
    await fetch(`${served.url}/__world/by-path/__proforma/scenario`, {
      method: 'POST',
      headers: mark,
      body: '{"name":"single"}',
    })
    const total = async (path: string, headers = {}): Promise<unknown> =>
      ((await (await get(path, headers)).json()) as { total_records: number }).total_records
    expect(await total(lists.stuut)).toBe(60)
    const answer = await fetch(`${served.url}/__world/by-path${lists.stuut}`, {
      headers: { ...headersOf('stuut'), 'x-proforma-world': 'other' },
    })
    expect(((await answer.json()) as { total_records: number }).total_records).toBe(1)
    expect(await total(lists.stuut, { cookie: 'proforma-world=by-path' })).toBe(1)
    const index = (await (await fetch(`${served.url}/__world/by-path/`)).json()) as { apis: unknown[] }
    expect(index.apis).toHaveLength(4)
  })

  it('has a clock that pages of other origins cannot move', async () => {
    const clock = (headers: Record<string, string>): Promise<string> =>
      raw([
        `POST /__world/c/__proforma/clock HTTP/1.1\r\n${Object.entries({
          host: `127.0.0.1:${served.port}`,
          connection: 'close',
          'content-length': '22',
          ...headers,
        })
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join('')}\r\n{"today":"2026-03-01"}`,
      ])
    expect(await clock({ 'content-type': 'application/json' })).toMatch(/^HTTP\/1\.1 200 /)
    expect(await clock({ 'content-type': 'text/plain' })).toMatch(/^HTTP\/1\.1 403 /)
    expect(await clock({ 'content-type': 'application/json', origin: 'https://evil.example' })).toMatch(
      /^HTTP\/1\.1 403 /,
    )
    expect(await clock({ 'content-type': 'application/json', host: 'evil.example' })).toMatch(/^HTTP\/1\.1 403 /)
    expect(worlds.at('c').business.today).toBe(worlds.first.business.today + 45)
  })
})

describe('an answer on the wire', () => {
  const socketed = (headers: string): Promise<string> =>
    raw([
      `GET /stuut/v1/invoices?limit=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\nConnection: close\r\n${headers}\r\n`,
    ])

  it('is compressed for who accepts that', async () => {
    const plain = await get(`${lists.stuut}?limit=1`, { 'accept-encoding': 'identity' })
    const zipped = await get(`${lists.stuut}?limit=1`, { 'accept-encoding': 'gzip;q=0.5' })
    expect([
      plain.headers.get('content-encoding'),
      zipped.headers.get('content-encoding'),
      zipped.headers.get('vary'),
    ]).toEqual([null, 'gzip', 'accept-encoding'])
    expect(await zipped.text()).toBe(await plain.text())
    expect(zipped.headers.get('etag')).toBe((plain.headers.get('etag') as string).replace(/"$/, '-gzip"'))
    expect(
      (
        await get(`${lists.stuut}?limit=1`, {
          'accept-encoding': 'gzip',
          'if-none-match': zipped.headers.get('etag') as string,
        })
      ).status,
    ).toBe(304)
    expect(
      (await get(`${lists.stuut}?limit=1`, { 'accept-encoding': 'gzip;q=0, br' })).headers.get('content-encoding'),
    ).toBeNull()
    expect(
      (await get('/stuut/v1/invoices/none', { 'accept-encoding': 'gzip' })).headers.get('content-encoding'),
    ).toBeNull()
  })

  it('has the same headers for HEAD, and tells who has it which form that is', async () => {
    const headers = { ...headersOf('stuut'), 'accept-encoding': 'gzip' }
    const [whole, head] = await Promise.all(
      ['GET', 'HEAD'].map((method) => fetch(`${served.url}${lists.stuut}?limit=2`, { method, headers })),
    )
    const named = (answer: Response | undefined): (string | null | undefined)[] =>
      ['content-encoding', 'content-length', 'etag', 'vary'].map((name) => answer?.headers.get(name))
    expect(named(head)).toEqual(named(whole))
    const tag = whole?.headers.get('etag') as string
    const again = await fetch(`${served.url}${lists.stuut}?limit=2`, { headers: { ...headers, 'if-none-match': tag } })
    expect([again.status, again.headers.get('etag'), again.headers.get('vary')]).toEqual([304, tag, 'accept-encoding'])
  })

  it('is cut before it begins, or in the middle', async () => {
    expect(await socketed('Prefer: scenario=flaky, delay=0\r\n')).toMatch(/^HTTP\/1\.1 /)
    const cut = worlds.at('cut')
    const seen = new Set<string>()
    cut.use('flaky')
    for (let count = 0; count < 120 && seen.size < 4; count++) {
      const answer = await socketed('X-Proforma-World: cut\r\nPrefer: delay=0\r\n')
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0)
      const body = answer.slice(answer.indexOf('\r\n\r\n') + 4)
      seen.add(
        answer === ''
          ? 'reset'
          : Buffer.byteLength(body) < length
            ? 'truncated'
            : answer.startsWith('HTTP/1.1 5')
              ? 'error'
              : 'whole',
      )
    }
    expect([...seen].toSorted()).toEqual(['error', 'reset', 'truncated', 'whole'])
  })
})
