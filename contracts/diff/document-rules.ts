// Lists every rule of the comparison outside of schemas, each with an example of two documents.

import type { Impact } from './change.ts'

/** What a change outside of schemas does, from the first document to the second, and back: what is told, or `undefined` for nothing. */
export interface DocumentRule {
  /** What the second document says that the first does not. */
  readonly says: string
  /** Fields of one operation, `POST /x`. */
  readonly operation?: readonly [old: object, now: object]
  /** Fields of the document, where it is about these. */
  readonly document?: readonly [old: object, now: object]
  readonly forth: readonly [Impact, code: string]
  readonly back: readonly [Impact, code: string]
}

const text = { type: 'string' }
const json = (schema: unknown): object => ({ content: { 'application/json': { schema } } })
const body = (more: object): object => ({ requestBody: { ...json(text), ...more } })
const answer = (reply: object): object => ({ responses: { 200: { description: '', ...reply } } })
const query = (more: object): object => ({ parameters: [{ name: 'q', in: 'query', schema: text, ...more }] })
const header = (more: object): object => answer({ headers: { 'X-N': { schema: text, ...more } } })
const requestOf = (schema: unknown): object => ({ post: { requestBody: json(schema), ...answer({}) } })
const called = (schema: unknown): object => ({ callbacks: { done: { '{$request.body#/url}': requestOf(schema) } } })
const event = (schema: unknown): object => ({ webhooks: { paid: requestOf(schema) } })
const schemes = { oauth: { type: 'oauth2', flows: {} }, key: { type: 'apiKey', in: 'header', name: 'k' } }
const secured = (security: readonly object[], own: object = schemes): object => ({
  components: { securitySchemes: own },
  security,
})
const path = (method: string, name = '/y'): object => ({
  paths: {
    '/x': { post: { operationId: 'op', ...answer({}) } },
    [name]: { [method]: { operationId: 'y', ...answer({}) } },
  },
})
const alone = { paths: { '/x': { post: { operationId: 'op', ...answer({}) } } } }
const object = { type: 'object', properties: { a: text } }

