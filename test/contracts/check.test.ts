import { describe, expect, it } from 'vitest'
import { check, holds } from '../../contracts/index.ts'
import type { CheckOptions, Report } from '../../contracts/index.ts'
import { compile, Failure, parseDay } from '../../spec/index.ts'
import type { Fetch } from '../../spec/index.ts'
import { lawsHeld } from '../support/laws-held.ts'
import { createDocument, createModel } from './support/books.ts'
import { neverWithin } from './support/never.ts'
import { createServer } from './support/server.ts'

type Json = Record<string, any>

const model = createModel('minor')
const options: CheckOptions = {
  baseUrl: 'http://127.0.0.1:4010/api',
  headers: { Authorization: 'Bearer top-secret' },
  today: parseDay('2026-03-01'),
  limit: 2,
}
const run = (fetch: Fetch, more: Partial<CheckOptions> = {}): Promise<Report> =>
  check(model, fetch, { ...options, ...more })
const codes = ({ violations }: Report): string[] => [...new Set(violations.map(({ code }) => code))].sort()

/** A server whose JSON answers to successful requests are edited. */
const tampered = (edit: (body: Json, request: Request) => void): Fetch => {
  const fetch = createServer('minor')
  return async (request) => {
    const response = await fetch(request)
    if (!response.ok || response.status === 204) return response
    const body = (await response.json()) as Json
    edit(body, request)
    return Response.json(body, { status: response.status })
  }
}

/** A server that answers some requests in a way of its own. */
const unlike = (own: (url: URL, request: Request) => Response | Promise<Response> | undefined): Fetch => {
  const fetch = createServer('minor')
  return async (request) => (await own(new URL(request.url), request)) ?? fetch(request)
}

