import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile, operationOf } from '../../spec/index.ts'
import { readRequest, statusOf } from '../../spec/request/request.ts'
import type { RequestParts } from '../../spec/request/request.ts'
import { model } from './items-fixture.ts'

const read = (id: string, parts: Partial<RequestParts> & { header?: Record<string, string> } = {}) =>
  readRequest(model, operationOf(model, id), { params: {}, query: '', headers: new Headers(parts.header), ...parts })
const values = (query: string): unknown => {
  const { values: found, problems } = read('search', { query })
  const { limit: _, draft: __, ...others } = found
  return problems.length === 0 ? others : problems.map(({ name, pointer, code }) => `${name}${pointer} ${code}`)
}
const post = (body: unknown, contentType = 'application/json') =>
  read('create', {
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    contentType,
  })
const complaints = (body: unknown, contentType?: string): string[] =>
  post(body, contentType).problems.map(({ pointer, code }) => `${pointer} ${code}`)

describe('parameters', () => {
  it('fills in defaults and leaves out what is absent', () => {
    expect(read('search').values).toEqual({ limit: 50, draft: false })
  })

  it('turns texts into what the schema says', () => {
    expect(read('search', { query: '?limit=7&rate=1.5e1&draft=true&order=desc&word=a%20b+' }).values).toEqual({
      limit: 7,
      rate: 15,
      draft: true,
      order: 'desc',
      word: 'a b ',
    })
  })

  it.each(['abc', '1.5', '', '5.0', '1e2', '0x5', ' 5', '+5', '05', '٥', 'NaN'])(
    'takes "%s" for no integer',
    (text) => {
      expect(values(`limit=${encodeURIComponent(text)}`)).toEqual(['limit type'])
    },
  )

  it.each(['TRUE', '1', 'yes', ''])('takes "%s" for no boolean', (text) => {
    expect(values(`draft=${text}`)).toEqual(['draft type'])
  })

  it('says in one sentence what is wrong', () => {
    expect(read('search', { query: 'limit=500' }).problems).toEqual([
      {
        in: 'query',
        name: 'limit',
        pointer: '',
        code: 'maximum',
        expected: 'at most 200',
        received: '"500"',
        message: 'Expected at most 200 but received "500".',
      },
    ])
  })

  it('checks bounds, words, lengths, patterns and formats', () => {
    expect(values('limit=0&rate=0&order=up&word=a&word=b')).toEqual([
      'limit minimum',
      'rate exclusiveMinimum',
      'order enum',
      'word duplicate',
    ])
    expect(values('word=a')).toEqual(['word minLength'])
    expect(values('word=abcde')).toEqual(['word maxLength'])
    expect(values(`word=${encodeURIComponent('🙂🙂🙂🙂')}`)).toEqual({ word: '🙂🙂🙂🙂' })
    expect(values('word=ab!')).toEqual(['word pattern'])
    expect(values('account=x&day=2026-02-30&at=2026-02-01&mail=x')).toEqual([
      'account format',
      'day format',
      'at format',
      'mail format',
    ])
    expect(values('day=2026-02-28&at=2026-02-01T00:00:00Z&mail=a@b.example')).toEqual({
      day: '2026-02-28',
      at: '2026-02-01T00:00:00Z',
      mail: 'a@b.example',
    })
  })

  it('refuses integers too large to be exact', () => {
    expect(values('page=1,99999999999999999999')).toEqual(['page/1 format'])
  })

  it('passes over unknown parameters, however many', () => {
    expect(values(`x=${'&y=%&%=1&__proto__=1'.repeat(1000)}`)).toEqual({})
  })

  it('refuses bad percent-encoding of a parameter it knows', () => {
    expect(values('word=%E0%A4')).toEqual(['word encoding'])
  })

  it('reads lists repeated, with brackets, and with commas', () => {
    for (const query of [
      'status=open&status=paid',
      'status[]=open&status%5B%5D=paid',
      'status=open,paid',
      'status=open%2Cpaid',
    ])
      expect(values(query)).toEqual({ status: ['open', 'paid'] })
    expect(values('status=open&status=lost')).toEqual(['status/1 enum'])
  })

  it('keeps an encoded comma of free text', () => {
    expect(values('number=A%2C1,B')).toEqual({ number: ['A,1', 'B'] })
    expect(values('number=A%2C1')).toEqual({ number: ['A,1'] })
  })

  it('reads delimited lists and checks their length and difference', () => {
    expect(values('page=1,2&pipe=a%7Cb&space=a+b%20c')).toEqual({
      page: [1, 2],
      pipe: ['a', 'b'],
      space: ['a', 'b', 'c'],
    })
    expect(values('page=1')).toEqual(['page minItems'])
    expect(values('page=1,1')).toEqual(['page uniqueItems'])
  })

  it('reads deep objects without touching prototypes', () => {
    expect(values('contact[id]=5&contact[tags][]=a&contact[tags][]=b&rest[__proto__]=1&rest[x]=y')).toEqual({
      contact: { id: 5, tags: ['a', 'b'] },
      rest: { x: 'y' },
    })
    expect(values('contact[id]=x')).toEqual(['contact/id type'])
    expect(values('contact[id]=1&contact[id]=2')).toEqual(['contact/id type'])
    expect(values('contact[other]=1')).toEqual(['contact/other additionalProperties'])
  })

  it('reads flat objects and JSON', () => {
    expect(values('point=x,1,y,2')).toEqual({ point: { x: 1, y: 2 } })
    expect(values(`filter=${encodeURIComponent('{"a":1}')}`)).toEqual({ filter: { a: 1 } })
    expect(values('filter=x')).toEqual(['filter json'])
    expect(values('filter={}')).toEqual(['filter/a required'])
  })

  it('takes the first branch that a text fits', () => {
    expect([values('either=12'), values('either=5'), values('either=true')]).toEqual([
      { either: 12 },
      { either: '5' },
      { either: true },
    ])
    expect(values('either=long')).toContain('either maxLength')
  })

  it('reads headers and cookies, and leaves Authorization to the security schemes', () => {
    expect(read('search', { header: { 'x-count': '3', 'x-ids': '1, 2', cookie: 'a=b; theme=dark' } })).toMatchObject({
      values: { 'X-Count': 3, 'X-Ids': [1, 2], theme: 'dark' },
      problems: [],
    })
    expect(
      read('search', { header: { 'x-count': 'x', cookie: 'theme=red' } }).problems.map(
        ({ in: place, code }) => `${place} ${code}`,
      ),
    ).toEqual(['header type', 'cookie enum'])
  })

  it('reads path parameters, and prefers them to namesakes', () => {
    expect(read('path', { params: { id: '5', ids: '1,2' }, query: 'id=x&need=' })).toMatchObject({
      values: { id: 5, ids: [1, 2], need: '' },
      problems: [],
    })
    expect(
      read('path', { params: { id: 'x', ids: '1' } }).problems.map(
        ({ in: place, name, code }) => `${place} ${name} ${code}`,
      ),
    ).toEqual(['path id type', 'query need required'])
  })

  it('reads a URLSearchParams as it reads its text', () => {
    expect(read('search', { query: new URLSearchParams({ status: 'open,paid' }) }).values.status).toEqual([
      'open',
      'paid',
    ])
  })

  it('never throws, whatever the query', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom(
              'limit',
              'status',
              'page',
              'contact[id]',
              'rest[a]',
              'rest[]',
              'point',
              'filter',
              'either',
              'space',
            ),
            fc.string({ unit: 'binary' }),
          ),
        ),
        (pairs) => {
          expect(
            read('search', { query: pairs.map(([name, text]) => `${name}=${text}`).join('&') }).problems,
          ).toBeInstanceOf(Array)
        },
      ),
    )
  })

  it('reads back every integer within bounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (limit) => {
        expect(read('search', { query: new URLSearchParams({ limit: String(limit) }) })).toMatchObject({
          values: { limit },
          problems: [],
        })
      }),
    )
  })
})

