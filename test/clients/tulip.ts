/** A small document in the conventions of Mollie: HAL, `_embedded` items, `_links.next` to follow, amounts as texts with a currency. */

type Table = Record<string, unknown>

const text = { type: 'string' }
const ref = (name: string): Table => ({ $ref: `#/components/schemas/${name}` })
const hal = (schema: Table): Table => ({ content: { 'application/hal+json': { schema } } })
const answers = (schema: Table, status = 200): Table => ({
  responses: { [status]: { description: 'ok', ...hal(schema) }, '4XX': { description: 'error', ...hal(ref('error')) } },
})
const sends = (schema: Table): Table => ({ requestBody: { content: { 'application/json': { schema } } } })
const key = (name: string): Table => ({ name, in: 'path', required: true, schema: text })
const link = { type: 'object', nullable: true, properties: { href: text, type: text }, required: ['href'] }
const pages = [
  { name: 'from', in: 'query', description: 'ID of the first item of the page.', schema: text },
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 250, default: 50 } },
]
const list = (name: string, item: Table): Table => ({
  type: 'object',
  required: ['count', '_embedded', '_links'],
  properties: {
    count: { type: 'integer' },
    _embedded: { type: 'object', required: [name], properties: { [name]: { type: 'array', items: item } } },
    _links: {
      type: 'object',
      required: ['self', 'previous', 'next'],
      properties: { self: link, previous: link, next: link },
    },
  },
})
const moment = { type: 'string', format: 'date-time' }
const amount = {
  type: 'object',
  required: ['currency', 'value'],
  properties: {
    currency: { type: 'string', enum: ['EUR'] },
    value: { type: 'string', pattern: String.raw`^\d+\.\d{2}$` },
  },
}
const links = { type: 'object', required: ['self'], properties: { self: link } }
const customer = {
  name: text,
  email: { ...text, format: 'email', nullable: true },
  metadata: { type: 'object', nullable: true, additionalProperties: true },
}
const payment = {
  description: text,
  amount: ref('amount'),
  redirectUrl: { ...text, nullable: true },
  metadata: { type: 'object', nullable: true, additionalProperties: true },
}

export const tulip: Table = {
  openapi: '3.0.3',
  info: { title: 'Tulip', version: '2' },
  security: [{ key: [] }],
  paths: {
    '/customers': {
      get: { parameters: pages, ...answers(list('customers', ref('customer'))) },
      post: { ...sends({ type: 'object', properties: customer }), ...answers(ref('customer'), 201) },
    },
    '/customers/{customerId}': {
      parameters: [key('customerId')],
      get: answers(ref('customer')),
      patch: { ...sends({ type: 'object', properties: customer }), ...answers(ref('customer')) },
      delete: { responses: { 204: { description: 'gone' }, '4XX': { description: 'error', ...hal(ref('error')) } } },
    },
    '/payments': {
      get: { parameters: pages, ...answers(list('payments', ref('payment'))) },
      post: {
        ...sends({ type: 'object', required: ['amount', 'description'], properties: payment }),
        ...answers(ref('payment'), 201),
      },
    },
    '/payments/{paymentId}': {
      parameters: [key('paymentId')],
      get: answers(ref('payment')),
      patch: { ...sends({ type: 'object', properties: payment }), ...answers(ref('payment')) },
    },
  },
  components: {
    securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    schemas: {
      amount,
      customer: {
        type: 'object',
        required: ['resource', 'id', 'name', 'createdAt', '_links'],
        properties: {
          resource: { type: 'string', enum: ['customer'] },
          id: { type: 'string', pattern: '^cst_[A-Za-z0-9]{10}$', readOnly: true },
          ...customer,
          createdAt: { ...moment, readOnly: true },
          _links: links,
        },
      },
      payment: {
        type: 'object',
        required: ['resource', 'id', 'status', 'amount', 'description', 'createdAt', '_links'],
        properties: {
          resource: { type: 'string', enum: ['payment'] },
          id: { type: 'string', pattern: '^tr_[A-Za-z0-9]{10}$', readOnly: true },
          status: {
            type: 'string',
            enum: ['open', 'pending', 'paid', 'canceled', 'expired', 'failed'],
            readOnly: true,
          },
          ...payment,
          createdAt: { ...moment, readOnly: true },
          _links: links,
        },
      },
      error: {
        type: 'object',
        required: ['status', 'title', 'detail'],
        properties: { status: { type: 'integer' }, title: text, detail: text },
      },
    },
  },
}