describe('check', () => {
  it('finds nothing wrong with a correct server, and says what it did', async () => {
    const report = await run(createServer('minor'))
    expect(report.violations).toEqual([])
    expect(holds(report)).toBe(true)
    expect(report.operations.map(({ id, requests, statuses }) => [id, requests, statuses])).toEqual([
      ['listInvoices', 27, { 200: 19, 401: 1, 400: 6, 405: 1 }],
      ['createInvoice', 0, {}],
      ['getInvoice', 5, { 200: 3, 401: 1, 404: 1 }],
      ['deleteInvoice', 0, {}],
    ])
    expect(report.laws.filter(({ applied }) => applied === 0)).toEqual([])
    expect(report.skipped).toEqual([
      { what: 'createInvoice', reason: 'it changes something, and only reading was allowed' },
      { what: 'deleteInvoice', reason: 'it changes something, and only reading was allowed' },
    ])
    expect(report.counts).toEqual({ requests: 32, invoices: 3, errors: 0, warnings: 0, notJudged: 0 })
    expect([report.api, report.title, report.baseUrl, report.today]).toEqual([
      'books',
      'Books',
      'http://127.0.0.1:4010/api',
      '2026-03-01',
    ])
  })

  it('also writes when asked to, and deletes only what it made', async () => {
    const report = await run(createServer('minor'), { writes: true })
    expect(lawsHeld(report)).toHaveLength(report.laws.length)
    expect(report.operations.map(({ id, statuses }) => [id, statuses]).slice(1)).toEqual([
      ['createInvoice', { 201: 1 }],
      ['getInvoice', { 200: 5, 401: 1, 404: 2 }],
      ['deleteInvoice', { 204: 1 }],
    ])
    expect(report.skipped).toEqual([])
  })

  it.each<[string, string[], (body: Json, request: Request) => void]>([
    [
      'an amount that is a cent off',
      ['BR-CO-16'],
      (body) => {
        if (body.items) body.items[0].due++
        else body.due++
      },
    ],
    [
      'a list entry that differs from the object',
      ['PF-SAME'],
      (body) => {
        if (body.items) for (const item of body.items) item.buyer.name = 'Nobody'
      },
    ],
    [
      'an object that is another one',
      ['PF-KEYS', 'PF-SAME'],
      (body) => {
        if (!body.items) body.id = 'inv_4'
      },
    ],
    [
      'two invoices with one number',
      ['PF-NUMBER'],
      (body) => {
        if (body.items?.[1]) body.items[1].number = body.items[0].number
      },
    ],
    [
      'a type that is not documented',
      ['OAS-SCHEMA', 'PF-NUMBER'],
      (body) => {
        body.number = 5
        for (const item of body.items ?? []) item.number = 5
      },
    ],
    [
      'a total that misses the filtered',
      ['PF-PAGE'],
      (body) => {
        if (body.items) body.total += 5
      },
    ],
    [
      'an invoice that is on two pages',
      ['PF-PAGES'],
      (body, request) => {
        if (new URL(request.url).searchParams.get('page') === '2') body.items[0].id = 'inv_1'
      },
    ],
  ])('finds %s', async (_, expected, edit) => {
    expect(codes(await run(tampered(edit)))).toEqual(expect.arrayContaining(expected))
  })

  it('finds a list that is not in the order asked for', async () => {
    const report = await run(
      unlike((url, request) => {
        if (!url.searchParams.has('sort')) return undefined
        url.searchParams.delete('order')
        return createServer('minor')(new Request(url, { headers: request.headers }))
      }),
    )
    expect(report.violations.map(({ code, request, pointer }) => [code, request, pointer])).toEqual([
      ['PF-SORT', 'GET /invoices?page=1&size=2&sort=total&order=down', '/items/1/total'],
      ['PF-SORT', 'GET /invoices?page=1&size=2&sort=number&order=down', '/items/1/number'],
    ])
  })

  it('finds filters that do not filter', async () => {
    const report = await run(
      unlike((url, request) => {
        if (!url.searchParams.has('q') && url.searchParams.get('status') !== 'void') return undefined
        url.searchParams.delete('q')
        url.searchParams.delete('status')
        return createServer('minor')(new Request(url, { headers: request.headers }))
      }),
    )
    expect(
      report.violations.map(({ code, parameter, expected, received, pointer }) => [
        code,
        parameter,
        expected,
        received,
        pointer,
      ]),
    ).toEqual([
      ['PF-FILTER', 'status', 'only invoices whose invoice.status is void', 'late', '/items/0/status'],
      ['PF-FILTER', 'q', 'only invoices whose invoice.number contains INV-7', 'INV-8 A', '/items/1/number'],
    ])
  })

  it('finds doors that stand open and refusals that do not come', async () => {
    const report = await run(
      unlike((url, request) => {
        if (request.headers.get('authorization'))
          return url.pathname.endsWith('inv_0')
            ? createServer('minor')(new Request('http://127.0.0.1:4010/api/invoices/inv_1', request))
            : undefined
        return createServer('minor')(new Request(url, { headers: { authorization: 'Bearer x' } }))
      }),
    )
    expect(
      report.violations.map(({ code, request, expected, received }) => [code, request, expected, received]),
    ).toEqual([
      ['PF-AUTH', 'GET /invoices?page=1&size=2', '401', '200'],
      ['PF-UNKNOWN', 'GET /invoices/inv_0', '404', '200'],
      ['PF-AUTH', 'GET /invoices/inv_1', '401', '200'],
    ])
  })

  it('reports a server that fails, answers something else than JSON, or in another type', async () => {
    const report = await run(
      unlike((url) => {
        if (url.pathname.endsWith('inv_1'))
          return new Response('<h1>Oops</h1>', { status: 500, headers: { 'content-type': 'text/html' } })
        if (url.pathname.endsWith('inv_2'))
          return new Response('{"id":', { headers: { 'content-type': 'application/json' } })
        if (url.pathname.endsWith('inv_3')) return new Response('{}', { headers: { 'content-type': 'text/plain' } })
        return undefined
      }),
      { limit: 3 },
    )
    expect(codes(report)).toEqual(['OAS-JSON', 'OAS-SCHEMA', 'OAS-STATUS', 'OAS-TYPE', 'PF-SERVER'])
  })

  it('holds JSON under a wrong label against the document all the same', async () => {
    const fetch = createServer('minor')
    const report = await run(async (request) => {
      const response = await fetch(request)
      const body = (await response.json()) as Json
      if (response.ok && !body.items) body.total++
      return new Response(JSON.stringify(body), { status: response.status, headers: { 'content-type': 'text/plain' } })
    })
    expect(codes(report)).toEqual(expect.arrayContaining(['BR-CO-15', 'OAS-TYPE']))
    expect(report.counts.invoices).toBe(3)
  })

  it('stops where pages lead round in a circle', async () => {
    let calls = 0
    const report = await run(
      unlike((url, request) => {
        if (url.search !== `?page=${url.searchParams.get('page')}&size=2` || Number(url.searchParams.get('page')) < 2)
          return undefined
        calls++
        url.searchParams.set('page', '1')
        return createServer('minor')(new Request(url, { headers: request.headers }))
      }),
      { maxPages: 1000 },
    )
    expect(codes(report)).toContain('PF-PAGES')
    expect(calls).toBe(1)
  })

  it('does not follow redirects', async () => {
    const report = await run(
      unlike((url) =>
        url.pathname.endsWith('inv_1')
          ? new Response(null, { status: 302, headers: { location: 'http://elsewhere.example/' } })
          : undefined,
      ),
    )
    expect(report.violations.filter(({ code }) => code === 'OAS-STATUS').map(({ received }) => received)).toContain(
      '302',
    )
  })

  it('gives up on bodies that never end, are too long or are no text', async () => {
    const endless = (): ReadableStream =>
      new ReadableStream({ pull: (controller) => controller.enqueue(new TextEncoder().encode(' '.repeat(1024))) })
    const never = neverWithin(100)
    const stalled = (): ReadableStream =>
      new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')), pull: never })
    const report = await run(
      unlike((url) => {
        if (url.pathname.endsWith('inv_1'))
          return new Response(endless(), { headers: { 'content-type': 'application/json' } })
        if (url.pathname.endsWith('inv_2'))
          return new Response(stalled(), { headers: { 'content-type': 'application/json' } })
        if (url.pathname.endsWith('inv_3'))
          return new Response(new Uint8Array([0x7b, 0xff]), { headers: { 'content-type': 'application/json' } })
        return undefined
      }),
      { maxBytes: 100_000, timeout: 100 },
    )
    const answers = report.violations.filter(({ code }) => code === 'PF-ANSWER').map(({ received }) => received)
    expect(answers).toContain('more than 100000 bytes')
    expect(answers).toContain('no end of it within 100 ms')
    expect(answers).toContain('bytes that are no UTF-8 (Content-Type: application/json)')
  })

  it('goes on when the server goes away in between', async () => {
    let calls = 0
    const fetch = createServer('minor')
    const report = await run((request) =>
      ++calls > 2
        ? Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }))
        : fetch(request),
    )
    expect(codes(report)).toEqual(['PF-ANSWER'])
    expect(report.violations[0]?.received).toBe('connect ECONNREFUSED')
    expect(report.operations[0]?.statuses).toMatchObject({ 200: 2 })
  })

  it('throws when nothing ever answers', async () => {
    const refuse: Fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(''), { code: 'ECONNREFUSED' }) }))
    await expect(run(refuse, { baseUrl: 'http://user:pw@127.0.0.1:1/api' })).rejects.toThrow(
      'Failed to reach http://127.0.0.1:1/api: expected an answer but received ECONNREFUSED. Is the server running, and is the URL right?',
    )
    await expect(run(refuse, { baseUrl: 'no address' })).rejects.toThrow(
      'Failed to reach no address: expected an answer but received',
    )
    await expect(run(() => new Promise(() => undefined), { timeout: 20 })).rejects.toThrow(Failure)
  })

  it('never prints credentials, not even those an answer echoes', async () => {
    const report = await run(
      unlike((url, request) =>
        url.pathname.endsWith('inv_1') ? Response.json({ message: request.headers.get('authorization') }) : undefined,
      ),
    )
    expect(report.violations.length).toBeGreaterThan(0)
    expect(JSON.stringify(report)).not.toContain('top-secret')
    expect(report.violations[0]?.replay).toBe("curl 'http://127.0.0.1:4010/api/invoices/inv_1' -H 'authorization: ***'")
  })

  it('sends the user of the address as basic credentials, and never prints it', async () => {
    const sent: (string | null)[] = []
    const report = await run(
      async (request) => {
        sent.push(request.headers.get('authorization'))
        return new Response('no', { status: 500 })
      },
      { baseUrl: 'http://ada:p%40ss-word@127.0.0.1/api', headers: {} },
    )
    expect(sent[0]).toBe(`Basic ${btoa('ada:p@ss-word')}`)
    expect(report.baseUrl).toBe('http://127.0.0.1/api')
    expect(JSON.stringify(report)).not.toContain('ss-word')
  })

  it('refuses headers that cannot be sent, without printing them', async () => {
    await expect(run(createServer('minor'), { headers: { Authorization: 'Bearer a\nb' } })).rejects.toThrow(
      'Failed to read header "Authorization": expected a name and a value that HTTP allows but received others.',
    )
  })

  it('sends keys of the query, and masks them', async () => {
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
    const urls: string[] = []
    const report = await check(
      keyed,
      async (request) => {
        urls.push(request.url)
        return new Response('no', { status: 500 })
      },
      { baseUrl: 'http://127.0.0.1/', parameters: { api_key: 's3cret-key' } },
    )
    expect(urls[0]).toBe('http://127.0.0.1/invoices?page=1&size=25&api_key=s3cret-key')
    expect(JSON.stringify(report)).not.toContain('s3cret-key')
    expect(report.violations[0]?.request).toBe('GET /invoices?page=1&size=25&api_key=***')
  })

  it('fetches the ids it is given', async () => {
    const paths: string[] = []
    const fetch = createServer('minor')
    await run(
      (request) => {
        paths.push(new URL(request.url).pathname)
        return fetch(request)
      },
      { ids: ['inv_3'], maxGets: 1 },
    )
    expect(paths.filter((path) => path !== '/api/invoices')).toEqual([
      '/api/invoices/inv_3',
      '/api/invoices/inv_0',
      '/api/invoices/inv_3',
    ])
  })

  it('holds only the chosen laws, and refuses unknown ones', async () => {
    const report = await run(
      tampered((body) => {
        if (body.items) body.items[0].due++
      }),
      { laws: ['BR-CO-15'] },
    )
    expect(report.laws.map(({ code }) => code)).toEqual(['BR-CO-15'])
    await expect(run(createServer('minor'), { laws: ['BR-CO-51'] })).rejects.toThrow('Did you mean "BR-CO-1')
  })

  it('tells how far it is', async () => {
    const seen: number[] = []
    const report = await run(createServer('minor'), { onProgress: ({ requests }) => seen.push(requests) })
    expect(seen).toEqual(Array.from({ length: report.counts.requests }, (_, index) => index + 1))
  })
})
