import { describe, expect, it } from 'vitest'
import { parseRecording, proxy, exchangeRecorder, recordingName, replay } from '../../contracts/index.ts'
import type { InspectedExchange, ProxyOptions, Recording } from '../../contracts/index.ts'
import { compile } from '../../spec/index.ts'
import type { Fetch } from '../../spec/index.ts'
import { createDocument, createModel } from './support/books.ts'
import { createServer } from './support/server.ts'

type Json = Record<string, any>

const books = createModel('minor')
const bearer = { authorization: 'Bearer top-secret' }
const ask = (fetch: Fetch, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(new Request(`http://localhost:4020${path}`, { headers: bearer, ...init }))

function proxied(
  upstream: Fetch = createServer('minor'),
  options: Partial<ProxyOptions> = {},
): { fetch: Fetch; noticed: InspectedExchange[]; recordings: Recording[] } {
  const noticed: InspectedExchange[] = []
  const recordings: Recording[] = []
  const recorder = exchangeRecorder(books)
  const fetch = proxy(books, upstream, {
    baseUrl: 'https://upstream.test/api/',
    onExchange: (told, passing) => {
      noticed.push(told)
      const recording = recorder.record(told, passing)
      if (recording) recordings.push(recording)
    },
    ...options,
  })
  return { fetch, noticed, recordings }
}

const wrong: Fetch = async (request) => {
  const response = await createServer('minor')(request)
  const body = (await response.json()) as Json
  return Response.json({ ...body, total: body.total + 1 }, response)
}

describe('proxy', () => {
  it('passes requests on to the upstream and nowhere else, and answers back', async () => {
    const urls: string[] = []
    const { fetch } = proxied(async (request) => {
      urls.push(request.url)
      expect(request.headers.get('connection')).toBeNull()
      expect(request.headers.get('x-own')).toBe('1')
      return createServer('minor')(request)
    })
    const response = await fetch(
      new Request('http://evil.test/invoices?page=1', { headers: { ...bearer, 'x-own': '1' } }),
    )
    expect(urls).toEqual(['https://upstream.test/api/invoices?page=1'])
    expect(response.headers.get('x-proforma-violations')).toBe('0')
    expect(((await response.json()) as Json).items).toHaveLength(3)
  })

  it('counts and tells what breaks the contract, in both directions', async () => {
    const { fetch, noticed } = proxied(wrong)
    const response = await ask(fetch, '/invoices/inv_1?q=1')
    expect(Number(response.headers.get('x-proforma-violations'))).toBe(noticed[0]?.violations.length)
    expect(noticed[0]?.violations.map(({ code, side }) => `${code} ${side}`)).toContain('BR-CO-15 answer')
    await ask(fetch, '/invoices?size=many')
    expect(noticed[1]?.violations[0]).toMatchObject({
      code: 'OAS-REQUEST',
      side: 'request',
      expected: expect.stringContaining('query size'),
      received: '"many"',
    })
    await ask(fetch, '/invoice')
    expect(noticed[2]?.violations[0]).toMatchObject({ says: 'the operation is documented', received: '"/invoice"' })
    await ask(fetch, '/invoices', { headers: {} })
    expect(noticed[3]?.violations[0]).toMatchObject({ says: 'the request carries the credentials that are documented' })
  })

  it('notices that another object came than was asked for', async () => {
    const server = createServer('minor')
    const { fetch, noticed } = proxied((request) => server(new Request(request.url.replace('inv_1', 'inv_2'), request)))
    await ask(fetch, '/invoices/inv_1')
    expect(noticed[0]?.violations.map(({ code }) => code)).toEqual(['PF-SAME'])
  })

  it('answers 502 instead of what breaks the contract', async () => {
    const { fetch, noticed } = proxied(wrong, { fail: true })
    const response = await ask(fetch, '/invoices/inv_1')
    expect(response.status).toBe(502)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({
      status: 502,
      title: 'Bad Gateway',
      detail: expect.stringContaining('BR-CO-15'),
      violations: noticed[0]?.violations,
    })
  })

  it('does not pass on a request that breaks the contract, when it is told to fail', async () => {
    let count = 0
    const { fetch } = proxied(
      async (request) => {
        count++
        return createServer('minor')(request)
      },
      { fail: true },
    )
    expect((await ask(fetch, '/invoices?size=many')).status).toBe(502)
    expect(count).toBe(0)
    expect((await ask(fetch, '/invoices')).status).toBe(200)
    expect(count).toBe(1)
  })

  it('passes on unread what is too long, has no end, or is no text', async () => {
    const long = proxied(async () => Response.json({ items: 'x'.repeat(2000) }), { maxBytes: 1000 })
    expect((await (await ask(long.fetch, '/invoices')).text()).length).toBe(2012)
    expect(long.noticed[0]?.violations).toEqual([])
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
    })
    const endless = proxied(async () => new Response(stream, { headers: { 'content-type': 'text/event-stream' } }))
    const reader = (await ask(endless.fetch, '/invoices')).body?.getReader()
    expect((await reader?.read())?.value?.byteLength).toBe(9)
    const bytes = proxied(
      async () => new Response(new Uint8Array([255, 254]), { headers: { 'content-type': 'application/json' } }),
    )
    expect(new Uint8Array(await (await ask(bytes.fetch, '/invoices')).arrayBuffer())).toEqual(
      new Uint8Array([255, 254]),
    )
  })

  it('answers 502 where the upstream does not answer', async () => {
    const { fetch } = proxied(() => Promise.reject(new Error('ECONNREFUSED')))
    const response = await ask(fetch, '/invoices')
    expect(response.status).toBe(502)
    expect(await response.json()).toMatchObject({
      detail: 'Failed to reach https://upstream.test/api: expected an answer but received ECONNREFUSED.',
    })
  })

  it('knows that a cache may ask whether something has changed, documented or not', async () => {
    const { fetch, noticed } = proxied(async () => new Response(null, { status: 304, headers: { etag: '"1"' } }))
    await ask(fetch, '/invoices', { headers: { ...bearer, 'if-none-match': '"1"' } })
    await ask(fetch, '/invoices')
    expect(noticed.map(({ violations }) => violations.map(({ code }) => code))).toEqual([[], ['OAS-STATUS']])
  })

  it('never tells credentials, not even those an answer echoes', async () => {
    const document = createDocument('minor')
    const keyed = compile(
      {
        ...document,
        security: [{ key: [] }],
        components: {
          ...(document.components as Json),
          securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'api_key' } },
        },
      },
      { name: 'books' },
    )
    const noticed: InspectedExchange[] = []
    const fetch = proxy(keyed, async () => Response.json({ items: 's3cret-key', page: 'Bearer s3cret-key' }), {
      baseUrl: 'https://upstream.test',
      onExchange: (told) => void noticed.push(told),
    })
    await ask(fetch, '/invoices?api_key=s3cret-key')
    expect(noticed[0]?.violations.length).toBeGreaterThan(0)
    expect(JSON.stringify(noticed.map(({ request, violations }) => ({ request, violations })))).not.toContain('s3cret')
  })
})