/** Every rule outside of schemas, in the order in which docs/diff.md lists them. */
export const documentRules: readonly DocumentRule[] = [
  {
    says: 'one more operation',
    document: [alone, path('get')],
    forth: ['safe', 'operation-added'],
    back: ['breaking', 'operation-removed'],
  },
  {
    says: 'an operation has another path',
    document: [path('get'), path('get', '/z')],
    forth: ['breaking', 'operation-moved'],
    back: ['breaking', 'operation-moved'],
  },
  {
    says: 'an operation has another method',
    document: [path('get'), path('put')],
    forth: ['breaking', 'operation-moved'],
    back: ['breaking', 'operation-moved'],
  },
  {
    says: 'an operation has another operationId',
    operation: [{}, { operationId: 'other' }],
    forth: ['risky', 'operation-renamed'],
    back: ['risky', 'operation-renamed'],
  },
  {
    says: 'an operation is deprecated',
    operation: [{}, { deprecated: true }],
    forth: ['risky', 'operation-deprecated'],
    back: ['safe', 'operation-deprecated'],
  },
  {
    says: 'an operation has other tags',
    operation: [{ tags: ['a'] }, { tags: ['b'] }],
    forth: ['safe', 'operation-tagged'],
    back: ['safe', 'operation-tagged'],
  },
  {
    says: 'a webhook is sent',
    document: [{}, event(text)],
    forth: ['safe', 'webhook-added'],
    back: ['breaking', 'webhook-removed'],
  },
  {
    says: 'a webhook carries another property',
    document: [event({ type: 'object' }), event(object)],
    forth: ['safe', 'property-added'],
    back: ['breaking', 'property-removed'],
  },
  {
    says: 'a callback is sent',
    operation: [{}, called(text)],
    forth: ['safe', 'callback-added'],
    back: ['breaking', 'callback-removed'],
  },
  {
    says: 'a callback always has a property',
    operation: [called(object), called({ ...object, required: ['a'] })],
    forth: ['safe', 'property-required'],
    back: ['breaking', 'property-optional'],
  },
  {
    says: 'a parameter that may be left out',
    operation: [{}, query({})],
    forth: ['safe', 'parameter-added'],
    back: ['risky', 'parameter-removed'],
  },
  {
    says: 'a parameter that must be there',
    operation: [{}, query({ required: true })],
    forth: ['breaking', 'parameter-added'],
    back: ['risky', 'parameter-removed'],
  },
  {
    says: 'a parameter must be there',
    operation: [query({}), query({ required: true })],
    forth: ['breaking', 'parameter-required'],
    back: ['safe', 'parameter-optional'],
  },
  {
    says: 'a parameter is written in another style',
    operation: [query({ schema: { type: 'array' } }), query({ schema: { type: 'array' }, explode: false })],
    forth: ['breaking', 'parameter-style'],
    back: ['breaking', 'parameter-style'],
  },
  {
    says: 'a parameter is deprecated',
    operation: [query({}), query({ deprecated: true })],
    forth: ['risky', 'deprecated'],
    back: ['safe', 'deprecated'],
  },
  {
    says: 'a body that may be left out',
    operation: [{}, body({})],
    forth: ['safe', 'body-added'],
    back: ['risky', 'body-removed'],
  },
  {
    says: 'a body that must be there',
    operation: [{}, body({ required: true })],
    forth: ['breaking', 'body-required'],
    back: ['risky', 'body-removed'],
  },
  {
    says: 'a body must be there',
    operation: [body({}), body({ required: true })],
    forth: ['breaking', 'body-required'],
    back: ['safe', 'body-optional'],
  },
  {
    says: 'another type of answer',
    operation: [answer(json(text)), answer({ content: { 'application/json': { schema: text }, 'text/csv': {} } })],
    forth: ['safe', 'media-type-added'],
    back: ['breaking', 'media-type-removed'],
  },
  {
    says: 'a body has a schema',
    operation: [body({ content: { 'application/json': {} } }), body({})],
    forth: ['breaking', 'schema-added'],
    back: ['safe', 'schema-removed'],
  },
  {
    says: 'an answer has a schema',
    operation: [answer({ content: { 'application/json': {} } }), answer(json(text))],
    forth: ['safe', 'schema-added'],
    back: ['breaking', 'schema-removed'],
  },
  {
    says: 'another status of success',
    operation: [answer({}), { responses: { 200: { description: '' }, 202: { description: '' } } }],
    forth: ['risky', 'status-added'],
    back: ['breaking', 'status-removed'],
  },
  {
    says: 'another status of refusal',
    operation: [answer({}), { responses: { 200: { description: '' }, 404: { description: '' } } }],
    forth: ['safe', 'status-added'],
    back: ['risky', 'status-removed'],
  },
  {
    says: 'an answer has a header',
    operation: [answer({}), header({})],
    forth: ['safe', 'header-added'],
    back: ['risky', 'header-removed'],
  },
  {
    says: 'an answer always has a header',
    operation: [answer({}), header({ required: true })],
    forth: ['safe', 'header-added'],
    back: ['breaking', 'header-removed'],
  },
  {
    says: 'a header is always there',
    operation: [header({}), header({ required: true })],
    forth: ['safe', 'header-required'],
    back: ['breaking', 'header-optional'],
  },
  {
    says: 'credentials are needed',
    document: [secured([]), secured([{ key: [] }])],
    forth: ['breaking', 'security-narrowed'],
    back: ['risky', 'security-narrowed'],
  },
  {
    says: 'other credentials let in as well',
    document: [secured([{ key: [] }]), secured([{ key: [] }, { oauth: [] }])],
    forth: ['safe', 'security-widened'],
    back: ['breaking', 'security-narrowed'],
  },
  {
    says: 'credentials travel in another header',
    document: [
      secured([{ key: [] }]),
      secured([{ key: [] }], { key: { type: 'apiKey', in: 'header', name: 'other' } }),
    ],
    forth: ['breaking', 'security-scheme-changed'],
    back: ['breaking', 'security-scheme-changed'],
  },
  {
    says: 'credentials need a scope',
    document: [secured([{ oauth: ['read'] }]), secured([{ oauth: ['read', 'write'] }])],
    forth: ['breaking', 'scope-added'],
    back: ['safe', 'scope-removed'],
  },
  {
    says: 'one more server',
    document: [
      { servers: [{ url: 'https://a.example' }] },
      { servers: [{ url: 'https://a.example' }, { url: 'https://b.example' }] },
    ],
    forth: ['safe', 'server-added'],
    back: ['risky', 'server-removed'],
  },
  {
    says: 'an operation is at a server of its own',
    operation: [{}, { servers: [{ url: 'https://a.example' }] }],
    forth: ['safe', 'server-added'],
    back: ['risky', 'server-removed'],
  },
  {
    says: 'a field that no rule is about',
    operation: [query({}), query({ allowReserved: true })],
    forth: ['risky', 'not-compared'],
    back: ['risky', 'not-compared'],
  },
]

/** What is told of documents whose places can be read or not, and of what they mean. */
export const meaningRules: Readonly<Record<string, string>> = {
  'document-broken': 'breaking: a place can no longer be read',
  'document-mended': 'safe',
  'role-lost': 'risky: no answer states a role any more',
  'role-gained': 'safe',
  'role-target-lost': 'risky: the overlay finds its place no longer',
  'law-lost': 'risky: a law can no longer be judged',
}
