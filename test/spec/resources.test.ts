import { describe, expect, it } from 'vitest'
import { compile, resourcesOf } from '../../spec/index.ts'
import type { Resource, Resources } from '../../spec/index.ts'

type Table = Record<string, unknown>

const json = (schema: Table): Table => ({ content: { 'application/json': { schema } } })
const ok = (schema: Table): Table => ({ 200: { description: 'ok', ...json(schema) } })
const ref = (name: string): Table => ({ $ref: `#/components/schemas/${name}` })
const list = (name: string): Table => ({ type: 'array', items: ref(name) })
const object = (properties: Table): Table => ({ type: 'object', properties })
const text = { type: 'string' }
const path = (name: string): Table => ({ name, in: 'path', required: true, schema: text })
const query = (name: string, schema: Table = text): Table => ({ name, in: 'query', schema })

const bill = object({ id: text, total: { type: 'number' }, customer_id: text, note: text })
const customer = object({ id: text, name: text })

function found(paths: Table, schemas: Table = { Bill: bill, Customer: customer }): Resources {
  return resourcesOf(
    compile({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, components: { schemas } }, { name: 'test' }),
  )
}

function only(paths: Table, schemas?: Table): Resource {
  const { resources } = found(paths, schemas)
  expect(resources.map(({ name }) => name)).toHaveLength(1)
  return resources[0] as Resource
}

const acts = ({ operations }: Resource): string[] =>
  operations.map(({ does, verb, operation: { method, path: at } }) => `${verb ?? does} ${method} ${at}`)

