import { getIntrospectionQuery } from 'graphql'
import { describe, expect, it } from 'vitest'
import { mock } from '../../index.ts'
import { credentialsFor } from '../support/credentials.ts'

interface Result {
  readonly status: number
  readonly data: Readonly<Record<string, any>> | null
  readonly message: string
}

function open(options: { readonly graphqlCost?: number } = {}) {
  const api = mock('customeros', { invoices: 150, ...options })
  const headers = { ...credentialsFor(api.model), 'content-type': 'application/json' }
  const post = (body: unknown): Promise<Response> =>
    api.fetch(new Request('http://localhost/query', { method: 'POST', headers, body: JSON.stringify(body) }))
  const ask = async (query: string, more: object = {}): Promise<Result> => {
    const response = await post({ query, ...more })
    const { data, errors = [] } = (await response.json()) as { data: any; errors?: { message: string }[] }
    return { status: response.status, data, message: errors[0]?.message ?? '' }
  }
  const get = async (path: string): Promise<any> =>
    (await api.fetch(new Request(`http://localhost${path}`, { headers }))).json()
  return { ask, post, get }
}

const times = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ')
const page = (limit: number): string =>
  `invoices(pagination: { page: 1, limit: ${limit} }) { content { metadata { id } } }`
const refused = {
  status: 200,
  data: null,
  message: expect.stringMatching(
    /^Failed to run a GraphQL document: expected a cost of at most \d+ but received (?:\d+|more than \d+ for .*)\. Ask for fewer fields, aliases or rows, or raise the limit with --graphql-cost\.$/,
  ),
}

describe('a GraphQL document', () => {
  it('may ask for a hundred pages under aliases', async () => {
    const { ask, get } = open()
    const { data, message } = await ask(`{ ${times(100, (index) => `a${index}: ${page(100)}`)} }`)
    expect(message).toBe('')
    const ids = (await get('/invoices?limit=100')).content.map(({ metadata }: any) => ({
      metadata: { id: metadata.id },
    }))
    expect(Object.values(data ?? {})).toEqual(Array.from({ length: 100 }, () => ({ content: ids })))
  })

  it('leaves room for other requests between its fields', async () => {
    const { ask, get } = open()
    // Libraries and schemas are loaded with the first one, which leaves room by itself.
    await ask(`{ a: ${page(1)} }`)
    const done: string[] = []
    const document = ask(`{ ${times(50, (index) => `a${index}: ${page(100)}`)} }`).then(() => done.push('document'))
    for (let count = 0; count < 20; count++) {
      await new Promise((resolve) => {
        setTimeout(resolve)
      })
      await get('/invoices?limit=1').then(() => done.push('list'))
    }
    await document
    expect(done.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'list'))
  })

  it('costs what its pages may have, however their size is stated', async () => {
    const { ask } = open({ graphqlCost: 20_000 })
    const sized =
      'query ($limit: Int = 100) { invoices(pagination: { page: 1, limit: $limit }) { content { metadata { id } note amountDue } } }'
    expect(await ask(sized, { variables: { limit: 2 } })).toMatchObject({
      message: '',
      data: { invoices: { content: [{}, {}] } },
    })
    expect((await open({ graphqlCost: 8000 }).ask(sized)).message).toMatch(/but received \d+\./)
    const whole = `query ($page: Pagination) { invoices(pagination: $page) { content { note } } }`
    expect(
      await open({ graphqlCost: 7000 }).ask(whole, { variables: { page: { page: 1, limit: 100 } } }),
    ).toMatchObject(refused)
    expect((await open({ graphqlCost: 7000 }).ask(whole)).message).toBe('')
  })

  it('is told by the operation itself that a page is too large', async () => {
    const { message } = await open().ask(`{ ${page(1_000_000_000)} }`)
    expect(message).toMatch(/limit/)
    expect(message).not.toMatch(/cost/)
  })

  it('may cost more where the server says so', async () => {
    const query = `{ ${times(30, (index) => `a${index}: invoices(pagination: { page: 1, limit: 1 }) { totalElements }`)} }`
    expect(await open({ graphqlCost: 30_000 }).ask(query)).toMatchObject(refused)
    expect((await open({ graphqlCost: 200_000 }).ask(query)).data).toMatchObject({ a29: { totalElements: 150 } })
  })

  it('is described in full to who asks for its schema', async () => {
    const { data, message } = await open().ask(getIntrospectionQuery())
    expect(message).toBe('')
    expect(data).toMatchObject({ __schema: { queryType: { name: 'Query' } } })
  })

  it('runs the one operation it has, whatever name is asked for', async () => {
    const { ask } = open()
    expect(await ask('{ invoices { totalElements } }', { operationName: 'Other' })).toMatchObject({
      data: null,
      message: 'Unknown operation named "Other".',
    })
    expect(
      (await ask('query A { invoices { totalElements } } query B { a: __typename }', { operationName: 'B' })).data,
    ).toEqual({ a: 'Query' })
  })
})

