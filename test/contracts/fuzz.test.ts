import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conformance, fuzz } from '../../contracts/index.ts'
import type { FuzzOptions, FuzzReport, PropertyReport } from '../../contracts/index.ts'
import { valuesFor } from '../../contracts/fuzz/arbitrary.ts'
import { invalidValues } from '../../contracts/fuzz/invalid-values.ts'
import { apiNames, mock } from '../../index.ts'
import { compile } from '../../spec/index.ts'
import type { Document, Fetch, Model } from '../../spec/index.ts'
import { credentialsFor } from '../support/credentials.ts'
import { createModel } from './support/books.ts'
import { createServer } from './support/server.ts'

type Json = Record<string, any>

const schemas: Readonly<Record<string, object>> = {
  text: { type: 'string', minLength: 2, maxLength: 5 },
  code: { type: 'string', pattern: '^[A-Z]{3}-\\d+$' },
  word: { enum: ['a', 'b', null] },
  day: { type: 'string', format: 'date' },
  moment: { type: 'string', format: 'date-time' },
  uuid: { type: 'string', format: 'uuid' },
  count: { type: 'integer', minimum: 3, exclusiveMaximum: 9, multipleOf: 2 },
  amount: { type: 'number', minimum: 0, multipleOf: 0.01 },
  maybe: { type: ['boolean', 'null'] },
  list: { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2, uniqueItems: true },
  object: {
    type: 'object',
    required: ['id'],
    additionalProperties: false,
    properties: { id: { type: 'string', minLength: 1 }, note: { type: 'string' } },
  },
  both: {
    allOf: [
      { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } },
      { type: 'object', properties: { b: { type: 'boolean' } } },
    ],
  },
  either: { oneOf: [{ type: 'string', minLength: 1 }, { type: 'integer' }] },
  ring: {
    type: 'object',
    properties: {
      next: { $ref: '#/components/schemas/ring' },
      lines: { type: 'array', items: { $ref: '#/components/schemas/object' } },
    },
  },
}
const document: Document = {
  openapi: '3.1.0',
  info: { title: 'Forms', version: '1' },
  paths: {},
  components: { schemas },
}
const forms = compile(document, { name: 'forms' })
const documented = conformance(forms)
const seed = 20_260_115

describe('values', () => {
  it.each(Object.keys(schemas))('of schema "%s" fit it', (name) => {
    const pointer = `/components/schemas/${name}`
    fc.assert(
      fc.property(valuesFor(fc, document, pointer), (value) => {
        expect(documented.body(pointer, value)).toEqual([])
      }),
      { seed, numRuns: 60 },
    )
  })

  it.each(Object.keys(schemas).filter((name) => name !== 'ring' && name !== 'both'))(
    'of schema "%s" with a flaw do not fit it',
    (name) => {
      const pointer = `/components/schemas/${name}`
      const flaws = fc
        .sample(valuesFor(fc, document, pointer), { seed, numRuns: 20 })
        .flatMap((value) => invalidValues(document, pointer, value))
        .filter(({ value }) => !documented.fits(pointer, value))
      expect(flaws.length).toBeGreaterThan(0)
    },
  )
})

const books = createModel('minor')
const run = (fetch: Fetch, options: Partial<FuzzOptions> = {}, model: Model = books): Promise<FuzzReport> =>
  fuzz(model, fetch, {
    baseUrl: 'http://localhost/api',
    headers: { authorization: 'Bearer top-secret' },
    seed,
    runs: 60,
    ...options,
  })
const failed = ({ properties }: FuzzReport): readonly PropertyReport[] => properties.filter(({ failure }) => failure)

