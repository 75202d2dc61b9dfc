import { describe, expect, it } from 'vitest'
import { compile, operationOf } from '../../spec/index.ts'
import { readRequest } from '../../spec/request/request.ts'

const payment = {
  type: 'object',
  required: ['amount'],
  properties: {
    amount: { type: 'integer' },
    captured: { type: 'boolean' },
    note: { type: 'string' },
    expand: { type: 'array', items: { type: 'string' } },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: { price: { type: 'number' }, tags: { type: 'array', items: { type: 'string' } } },
      },
    },
    metadata: { anyOf: [{ type: 'object', additionalProperties: { type: 'string' } }, { enum: [''] }] },
    receipt: { type: 'string', format: 'binary' },
  },
}

const query = (name: string, schema: object, more: object = {}) => ({ name, in: 'query', schema, ...more })

const model = compile(
  {
    openapi: '3.1.0',
    info: { title: 'Payments', version: '1' },
    paths: {
      '/payments': {
        post: {
          operationId: 'pay',
          requestBody: {
            required: true,
            content: {
              'application/x-www-form-urlencoded': { schema: payment },
              'multipart/form-data': { schema: payment },
              'text/plain': { schema: { type: 'string', maxLength: 5 } },
              'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
            },
          },
          responses: {},
        },
        get: {
          operationId: 'search',
          parameters: [
            query('status', { anyOf: [{ type: 'array', items: { type: 'integer' } }, { type: 'null' }] }),
            query('ids', { allOf: [{ $ref: '#/components/schemas/Ids' }, { maxItems: 2 }] }),
            query(
              'created',
              { anyOf: [{ type: 'object', properties: { gte: { type: 'integer' } } }, { type: 'integer' }] },
              { style: 'deepObject', explode: true },
            ),
            query(
              'filter',
              {
                type: 'object',
                properties: { amount: { type: 'object', additionalProperties: { type: 'number' } } },
              },
              { style: 'deepObject' },
            ),
          ],
          responses: {},
        },
      },
      '/label/{ids}': { get: { operationId: 'label', parameters: [path('label')], responses: {} } },
      '/labels/{ids}': { get: { operationId: 'labels', parameters: [path('label', true)], responses: {} } },
      '/matrix/{ids}': { get: { operationId: 'matrix', parameters: [path('matrix')], responses: {} } },
      '/matrices/{ids}': { get: { operationId: 'matrices', parameters: [path('matrix', true)], responses: {} } },
    },
    components: { schemas: { Ids: { type: 'array', items: { type: 'integer' } } } },
  },
  { name: 'payments' },
)

function path(style: string, explode = false) {
  return { name: 'ids', in: 'path', required: true, style, explode, schema: { $ref: '#/components/schemas/Ids' } }
}

const send = (body: string | Uint8Array, contentType: string) => {
  const { body: read, problems } = readRequest(model, operationOf(model, 'pay'), {
    params: {},
    query: '',
    headers: new Headers(),
    body,
    contentType,
  })
  return problems.length > 0 ? problems.map(({ pointer, code }) => `${pointer} ${code}`) : read
}
const form = (text: string) => send(text, 'application/x-www-form-urlencoded')
const multipart = (...parts: string[]) =>
  send(
    `${parts.map((part) => `--x1\r\nContent-Disposition: form-data; ${part}\r\n`).join('')}--x1--\r\n`,
    'multipart/form-data; boundary=x1',
  )
const find = (text: string) => {
  const { values, problems } = readRequest(model, operationOf(model, 'search'), {
    params: {},
    query: text,
    headers: new Headers(),
  })
  return problems.length > 0 ? problems.map(({ name, pointer, code }) => `${name}${pointer} ${code}`) : values
}
const at = (id: string, ids: string) => {
  const { values, problems } = readRequest(model, operationOf(model, id), {
    params: { ids },
    query: '',
    headers: new Headers(),
  })
  return problems.length > 0 ? problems.map(({ code }) => code) : values.ids
}