describe('an attack by GraphQL', () => {
  const fragments = (count: number, write: (index: number) => string): string =>
    times(count, (index) => `fragment f${index} on Query { ${write(index)} }`)

  it.each([
    ['a thousand aliases of a page', `{ ${times(1000, (index) => `a${index}: ${page(100)}`)} }`],
    ['a thousand aliases of one invoice', `{ ${times(1000, (index) => `a${index}:invoice(id:1){note}`)} }`],
    [
      'aliases in fragments that are spread again and again',
      `{ ${times(500, () => '...f0')} } ${fragments(1, () => times(50, (index) => `a${index}: ${page(100)}`))}`,
    ],
    [
      'fragments that double at each step',
      `{ ...f0 } ${fragments(40, (index) => `...f${index + 1} ...f${index + 1}`)} fragment f40 on Query { ${page(1)} }`,
    ],
    ['a thousand mutations', `mutation { ${times(1000, (index) => `a${index}: invoice_Pay(id: "1") { status }`)} }`],
    ['many operations', times(5000, (index) => `query q${index} { invoices { totalPages } }`)],
    ['deep selections', `${'{ a '.repeat(5000)}${'}'.repeat(5000)}`],
    ['deep values', `{ invoices(where: ${'{ NOT: '.repeat(5000)}{}${'}'.repeat(5000)}) { totalPages } }`],
    ['deep lists', `{ invoices(organizationId: ${'['.repeat(50_000)}`],
    ['a flood of directives', `{ invoices ${'@include(if: true) '.repeat(20_000)} { totalPages } }`],
    ['a flood of unknown directives', `{ invoices ${'@a '.repeat(30_000)} { totalPages } }`],
    ['a field asked for again and again', `{ ${'__typename '.repeat(50_000)} }`],
    ['overlapping fields', `{ ${times(2000, () => page(1))} }`],
    [
      'a schema asked for under many aliases',
      `{ ${times(200, (index) => `a${index}: __schema { types { fields { args { name type { name ofType { name } } } } } }`)} }`,
    ],
  ])('with %s is refused before it runs', async (_what, query) => {
    expect(await open().ask(query)).toEqual(refused)
  })

  it('with huge variables is refused before it runs', async () => {
    const query = 'query ($sort: [SortBy!]) { invoices(sort: $sort) { totalPages } }'
    expect(
      await open().ask(query, {
        variables: Object.fromEntries(Array.from({ length: 12 }, (_, index) => [index, Array(9000).fill(0)])),
      }),
    ).toEqual(refused)
  })

  it.each([
    [
      'fragments in a ring',
      '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
      /Cannot spread fragment/,
    ],
    [
      'a schema asked for in circles',
      '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
      /Maximum introspection depth exceeded/,
    ],
    ['fields that cannot be merged', `{ ${times(150, (index) => `a: invoice(id: "${index}") { note }`)} }`, /conflict/],
    ['a name of half a million letters', `{ ${'a'.repeat(500_000)} }`, /Cannot query field "aaa/],
    ['a string of half a million letters', `{ invoice(id: "${'a'.repeat(500_000)}") { note } }`, /id/],
    ['a comment of half a million letters', `#${'a'.repeat(500_000)}\n{`, /Syntax Error/],
    ['nothing but signs', '}{', /Syntax Error/],
    ['half a character', '{ invoice(id: "\ud800") { note } }', /id|Syntax Error/],
    ['a variable without a value', 'query ($id: ID!) { invoice(id: $id) { note } }', /Variable "\$id"/],
    ['names of prototypes', '{ __proto__ { constructor } toString }', /Cannot query field/],
  ])('with %s is refused in a sentence', async (_what, query, sentence) => {
    const { status, message } = await open().ask(query)
    expect([status, message.length < 600, message]).toEqual([200, true, expect.stringMatching(sentence)])
  })

  it('with a batch is refused as no GraphQL request', async () => {
    const response = await open().post(Array.from({ length: 1000 }, () => ({ query: '{ invoices { totalPages } }' })))
    expect([response.status, Object.keys((await response.json()) as object)]).toEqual([400, ['errors']])
  })

  it('with many mutations changes nothing', async () => {
    const { ask, get } = open()
    const [{ metadata }] = (await get('/invoices?status=DUE')).content
    await ask(`mutation { ${times(1000, (index) => `a${index}: invoice_Void(id: "${metadata.id}") { status }`)} }`)
    expect((await get(`/invoices/${metadata.id}`)).status).toBe('DUE')
  })
})