describe('fuzz', () => {
  it('finds nothing in a correct server, and only reads unless it is told otherwise', async () => {
    const methods = new Set<string>()
    const server = createServer('minor')
    const report = await run((request) => {
      methods.add(request.method)
      return server(request)
    })
    expect(failed(report)).toEqual([])
    expect([...methods]).toEqual(['GET'])
    expect(report.properties.map(({ operation, kind }) => `${operation} ${kind}`)).toEqual([
      'listInvoices valid',
      'listInvoices invalid',
      'getInvoice valid',
    ])
  })

  it('begins anew before every run that may change something, and says what it leaves alone', async () => {
    let resets = 0
    const created: string[] = []
    const server = createServer('minor')
    const report = await run(
      (request) => {
        if (request.method === 'POST') created.push(`after ${resets} resets`)
        return server(request)
      },
      { writes: true, runs: 30, reset: async () => void resets++ },
    )
    expect(resets).toBeGreaterThanOrEqual(created.length > 0 ? 5 : 1)
    expect(report.skipped).toEqual([])
    expect((await run(server, { runs: 5 })).skipped).toContainEqual({
      what: 'createInvoice',
      reason: 'it changes something, and only reading was allowed',
    })
  })

  it('shrinks a crash to the smallest request that shows it, and tells how to repeat it', async () => {
    const server = createServer('minor')
    const report = await run((request) =>
      Number(new URL(request.url).searchParams.get('page') ?? 0) >= 100
        ? Promise.resolve(Response.json({ message: 'No.' }, { status: 500 }))
        : server(request),
    )
    const [property] = failed(report)
    expect(property?.failure?.requests).toEqual(['GET /invoices?page=100 → 500'])
    expect(property?.failure?.violations[0]).toMatchObject({
      code: 'PF-SERVER',
      received: expect.stringMatching(/^500/),
    })
    expect(property?.failure?.curl).toEqual(["curl 'http://localhost/api/invoices?page=100' -H 'authorization: ***'"])
    expect(property?.failure?.test).toContain(
      "const response = await fetch('http://localhost/api/invoices?page=100', { method: 'GET', headers: { authorization: process.env.AUTHORIZATION ?? '***' } })",
    )
    expect(property?.failure?.test).toContain("await expect(response).toHonourContract('books', 'listInvoices')")
    expect(JSON.stringify(report)).not.toContain('top-secret')
  })

  it('finds what is accepted although the document forbids it', async () => {
    const server = createServer('minor')
    const report = await run((request) => {
      const url = new URL(request.url)
      if (Number(url.searchParams.get('size')) > 100) url.searchParams.set('size', '100')
      return server(new Request(url, request))
    })
    expect(
      failed(report).map(({ kind, failure }) => [kind, failure?.violations[0]?.code, failure?.violations[0]?.says]),
    ).toEqual([['invalid', 'PF-REFUSE', 'what the document forbids is refused (query size: maximum)']])
  })

  it('finds what is refused although it is valid, and answers that break a law', async () => {
    const server = createServer('minor')
    const refused = await run((request) =>
      new URL(request.url).searchParams.has('q')
        ? Promise.resolve(Response.json({ message: 'No.' }, { status: 400 }))
        : server(request),
    )
    expect(failed(refused)[0]?.failure?.violations[0]?.code).toBe('PF-OK')
    const wrong = await run(async (request) => {
      const response = await server(request)
      if (!response.ok || !request.url.endsWith('inv_2')) return response
      return Response.json({ ...((await response.json()) as Json), total: 1 })
    })
    expect(failed(wrong).map(({ operation, failure }) => [operation, failure?.requests.at(-1)])).toEqual([
      ['getInvoice', 'GET /invoices/inv_2 → 200'],
    ])
    expect(failed(wrong)[0]?.failure?.violations.map(({ code }) => code)).toContain('BR-CO-15')
  })

  it('reads back what was created', async () => {
    const server = createServer('minor')
    const forgetful: Fetch = (request) =>
      /inv_[4-9]|inv_\d\d/.test(request.url)
        ? Promise.resolve(Response.json({ message: 'No.' }, { status: 404 }))
        : server(request)
    const report = await run(forgetful, { writes: true, operation: 'createInvoice' })
    expect(failed(report)[0]?.failure?.requests).toEqual(
      ['POST /invoices → 201', 'GET /invoices/inv_4 → 404'].map((line) =>
        expect.stringMatching(line.replace(/inv_\d/, 'inv_\\d+')),
      ),
    )
  })

  it('draws the same requests from the same seed, and goes straight to a failure by its path', async () => {
    const sent = async (options: Partial<FuzzOptions>): Promise<string[]> => {
      const urls: string[] = []
      const server = createServer('minor')
      await run((request) => {
        urls.push(`${request.method} ${request.url}`)
        return server(request)
      }, options)
      return urls
    }
    const [first, again, other] = [await sent({}), await sent({}), await sent({ seed: 1 })]
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
    const broken: Fetch = (request) =>
      new URL(request.url).searchParams.has('size')
        ? Promise.resolve(new Response(null, { status: 500 }))
        : createServer('minor')(request)
    const [property] = failed(await run(broken))
    const [repeated] = failed(
      await run(broken, { operation: 'listInvoices', kind: 'valid', path: property?.failure?.path ?? '' }),
    )
    expect(repeated?.failure?.requests).toEqual(property?.failure?.requests)
    expect(repeated?.runs).toBe(1)
  })

  it('throws for a server that never answers, and an unknown operation', async () => {
    await expect(run(() => Promise.reject(new Error('ECONNREFUSED')))).rejects.toThrow(
      'Failed to reach http://localhost/api: expected an answer but received ECONNREFUSED.',
    )
    await expect(run(createServer('minor'), { operation: 'listInvoice' })).rejects.toThrow(
      'Did you mean "listInvoices"?',
    )
  })
})

it.each(apiNames)('the mock of %s stands up to it', async (name) => {
  const { model, fetch } = mock(name, { invoices: 20 })
  const report = await run(
    fetch,
    { baseUrl: 'http://localhost', headers: credentialsFor(model), writes: true, runs: 120 },
    model,
  )
  const told = failed(report).map(({ operation = 'sequence', kind, failure }) => [
    `${operation} ${kind}`,
    failure?.requests,
    failure?.violations,
  ])
  expect(told).toEqual([])
})
