import type { RequestListener, ServerResponse } from 'node:http'
import { createGzip, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { check } from '../../contracts/index.ts'
import type { CheckOptions, Report } from '../../contracts/index.ts'
import { compile, parseDay } from '../../spec/index.ts'
import type { Fetch } from '../../spec/index.ts'
import { patience } from '../support/patience.ts'
import { createDocument, createModel } from './support/books.ts'
import { certificate } from './support/certificate.ts'
import { listen } from './support/loopback.ts'
import { neverWithin } from './support/never.ts'
import { createServer } from './support/server.ts'

type Json = Record<string, any>

const json = { 'content-type': 'application/json' }
const options = {
  headers: { Authorization: 'Bearer top-secret' },
  today: parseDay('2026-03-01') as number,
  limit: 2,
  maxGets: 1,
  maxPages: 1,
} satisfies Partial<CheckOptions>

/** A correct server over the network, which answers one object in a way of its own. */
async function run(
  odd: (response: ServerResponse, url: URL) => void,
  more: Partial<CheckOptions> = {},
  model = createModel('minor'),
  ask: Fetch = (request) => fetch(request),
): Promise<Report> {
  const fetchBooks = createServer('minor')
  const listener: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1')
    if (url.pathname === '/api/invoices/inv_1' && request.headers.authorization) return odd(response, url)
    void forward(
      new Request(url, { method: request.method ?? 'GET', headers: request.headers as Record<string, string> }),
      response,
    )
  }
  const forward = async (request: Request, response: ServerResponse): Promise<void> => {
    const answer = await fetchBooks(request)
    response.writeHead(answer.status, json).end(await answer.text())
  }
  await using server = await listen(listener)
  return await check(model, ask, { ...options, baseUrl: `${server.url}/api`, ...more })
}

/** What was found at the odd object; everything else has to hold, and to have been checked. */
function oddity(report: Report): string[] {
  const odd = report.violations.filter(({ request }) => request === 'GET /invoices/inv_1')
  expect(report.violations).toEqual(odd)
  expect(report.operations.find(({ id }) => id === 'listInvoices')?.requests).toBeGreaterThan(8)
  expect(report.operations.find(({ id }) => id === 'getInvoice')?.requests).toBe(3)
  return odd.map(({ code, received }) => `${code} ${received}`)
}