describe('form-encoded bodies', () => {
  it('are turned into what the schema says', () => {
    expect(form('amount=1200&captured=true&note=a+b%26c')).toEqual({ amount: 1200, captured: true, note: 'a b&c' })
  })

  it('nest by brackets, with numbers, without, and by a name that comes several times', () => {
    expect(
      form(
        'amount=1&lines[0][price]=1.5&lines[1][price]=2&lines[1][tags][]=a&lines[1][tags][]=b&metadata[order]=7&expand[]=customer',
      ),
    ).toEqual({
      amount: 1,
      lines: [{ price: 1.5 }, { price: 2, tags: ['a', 'b'] }],
      metadata: { order: '7' },
      expand: ['customer'],
    })
    expect(form('amount=1&expand=customer&expand=lines')).toEqual({ amount: 1, expand: ['customer', 'lines'] })
    expect(form('amount=1&expand=customer')).toEqual({ amount: 1, expand: ['customer'] })
  })

  it('clear an object with nothing where the schema lets them, and hold JSON where an object is asked for', () => {
    expect(form('amount=1&metadata=')).toEqual({ amount: 1, metadata: '' })
    expect(form(`amount=1&lines=${encodeURIComponent('[{"price":2}]')}`)).toEqual({ amount: 1, lines: [{ price: 2 }] })
  })

  it('are held against their schema', () => {
    expect(form('captured=true')).toEqual(['/amount required'])
    expect(form('amount=twelve')).toEqual(['/amount type'])
    expect(form('amount=1&lines[0][price]=dear')).toEqual(['/lines/0/price type'])
  })

  it('reach no prototype, nest no deeper than bodies may and hold no more fields than lists', () => {
    form('amount=1&__proto__[polluted]=1&metadata[__proto__][polluted]=1')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(form(`amount=1&a${'[b]'.repeat(100)}=1`)).toEqual([' length'])
    expect(form('a=1&'.repeat(20_000))).toEqual([' length'])
  })
})

describe('multipart bodies', () => {
  it('are turned into what the schema says, files as their text', () => {
    expect(
      multipart(
        'name="amount"\r\n\r\n1200',
        'name="metadata"\r\nContent-Type: application/json\r\n\r\n{"order":"7"}',
        'name="receipt"; filename="r.txt"\r\nContent-Type: text/plain\r\n\r\nline 1\r\nline 2',
        'name="expand"\r\n\r\na',
        'name="expand"\r\n\r\nb',
      ),
    ).toEqual({ amount: 1200, metadata: { order: '7' }, receipt: 'line 1\r\nline 2', expand: ['a', 'b'] })
  })

  it('are what browsers and Node write', async () => {
    const data = new FormData()
    data.set('amount', '7')
    data.set('receipt', new Blob(['bytes']), 'receipt.bin')
    const request = new Request('http://localhost', { method: 'POST', body: data })
    const type = request.headers.get('content-type') as string
    expect(send(new Uint8Array(await request.arrayBuffer()), type)).toEqual({ amount: 7, receipt: 'bytes' })
  })

  it('are held against their schema, and refused where they are none', () => {
    expect(multipart('name="captured"\r\n\r\ntrue')).toEqual(['/amount required'])
    expect(multipart('name="amount"\r\n\r\nmuch')).toEqual(['/amount type'])
    expect(send('amount=1', 'multipart/form-data; boundary=x1')).toEqual([' multipart'])
    expect(send('--x1\r\nContent-Disp', 'multipart/form-data; boundary=x1')).toEqual([' multipart'])
    expect(send('--x1--', 'multipart/form-data')).toEqual([' multipart'])
  })
})

describe('other bodies', () => {
  it('of text are held against their schema, of bytes need be no UTF-8', () => {
    expect(send('short', 'text/plain')).toBe('short')
    expect(send('too long', 'text/plain')).toEqual([' maxLength'])
    expect(send(new Uint8Array([0xff, 0x00]), 'application/octet-stream')).toBe('\uFFFD\0')
    expect(send(new Uint8Array([0xff]), 'text/plain')).toEqual([' encoding'])
  })
})

describe('parameters', () => {
  it('are lists behind anyOf and allOf', () => {
    expect(find('status=1&status=2&ids=3')).toEqual({ status: [1, 2], ids: [3] })
    expect(find('status=x')).toEqual(['status/0 type'])
    expect(find('ids=1&ids=2&ids=3')).toEqual(['ids maxItems'])
  })

  it('are an object or a single value where the schema has both, and nest in brackets', () => {
    expect(find('created[gte]=5')).toEqual({ created: { gte: 5 } })
    expect(find('created=5')).toEqual({ created: 5 })
    expect(find('created[gte]=soon')).not.toEqual({ created: { gte: 'soon' } })
    expect(find('filter[amount][gt]=1.5')).toEqual({ filter: { amount: { gt: 1.5 } } })
  })

  it('stand in paths as label and matrix', () => {
    expect(at('label', '.3,4')).toEqual([3, 4])
    expect(at('labels', '.3.4')).toEqual([3, 4])
    expect(at('matrix', ';ids=3,4')).toEqual([3, 4])
    expect(at('matrices', ';ids=3;ids=4')).toEqual([3, 4])
    expect(at('label', '3,4')).toEqual(['style'])
    expect(at('labels', '.x')).toEqual(['type'])
  })
})
