import { describe, expect, it } from 'vitest'
import { check } from '../../contracts/index.ts'
import type { Report } from '../../contracts/index.ts'
import { mock } from '../../index.ts'
import { builtIn, compile } from '../../spec/index.ts'
import type { Fetch } from '../../spec/index.ts'
import { credentialsFor } from '../support/credentials.ts'

type Json = Record<string, any>

const text = { type: 'string' }
const fields = {
  currency: { ...text, 'x-role': 'invoice.currency' },
  note: { type: ['string', 'null'], 'x-role': 'invoice.note' },
  due: { ...text, format: 'date', 'x-role': 'invoice.dueDate' },
  total: { type: 'number', 'x-role': 'invoice.total' },
}
const bill = { type: 'object', 'x-role': 'invoice', properties: { id: { ...text, 'x-role': 'invoice.id' }, ...fields } }
const json = (schema: unknown, more: object = {}): object => ({ content: { 'application/json': { schema, ...more } } })
const id = { name: 'id', in: 'path', required: true, schema: text, 'x-role': 'invoice.id' }
const answer = { 200: { description: '', ...json(bill) } }
const sent = { currency: 'USD', note: 'First', due: '2026-03-01', total: 20 }
const model = compile(
  {
    openapi: '3.1.0',
    info: { title: 'Bills', version: '1' },
    paths: {
      '/bills': {
        get: {
          operationId: 'list',
          'x-operation': 'list',
          responses: {
            200: { description: '', ...json({ type: 'array', 'x-role': 'page.items', items: bill }) },
          },
        },
        post: {
          operationId: 'create',
          'x-operation': 'create',
          requestBody: json({ type: 'object', properties: fields }, { example: sent }),
          responses: answer,
        },
      },
      '/bills/{id}': {
        get: {
          operationId: 'get',
          'x-operation': 'get',
          parameters: [id],
          responses: { ...answer, 404: { description: '' } },
        },
        patch: {
          operationId: 'update',
          'x-operation': 'update',
          parameters: [id],
          requestBody: json({ type: 'object', properties: { note: fields.note } }),
          responses: answer,
        },
        delete: {
          operationId: 'delete',
          'x-operation': 'delete',
          parameters: [id],
          responses: { 204: { description: '' } },
        },
      },
    },
  },
  { name: 'bills' },
)

/** What a server does wrong. */
interface Fault {
  readonly create?: (body: Json) => Json
  readonly update?: (kept: Json, body: Json) => Json
  readonly answer?: (kept: Json) => Json
  readonly keeps?: boolean
}

function server({
  create = (body) => body,
  update = (kept, body) => ({ ...kept, ...body }),
  answer: told = (kept) => kept,
  keeps = false,
}: Fault): Fetch {
  const bills = new Map<string, Json>([
    ['b_1', { id: 'b_1', currency: 'EUR', note: null, due: '2026-02-01', total: 10 }],
  ])
  return async (request) => {
    const { method, url } = request
    const key = new URL(url).pathname.split('/')[2]
    if (key === undefined && method === 'GET') return Response.json([...bills.values()])
    if (key === undefined && method !== 'POST') return new Response(null, { status: 405 })
    if (key === undefined) {
      const made: Json = { id: `b_${bills.size + 1}`, ...create((await request.json()) as Json) }
      bills.set(made.id as string, made)
      return Response.json(told(made))
    }
    const known = bills.get(key)
    if (!known) return new Response(null, { status: 404 })
    if (method === 'DELETE') {
      if (!keeps) bills.delete(key)
      return new Response(null, { status: 204 })
    }
    if (method === 'PATCH') {
      const changed = update(known, (await request.json()) as Json)
      bills.set(key, changed)
      return Response.json(told(changed))
    }
    return Response.json(known)
  }
}

const run = (fault: Fault): Promise<Report> => check(model, server(fault), { baseUrl: 'http://x.test', writes: true })
const found = async (fault: Fault): Promise<string[]> => {
  const { violations } = await run(fault)
  return [...new Set(violations.map(({ code, operation }) => `${code} ${operation}`))]
}

describe('a write', () => {
  it('is tried, read back and found right where it did what it said', async () => {
    const { violations, operations } = await run({})
    expect(violations).toEqual([])
    expect(operations.map(({ id: name, statuses }) => [name, statuses])).toEqual([
      ['list', { 200: 1, 405: 1 }],
      ['create', { 200: 1 }],
      ['get', { 200: 5, 404: 2 }],
      ['delete', { 204: 1 }],
      ['update', { 200: 2 }],
    ])
  })

  it.each<[string, Fault, string[]]>([
    ['a change that is not kept', { update: (kept) => kept }, ['PF-WRITE update', 'PF-WRITE get']],
    [
      'a change that is answered otherwise',
      { answer: (kept) => ({ ...kept, note: 'Other' }) },
      ['PF-WRITE create', 'PF-WRITE update'],
    ],
    [
      'a change of something else',
      { update: (kept, body) => ({ ...kept, ...body, due: '2026-04-01' }) },
      ['PF-WRITE get'],
    ],
    ['a delete that deletes nothing', { keeps: true }, ['PF-WRITE get']],
    [
      'a currency that is lost',
      { create: (body) => ({ ...body, currency: 'EUR' }) },
      ['PF-WRITE create', 'PF-WRITE get'],
    ],
    ['an amount that is lost', { create: (body) => ({ ...body, total: 0 }) }, ['PF-WRITE create', 'PF-WRITE get']],
  ])('is a violation for %s', async (_, fault, expected) => {
    expect(await found(fault)).toEqual(expected)
  })

  it.each<[string, Fault]>([
    ['numbers as texts', { create: (body) => ({ ...body, total: '20.00' }) }],
    ['currencies in lower case', { create: (body) => ({ ...body, currency: body.currency.toLowerCase() }) }],
    ['days as moments', { create: (body) => ({ ...body, due: `${String(body.due)}T00:00:00Z` }) }],
    ['spaces taken away', { update: (kept, body) => ({ ...kept, note: ` ${String(body.note)} ` }) }],
  ])('may be kept in the spelling of the server: %s', async (_, fault) => {
    expect((await found(fault)).filter((line) => line.startsWith('PF-WRITE'))).toEqual([])
  })

  it('accuses no mock of ours', async () => {
    const own = builtIn('truto')
    const { violations, operations } = await check(own, mock('truto', { seed: 42, invoices: 20 }).fetch, {
      baseUrl: 'http://localhost',
      headers: credentialsFor(own),
      writes: true,
      maxPages: 1,
    })
    expect(violations).toEqual([])
    expect(operations.find(({ id: name }) => name === 'createInvoice')?.requests).toBe(3)
  })
})
