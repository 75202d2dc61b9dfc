import { compile } from '../../spec/index.ts'

const schemes = {
  bearer: { type: 'http', scheme: 'bearer' },
  basic: { type: 'http', scheme: 'basic' },
  head: { type: 'apiKey', in: 'header', name: 'X-Key' },
  ask: { type: 'apiKey', in: 'query', name: 'key' },
  biscuit: { type: 'apiKey', in: 'cookie', name: 'session' },
}

const parameter = (name: string, schema: object, more: object = {}): object => ({ name, in: 'query', schema, ...more })
const list = (items: object, more: object = {}): object => ({ type: 'array', items, ...more })

const parameters = [
  parameter('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
  parameter('rate', { type: 'number', exclusiveMinimum: 0 }),
  parameter('draft', { type: 'boolean', default: false }),
  parameter('order', { type: 'string', enum: ['asc', 'desc'] }),
  parameter('word', { type: 'string', minLength: 2, maxLength: 4, pattern: '^[^!]*$' }),
  parameter('account', { type: 'string', format: 'uuid' }),
  parameter('day', { type: 'string', format: 'date' }),
  parameter('at', { type: 'string', format: 'date-time' }),
  parameter('mail', { type: 'string', format: 'email' }),
  parameter('status', list({ $ref: '#/components/schemas/Status' })),
  parameter('number', list({ type: 'string' })),
  parameter('page', list({ type: 'integer' }, { minItems: 2, uniqueItems: true }), { explode: false }),
  parameter('pipe', list({ type: 'string' }), { style: 'pipeDelimited', explode: false }),
  parameter('space', list({ type: 'string' }), { style: 'spaceDelimited', explode: false }),
  parameter(
    'contact',
    {
      type: 'object',
      properties: { id: { type: 'integer' }, tags: list({ type: 'string' }) },
      additionalProperties: false,
    },
    { style: 'deepObject' },
  ),
  parameter('rest', { type: 'object', additionalProperties: true }, { style: 'deepObject' }),
  parameter(
    'point',
    { type: 'object', properties: { x: { type: 'integer' }, y: { type: 'integer' } } },
    { explode: false },
  ),
  parameter('either', {
    anyOf: [{ type: 'integer', minimum: 10 }, { type: 'boolean' }, { type: 'string', maxLength: 3 }],
  }),
  {
    name: 'filter',
    in: 'query',
    content: {
      'application/json': { schema: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } } },
    },
  },
  { name: 'X-Count', in: 'header', schema: { type: 'integer' } },
  { name: 'X-Ids', in: 'header', schema: list({ type: 'integer' }) },
  { name: 'Authorization', in: 'header', required: true, schema: { type: 'string' } },
  { name: 'theme', in: 'cookie', schema: { type: 'string', enum: ['dark', 'light'] } },
]

const item = {
  type: 'object',
  required: ['id', 'name'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', readOnly: true },
    name: { type: 'string', maxLength: 5, example: { id: 'same' } },
    amount: { type: ['number', 'null'], minimum: 0 },
    lines: { type: 'array', items: { $ref: '#/components/schemas/Item' } },
    parent: { anyOf: [{ $ref: '#/components/schemas/Item' }, { type: 'null' }] },
    meta: { type: 'object' },
  },
  examples: [{ id: 'same' }, { id: 'same' }],
}

/** An API of items that states every sort of parameter, body and security. */
export const model = compile(
  {
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    components: {
      securitySchemes: schemes,
      schemas: { Status: { type: 'string', enum: ['open', 'paid', 'void'] }, Item: item },
    },
    paths: {
      '/search': { get: { operationId: 'search', parameters, responses: { 200: { description: '' } } } },
      '/a/{id}/{ids}': {
        get: {
          operationId: 'path',
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
            { name: 'ids', in: 'path', required: true, schema: list({ type: 'integer' }) },
            parameter('id', { type: 'string' }),
            parameter('need', { type: 'string' }, { required: true }),
          ],
          responses: { 422: { description: '' } },
        },
      },
      '/items': {
        post: {
          operationId: 'create',
          security: [{ bearer: [] }],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } }, 'text/*': {} },
          },
          responses: { 400: { description: '' }, 422: { description: '' } },
        },
        put: {
          operationId: 'free',
          security: [{ basic: [] }, { head: [], ask: [] }, { biscuit: [] }],
          requestBody: { content: { 'application/json': {} } },
          responses: {},
        },
        delete: { operationId: 'optional', security: [{ bearer: [] }, {}], responses: {} },
      },
    },
  },
  { name: 'test' },
)
