import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingMessage, RequestListener } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startProxy } from '../../cli/proxy/proxy-server.ts'
import type { ProxyServerOptions } from '../../cli/proxy/proxy-server.ts'
import { OwnCookies } from '../../cli/proxy/own-cookies.ts'
import { concat, memoryBudget } from '../../cli/proxy/body-buffer.ts'
import type { MemoryBudget } from '../../cli/proxy/body-buffer.ts'
import type { RawExchange } from '../../cli/proxy/exchange.ts'
import { exchangeInspector } from '../../contracts/index.ts'
import { mock } from '../../index.ts'
import { compile } from '../../spec/index.ts'
import { serverLimits } from '../../mocks/http/limits.ts'
import { patience } from '../support/patience.ts'
import { closingAfterEach, upstream as startUpstream } from './support/upstream.ts'

const stuut = mock('stuut', { invoices: 10 })
const closing = closingAfterEach()
const upstream = (listener: RequestListener): Promise<string> => startUpstream(listener, closing)

async function proxied(
  baseUrl: string,
  options: Partial<ProxyServerOptions> = {},
): Promise<{ url: string; passed: RawExchange[]; missed: string[] }> {
  const passed: RawExchange[] = []
  const missed: string[] = []
  const proxy = await startProxy({
    baseUrl,
    host: '127.0.0.1',
    port: 0,
    fail: false,
    wait: false,
    maxBytes: 100_000,
    budget: memoryBudget(1_000_000),
    limits: serverLimits,
    timeout: patience,
    cookies: new OwnCookies(stuut.model),
    inspector: exchangeInspector(stuut.model),
    inspectLater: (exchange) => void passed.push(exchange),
    onUnanswered: (request, reason) => void missed.push(`${request} ${reason}`),
    inspect: async (exchange) => {
      passed.push(exchange)
      return { request: exchange.target, violations: [] }
    },
    ...options,
  })
  closing.push(proxy.close)
  return { url: proxy.url, passed, missed }
}

const textOf = (chunks: readonly Uint8Array[] | undefined): string | undefined =>
  chunks && new TextDecoder().decode(concat(chunks))

/** Sends a request as it stands, hop-by-hop headers included. */
const raw = (url: string, options: object): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request(url, options, (response) => resolve(response.resume()))
      .on('error', reject)
      .end()
  })

/** Speaks as no client of Node does, and listens until the connection ends. */
const spoken = (url: string, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let heard = ''
    connect(Number(new URL(url).port), '127.0.0.1')
      .setEncoding('latin1')
      .on('data', (piece: string) => (heard += piece))
      .on('end', () => resolve(heard))
      .on('error', reject)
      .write(text)
  })

