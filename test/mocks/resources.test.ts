import { beforeEach, describe, expect, it } from 'vitest'
import { mockModel } from '../../mocks/index.ts'
import type { Mock } from '../../mocks/index.ts'
import { compile } from '../../spec/index.ts'

type Table = Record<string, unknown>

const json = (schema: Table): Table => ({ content: { 'application/json': { schema } } })
const ok = (schema: Table, status = 200): Table => ({ [status]: { description: 'ok', ...json(schema) } })
const ref = (name: string): Table => ({ $ref: `#/components/schemas/${name}` })
const object = (properties: Table, required: string[] = []): Table => ({ type: 'object', properties, required })
const text = { type: 'string' }
const number = { type: 'integer' }
const key = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
const query = (name: string, schema: Table = text): Table => ({ name, in: 'query', schema })
const missing = { description: 'missing', ...json(object({ error: text }, ['error'])) }

const document = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  paths: {
    '/orders': {
      get: {
        parameters: [
          query('page', { type: 'integer', minimum: 1 }),
          query('per_page', { type: 'integer', default: 10, maximum: 50 }),
          query('status', { type: 'array', items: text }),
          query('min_total', { type: 'number' }),
          query('created[gte]', { type: 'string' }),
          query('sort'),
          query('q'),
        ],
        responses: ok(
          object(
            {
              object: { const: 'list' },
              orders: { type: 'array', items: ref('Order') },
              total_count: number,
              has_more: { type: 'boolean' },
              warnings: { type: 'array', items: object({ text }) },
            },
            ['object', 'orders'],
          ),
        ),
      },
      post: {
        requestBody: json(ref('NewOrder')),
        responses: {
          201: {
            description: 'made',
            headers: { Location: { schema: text } },
            ...json(object({ order: ref('Order') })),
          },
          409: missing,
        },
      },
    },
    '/orders/{id}': {
      parameters: [key],
      get: { responses: { ...ok(object({ order: ref('Order') })), 404: missing } },
      patch: {
        requestBody: json(ref('NewOrder')),
        responses: { ...ok(object({ order: ref('Order') })), 412: missing },
      },
      put: { requestBody: json(ref('NewOrder')), responses: ok(object({ order: ref('Order') })) },
      delete: { responses: { 204: { description: 'gone' } } },
    },
    '/orders/{id}/cancel': { parameters: [key], post: { responses: ok(object({ order: ref('Order') })) } },
    '/buyers': {
      get: {
        parameters: [query('cursor'), query('limit', number)],
        responses: ok(
          object({ data: { type: 'array', items: ref('Buyer') }, next_cursor: { type: ['string', 'null'] } }),
        ),
      },
    },
    '/buyers/{id}': { parameters: [key], get: { responses: ok(ref('Buyer')) } },
    '/buyers/{id}/orders': { parameters: [key], get: { responses: ok({ type: 'array', items: ref('Order') }) } },
    '/buyers/{id}/notes': {
      parameters: [key],
      get: { responses: ok({ type: 'array', items: ref('Note') }) },
      post: { requestBody: json(ref('Note')), responses: ok(ref('Note'), 201) },
    },
  },
  components: {
    schemas: {
      Order: object(
        {
          id: { type: 'string', format: 'uuid', readOnly: true },
          number: text,
          status: { type: 'string', enum: ['draft', 'open', 'paid', 'canceled'] },
          total: { type: 'number', minimum: 0, maximum: 1000 },
          note: { type: ['string', 'null'] },
          version: number,
          buyer_id: { type: 'string', format: 'uuid' },
          created: { type: 'string', format: 'date-time', readOnly: true },
          canceled_at: { type: ['string', 'null'], format: 'date-time' },
        },
        ['id', 'status', 'total', 'buyer_id', 'created', 'version'],
      ),
      NewOrder: object({
        number: text,
        status: { type: 'string', enum: ['draft', 'open', 'paid', 'canceled'] },
        total: { type: 'number' },
        note: { type: ['string', 'null'] },
        buyer_id: text,
        version: number,
      }),
      Buyer: object(
        { id: { type: 'string', format: 'uuid' }, name: text, email: { type: 'string', format: 'email' } },
        ['id', 'name'],
      ),
      Note: object({ id: { type: 'integer' }, text }, ['id', 'text']),
    },
  },
}

interface Order extends Table {
  readonly id: string
  readonly buyer_id: string
  readonly total: number
  readonly status: string
  readonly created: string
}

