import { describe, expect, it } from 'vitest'
import { compileSampler } from '../../factories/index.ts'
import { mockModel } from '../../mocks/index.ts'
import { compile } from '../../spec/index.ts'

type Json = Readonly<Record<string, unknown>>

const json = (schema: object, more: object = {}) => ({ 'application/json': { schema, ...more } })
const replies = (responses: object, method = 'get') => ({ [method]: { summary: 'Things', responses } })
const sends = (content: object, more: object = {}) => replies({ 200: { description: 'ok', content, ...more } })
const row = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer' }, name: { const: 'a "b", c' } },
}
const item = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, name: { type: 'string' } } }

const paths = {
  '/any': sends({ '*/*': { schema: { type: 'object', required: ['n'], properties: { n: { const: 1 } } } } }),
  '/some': sends({ 'application/*': { schema: { const: 1 } } }),
  '/vendor': sends({
    'application/json': { schema: { const: 'plain' } },
    'application/vnd.bills.v2+json': { schema: { const: 'second' } },
    'text/csv': { schema: { type: 'array', minItems: 2, maxItems: 2, items: row } },
  }),
  '/hal': sends({ 'application/vnd.x+json': { schema: { const: 'hal' } } }),
  '/text': sends({ 'text/plain': { schema: { const: 'hello' } } }),
  '/said': sends({ 'text/plain': { schema: { type: 'string' }, example: 'as said' } }),
  '/csv': sends({ 'text/csv': { schema: { type: 'array', minItems: 1, maxItems: 1, items: row } } }),
  '/pdf': sends({ 'application/pdf': { schema: { type: 'string', format: 'binary' } } }),
  '/png': sends({ 'image/png': { schema: { type: 'string', format: 'binary' } } }),
  '/svg': sends({ 'image/svg+xml': {} }),
  '/xml': sends({ 'application/xml': { schema: row } }),
  '/xml-said': sends({ 'application/xml': { schema: row, example: '<bill/>' } }),
  '/stream': sends({
    'application/x-ndjson': { schema: { type: 'array', minItems: 2, maxItems: 2, items: { const: 1 } } },
  }),
  '/example': sends(json({ type: 'object' }, { example: { hello: 'world' } })),
  '/examples': sends(json({ type: 'object' }, { examples: { one: { value: { n: 1 } }, two: { value: { n: 2 } } } })),
  '/by-schema': sends(json({ type: 'object', example: { of: 'schema' } })),
  '/stale': sends(json({ type: 'object', required: ['n'], properties: { n: { const: 1 } } }, { example: { m: 2 } })),
  '/range': replies({ '2XX': { description: 'ok', content: json({ const: 'in range' }) } }),
  '/default': replies({ default: { description: 'ok', content: json({ const: 'default' }) } }),
  '/other': replies({
    303: { description: 'See other', headers: { Location: { schema: { type: 'string' } } } },
    default: { description: 'Error' },
  }),
  '/gone': replies({
    410: { description: 'Gone', content: json({ type: 'object', properties: { message: { type: 'string' } } }) },
  }),
  '/nothing': replies({}),
  '/void': replies({ 204: { description: 'none', content: json({ const: 1 }) } }),
  '/upgrade': replies({ 101: { description: 'Switching' } }),
  '/headers': replies(
    {
      201: {
        description: 'ok',
        content: json({ const: 1 }),
        headers: {
          Location: { required: true, schema: { type: 'string', example: '/things/1' } },
          'X-Rate-Remaining': { required: true, schema: { type: 'integer', minimum: 0, maximum: 99 } },
          'X-RateLimit-Limit': { schema: { type: 'integer' } },
          'X-RateLimit-Remaining': { schema: { type: 'integer' } },
          'X-Kinds': { schema: { type: 'array', minItems: 2, maxItems: 2, items: { const: 'a' } } },
          ETag: { schema: { type: 'string' } },
          'Retry-After': { schema: { type: 'integer' } },
          'X-Request-Id': { schema: { type: 'string', format: 'uuid' } },
        },
      },
    },
    'post',
  ),
  '/files/{id}': {
    get: {
      operationId: 'byId',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      responses: { 200: { description: 'ok', content: json({ const: 'by id' }) } },
    },
  },
  '/files/{name}': {
    get: {
      operationId: 'byName',
      parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string', pattern: '[.]pdf$' } }],
      responses: { 200: { description: 'ok', content: json({ const: 'by name' }) } },
    },
  },
  '/kept': {
    get: {
      responses: {
        200: {
          description: 'ok',
          content: {
            ...json({ type: 'array', items: { $ref: '#/components/schemas/Kept' } }, { example: [{ id: 'shown' }] }),
            'text/csv': { schema: { type: 'string' } },
          },
        },
      },
    },
    post: {
      requestBody: { content: json({ $ref: '#/components/schemas/Kept' }) },
      responses: { 201: { description: 'ok', content: json({ $ref: '#/components/schemas/Kept' }) } },
    },
  },
  '/kept/{id}': {
    get: {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { 200: { description: 'ok', content: json({ $ref: '#/components/schemas/Kept' }) } },
    },
  },
}

