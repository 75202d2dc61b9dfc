/** A small document in the conventions of Stripe: form bodies, `object: "list"`, `has_more`, `starting_after`, unix seconds. */

type Table = Record<string, unknown>

const text = { type: 'string' }
const whole = { type: 'integer' }
const moment = { type: 'integer', format: 'unix-time' }
const metadata = { type: 'object', additionalProperties: text }
const ref = (name: string): Table => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: Table): Table => ({ content: { 'application/json': { schema } } })
const answers = (schema: Table): Table => ({
  responses: { 200: { description: 'ok', ...json(schema) }, default: { description: 'error', ...json(ref('error')) } },
})
const form = (properties: Table, required: string[] = []): Table => ({
  requestBody: {
    content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', properties, required } } },
  },
})
const range = { anyOf: [{ type: 'object', properties: { gt: whole, gte: whole, lt: whole, lte: whole } }, whole] }
const query = (name: string, schema: Table, more: Table = {}): Table => ({ name, in: 'query', schema, ...more })
const pages = [
  query('limit', whole),
  query('starting_after', text),
  query('ending_before', text),
  query('created', range, { style: 'deepObject', explode: true }),
  query('expand', { type: 'array', items: text }, { style: 'deepObject', explode: true }),
]
const list = (name: string, url: string): Table => ({
  type: 'object',
  required: ['object', 'data', 'has_more', 'url'],
  properties: {
    object: { type: 'string', enum: ['list'] },
    data: { type: 'array', items: ref(name) },
    has_more: { type: 'boolean' },
    url: { type: 'string', pattern: `^${url}` },
  },
})
const object = (name: string, properties: Table, required: string[]): Table => ({
  type: 'object',
  required: ['id', 'object', ...required],
  properties: { id: { type: 'string', maxLength: 64 }, object: { type: 'string', enum: [name] }, ...properties },
})
const key = (name: string): Table => ({ name, in: 'path', required: true, schema: { type: 'string', maxLength: 64 } })
const deleted = (name: string): Table => object(name, { deleted: { type: 'boolean', enum: [true] } }, ['deleted'])

const customer = { email: text, name: text, metadata }
const address = { type: 'object', properties: { city: text, line1: text } }

export const ledgerly: Table = {
  openapi: '3.0.3',
  info: { title: 'Ledgerly', version: '1' },
  security: [{ bearer: [] }],
  paths: {
    '/v1/customers': {
      get: { parameters: [...pages, query('email', text)], ...answers(list('customer', '/v1/customers')) },
      post: { ...form({ ...customer, address }), ...answers(ref('customer')) },
    },
    '/v1/customers/{customer}': {
      parameters: [key('customer')],
      get: answers(ref('customer')),
      post: { ...form({ ...customer, address }), ...answers(ref('customer')) },
      delete: answers(ref('deleted_customer')),
    },
    '/v1/invoices': {
      get: {
        parameters: [...pages, query('status', text), query('customer', text)],
        ...answers(list('invoice', '/v1/invoices')),
      },
      post: {
        ...form(
          { customer: text, description: text, metadata, auto_advance: { type: 'boolean' }, days_until_due: whole },
          ['customer'],
        ),
        ...answers(ref('invoice')),
      },
    },
    '/v1/invoices/{invoice}': {
      parameters: [key('invoice')],
      get: answers(ref('invoice')),
      post: { ...form({ description: text, metadata, auto_advance: { type: 'boolean' } }), ...answers(ref('invoice')) },
      delete: answers(ref('deleted_invoice')),
    },
    '/v1/invoices/{invoice}/finalize': {
      post: {
        parameters: [key('invoice')],
        ...form({ auto_advance: { type: 'boolean' } }),
        ...answers(ref('invoice')),
      },
    },
    '/v1/invoices/{invoice}/pay': {
      post: {
        parameters: [key('invoice')],
        ...form({ paid_out_of_band: { type: 'boolean' } }),
        ...answers(ref('invoice')),
      },
    },
    '/v1/invoices/{invoice}/void': { post: { parameters: [key('invoice')], ...answers(ref('invoice')) } },
  },
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    schemas: {
      customer: object('customer', { ...customer, address, created: moment, livemode: { type: 'boolean' } }, [
        'created',
      ]),
      deleted_customer: deleted('customer'),
      deleted_invoice: deleted('invoice'),
      invoice: object(
        'invoice',
        {
          customer: text,
          description: { ...text, nullable: true },
          status: { type: 'string', enum: ['draft', 'open', 'paid', 'uncollectible', 'void'] },
          auto_advance: { type: 'boolean' },
          total: whole,
          metadata,
          created: moment,
        },
        ['customer', 'status', 'total', 'created'],
      ),
      error: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['type'],
            properties: {
              type: { type: 'string', enum: ['invalid_request_error', 'api_error'] },
              message: text,
              code: text,
            },
          },
        },
      },
    },
  },
}