describe('a recording', () => {
  it('keeps an exchange without its credentials', async () => {
    const { fetch, recordings } = proxied()
    await ask(fetch, '/invoices?size=2&page=1')
    expect(recordings[0]).toMatchObject({
      operation: 'listInvoices',
      request: { method: 'GET', path: '/invoices', query: 'page=1&size=2', headers: { authorization: '***' } },
      response: { status: 200, body: { page: 1 } },
    })
    expect(JSON.stringify(recordings)).not.toContain('top-secret')
    expect(recordingName(7, recordings[0] as Recording)).toBe('0007-listInvoices.json')
    expect(recordingName(7, { operation: 'get /../x' })).toBe('0007-get-..-x.json')
  })

  it('is read back, and nothing else is', () => {
    expect(() => parseRecording('[1]', 'a.json')).toThrow(
      'Failed to read a.json: expected a recording: { request: { method, path }, response: { status } } but received something else.',
    )
    expect(() => parseRecording('{"request":{}}', 'a.json')).toThrow('but received other JSON')
  })
})

describe('replay', () => {
  async function recorded(...paths: readonly string[]): Promise<readonly Recording[]> {
    const { fetch, recordings } = proxied()
    for (const path of paths) await ask(fetch, path)
    return recordings.map((recording) => parseRecording(JSON.stringify(recording), 'a.json'))
  }

  it('gives the same request its answer again, whatever the order of its parameters', async () => {
    const fetch = replay(books, await recorded('/invoices?size=2&page=1', '/invoices?size=1&page=1', '/invoices/inv_2'))
    expect(((await (await ask(fetch, '/invoices?page=1&size=1')).json()) as Json).items).toHaveLength(1)
    expect(((await (await ask(fetch, '/invoices?page=1&size=2')).json()) as Json).items).toHaveLength(2)
    expect(((await (await ask(fetch, '/invoices/inv_2')).json()) as Json).id).toBe('inv_2')
  })

  it('falls back to the path, then to the operation, then to 404', async () => {
    const fetch = replay(books, await recorded('/invoices?size=2', '/invoices/inv_2', '/invoices/inv_9'))
    expect(((await (await ask(fetch, '/invoices?size=50')).json()) as Json).items).toHaveLength(2)
    expect(((await (await ask(fetch, '/invoices/inv_3')).json()) as Json).id).toBe('inv_2')
    expect((await ask(fetch, '/invoices/inv_9')).status).toBe(404)
    const nothing = await ask(fetch, '/nothing')
    expect([nothing.status, ((await nothing.json()) as Json).detail]).toEqual([
      404,
      'No recording answers GET /nothing.',
    ])
  })

  it('answers in the order of the recording, and stays with the last', async () => {
    const [first, second] = await recorded('/invoices/inv_1', '/invoices/inv_2')
    const same = { ...second, request: first?.request } as Recording
    const fetch = replay(books, [first as Recording, same])
    const ids = []
    for (let turn = 0; turn < 3; turn++) ids.push(((await (await ask(fetch, '/invoices/inv_1')).json()) as Json).id)
    expect(ids).toEqual(['inv_1', 'inv_2', 'inv_2'])
  })

  it('says that nothing has changed only to those who ask', async () => {
    const whole = (await recorded('/invoices?size=1'))[0] as Recording
    const unchanged: Recording = {
      ...whole,
      request: { ...whole.request, headers: { ...whole.request.headers, 'if-none-match': '"1"' } },
      response: { status: 304, headers: { etag: '"1"' } },
    }
    const fetch = replay(books, [whole, unchanged])
    for (const headers of [bearer, { ...bearer, 'if-none-match': '"2"' }, bearer])
      expect((await ask(fetch, '/invoices?size=1', { headers })).status).toBe(200)
    expect((await ask(fetch, '/invoices?size=1', { headers: { ...bearer, 'if-none-match': '"1"' } })).status).toBe(304)
  })

  it('finds a request again that was masked', async () => {
    const fetch = replay(books, await recorded('/invoices?q=anna%40acme.test', '/invoices?q=INV-7'))
    expect(((await (await ask(fetch, '/invoices?q=anna@acme.test')).json()) as Json).items).toHaveLength(0)
    expect(((await (await ask(fetch, '/invoices?q=INV-7')).json()) as Json).items).toHaveLength(1)
  })
})
