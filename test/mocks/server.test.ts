import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { serve } from '../../mocks/server.ts'
import type { Served, ServeOptions } from '../../mocks/server.ts'
import type { Route } from '../../mocks/http/routes.ts'
import { Failure } from '../../spec/index.ts'
import type { Fetch } from '../../spec/index.ts'

const running: Served[] = []
const start = async (routes: Fetch | readonly Route[], options: ServeOptions = {}): Promise<Served> => {
  const served = await serve(routes, options)
  running.push(served)
  return served
}
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ close }) => close()))
})

/** Says what it was asked. */
const echo: Fetch = async (request) => {
  const { pathname, search } = new URL(request.url)
  return Response.json({
    method: request.method,
    path: pathname + search,
    body: await request.text(),
    auth: request.headers.get('authorization'),
  })
}

/** Sends bytes as they are and returns all that comes back. */
const raw = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => {
      answer += String(chunk)
    })
    socket.on('error', () => resolve(answer))
    socket.on('close', () => resolve(answer))
  })

describe.each([{ isAlone: false }, { isAlone: true }])('server, $isAlone', ({ isAlone }) => {
  it('answers with a Fetch, body and headers included', async () => {
    const { url, port } = await start(echo, { isAlone })
    expect(url).toBe(`http://127.0.0.1:${port}`)
    const response = await fetch(`${url}/a/b?c=d%20e`, {
      method: 'POST',
      body: '{"x":"é"}',
      headers: { authorization: 'Bearer x' },
    })
    expect(await response.json()).toEqual({ method: 'POST', path: '/a/b?c=d%20e', body: '{"x":"é"}', auth: 'Bearer x' })
    expect([
      response.headers.get('content-type'),
      response.headers.get('x-powered-by'),
      response.headers.get('server'),
    ]).toEqual(['application/json', null, null])
  })

  it('mounts APIs under their prefixes and lists them at the root', async () => {
    const { url } = await start(
      [
        { prefix: '/one', fetch: echo, title: 'One' },
        { prefix: '/one/two', fetch: async () => new Response('two') },
      ],
      { isAlone },
    )
    expect(await (await fetch(`${url}/one/v1/a?b=c`)).json()).toMatchObject({ path: '/v1/a?b=c' })
    expect(await (await fetch(`${url}/one?b=c`)).json()).toMatchObject({ path: '/?b=c' })
    expect(await (await fetch(`${url}/one/two/x`)).text()).toBe('two')
    expect(await (await fetch(url)).json()).toEqual({
      apis: [
        { name: 'one', title: 'One', url: `${url}/one` },
        { name: 'one/two', url: `${url}/one/two` },
      ],
    })
  })

  it('serves an API under several paths, and tells of what it has nowhere', async () => {
    const missed: string[] = []
    const serves = (path: string): boolean => path.startsWith('/one') || path.startsWith('/v1/two')
    const { url } = await start([{ prefix: '/one', also: ['', '/v1'], fetch: echo, title: 'One', serves }], {
      isAlone,
      onMissed: (method, path) => missed.push(`${method} ${path}`),
    })
    const pathOf = async (path: string): Promise<unknown> =>
      ((await (await fetch(url + path)).json()) as { path: string }).path
    expect(await pathOf('/one/one?a=b')).toBe('/one?a=b')
    expect(await pathOf('/v1/one/x')).toBe('/one/x')
    // Its name is the beginning of its own paths as well.
    expect(await pathOf('/one')).toBe('/one')
    expect(await pathOf('/v1/two')).toBe('/v1/two')
    expect(await (await fetch(url)).json()).toMatchObject({ apis: [{ name: 'one' }] })
    expect(missed).toEqual([])
    expect(await pathOf('/v1/three')).toBe('/three')
    expect(missed).toEqual(['GET /v1/three'])
  })

  it('says which APIs there are to those who ask for another', async () => {
    const { url } = await start([{ prefix: '/stuut', fetch: echo }], { isAlone })
    for (const path of ['/stut/v1', '/stuuut']) {
      const response = await fetch(`${url}${path}`)
      expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
      expect(await response.json()).toMatchObject({
        status: 404,
        detail: expect.stringContaining('Did you mean "/stuut"?') as string,
      })
    }
  })

  it('sends no body to HEAD, but its length', async () => {
    const { url } = await start(async () => new Response('hello'), { isAlone })
    const response = await fetch(url, { method: 'HEAD' })
    expect([response.status, await response.text(), response.headers.get('content-length')]).toEqual([200, '', '5'])
  })

  it('refuses bodies over the limit, announced or not', async () => {
    const { url } = await start(echo, { isAlone, maxBody: 10 })
    const chunks = new ReadableStream({
      start: (controller) => {
        for (let index = 0; index < 4; index++) controller.enqueue(new TextEncoder().encode('xxxx'))
        controller.close()
      },
    })
    const announced = await fetch(url, { method: 'POST', body: 'x'.repeat(3_000_000) })
    const streamed = await fetch(url, { method: 'POST', body: chunks, duplex: 'half' } as RequestInit)
    expect([announced.status, streamed.status]).toEqual([413, 413])
    expect(await announced.json()).toMatchObject({ title: 'Content Too Large', detail: 'A body may have 10 bytes.' })
    expect((await fetch(url, { method: 'POST', body: 'x'.repeat(10) })).status).toBe(200)
  })

  it('answers 500 without a stack when a Fetch throws, and tells the owner', async () => {
    const errors: unknown[] = []
    const { url } = await start(() => Promise.reject(new Error('secret')), {
      isAlone,
      onError: (error) => errors.push(error),
    })
    const response = await fetch(url)
    const text = await response.text()
    expect([response.status, text.includes('secret'), text.includes('at ')]).toEqual([500, false, false])
    expect(errors).toEqual([new Error('secret')])
  })

  it('lets browsers of any origin in', async () => {
    const { url } = await start([{ prefix: '/a', fetch: echo }], { isAlone })
    const preflight = await fetch(`${url}/a/x`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
    })
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
    expect(
      (await fetch(`${url}/a/x`, { headers: { origin: 'https://app.example' } })).headers.get(
        'access-control-allow-origin',
      ),
    ).toBe('*')
  })

  it('answers malformed requests with 400 and goes on', async () => {
    const { url, port } = await start(echo, { isAlone })
    const malformed = [
      'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
      'GET noslash HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      'nonsense\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
    ]
    for (const text of malformed) expect(await raw(port, text)).toMatch(/^HTTP\/1\.1 400 /)
    expect(
      await raw(port, 'GET http://a.example/x?y HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n'),
    ).toContain('"/x?y"')
    expect((await fetch(url)).status).toBe(200)
  })

  it('keeps what an answer says of itself: status, cookies, streams', async () => {
    const stream = (): ReadableStream =>
      new ReadableStream({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode('a'))
          controller.enqueue(new TextEncoder().encode('b'))
          controller.close()
        },
      })
    const { url } = await start(
      async () =>
        new Response(stream(), {
          status: 201,
          headers: [
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
            ['location', '/x'],
          ],
        }),
      { isAlone },
    )
    const response = await fetch(url)
    expect([
      response.status,
      response.headers.getSetCookie(),
      response.headers.get('location'),
      await response.text(),
    ]).toEqual([201, ['a=1', 'b=2'], '/x', 'ab'])
  })
})