describe('body', () => {
  it('is parsed and checked, references and rings included', () => {
    const item = { name: 'a', amount: null, lines: [{ name: 'b', parent: null }], parent: { name: 'c' } }
    expect(post(item)).toMatchObject({ body: item, problems: [] })
    expect(complaints({ name: 'too long', amount: -1, lines: [{ other: 1 }] })).toEqual([
      '/name maxLength',
      '/amount minimum',
      '/lines/0/name required',
      '/lines/0/other additionalProperties',
    ])
  })

  it('does not ask for what is read-only', () => {
    expect(complaints({ name: 'a' })).toEqual([])
  })

  it('says what it expected inside a nullable reference', () => {
    expect(post({ name: 'a', parent: { name: 5 } }).problems).toMatchObject([
      { in: 'body', pointer: '/parent/name', message: 'Expected a text but received 5.' },
    ])
  })

  it('must be there when required, and may be missing otherwise', () => {
    expect(complaints('')).toEqual([' required'])
    expect(read('free')).toEqual({ values: {}, body: undefined, problems: [] })
  })

  it('must be JSON in UTF-8', () => {
    expect(complaints('{"name":')).toEqual([' json'])
    expect(complaints(new Uint8Array([0x22, 0xff, 0x22]))).toEqual([' encoding'])
    expect(post(new TextEncoder().encode('\uFEFF{"name":"é"}')).body).toEqual({ name: 'é' })
  })

  it('must have a documented media type', () => {
    expect(complaints('a=b', 'application/x-www-form-urlencoded')).toEqual([' mediaType'])
    expect(complaints('{"name":"a"}', 'Application/JSON; charset=utf-8')).toEqual([])
    expect(post('hello', 'text/plain').body).toBe('hello')
    expect(read('create', { body: '{"name":"a"}' }).problems).toEqual([])
  })

  it('may be 64 levels deep and no deeper, and holds no endless lists', () => {
    const nest = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`
    expect(read('free', { body: nest(64) }).problems).toEqual([])
    expect(read('free', { body: nest(65) }).problems.map(({ code }) => code)).toEqual(['depth'])
    expect(read('free', { body: nest(100_000) }).problems.map(({ code }) => code)).toEqual(['depth'])
    expect(
      read('free', { body: JSON.stringify(Array.from({ length: 10_001 }, () => 0)) }).problems.map(({ code }) => code),
    ).toEqual(['length'])
  })

  it('cannot reach a prototype', () => {
    const { body } = read('free', {
      body: '{"__proto__":{"a":1},"b":{"constructor":{"prototype":{"a":1}}},"constructor":"Bau AG"}',
    })
    expect(Object.assign({}, body)).not.toHaveProperty('a')
    expect(body).toStrictEqual(JSON.parse('{"b":{},"constructor":"Bau AG"}'))
  })

  it('refuses infinite numbers and broken names', () => {
    expect(read('free', { body: '{"a":1e999}' }).problems.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/a type',
    ])
    expect(read('free', { body: '{"\\ud800":1}' }).problems.map(({ code }) => code)).toEqual(['encoding'])
  })

  it('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        expect(post(body).problems).toBeInstanceOf(Array)
      }),
    )
  })

  it('tells which status an operation answers to problems', () => {
    const status = (id: string, body: string, contentType: string): number =>
      statusOf(operationOf(model, id), read(id, { body, contentType }).problems)
    expect(status('create', '{', 'application/json')).toBe(400)
    expect(status('create', '{', 'image/png')).toBe(415)
    expect(status('path', '', '')).toBe(422)
  })
})

describe('what is said of a request', () => {
  const secret = 'hunter2'
  const string = { type: 'string', minLength: 30 }
  const model = compile(
    {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      security: [{ key: [] }],
      paths: {
        '/things': {
          post: {
            parameters: [
              { name: 'X-Tenant-Word', in: 'header', schema: string },
              { name: 'access_token', in: 'query', schema: string },
              { name: 'pass', in: 'query', schema: { ...string, format: 'password' } },
              {
                name: 'filter',
                in: 'query',
                style: 'deepObject',
                schema: { type: 'object', properties: { password: string } },
              },
              { name: 'status', in: 'query', schema: { enum: ['open'] } },
              { name: 'page_token', in: 'query', schema: string },
            ],
            requestBody: {
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    properties: {
                      password: string,
                      key: { $ref: '#/components/schemas/Key' },
                      contact: { type: 'string', format: 'email' },
                      login: { type: 'object', maxProperties: 0 },
                      status: { enum: ['open'] },
                    },
                  },
                },
              },
            },
            responses: { 204: { description: 'kept' } },
          },
        },
      },
      components: {
        schemas: { Key: { ...string, format: 'password' } },
        securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Tenant-Word' } },
      },
    },
    { name: 'x' },
  )
  const said = (body: string): string => {
    const query = `access_token=${secret}&pass=${secret}&filter[password]=${secret}&status=xyz&page_token=abc`
    const headers = new Headers({ 'x-tenant-word': secret, 'content-type': 'application/json' })
    const operation = model.operations[0] as (typeof model.operations)[number]
    return JSON.stringify(readRequest(model, operation, { params: {}, query, headers, body }).problems)
  }

  it('shows no credential and no address, wherever the document or its name says that it is one', () => {
    const body = {
      password: secret,
      key: secret,
      contact: secret,
      login: { user: 'ada', token: secret, of: [{ apiKey: secret }] },
    }
    const text = said(JSON.stringify(body))
    expect(text).not.toContain(secret)
    expect(text.match(/\*\*\*/g)?.length).toBeGreaterThanOrEqual(16)
    expect(text).toContain('ada')
  })

  it('shows what else was refused', () => {
    const text = said(JSON.stringify({ status: 'abc' }))
    expect(text).toContain('received \\"xyz\\"')
    expect(text).toContain('received \\"abc\\"')
  })

  it.each([
    `{"password":"${secret}`,
    `{"a":1,"api_key" : "${secret}",}`,
    `password=${secret}&status=1`,
    `{"token":${secret}}`,
  ])('shows no credential of %s, which is no JSON', (body) => {
    expect(said(body)).toContain('expected JSON'.replace('e', 'E'))
    expect(said(body)).not.toContain(secret)
  })
})