describe('resources of a document without roles', () => {
  let shop: Mock
  beforeEach(() => {
    shop = mockModel(compile(document, { name: 'shop' }), { seed: 42, today: '2026-01-15' })
  })

  async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await shop.fetch(
      new Request(`http://shop.example${path}`, {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    const content = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: (content === '' ? undefined : JSON.parse(content)) as never as Table,
    }
  }
  const orders = async (search = ''): Promise<Order[]> => (await ask('GET', `/orders${search}`)).body.orders as Order[]
  const order = async (id: string): Promise<Order> => (await ask('GET', `/orders/${id}`)).body.order as Order
  async function all(search = ''): Promise<Order[]> {
    const found: Order[] = []
    for (let page = 1; ; page++) {
      const part = await orders(`?per_page=50&page=${page}${search}`)
      found.push(...part)
      if (part.length < 50) return found
    }
  }

  it('pages through a list with each item exactly once, and says so', async () => {
    const seen: string[] = []
    for (let page = 1, more = true; more; page++) {
      const { body } = await ask('GET', `/orders?page=${page}&per_page=7`)
      seen.push(...(body.orders as Order[]).map(({ id }) => id))
      expect(body).toMatchObject({
        object: 'list',
        total_count: 41 <= Number(body.total_count) ? body.total_count : -1,
      })
      expect(body).not.toHaveProperty('warnings')
      more = body.has_more as boolean
      if (!more) expect(seen).toHaveLength(body.total_count as number)
    }
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('answers a listed item by its identity, and 404 in the API’s own form for any other', async () => {
    const [first] = await orders()
    expect(await order(first?.id as string)).toEqual(first)
    const { status, body } = await ask('GET', '/orders/11111111-2222-4333-8444-555555555555')
    expect([status, Object.keys(body)]).toEqual([404, ['error']])
  })

  it('follows cursors, and keeps pages while the list changes', async () => {
    const before = await ask('GET', '/buyers?limit=5')
    const { body } = await ask('GET', `/buyers?limit=5&cursor=${before.body.next_cursor as string}`)
    expect((body.data as Table[])[0]).not.toEqual((before.body.data as Table[])[4])
    expect((await ask('GET', '/buyers?cursor=nonsense')).status).toBe(400)
  })

  it('filters by what a parameter’s name says', async () => {
    const everything = await all()
    expect(await all('&status=paid')).toEqual(everything.filter(({ status }) => status === 'paid'))
    expect(await all('&status=paid&status=open')).toEqual(
      everything.filter(({ status }) => ['paid', 'open'].includes(status)),
    )
    expect(await all('&min_total=500')).toEqual(everything.filter(({ total }) => total >= 500))
    const day = everything[3]?.created.slice(0, 10) as string
    expect(await all(`&created[gte]=${day}`)).toEqual(everything.filter(({ created }) => created.slice(0, 10) >= day))
    expect(everything.filter(({ status }) => status === 'paid').length).toBeGreaterThan(0)
  })

  it('sorts by what a parameter names, either way', async () => {
    const totals = (await all('&sort=-total')).map(({ total }) => total)
    expect(totals).toEqual(totals.toSorted((left, right) => right - left))
    const ascending = (await all('&sort=total')).map(({ total }) => total)
    expect(ascending).toEqual(totals.toReversed())
  })

  it('keeps what is created: it can be read, is listed first and says where it is', async () => {
    const [{ buyer_id: buyer }] = (await orders()) as [Order]
    const { status, headers, body } = await ask('POST', '/orders', {
      number: 'N-1',
      total: 12.5,
      status: 'open',
      buyer_id: buyer,
    })
    const made = body.order as Order
    expect([status, made]).toMatchObject([201, { number: 'N-1', total: 12.5, status: 'open', buyer_id: buyer }])
    expect(made).not.toHaveProperty('note')
    expect(headers.get('location')).toBe(`http://shop.example/orders/${made.id}`)
    expect(await order(made.id)).toEqual(made)
    expect((await orders())[0]).toEqual(made)
    expect(((await ask('GET', `/buyers/${buyer}/orders`)).body as never as Order[]).map(({ id }) => id)).toContain(
      made.id,
    )
  })

  it('merges a PATCH, replaces by PUT, and never lets a client set what is read-only', async () => {
    const [first] = (await orders()) as [Order]
    await ask('PATCH', `/orders/${first.id}`, { note: 'Hello' })
    expect(await order(first.id)).toEqual({ ...first, note: 'Hello', version: (first.version as number) + 1 })
    await ask('PATCH', `/orders/${first.id}`, { note: null, id: 'x' })
    expect(await order(first.id)).toMatchObject({ id: first.id, note: null })
    await ask('PUT', `/orders/${first.id}`, { total: 3, status: 'draft', buyer_id: first.buyer_id })
    const replaced = await order(first.id)
    expect(replaced).toMatchObject({ id: first.id, created: first.created, total: 3, status: 'draft' })
    expect(replaced).not.toHaveProperty('number')
  })

  it('refuses a version or an entity tag that is no longer the present one', async () => {
    const [first] = (await orders()) as [Order]
    const tag = (await ask('GET', `/orders/${first.id}`)).headers.get('etag') as string
    expect(
      (await ask('PATCH', `/orders/${first.id}`, { note: 'a', version: (first.version as number) + 9 })).status,
    ).toBe(409)
    expect((await ask('PATCH', `/orders/${first.id}`, { note: 'a' }, { 'if-match': tag })).status).toBe(200)
    expect((await ask('PATCH', `/orders/${first.id}`, { note: 'b' }, { 'if-match': tag })).status).toBe(412)
  })

  it('forgets what is deleted', async () => {
    const [first, second] = (await orders()) as [Order, Order]
    expect((await ask('DELETE', `/orders/${first.id}`)).status).toBe(204)
    expect((await ask('GET', `/orders/${first.id}`)).status).toBe(404)
    expect((await orders())[0]).toEqual(second)
  })

  it('does what an action’s name says', async () => {
    const open = (await all('&status=open'))[0] as Order
    const { body } = await ask('POST', `/orders/${open.id}/cancel`)
    expect(body.order).toMatchObject({
      status: 'canceled',
      canceled_at: expect.stringMatching(/^2026-01-15T/) as string,
    })
    expect(await order(open.id)).toEqual(body.order)
  })

  it('resolves keys of others, and lists below a parent what belongs to it', async () => {
    const everything = await all()
    const buyer = everything[0]?.buyer_id as string
    expect((await ask('GET', `/buyers/${buyer}`)).status).toBe(200)
    const own = (await ask('GET', `/buyers/${buyer}/orders`)).body as never as Order[]
    expect(own.map(({ id }) => id)).toEqual(everything.filter(({ buyer_id }) => buyer_id === buyer).map(({ id }) => id))
  })

  it('keeps what is created below a parent there, and has nothing below one that does not exist', async () => {
    const [one, two] = (await ask('GET', '/buyers?limit=2')).body.data as [Table, Table]
    const { body } = await ask('POST', `/buyers/${one.id as string}/notes`, { text: 'Hello', id: 1 })
    const notes = async (id: unknown): Promise<unknown[]> =>
      (await ask('GET', `/buyers/${id as string}/notes`)).body as never
    expect(await notes(one.id)).toContainEqual(body)
    expect(await notes(two.id)).not.toContainEqual(body)
    expect((await ask('GET', '/buyers/11111111-2222-4333-8444-555555555555/notes')).status).toBe(404)
  })

  it('keeps worlds apart, and takes snapshots along', async () => {
    const [first] = (await orders()) as [Order]
    const snapshot = shop.snapshot()
    await shop.world('other').fetch(new Request(`http://shop.example/orders/${first.id}`, { method: 'DELETE' }))
    expect(await order(first.id)).toEqual(first)
    await ask('DELETE', `/orders/${first.id}`)
    const deleted = shop.snapshot()
    shop.restore(snapshot)
    expect(await order(first.id)).toEqual(first)
    shop.restore(JSON.parse(JSON.stringify(deleted)) as never)
    expect((await ask('GET', `/orders/${first.id}`)).status).toBe(404)
    shop.reset()
    expect(await order(first.id)).toEqual(first)
  })

  it('answers the same bytes for the same seed, and others for another', async () => {
    const twin = (seed: number): Promise<string> =>
      mockModel(compile(document, { name: 'shop' }), { seed, today: '2026-01-15' })
        .fetch(new Request('http://shop.example/orders'))
        .then((response) => response.text())
    expect(await twin(42)).toBe(await twin(42))
    expect(await twin(42)).not.toBe(await twin(43))
  })
})

it('takes a required key of what no resource lists for a scope, and filters by it once it is known', async () => {
  const ticket = object({ id: text, location_id: text }, ['id', 'location_id'])
  const desk = mockModel(
    compile(
      {
        openapi: '3.1.0',
        info: { title: 'Desk', version: '1' },
        paths: {
          '/tickets': {
            get: {
              parameters: [{ ...query('location_id'), required: true }],
              responses: ok(object({ tickets: { type: 'array', items: ref('Ticket') } }, ['tickets'])),
            },
          },
          '/tickets/{id}': { parameters: [{ ...key, schema: text }], get: { responses: ok(ref('Ticket')) } },
        },
        components: { schemas: { Ticket: ticket } },
      },
      { name: 'desk' },
    ),
    { seed: 42 },
  )
  const ask = async (location: string): Promise<{ id: string; location_id: string }[]> => {
    const response = await desk.fetch(new Request(`http://desk.example/tickets?location_id=${location}`))
    return ((await response.json()) as { tickets: { id: string; location_id: string }[] }).tickets
  }
  const all = await ask('anywhere')
  expect(all.length).toBeGreaterThan(20)
  const [, , , one] = all as [never, never, never, { id: string; location_id: string }]
  expect(await ask(one.location_id)).toEqual([one])
})