const model = compile(
  {
    openapi: '3.1.0',
    info: { title: 'Bills', version: '1' },
    paths,
    components: { schemas: { Kept: item } },
  } as object as never,
  { name: 'bills' },
)
const asker =
  (mock = mockModel(model)) =>
  async (path: string, headers: Record<string, string> = {}, method = 'GET', body?: object) => {
    const response = await mock.fetch(
      new Request(`http://localhost${path}`, {
        method,
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      }),
    )
    const bytes = new Uint8Array(await response.arrayBuffer())
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      headers: response.headers,
      bytes,
      text: new TextDecoder().decode(bytes),
    }
  }
const ask = asker()
const told = async (path: string, accept = '*/*') => {
  const { status, type, text } = await ask(path, { accept })
  return [status, type, text]
}

describe('the type of an answer', () => {
  it('is JSON where the document says any type, or any JSON', async () => {
    expect(await told('/any', 'application/json')).toEqual([200, 'application/json', '{"n":1}'])
    expect(await told('/some')).toEqual([200, 'application/json', '1'])
    expect(await told('/hal')).toEqual([200, 'application/vnd.x+json', '"hal"'])
    expect(await told('/any', 'application/vnd.mine+json')).toEqual([200, 'application/vnd.mine+json', '{"n":1}'])
  })

  it('is the one that is accepted best', async () => {
    expect((await told('/vendor', 'application/vnd.bills.v2+json'))[2]).toBe('"second"')
    expect((await told('/vendor', 'application/json;q=0.1, application/vnd.bills.v2+json'))[2]).toBe('"second"')
    expect((await told('/vendor'))[2]).toBe('"plain"')
    expect((await told('/vendor', 'text/csv'))[1]).toBe('text/csv')
    expect((await told('/vendor', 'image/png'))[0]).toBe(406)
  })

  it('has a body of its own: text, CSV, lines, pages and pictures', async () => {
    expect(await told('/text')).toEqual([200, 'text/plain', 'hello'])
    expect(await told('/said')).toEqual([200, 'text/plain', 'as said'])
    const [, , csv] = await told('/csv')
    expect(csv).toMatch(/^id,name\r\n-?\d+,"a ""b"", c"\r\n$/)
    expect((await told('/stream'))[2]).toBe('1\n1\n')
    expect((await told('/svg'))[2]).toMatch(/^<svg xmlns/)
    expect([...(await ask('/png')).bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])
    expect((await ask('/png')).bytes).toEqual((await ask('/png')).bytes)
  })

  it('is PDF whose table of contents points at its objects', async () => {
    const { text } = await ask('/pdf')
    expect(text.startsWith('%PDF-1.7')).toBe(true)
    const places = [...text.matchAll(/^(\d{10}) 00000 n /gm)].map(([, place]) => Number(place))
    expect(places).toHaveLength(7)
    for (const [index, place] of places.entries()) expect(text.slice(place).startsWith(`${index + 1} 0 obj`)).toBe(true)
    expect(text.slice(Number(/startxref\n(\d+)/.exec(text)?.[1])).startsWith('xref')).toBe(true)
  })

  it('is XML only where the document has an example', async () => {
    const refused = await ask('/xml', { accept: 'application/xml' })
    expect([refused.status, refused.text]).toEqual([406, expect.stringContaining('example')])
    expect(await told('/xml-said', 'application/xml')).toEqual([200, 'application/xml', '<bill/>'])
  })
})