describe('server', () => {
  it('puts the globals back when it closes', async () => {
    const { Request: before, Response: answer } = globalThis
    const served = await serve(echo, { isAlone: true })
    expect(globalThis.Response).not.toBe(answer)
    await served.close()
    expect([globalThis.Request, globalThis.Response]).toEqual([before, answer])
  })

  it('answers 408 to a client that does not finish its request', async () => {
    const { port } = await start(echo, { requestTimeout: 100 })
    expect(await raw(port, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab')).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('survives clients that hang up in the middle', async () => {
    const { url, port } = await start(echo)
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab', () => socket.destroy()),
      )
      socket.on('close', () => resolve())
    })
    expect((await fetch(url)).status).toBe(200)
  })

  it('does not ask for a body that it would refuse', async () => {
    const { port } = await start(echo, { maxBody: 10 })
    const status = await new Promise<string>((resolve) => {
      const request = httpRequest({
        port,
        host: '127.0.0.1',
        method: 'POST',
        headers: { expect: '100-continue', 'content-length': '1000' },
      })
      request.on('continue', () => resolve('continue'))
      request.on('response', ({ statusCode }) => resolve(String(statusCode)))
      request.on('error', () => undefined)
      request.flushHeaders()
    })
    expect(status).toBe('413')
  })

  it('explains a port in use, and an impossible one', async () => {
    const { port } = await start(echo)
    await expect(serve(echo, { port })).rejects.toThrow(
      `Failed to serve on http://127.0.0.1:${port}: expected a free port but received one that is in use. Stop the other server`,
    )
    await expect(serve(echo, { port })).rejects.toBeInstanceOf(Failure)
    await expect(serve(echo, { port: 70_000 })).rejects.toThrow(
      'expected a whole number from 0 to 65535 but received 70000',
    )
    await expect(serve(echo, { host: '192.0.2.1' })).rejects.toThrow('expected an address of this computer')
  })

  it('finishes running answers when it closes', async () => {
    let release = (): void => undefined
    let entered = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const inside = new Promise<void>((resolve) => {
      entered = resolve
    })
    const served = await serve(async () => {
      entered()
      await held
      return new Response('late')
    })
    const answer = fetch(served.url)
    await inside
    const closed = served.close()
    release()
    expect(await (await answer).text()).toBe('late')
    await closed
    await expect(fetch(served.url)).rejects.toThrow()
  })
})
