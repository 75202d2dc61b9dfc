import { describe, expect, it } from 'vitest'
import { check } from '../../contracts/index.ts'
import type { CheckOptions, Report } from '../../contracts/index.ts'
import { compile } from '../../spec/index.ts'
import type { Fetch, Model } from '../../spec/index.ts'

type Json = Record<string, any>

const text = { type: 'string' }
const json = (schema: Json): Json => ({ description: '', content: { 'application/json': { schema } } })
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
const inPath = (name: string, more: Json = {}): Json => ({ name, in: 'path', required: true, schema: text, ...more })
const get = (operationId: string, schema: Json, parameters: Json[] = []): Json => ({
  get: { operationId, parameters, responses: { 200: json(schema), 404: json(ref('Error')) } },
})

/** Bills, the clients that they name, a client's notes, and regions that nobody lists. */
const model: Model = compile(
  {
    openapi: '3.1.0',
    info: { title: 'Bills', version: '1' },
    components: {
      schemas: {
        Error: { type: 'object', properties: { error: text } },
        Client: { type: 'object', required: ['id'], properties: { id: text, name: text } },
        Note: { type: 'object', required: ['id'], properties: { id: text, text } },
        Region: { type: 'object', properties: { code: text } },
        Bill: {
          type: 'object',
          'x-role': 'invoice',
          properties: {
            id: { ...text, 'x-role': 'invoice.id' },
            total: { type: 'number', 'x-role': 'invoice.total' },
            client: {
              type: 'object',
              'x-role': 'invoice.buyer',
              properties: { id: { ...text, 'x-role': 'buyer.id' } },
            },
          },
        },
      },
    },
    paths: {
      '/bills': {
        get: {
          operationId: 'listBills',
          'x-operation': 'list',
          parameters: [
            {
              name: 'client_id',
              in: 'query',
              schema: text,
              'x-role': { role: 'filter', of: 'buyer.id', match: 'equals' },
            },
          ],
          responses: {
            200: json({
              type: 'object',
              properties: { data: { type: 'array', 'x-role': 'page.items', items: ref('Bill') } },
            }),
          },
        },
      },
      '/bills/{bill_id}': get('getBill', ref('Bill'), [inPath('bill_id', { 'x-role': 'invoice.id' })]),
      '/clients': get('listClients', { type: 'object', properties: { data: { type: 'array', items: ref('Client') } } }),
      '/clients/{client_id}': get('getClient', ref('Client'), [inPath('client_id')]),
      '/clients/{client_id}/notes': get(
        'listNotes',
        { type: 'object', properties: { data: { type: 'array', items: ref('Note') } } },
        [inPath('client_id')],
      ),
      '/clients/{client_id}/notes/{note_id}': get('getNote', ref('Note'), [inPath('client_id'), inPath('note_id')]),
      '/regions/{code}': get('getRegion', ref('Region'), [inPath('code')]),
    },
  },
  { name: 'bills' },
)

const clients = ['c_1', 'c_2']
const bills = clients.map((id, index) => ({ id: `b_${index}`, total: 10, client: { id } }))

/** A correct server; `broken` says otherwise. */
function server(broken: (path: string) => unknown = () => undefined): Fetch & { readonly asked: string[] } {
  const asked: string[] = []
  const answerTo = (path: string, query: URLSearchParams): unknown => {
    const [, first, id, notes, note] = path.split('/')
    if (first === 'bills')
      return id === undefined
        ? { data: bills.filter(({ client }) => [null, client.id].includes(query.get('client_id'))) }
        : bills.find((bill) => bill.id === id)
    if (first === 'regions') return id === 'north' ? { code: 'north' } : undefined
    if (id === undefined) return { data: clients.map((own) => ({ id: own, name: own })) }
    if (!clients.includes(id)) return undefined
    if (notes === undefined) return { id, name: id }
    return note === undefined ? { data: [{ id: `n_${id}`, text: '' }] } : note === `n_${id}` ? { id: note } : undefined
  }
  const fetch = (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url)
    asked.push(pathname)
    const found = broken(pathname) ?? answerTo(pathname, searchParams)
    return Promise.resolve(Response.json(found ?? { error: 'not found' }, { status: found ? 200 : 404 }))
  }
  return Object.assign(fetch, { asked })
}

const run = (fetch: Fetch, options: Partial<CheckOptions> = {}): Promise<Report> =>
  check(model, fetch, { baseUrl: 'http://x.test', ...options })

describe('a resource that holds no invoices', () => {
  it('is asked with ids of its own, and what stands below it with its parents', async () => {
    const fetch = server()
    const { violations, operations, skipped } = await run(fetch)
    expect(violations).toEqual([])
    expect(operations.map(({ id, statuses }) => [id, statuses])).toEqual([
      ['listBills', { 200: 3 }],
      ['getBill', { 200: 2, 404: 1 }],
      ['listClients', { 200: 1 }],
      ['getClient', { 200: 2, 404: 1 }],
      ['listNotes', { 200: 2, 404: 1 }],
      ['getNote', { 200: 2, 404: 1 }],
      ['getRegion', {}],
    ])
    expect(fetch.asked).toEqual(expect.arrayContaining(['/clients/c_2', '/clients/c_2/notes/n_c_2']))
    expect(skipped).toContainEqual({
      what: 'getRegion',
      reason: 'no id is known for code: no answer shows one, and none was given (--param operation.name=value)',
    })
  })

  it('is found where it answers something else', async () => {
    const { violations } = await run(server((path) => (path === '/clients/c_1' ? { id: 7 } : undefined)))
    expect(violations).toMatchObject([{ code: 'OAS-SCHEMA', operation: 'getClient', pointer: '/id' }])
  })

  it('takes an id that the caller states for one operation alone', async () => {
    const fetch = server()
    const { violations, operations, counts } = await run(fetch, {
      parameters: { 'getRegion.code': 'north', 'getClient.client_id': 'c_2' },
    })
    expect(violations).toEqual([])
    expect(counts.notJudged).toBe(0)
    expect(operations.find(({ id }) => id === 'getRegion')?.statuses).toEqual({ 200: 1 })
    // The filter of the same name is left alone.
    expect(operations.find(({ id }) => id === 'listBills')?.statuses).toEqual({ 200: 3 })
    expect(fetch.asked.filter((path) => path === '/clients/c_1')).toEqual([])
  })
})