describe('a server that answers', () => {
  it.each<[string, (response: ServerResponse) => void, RegExp[]]>([
    ['something that is no JSON', (response) => response.writeHead(200, json).end('<html>'), [/^OAS-JSON "<html>"/]],
    ['nothing at all', (response) => response.writeHead(200, json).end(), [/^OAS-JSON ""/]],
    [
      'half of a body',
      (response) =>
        response.writeHead(200, { ...json, 'content-length': 100 }).write('{"id":', () => response.destroy()),
      [/^PF-ANSWER (?:other side closed|terminated|aborted|read ECONNRESET)/],
    ],
    [
      'Latin-1 for UTF-8',
      (response) => response.writeHead(200, json).end(Buffer.from('{"id":"ä"}', 'latin1')),
      [/^PF-ANSWER bytes that are no UTF-8 \(Content-Type: application\/json/],
    ],
    [
      'UTF-16',
      (response) =>
        response
          .writeHead(200, { 'content-type': 'application/json; charset=utf-16' })
          .end(Buffer.from('\uFEFF{"id":"a"}', 'utf16le')),
      [/^(?:PF-ANSWER|OAS-JSON) /],
    ],
    [
      'without end',
      (response) => {
        const timer = setInterval(() => response.write(' '.repeat(65_536)), 1)
        response.writeHead(200, json).once('close', () => clearInterval(timer))
      },
      [/^PF-ANSWER more than 1 MB/],
    ],
    [
      '100 MB',
      (response) => {
        response.writeHead(200, json)
        const part = Buffer.alloc(1_000_000, 32)
        let left = 100
        const send = (): void => {
          while (left-- > 0) if (!response.write(part)) return void response.once('drain', send)
          response.end()
        }
        send()
      },
      [/^PF-ANSWER more than 1 MB/],
    ],
    [
      'a bomb of gzip',
      (response) => {
        response.writeHead(200, { ...json, 'content-encoding': 'gzip' })
        const zip = createGzip()
        zip.pipe(response)
        const part = Buffer.alloc(1_000_000)
        for (let index = 0; index < 40; index++) zip.write(part)
        zip.end()
      },
      [/^PF-ANSWER more than 1 MB/],
    ],
    [
      'gzip that is none',
      (response) => response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end('{"id":1}'),
      [/^PF-ANSWER /],
    ],
    [
      'an array that nests without end',
      (response) => response.writeHead(200, json).end(`{"number":${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
      [/^OAS-/],
    ],
    [
      'a redirect to somebody else',
      (response) => response.writeHead(307, { location: 'https://elsewhere.example/invoices' }).end(),
      [/^PF-OK 307, a redirect to https:\/\/elsewhere\.example\/invoices, which is not followed/, /^OAS-STATUS 307/],
    ],
  ])('%s', async (_, odd, expected) => {
    const found = oddity(await run(odd, { maxBytes: 1_000_000, timeout: patience }))
    expect(found).toHaveLength(expected.length)
    for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern)
  })

  it('a correct body as gzip and with a byte order mark is fine', async () => {
    const body = await (
      await createServer('minor')(new Request('http://127.0.0.1/api/invoices/inv_1', { headers: options.headers }))
    ).text()
    expect(
      oddity(
        await run((response) => response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync(body))),
      ),
    ).toEqual([])
    expect(oddity(await run((response) => response.writeHead(200, json).end(`\uFEFF${body}`)))).toEqual([])
  })

  it('and stalls is given up', async () => {
    const never = neverWithin(300)
    const ask: Fetch = async (request) => {
      const response = await fetch(request)
      if (new URL(request.url).pathname === '/api/invoices/inv_1' && response.ok) setImmediate(() => void never())
      return response
    }
    const stall = (response: ServerResponse): unknown => response.writeHead(200, json).write('{')
    expect(oddity(await run(stall, { timeout: 300 }, undefined, ask))).toEqual(['PF-ANSWER no end of it within 300 ms'])
  })
})

describe('a redirect', () => {
  it('never carries credentials to another host', async () => {
    const seen: unknown[] = []
    await using other = await listen((request, response) => {
      seen.push(request.headers)
      response.end()
    })
    await run((response) => response.writeHead(302, { location: `${other.url}/steal` }).end())
    expect(seen).toEqual([])
  })
})

describe('a certificate', () => {
  it('that nobody has signed is one clear error', async () => {
    await using server = await listen((_, response) => response.end(), certificate)
    await expect(
      check(createModel('minor'), (request) => fetch(request), { ...options, baseUrl: server.url }),
    ).rejects.toThrow(
      `Failed to reach ${server.url}: expected an answer but received self-signed certificate. Where the authority that signed it is your own, name its file in NODE_EXTRA_CA_CERTS.`,
    )
  })
})

describe('a document', () => {
  const dangling = (): Json => {
    const document = structuredClone<Json>(createDocument('minor'))
    document.components.schemas.Error.properties.detail = { $ref: '#/components/schemas/Nothing' }
    return document
  }

  it('whose references dangle is reported once for each place, and all else is checked', async () => {
    const document = dangling()
    document.components.schemas.Invoice.properties.detail = { $ref: '#/components/schemas/Nothing' }
    const report = await run(
      (response) => response.writeHead(404, json).end('{"message":"No."}'),
      {},
      compile(document, {
        name: 'books',
        locate: (pointer) => ({ file: 'books.yaml', line: pointer.includes('/Invoice/') ? 20 : 40, column: 9 }),
      }),
    )
    const found = report.violations.filter(({ code }) => code === 'OAS-DOCUMENT')
    expect(found.map(({ pointer, expected, received, place }) => [pointer, expected, received, place?.line])).toEqual(
      expect.arrayContaining([
        ['/components/schemas/Error/properties/detail/$ref', 'something at /components/schemas/Nothing', 'nothing', 40],
        [
          '/components/schemas/Invoice/properties/detail/$ref',
          'something at /components/schemas/Nothing',
          'nothing',
          20,
        ],
      ]),
    )
    expect(found).toHaveLength(2)
    expect(report.counts.errors).toBe(report.violations.length)
    expect(report.laws.find(({ code }) => code === 'BR-CO-15')?.applied).toBeGreaterThan(0)
    expect(report.operations.find(({ id }) => id === 'getInvoice')?.requests).toBeGreaterThan(1)
  })

  it('with a pattern that is none is reported, and the rest is checked', async () => {
    const document = structuredClone<Json>(createDocument('minor'))
    document.components.schemas.Error.properties.message.pattern = '('
    const report = await run(
      (response) => response.writeHead(404, json).end('{"message":"No."}'),
      {},
      compile(document, { name: 'books' }),
    )
    expect(report.violations.find(({ code }) => code === 'OAS-DOCUMENT')).toMatchObject({
      pointer: '/components/schemas/Error/properties/message/pattern',
      expected: 'a regular expression (ECMA-262)',
      received: '"("',
    })
    expect(report.counts.invoices).toBeGreaterThan(0)
  })

  it('that does not say what to send leaves that operation out, says so, and asks for the rest', async () => {
    const document = structuredClone<Json>(createDocument('minor'))
    document.paths['/invoices/{id}'].get.parameters = [{ $ref: '#/components/parameters/Nothing' }]
    const report = await run(
      (response) => response.writeHead(200, json).end('{}'),
      {},
      compile(document, { name: 'books' }),
    )
    expect(report.violations.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'OAS-DOCUMENT /paths/~1invoices~1{id}/get/parameters/0/$ref',
    ])
    expect(report.skipped).toContainEqual({
      what: 'getInvoice',
      reason: 'what to send to it cannot be read in the document',
    })
    expect(report.operations.map(({ id, requests }) => [id, requests > 0])).toEqual(
      expect.arrayContaining([
        ['listInvoices', true],
        ['getInvoice', false],
      ]),
    )
    expect(report.coverage.find(({ kind }) => kind === 'operations')?.missing).toContain('getInvoice')
  })

  it('of ten thousand references that dangle ends in a report that can be read', async () => {
    const document = structuredClone<Json>(createDocument('minor'))
    for (let index = 0; index < 10_000; index++)
      document.components.schemas[`S${index}`] = { $ref: `#/components/schemas/N${index}` }
    const report = await run(
      (response) => response.writeHead(404, json).end('{"message":"No."}'),
      {},
      compile(document, { name: 'books' }),
    )
    const found = report.violations.filter(({ code }) => code === 'OAS-DOCUMENT')
    expect(found).toHaveLength(101)
    expect(found.at(-1)?.received).toBe('9900 more')
    expect(report.counts.invoices).toBeGreaterThan(0)
  })

  it('may be at fault with less weight, or none', async () => {
    const model = compile(dangling(), { name: 'books' })
    const answer = (response: ServerResponse): void => void response.writeHead(404, json).end('{"message":"No."}')
    const weighed = async (level: 'warn' | 'off'): Promise<Report> =>
      run(answer, { levels: { 'OAS-DOCUMENT': level, 'PF-OK': 'off', 'PF-SAME': 'off' } }, model)
    expect((await weighed('warn')).violations.map(({ code, severity }) => `${severity} ${code}`)).toContain(
      'warning OAS-DOCUMENT',
    )
    expect((await weighed('off')).violations.map(({ code }) => code)).not.toContain('OAS-DOCUMENT')
  })
})