describe('an example of the document', () => {
  it('is answered where nothing is kept, the first one, and only if it keeps its schema', async () => {
    expect((await told('/example'))[2]).toBe('{"hello":"world"}')
    expect((await told('/examples'))[2]).toBe('{"n":1}')
    expect((await told('/by-schema'))[2]).toBe('{"of":"schema"}')
    expect((await told('/stale'))[2]).toBe('{"n":1}')
  })

  it('is answered by its name', async () => {
    expect((await ask('/examples', { prefer: 'example=two' })).text).toBe('{"n":2}')
    expect((await ask('/examples', { prefer: 'example=three' })).status).toBe(404)
  })

  it('comes after what is kept, and before it if a mock is told so', async () => {
    expect((await ask('/kept')).text).not.toContain('shown')
    const shown = asker(mockModel(model, { examples: true }))
    expect((await shown('/kept')).text).toBe('[{"id":"shown"}]')
    expect((await shown('/stale')).text).toBe('{"m":2}')
  })
})

describe('the status of an answer', () => {
  it('is a documented one, with its body', async () => {
    expect(await told('/range')).toEqual([200, 'application/json', '"in range"'])
    expect(await told('/default')).toEqual([200, 'application/json', '"default"'])
    const { status, headers } = await ask('/other')
    expect([status, headers.get('location')]).toEqual([303, 'http://localhost/other'])
    expect((await ask('/gone')).status).toBe(410)
    expect(Object.keys(JSON.parse((await ask('/gone')).text) as Json)).toEqual(['message'])
  })

  it('has no body where there is none', async () => {
    expect(await told('/nothing')).toEqual([200, null, ''])
    expect(await told('/void')).toEqual([204, null, ''])
    expect((await ask('/upgrade')).status).toBe(200)
    expect((await ask('/nothing', { accept: 'text/html' })).status).toBe(200)
  })
})

describe('documented headers', () => {
  it('are sent with values of their schema, those that mean something with what they mean', async () => {
    const { headers } = await ask('/headers', {}, 'POST')
    expect(headers.get('location')).toBe('http://localhost/things/1')
    expect(headers.get('x-rate-remaining')).toMatch(/^\d{1,2}$/)
    expect([headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]).toEqual(['100', '99'])
    expect(headers.get('x-kinds')).toBe('a,a')
    expect(headers.get('etag')).toMatch(/^"/)
    expect(headers.get('retry-after')).toBeNull()
    expect(compileSampler({ a: { type: 'string', format: 'uuid' } }, '/a').accepts(headers.get('x-request-id'))).toBe(
      true,
    )
  })
})

describe('what is kept', () => {
  it('is answered as CSV to who asks for it', async () => {
    const kept = asker(mockModel(model))
    await kept('/kept', {}, 'POST', { id: 'x1', name: 'One, two' })
    const { type, text } = await kept('/kept', { accept: 'text/csv' })
    expect(type).toBe('text/csv')
    expect(text.split('\r\n')[0]?.split(',').sort()).toEqual(['id', 'name'])
    expect(text).toContain('"One, two"')
  })
})

describe('two operations in one place', () => {
  it('are told apart by what their parameter may be', async () => {
    expect((await told('/files/7'))[2]).toBe('"by id"')
    expect((await told('/files/invoice.pdf'))[2]).toBe('"by name"')
    expect((await told('/files/neither'))[0]).toBe(400)
  })
})