describe('forward', () => {
  it.each([
    ['a path', { maxUrl: 100 }, { path: `/${'a'.repeat(200)}` }, 414],
    ['header fields', { maxHeaders: 1000 }, { headers: { 'x-long': 'a'.repeat(2000) } }, 431],
    ['connections', { maxConnections: 1 }, {}, 503],
  ])('refuses %s too many by name', async (_, limits, asked, status) => {
    let count = 0
    const base = await upstream((__, outgoing) => void (count++, outgoing.end('{}')))
    const { url } = await proxied(base, { limits: { ...serverLimits, ...limits } })
    const other = connect(Number(new URL(url).port), '127.0.0.1')
    await once(other, 'connect')
    const response = await raw(url, asked)
    other.destroy()
    expect([response.statusCode, response.headers['content-type'], count]).toEqual([
      status,
      'application/problem+json',
      0,
    ])
  })

  it('refuses a header and a body that do not come', async () => {
    const base = await upstream((_, outgoing) => outgoing.end('{}'))
    const { url } = await proxied(base, { limits: { ...serverLimits, headerTimeout: 100, requestTimeout: 100 } })
    expect(await spoken(url, 'GET / HTTP/1.1\r\nHost: localhost')).toMatch(/^HTTP\/1\.1 408 /)
    const holding = await proxied(base, {
      fail: true,
      wait: true,
      limits: { ...serverLimits, requestTimeout: 100 },
    })
    expect(
      await spoken(
        holding.url,
        'POST /v1/invoices HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 10\r\n\r\n{',
      ),
    ).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('answers 502 where it must not pass unseen what nobody can look at', async () => {
    const base = await upstream((_, outgoing) => outgoing.end('{}'))
    const inspect: ProxyServerOptions['inspect'] = async ({ target }) => ({
      request: target,
      violations: [],
      isUninspected: true,
    })
    const path = '/v1/invoices'
    const headers = { authorization: 'Bearer any' }
    const strict = await proxied(base, { fail: true, wait: true, inspect })
    expect((await raw(strict.url, { path, headers })).statusCode).toBe(502)
    const waiting = await proxied(base, { wait: true, inspect })
    expect((await raw(waiting.url, { path, headers })).statusCode).toBe(200)
  })

  it('says of a port that is in use what every server says', async () => {
    const base = await upstream((_, outgoing) => outgoing.end('{}'))
    const { url } = await proxied(base)
    await expect(proxied(base, { port: Number(new URL(url).port) })).rejects.toThrow(
      /^Failed to serve on http:\/\/127\.0\.0\.1:\d+: expected a free port but received one that is in use\. Stop the other server/,
    )
  })

  it('passes on what belongs to the message, and keeps what belongs to the connection', async () => {
    let seen: IncomingMessage | undefined
    const base = await upstream((incoming, outgoing) => {
      seen = incoming
      outgoing
        .writeHead(200, { 'set-cookie': ['a=1', 'b=2'], connection: 'x-hop', 'x-hop': '1', 'x-kept': '1' })
        .end('{}')
    })
    const { url } = await proxied(`${base}/base`)
    const response = await raw(url, {
      path: '/v1/invoices?limit=1',
      headers: {
        connection: 'x-secret-hop',
        'x-secret-hop': '1',
        te: 'trailers',
        'proxy-authorization': 'Basic x',
        'x-kept': '1',
        authorization: 'Bearer any',
      },
    })
    expect(seen?.url).toBe('/base/v1/invoices?limit=1')
    expect(seen?.headers).toMatchObject({
      host: base.slice(7),
      via: '1.1 proforma',
      'x-kept': '1',
      authorization: 'Bearer any',
    })
    for (const name of ['x-secret-hop', 'te', 'proxy-authorization']) expect(seen?.headers[name]).toBeUndefined()
    expect(response.headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'x-kept': '1' })
    expect(response.headers['x-hop']).toBeUndefined()
  })

  it('answers no page from elsewhere, and none under a name that was made to point here', async () => {
    let asked = 0
    const base = await upstream((_, outgoing) => {
      asked++
      outgoing.end('{}')
    })
    const { url } = await proxied(base, { authorization: 'Bearer mine' })
    const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    const refused: readonly object[] = [
      { headers: { host: 'evil.example' } },
      { headers: { host: `evil.example:${new URL(url).port}` } },
      { headers: { host: '192.168.1.5' } },
      { headers: { origin: 'https://evil.example' } },
      { headers: { origin: 'null' } },
      { headers: { 'sec-fetch-site': 'cross-site' } },
      { ...form, headers: { ...form.headers, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } },
    ]
    for (const options of refused)
      expect((await raw(url, { path: '/v1/invoices', ...options })).statusCode, JSON.stringify(options)).toBe(403)
    expect(asked).toBe(0)
    const passed: readonly object[] = [
      {},
      { headers: { host: 'localhost:1' } },
      { headers: { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' } },
      { headers: { origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' } },
      { headers: { 'sec-fetch-site': 'none' } },
      // As a client asks that takes it for its proxy.
      { path: 'http://api.example.com/v1/invoices', headers: { host: 'api.example.com' } },
    ]
    for (const options of passed)
      expect((await raw(url, { path: '/v1/invoices', ...options })).statusCode, JSON.stringify(options)).toBe(200)
    expect(asked).toBe(passed.length)
  })

  it('passes of the cookies of a browser those alone that are the API’s', async () => {
    const cookies: unknown[] = []
    const base = await upstream((incoming, outgoing) => {
      cookies.push(incoming.headers.cookie)
      outgoing.setHeader('set-cookie', 'session=1; HttpOnly').end('{}')
    })
    const model = compile(
      {
        openapi: '3.1.0',
        info: { title: 'Cookies', version: '1' },
        paths: {},
        components: { securitySchemes: { key: { type: 'apiKey', in: 'cookie', name: 'sid' } } },
      },
      { name: 'cookies' },
    )
    const { url } = await proxied(base, { cookies: new OwnCookies(model) })
    const cookie = 'other=secret; sid=2; session=1'
    const browser = { 'sec-fetch-site': 'same-origin', cookie }
    await raw(url, { path: '/', headers: browser })
    await raw(url, { path: '/', headers: browser })
    await raw(url, { path: '/', headers: { ...browser, cookie: 'other=secret' } })
    await raw(url, { path: '/', headers: { cookie } })
    expect(cookies).toEqual(['sid=2', 'sid=2; session=1', undefined, cookie])
  })

  it('counts violations itself, whatever the upstream says of them', async () => {
    const base = await upstream((_, outgoing) =>
      outgoing.setHeader('X-Proforma-Violations', '99').setHeader('content-type', 'text/plain').end('{}'),
    )
    const { url } = await proxied(base)
    const { headers } = await raw(url, { path: '/v1/invoices', headers: { authorization: 'Bearer any' } })
    expect(headers['x-proforma-violations']).toBe('0')
  })

  it('asks the upstream and nobody else, whatever a request line says', async () => {
    const urls: unknown[] = []
    const { url } = await proxied(
      await upstream((incoming, outgoing) => {
        urls.push([incoming.url, incoming.headers.host?.startsWith('127.0.0.1:')])
        outgoing.end('{}')
      }),
    )
    for (const path of ['http://elsewhere.test/v1/invoices', '//elsewhere.test/v1', '/v1/../v1'])
      await raw(url, { path, headers: { host: path.startsWith('http') ? 'elsewhere.test' : 'localhost' } })
    expect(urls).toEqual([
      ['/v1/invoices', true],
      ['//elsewhere.test/v1', true],
      ['/v1/../v1', true],
    ])
  })

  it('passes bytes on before the answer ends, and hands over the whole', async () => {
    let finish: (() => void) | undefined
    const { url, passed } = await proxied(
      await upstream((_, outgoing) => {
        outgoing.writeHead(200, { 'content-type': 'application/json' })
        outgoing.write('{"data":')
        finish = () => outgoing.end('[]}')
      }),
    )
    const reader = (await fetch(`${url}/v1/invoices`)).body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('{"data":')
    finish?.()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('[]}')
    await expect.poll(() => passed.length).toBe(1)
    expect(textOf(passed[0]?.responseBody)).toBe('{"data":[]}')
  })

  it('passes on bodies of requests, and answers that are too long to be looked at, also when it waits', async () => {
    const { url, passed } = await proxied(await upstream((incoming, outgoing) => void incoming.pipe(outgoing)), {
      wait: true,
      maxBytes: 1000,
    })
    for (const size of [10, 100_000]) {
      const body = 'x'.repeat(size)
      expect(await (await fetch(`${url}/v1/invoices/1/sync`, { method: 'POST', body })).text()).toBe(body)
    }
    expect(passed.map(({ body, responseBody }) => [textOf(body)?.length, textOf(responseBody)?.length])).toEqual([
      [10, 10],
      [undefined, undefined],
    ])
  })

  it('says at once how many violations the head shows', async () => {
    const { url } = await proxied(await upstream((_, outgoing) => outgoing.writeHead(418).end()))
    const response = await fetch(`${url}/v1/invoices?limit=0`)
    // No credentials, a limit that is too small, a status nobody documents.
    expect(response.headers.get('x-proforma-violations')).toBe('3')
  })

  it('answers 502 where the upstream is gone, silent or cut short', async () => {
    const gone = await proxied('http://127.0.0.1:9')
    expect(await (await fetch(`${gone.url}/v1/invoices`)).json()).toMatchObject({
      status: 502,
      detail: expect.stringContaining('Failed to reach http://127.0.0.1:9'),
    })
    const silent = await proxied(await upstream(() => undefined), { timeout: 50 })
    expect(await (await fetch(`${silent.url}/v1/invoices`)).json()).toMatchObject({
      detail: expect.stringContaining('nothing within 0.05 seconds'),
    })
    const cut = await proxied(
      await upstream((_, outgoing) => {
        outgoing.writeHead(200, { 'content-length': 100 }).write('{')
        setTimeout(() => outgoing.destroy(), 20)
      }),
    )
    await expect(fetch(`${cut.url}/v1/invoices`).then((response) => response.text())).rejects.toThrow('terminated')
  })

  it('refuses a body that is too long to be held back', async () => {
    const { url } = await proxied(await upstream((_, outgoing) => outgoing.end('{}')), {
      fail: true,
      wait: true,
      maxBytes: 10,
    })
    expect(
      (
        await fetch(`${url}/v1/invoices/1/sync`, {
          method: 'POST',
          body: 'x'.repeat(100),
          headers: { authorization: 'Bearer any' },
        })
      ).status,
    ).toBe(413)
  })

  it('leads redirects to the upstream back through itself, and leaves all others alone', async () => {
    let location = ''
    const base = await upstream((_, outgoing) => outgoing.writeHead(302, { location }).end())
    const { url } = await proxied(`${base}/base`)
    const led = async (to: string): Promise<string | null> => {
      location = to
      return (
        await fetch(`${url}/v1/invoices`, { redirect: 'manual', headers: { authorization: 'Bearer any' } })
      ).headers.get('location')
    }
    expect(await led(`${base}/base/v1/invoices?page=2`)).toBe(`${url}/v1/invoices?page=2`)
    expect(await led('/base/v1/next')).toBe('/v1/next')
    expect(await led('next?page=2')).toBe('next?page=2')
    expect(await led('/other')).toBe(`${base}/other`)
    for (const elsewhere of [
      `${base}.evil.test/base/x`,
      `${base}/based`,
      'https://elsewhere.test/x',
      '//elsewhere.test/x',
    ]) {
      expect(await led(elsewhere)).toBe(elsewhere.startsWith('//') ? `http:${elsewhere}` : elsewhere)
    }
  })

  it('tells whom the upstream left without an answer', async () => {
    const base = await upstream(({ url = '' }, outgoing) => {
      if (url.startsWith('/half')) outgoing.writeHead(200, { 'content-length': 100 }).write('{')
      setTimeout(
        () =>
          url.startsWith('/switch')
            ? outgoing.socket?.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')
            : outgoing.destroy(),
        20,
      )
    })
    const { url, missed } = await proxied(base, { wait: true })
    for (const path of ['/half?key=1', '/none', '/switch']) expect((await fetch(`${url}${path}`)).status).toBe(502)
    expect(missed).toEqual([
      'GET /half?key=1 half an answer',
      'GET /none socket hang up',
      'GET /switch another protocol',
    ])
  })

  it('asks again where a connection ended that was kept', async () => {
    const base = await upstream((incoming, outgoing) => {
      outgoing.end('{}')
      // Says that it keeps the connection, and ends it when it is used again.
      incoming.socket.removeAllListeners('data').once('data', () => incoming.socket.destroy())
    })
    const { url, missed } = await proxied(base)
    for (let turn = 0; turn < 4; turn++) expect((await fetch(`${url}/v1/invoices`)).status).toBe(200)
    expect(missed).toEqual([])
  })

  it('does not hold back for ever what never ends', async () => {
    // Time passes with what comes, and only then.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const base = await upstream((_, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => {
        outgoing.write(' ')
        vi.advanceTimersByTime(patience / 10)
      }, 5)
      outgoing.on('close', () => clearInterval(timer))
    })
    const { url } = await proxied(base, { wait: true, timeout: patience })
    const reader = (await fetch(`${url}/v1/invoices`)).body?.getReader()
    for (let turn = 0; turn < 3; turn++) expect((await reader?.read())?.done).toBe(false)
    await reader?.cancel()
  })

  it('keeps no more of all bodies than it may, and frees what it kept', async () => {
    const sizes: number[] = []
    let left = 150_000
    const budget: MemoryBudget = {
      take(bytes) {
        if (bytes > left) return false
        left -= bytes
        return true
      },
      give: (bytes) => void (left += bytes),
    }
    const { url } = await proxied(await upstream((_, outgoing) => outgoing.end('x'.repeat(100_000))), {
      maxBytes: 1_000_000,
      budget,
      inspectLater: ({ responseBody }) => void sizes.push(textOf(responseBody)?.length ?? 0),
    })
    for (let turn = 0; turn < 4; turn++) expect((await (await fetch(`${url}/v1/invoices`)).text()).length).toBe(100_000)
    await expect.poll(() => sizes).toEqual([100_000, 100_000, 100_000, 100_000])
    expect(left).toBe(150_000)
    left = 50_000
    expect((await (await fetch(`${url}/v1/invoices`)).text()).length).toBe(100_000)
    await expect.poll(() => sizes.at(-1)).toBe(0)
    expect(left).toBe(50_000)
  })

  it('frees what it kept of an exchange whose client left', async () => {
    const budget = memoryBudget(1000)
    const { url, passed } = await proxied(
      await upstream((_, outgoing) => void outgoing.writeHead(200).write('x'.repeat(900))),
      { budget },
    )
    const controller = new AbortController()
    const reader = (await fetch(`${url}/v1/invoices`, { signal: controller.signal })).body?.getReader()
    await reader?.read()
    expect(budget.take(200)).toBe(false)
    controller.abort()
    await expect.poll(() => budget.take(1000)).toBe(true)
    expect(passed).toEqual([])
  })

  it('passes on trailers, several cookies, and requests without a body as they are', async () => {
    const seen: (string | undefined)[] = []
    const { url } = await proxied(
      await upstream(({ headers }, outgoing) => {
        seen.push(headers['content-length'], headers['transfer-encoding'])
        outgoing.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).write('{}')
        outgoing.addTrailers({ 'x-sum': '7' })
        outgoing.end()
      }),
    )
    const said = await spoken(url, 'POST /v1/invoices HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    expect(said).toMatch(/\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n.*\r\n2\r\n\{\}\r\n0\r\nx-sum: 7\r\n\r\n$/s)
    expect(await spoken(url, 'DELETE /v1/invoices HTTP/1.0\r\n\r\n')).toMatch(/\r\n\r\n\{\}$/)
    expect(seen).toEqual(['0', undefined, undefined, undefined])
  })

  it('makes no tunnels', async () => {
    const { url } = await proxied(await upstream((_, outgoing) => outgoing.end('{}')))
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(url, { method: 'CONNECT', path: 'elsewhere.test:443' })
        .on('connect', ({ statusCode }, socket) => {
          socket.destroy()
          resolve(statusCode)
        })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(501)
  })
})