describe('resourcesOf', () => {
  it('finds items that OData names in brackets', () => {
    for (const key of ['{key}', "'{key}'", 'id={key}']) {
      const resource = only({
        '/Bills': { get: { responses: ok(object({ value: list('Bill') })) } },
        [`/Bills(${key})`]: { parameters: [path('key')], get: { responses: ok(ref('Bill')) } },
      })
      expect(acts(resource)).toEqual(['list GET /Bills', `get GET /Bills(${key})`])
      expect(resource.identity).toEqual(['id'])
    }
  })

  it('finds a collection with its items and actions', () => {
    const resource = only({
      '/bills': {
        get: { responses: ok(object({ data: list('Bill') })) },
        post: { requestBody: json(ref('Bill')), responses: ok(ref('Bill')) },
      },
      '/bills/{bill_id}': {
        parameters: [path('bill_id')],
        get: { responses: ok(ref('Bill')) },
        put: { requestBody: json(ref('Bill')), responses: ok(ref('Bill')) },
        patch: { requestBody: json(ref('Bill')), responses: ok(ref('Bill')) },
        delete: { responses: { 204: { description: 'gone' } } },
      },
      '/bills/{bill_id}/void': { parameters: [path('bill_id')], post: { responses: ok(ref('Bill')) } },
      '/bills/{bill_id}:send': { parameters: [path('bill_id')], post: { responses: ok(ref('Bill')) } },
    })
    expect(resource).toMatchObject({ name: 'bills', noun: 'bill', identity: ['id'], singleton: false })
    expect(acts(resource)).toEqual([
      'list GET /bills',
      'create POST /bills',
      'get GET /bills/{bill_id}',
      'replace PUT /bills/{bill_id}',
      'delete DELETE /bills/{bill_id}',
      'update PATCH /bills/{bill_id}',
      'void POST /bills/{bill_id}/void',
      'send POST /bills/{bill_id}:send',
    ])
  })

  it('reads keys in brackets as OData writes them', () => {
    const resource = only({
      '/Bills': { get: { responses: ok(object({ d: object({ results: list('Bill') }) })) } },
      "/Bills(guid'{BillID}')": { parameters: [path('BillID')], get: { responses: ok(object({ d: ref('Bill') })) } },
    })
    expect(acts(resource)).toEqual(['list GET /Bills', "get GET /Bills(guid'{BillID}')"])
  })

  it('gets one item by another key, whatever lists stand in it', () => {
    const lined = object({
      id: text,
      number: text,
      total: { type: 'number' },
      items: { type: 'array', items: customer },
    })
    const resource = only(
      {
        '/bills': { get: { responses: ok(list('Bill')) } },
        '/bills/{id}': { parameters: [path('id')], get: { responses: ok(ref('Bill')) } },
        '/bills/byNumber/{number}': { parameters: [path('number')], get: { responses: ok(ref('Bill')) } },
      },
      { Bill: lined },
    )
    const [, , byNumber] = resource.operations
    expect(byNumber).toMatchObject({ does: 'get', key: { property: ['number'] }, answer: { path: [], many: false } })
  })

  it('takes a query beside items for their list', () => {
    const answer = object({ QueryResponse: object({ Bill: list('Bill') }) })
    const resource = only({
      '/company/query': { get: { parameters: [query('query')], responses: ok(answer) } },
      '/company/bill/{billId}': { parameters: [path('billId')], get: { responses: ok(object({ Bill: ref('Bill') })) } },
    })
    expect(acts(resource)).toEqual(['list GET /company/query', 'get GET /company/bill/{billId}'])
  })

  it.each([
    ['an array at the root', list('Bill'), []],
    [
      'a nested envelope',
      object({ response: object({ result: object({ bills: list('Bill'), total: { type: 'integer' } }) }) }),
      ['response', 'result', 'bills'],
    ],
    [
      'an embedded list',
      object({ _embedded: object({ bills: list('Bill') }), _links: object({}) }),
      ['_embedded', 'bills'],
    ],
    [
      'a list beside warnings',
      object({ Warnings: { type: 'array', items: object({ message: text }) }, Bills: list('Bill') }),
      ['Bills'],
    ],
  ])('finds the items in %s', (_, answer, at) => {
    const resource = only({
      '/bills': { get: { responses: ok(answer) } },
      '/bills/{id}': { parameters: [path('id')], get: { responses: ok(ref('Bill')) } },
    })
    expect(resource.operations[0]?.answer).toMatchObject({ path: at, many: true, wrap: [] })
  })

  it('finds items that are wrapped one by one, and a get that answers a list of one', () => {
    const resource = only({
      '/bills': { get: { responses: ok(object({ list: { type: 'array', items: object({ bill: ref('Bill') }) } })) } },
      '/bills/{id}': { parameters: [path('id')], get: { responses: ok(object({ bills: list('Bill') })) } },
    })
    expect(resource.operations[0]?.answer).toMatchObject({ path: ['list'], wrap: ['bill'] })
    expect(resource.operations[1]?.answer).toMatchObject({ path: ['bills'], many: true })
  })

  it('puts the same thing below a parent and by itself together', () => {
    const { resources } = found({
      '/bills': { get: { responses: ok(list('Bill')) } },
      '/bills/{id}': { parameters: [path('id')], get: { responses: ok(ref('Bill')) } },
      '/customers': { get: { responses: ok(list('Customer')) } },
      '/customers/{customer_id}': { parameters: [path('customer_id')], get: { responses: ok(ref('Customer')) } },
      '/customers/{customer_id}/bills': { parameters: [path('customer_id')], get: { responses: ok(list('Bill')) } },
    })
    expect(resources.map(({ name }) => name)).toEqual(['bills', 'customers'])
    expect(resources[0]?.operations[2]?.parents).toEqual([
      { parameter: 'customer_id', resource: 'customers', property: ['id'] },
    ])
    expect(resources[0]?.relations).toEqual([{ path: ['customer_id'], resource: 'customers', property: ['id'] }])
  })

  it('finds keys of others by whole names, whatever stands before them', () => {
    const { resources } = found(
      {
        '/coupons': { get: { responses: ok(list('Coupon')) } },
        '/coupons/{code}': { parameters: [path('code')], get: { responses: ok(ref('Coupon')) } },
        '/applied_coupons': { get: { responses: ok(list('Applied')) } },
        '/applied_coupons/{id}': { parameters: [path('id')], get: { responses: ok(ref('Applied')) } },
      },
      {
        Coupon: object({ lago_id: text, code: text }),
        Applied: object({ id: text, lago_coupon_id: text, coupon_code: text }),
      },
    )
    expect(resources.find(({ name }) => name === 'applied_coupons')?.relations).toEqual([
      { path: ['lago_coupon_id'], resource: 'coupons', property: ['lago_id'] },
      { path: ['coupon_code'], resource: 'coupons', property: ['code'] },
    ])
  })

  it('finds calls whose names say what they do', () => {
    const resource = only({
      '/getBillList': { get: { responses: ok(object({ bills: list('Bill') })) } },
      '/getBill': { get: { parameters: [{ ...query('bill_id'), required: true }], responses: ok(ref('Bill')) } },
      '/createBill': { post: { requestBody: json(ref('Bill')), responses: ok(ref('Bill')) } },
    })
    expect(acts(resource)).toEqual(['list GET /getBillList', 'get GET /getBill', 'create POST /createBill'])
    expect(resource.operations[1]?.key).toMatchObject({ in: 'query', name: 'bill_id', property: ['id'] })
  })

  it('finds searches by POST, and tells them from previews', () => {
    const resource = only({
      '/bills': { get: { responses: ok(list('Bill')) } },
      '/bills/{id}': { parameters: [path('id')], get: { responses: ok(ref('Bill')) } },
      '/bills/search': {
        post: { requestBody: json(object({ q: text })), responses: ok(object({ items: list('Bill') })) },
      },
      '/bills/preview': { post: { requestBody: json(ref('Bill')), responses: ok(ref('Bill')) } },
    })
    expect(acts(resource).slice(2)).toEqual(['list POST /bills/search', 'preview POST /bills/preview'])
  })

  it('finds the only thing there is, and the only one of a parent', () => {
    const { resources } = found({
      '/organization': {
        get: { responses: ok(object({ name: text, taxes: { type: 'array', items: object({ rate: text }) } })) },
      },
      '/customers': { get: { responses: ok(list('Customer')) } },
      '/customers/{id}': { parameters: [path('id')], get: { responses: ok(ref('Customer')) } },
      '/customers/{id}/balance': { parameters: [path('id')], get: { responses: ok(object({ amount: text })) } },
    })
    expect(resources.map(({ name, singleton, parent }) => [name, singleton, parent])).toEqual([
      ['organization', true, undefined],
      ['customers', false, undefined],
      ['balance', true, 'customers'],
    ])
  })

  it.each([
    [
      [
        query('page', { type: 'integer', minimum: 1 }),
        query('per_page', { type: 'integer', default: 25, maximum: 100 }),
      ],
      { number: 'page', size: 'per_page' },
      { base: 1, usual: 25, most: 100 },
    ],
    [
      [query('page', { type: 'integer', minimum: 0 }), query('pageSize', { type: 'integer' })],
      { number: 'page', size: 'pageSize' },
      { base: 0 },
    ],
    [
      [query('limit', { type: 'integer' }), query('offset', { type: 'integer' })],
      { size: 'limit', offset: 'offset' },
      {},
    ],
    [[query('limit', { type: 'integer' }), query('starting_after')], { size: 'limit', after: 'starting_after' }, {}],
    [
      [{ ...query('from'), description: 'Begin with the item of this id.' }, query('limit', { type: 'integer' })],
      { from: 'from', size: 'limit' },
      {},
    ],
    [
      [query('continuationToken'), query('$top', { type: 'integer' })],
      { cursor: 'continuationToken', size: '$top' },
      {},
    ],
  ])('reads how pages are asked for', (parameters, names, facts) => {
    const { operations } = only({ '/bills': { get: { parameters, responses: ok(object({ data: list('Bill') })) } } })
    const paging = operations[0]?.paging
    expect(Object.fromEntries(Object.entries(paging?.parameters ?? {}).map(([is, { name }]) => [is, name]))).toEqual(
      names,
    )
    expect(paging).toMatchObject(facts)
  })

  it('reads what an envelope says of pages', () => {
    const answer = object({
      data: list('Bill'),
      has_more: { type: 'boolean' },
      meta: object({
        current_page: { type: 'integer' },
        total_pages: { type: 'integer' },
        total_count: { type: 'integer' },
        next_page: { type: ['integer', 'null'] },
      }),
      links: object({ next: { type: 'string', format: 'uri' }, self: { type: 'string', format: 'uri' } }),
    })
    const { operations } = only({
      '/bills': { get: { parameters: [query('page', { type: 'integer' })], responses: ok(answer) } },
    })
    expect(operations[0]?.paging?.facts.map(({ path: at, is }) => `${at.join('.')} ${is}`)).toEqual([
      'has_more hasMore',
      'meta.current_page number',
      'meta.total_pages pages',
      'meta.total_count total',
      'meta.next_page nextNumber',
      'links.next nextLink',
      'links.self selfLink',
    ])
  })

  it('takes a bare count for that of all items where pages are counted or linked beside it', () => {
    const facts = (beside: Table): unknown =>
      only({
        '/bills': { get: { responses: ok(object({ items: list('Bill'), ...beside })) } },
        '/bills/{bill_id}': { parameters: [path('bill_id')], get: { responses: ok(ref('Bill')) } },
      }).operations[0]?.paging?.facts
    const whole = { type: 'integer' }
    expect(facts({ itemCount: whole, pageCount: whole })).toEqual([
      { path: ['itemCount'], is: 'total' },
      { path: ['pageCount'], is: 'pages' },
    ])
    expect(facts({ count: whole, next: { type: 'string', format: 'uri' } })).toEqual([
      { path: ['count'], is: 'total' },
      { path: ['next'], is: 'nextLink' },
    ])
    expect(facts({ count: whole, total_count: whole, pages: whole })).toMatchObject([
      { is: 'count' },
      { is: 'total' },
      { is: 'pages' },
    ])
    expect(facts({ count: { ...whole, description: 'Items on this page.' }, pages: whole })).toMatchObject([
      { is: 'count' },
      { is: 'pages' },
    ])
    expect(facts({ count: whole, has_more: { type: 'boolean' } })).toMatchObject([{ is: 'count' }, { is: 'hasMore' }])
  })

  it('finds lists that are asked for by QUERY, and methods that only OpenAPI 3.2 knows', () => {
    const document = {
      openapi: '3.2.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/bills': {
          query: { requestBody: json(object({ note: text })), responses: ok(object({ data: list('Bill') })) },
        },
        '/bills/{bill_id}': {
          parameters: [path('bill_id')],
          get: { responses: ok(ref('Bill')) },
          additionalOperations: { COPY: { responses: ok(ref('Bill')) } },
        },
      },
      components: { schemas: { Bill: bill } },
    }
    const { resources, unknown } = resourcesOf(compile(document, { name: 'test' }))
    expect(unknown).toEqual([])
    expect(resources.map(acts)).toEqual([
      ['list QUERY /bills', 'get GET /bills/{bill_id}', 'copy COPY /bills/{bill_id}'],
    ])
  })

  it('takes a word that says only how a list is shown for no resource of its own', () => {
    const resource = only({
      '/bills/pagination': {
        get: {
          parameters: [query('offset', { type: 'integer' }), query('limit', { type: 'integer' })],
          responses: ok(list('Bill')),
        },
      },
      '/bills/{bill_id}': { parameters: [path('bill_id')], get: { responses: ok(ref('Bill')) } },
    })
    expect([resource.path, acts(resource)]).toEqual([
      '/bills',
      ['list GET /bills/pagination', 'get GET /bills/{bill_id}'],
    ])
  })

  it('knows an item from a list by what it is, even where it holds lists', () => {
    const logged = object({ id: text, key: text, logs: { type: 'array', items: object({ at: text, by: text }) } })
    const resource = only(
      {
        '/bills': { get: { parameters: [{ ...query('key'), required: true }], responses: ok(ref('Bill')) } },
        '/bills/pages': { get: { responses: ok(list('Bill')) } },
        '/bills/{id}': { parameters: [path('id')], get: { responses: ok(ref('Bill')) } },
      },
      { Bill: logged },
    )
    expect([resource.identity, acts(resource)]).toEqual([
      ['id'],
      ['get GET /bills', 'list GET /bills/pages', 'get GET /bills/{id}'],
    ])
  })

  it('says why an operation belongs to no resource', () => {
    const { unknown } = found({
      '/webhooks/key': { get: { responses: { 200: { description: 'a key', content: { 'text/plain': {} } } } } },
    })
    expect(unknown.map(({ why }) => why)).toEqual(['its bodies hold no object to keep'])
  })
})
