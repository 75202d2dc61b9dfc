import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

const text = { type: 'string' }
const money = { type: 'number', multipleOf: 0.01 }
const ids = (name: string): object[] => [{ name, in: 'path', required: true, schema: text }]
const body = (schema: string): object => ({
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
})
const list = (schema: string): object => ({
  200: {
    description: 'All.',
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: { data: { type: 'array', items: { $ref: `#/components/schemas/${schema}` } } },
        },
      },
    },
  },
})
const collection = (path: string, schema: string): object => ({
  [path]: {
    get: { operationId: `list${schema}s`, responses: list(schema) },
    post: {
      operationId: `create${schema}`,
      requestBody: { required: true, ...body(schema) },
      responses: { 201: { description: 'Created.', ...body(schema) } },
    },
  },
  [`${path}/{id}`]: {
    parameters: ids('id'),
    get: { operationId: `get${schema}`, responses: { 200: { description: 'One.', ...body(schema) } } },
    delete: { operationId: `delete${schema}`, responses: { 204: { description: 'Gone.' } } },
  },
})

/** An API of customers and invoices, without roles. */
export const shopDocument = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  paths: { ...collection('/customers', 'Customer'), ...collection('/invoices', 'Invoice') },
  components: {
    schemas: {
      Customer: {
        type: 'object',
        required: ['id', 'name', 'email'],
        properties: { id: { ...text, readOnly: true }, name: text, email: { ...text, format: 'email' }, country: text },
      },
      Invoice: {
        type: 'object',
        required: ['id', 'number', 'customer_id', 'currency', 'total'],
        properties: {
          id: { ...text, readOnly: true },
          number: text,
          customer_id: text,
          currency: text,
          issue_date: { ...text, format: 'date' },
          due_date: { ...text, format: 'date' },
          subtotal: money,
          tax_amount: money,
          total: money,
        },
      },
    },
  },
}

/** What a server does besides. */
export interface Troubles {
  /** Requests that are let in before one is told to come later. */
  readonly limit?: number
  /** Every so many requests, the server is out of order. */
  readonly failsEach?: number
  /** Every so many requests, it does what it was asked, and the answer is lost. */
  readonly losesEach?: number
}

/** A server of that API that hands out its own identities, and has troubles. */
export interface Shop {
  readonly url: string
  readonly customers: Map<string, Record<string, unknown>>
  readonly invoices: Map<string, Record<string, unknown>>
  readonly statuses: number[]
  close(): Promise<void>
}

export async function startShop({
  limit = Infinity,
  failsEach = Infinity,
  losesEach = Infinity,
}: Troubles = {}): Promise<Shop> {
  const customers = new Map<string, Record<string, unknown>>()
  const invoices = new Map<string, Record<string, unknown>>()
  const answered = new Map<string, string>()
  const statuses: number[] = []
  let requests = 0
  let left = limit
  const server = createServer((request, response) => {
    const end = (status: number, text = '', headers: Record<string, string> = {}): void => {
      statuses.push(status)
      response.writeHead(status, headers).end(text)
    }
    void read(request).then((sent) => {
      requests++
      if (request.headers.authorization !== 'Bearer secret') return end(401, 'who are you')
      if (left-- <= 0) {
        left = limit
        return end(429, '', { 'retry-after': '0' })
      }
      if (requests % failsEach === 0) return end(503)
      const [, kind = '', id] = (request.url ?? '').split('/')
      const things = kind === 'customers' ? customers : invoices
      if (request.method === 'DELETE') {
        if (kind === 'customers' && [...invoices.values()].some((invoice) => invoice.customer_id === id))
          return end(409, 'has invoices')
        return end(things.delete(id ?? '') ? 204 : 404)
      }
      const key = String(request.headers['idempotency-key'])
      const known = answered.get(key)
      if (known !== undefined) return end(201, known)
      const body = JSON.parse(sent) as Record<string, unknown>
      if (kind === 'invoices' && !customers.has(String(body.customer_id))) return end(422, 'no such customer')
      const thing = { ...body, id: `${kind.slice(0, 3)}_${answered.size}` }
      things.set(thing.id, thing)
      answered.set(key, JSON.stringify(thing))
      if (requests % losesEach === 0) return request.socket.destroy()
      return end(201, JSON.stringify(thing))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    customers,
    invoices,
    statuses,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
