import { compile } from '../../spec/index.ts'
import type { Fetch, Model } from '../../spec/index.ts'

type Json = Record<string, any>

const text = { type: 'string', minLength: 1, maxLength: 60 }
const answer = (schema: Json, headers?: Json): Json => ({
  description: '',
  content: { 'application/json': { schema } },
  ...(headers && { headers }),
})
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
const body = (name: string): Json => ({ required: true, content: { 'application/json': { schema: ref(name) } } })
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
const refusals = { 400: answer(ref('Error')), 404: answer(ref('Error')), 412: answer(ref('Error')) }
const ifMatch = { name: 'If-Match', in: 'header', schema: { type: 'string' } }
const writable = {
  name: text,
  kind: { type: 'string', enum: ['person', 'company'] },
  note: { type: ['string', 'null'], maxLength: 200 },
  vip: { type: 'boolean' },
}

/** An API without a single role: customers that can be listed, made, read, changed, replaced and deleted. */
export const customersModel: Model = compile(
  {
    openapi: '3.1.0',
    info: { title: 'Customers', version: '1' },
    components: {
      schemas: {
        Error: { type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
        Draft: { type: 'object', required: ['name', 'kind'], properties: writable, additionalProperties: false },
        Change: { type: 'object', minProperties: 1, properties: writable, additionalProperties: false },
        Customer: {
          type: 'object',
          required: ['id', 'name', 'kind', 'note', 'vip', 'updated_at'],
          properties: {
            id: { type: 'string', readOnly: true },
            ...writable,
            updated_at: { type: 'string', format: 'date-time', readOnly: true },
          },
        },
      },
    },
    paths: {
      '/customers': {
        get: {
          operationId: 'listCustomers',
          parameters: [
            { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } },
            { name: 'kind', in: 'query', schema: writable.kind },
          ],
          responses: {
            200: answer({
              type: 'object',
              required: ['customers'],
              properties: { customers: { type: 'array', items: ref('Customer') } },
            }),
            400: refusals[400],
            429: answer(ref('Error'), { 'Retry-After': { schema: { type: 'integer' }, required: true } }),
          },
        },
        post: {
          operationId: 'createCustomer',
          parameters: [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } }],
          requestBody: body('Draft'),
          responses: {
            201: answer(ref('Customer'), { Location: { schema: { type: 'string' }, required: true } }),
            400: refusals[400],
            415: refusals[400],
          },
        },
      },
      '/customers/{id}': {
        parameters: [id],
        get: { operationId: 'getCustomer', responses: { 200: answer(ref('Customer')), 404: refusals[404] } },
        patch: {
          operationId: 'updateCustomer',
          parameters: [ifMatch],
          requestBody: body('Change'),
          responses: { 200: answer(ref('Customer')), ...refusals },
        },
        put: {
          operationId: 'replaceCustomer',
          requestBody: body('Draft'),
          responses: { 200: answer(ref('Customer')), ...refusals },
        },
        delete: { operationId: 'deleteCustomer', responses: { 204: { description: '' }, 404: refusals[404] } },
      },
    },
  },
  { name: 'customers' },
)

/** What a server of customers can do wrong, one at a time. */
export const customerFaults = [
  'forgets what was created',
  'creates another name than was sent',
  'answers a creation with another kind',
  'points Location elsewhere',
  'creates twice for one idempotency key',
  'does not keep a change',
  'answers a change with the old value',
  'changes the note with every change',
  'keeps the old values when it replaces',
  'keeps what was deleted',
  'accepts a stale If-Match',
  'fails at the highest limit',
  'fails at one kind',
  'accepts a limit that is too high',
  'refuses the lowest limit',
  'fails at a body that is no JSON',
  'accepts a body that is no JSON',
  'accepts a body without what is required',
  'accepts a text that is too long',
  'refuses null where it is allowed',
  'takes any type of body',
  'fails at a method that it does not have',
  'fails at a body of two megabytes',
  'fails at a name that stands twice',
  'keeps the entity tag of what has changed',
  'answers anybody that nothing has changed',
  'asks to wait, and does not say how long',
  'lists what was changed as it was before',
] as const
export type CustomerFault = (typeof customerFaults)[number]

interface Customer {
  id: string
  name: string
  kind: string
  note: string | null
  vip: boolean
  updated_at: string
}

/** Returns a server of customers that is right but for one fault. */
export function customersServer(fault?: CustomerFault): Fetch {
  const customers = new Map<string, Customer>()
  /** As they were made. */
  const first = new Map<string, Customer>()
  const keys = new Map<string, string>()
  let count = 0
  let asked = 0
  const now = (): string => new Date(Date.UTC(2026, 0, 15, 9, 0, count++)).toISOString()
  const add = (sent: Json): Customer => {
    const made = { id: `c_${count + 1}`, note: null, vip: false, ...sent, updated_at: now() } as Customer
    customers.set(made.id, made)
    first.set(made.id, made)
    return made
  }
  add({ name: 'Anna', kind: 'person' })
  add({ name: 'Bolt', kind: 'company', note: 'Pays late' })

  return async (request) => {
    const { method, headers } = request
    const url = new URL(request.url)
    const key = url.pathname.split('/')[2]
    if (!['GET', 'POST', 'PATCH', 'PUT', 'DELETE'].includes(method))
      return fault === 'fails at a method that it does not have'
        ? new Response('oops', { status: 500 })
        : refuse(405, 'no such method')
    if (fault === 'asks to wait, and does not say how long' && ++asked === 2) return refuse(429, 'too many')
    if (key === undefined && method === 'GET') return list(url.searchParams)
    const type = headers.get('content-type') ?? ''
    if (
      method !== 'GET' &&
      method !== 'DELETE' &&
      !type.startsWith('application/json') &&
      fault !== 'takes any type of body'
    )
      return refuse(415, 'JSON is expected')
    const sent = method === 'GET' || method === 'DELETE' ? {} : await read(request)
    if (sent instanceof Response) return sent
    if (key === undefined) return create(sent, headers.get('idempotency-key'))
    const known = customers.get(key)
    if (!known) return refuse(404, 'no such customer')
    if (method === 'GET') return get(known, headers.get('if-none-match'))
    if (method === 'DELETE') {
      if (fault !== 'keeps what was deleted') customers.delete(key)
      return new Response(null, { status: 204 })
    }
    return change(known, sent, method, headers.get('if-match'))
  }

  function list(query: URLSearchParams): Response {
    const kind = query.get('kind')
    const limit = query.get('limit') ?? '25'
    const lowest = fault === 'refuses the lowest limit' ? 2 : 1
    const highest = fault === 'accepts a limit that is too high' ? 1000 : 100
    if (limit === '100' && fault === 'fails at the highest limit') return new Response('oops', { status: 500 })
    if (kind === 'company' && fault === 'fails at one kind') return new Response('oops', { status: 500 })
    if (!/^\d+$/.test(limit) || Number(limit) < lowest || Number(limit) > highest) return refuse(400, 'limit')
    if (kind !== null && !['person', 'company'].includes(kind)) return refuse(400, 'kind')
    const fitting = [...customers.values()].filter((customer) => kind === null || customer.kind === kind)
    const isStale = fault === 'lists what was changed as it was before'
    const shown = isStale ? fitting.map((customer) => first.get(customer.id) ?? customer) : fitting
    return Response.json({ customers: shown.slice(0, Number(limit)) })
  }

  function get(known: Customer, tag: string | null): Response {
    const etag = fault === 'keeps the entity tag of what has changed' ? `"${known.id}"` : `"${known.updated_at}"`
    const isKnown = fault === 'answers anybody that nothing has changed' ? tag !== null : tag === etag
    return isKnown ? new Response(null, { status: 304 }) : Response.json(known, { headers: { etag } })
  }

  async function read(request: Request): Promise<Json | Response> {
    const content = await request.text()
    const isLarge = content.length > 1_000_000 && fault === 'fails at a body of two megabytes'
    const isTwice = /^\{("\w+":)[^,]*,\1/.test(content) && fault === 'fails at a name that stands twice'
    if (isLarge || isTwice) return new Response('oops', { status: 500 })
    try {
      return JSON.parse(content) as Json
    } catch {
      if (fault === 'fails at a body that is no JSON') return new Response('oops', { status: 500 })
      return fault === 'accepts a body that is no JSON' ? { name: 'None', kind: 'person' } : refuse(400, 'no JSON')
    }
  }

  function isValid(sent: Json, isWhole: boolean): boolean {
    const longest = fault === 'accepts a text that is too long' ? Infinity : 60
    const isName = (value: unknown): boolean => typeof value === 'string' && value !== '' && value.length <= longest
    const isNote = (value: unknown): boolean =>
      (value === null && fault !== 'refuses null where it is allowed') ||
      (typeof value === 'string' && value.length <= 200)
    const rules: Json = {
      name: isName,
      kind: (value: unknown) => ['person', 'company'].includes(value as string),
      note: isNote,
      vip: (value: unknown) => typeof value === 'boolean',
    }
    if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return false
    if (isWhole && fault !== 'accepts a body without what is required' && !(sent.name && sent.kind)) return false
    return Object.keys(sent).length > 0 && Object.entries(sent).every(([name, value]) => rules[name]?.(value))
  }

  function create(sent: Json, key: string | null): Response {
    if (!isValid(sent, true)) return refuse(400, 'not valid')
    const before = key === null ? undefined : customers.get(keys.get(key) ?? '')
    const made =
      before && fault !== 'creates twice for one idempotency key'
        ? before
        : add(fault === 'creates another name than was sent' ? { ...sent, name: 'Someone' } : sent)
    if (key !== null) keys.set(key, made.id)
    if (fault === 'forgets what was created') customers.delete(made.id)
    const told =
      fault === 'answers a creation with another kind'
        ? { ...made, kind: made.kind === 'person' ? 'company' : 'person' }
        : made
    const location = `/customers/${fault === 'points Location elsewhere' ? 'c_0' : made.id}`
    return Response.json(told, { status: 201, headers: { location } })
  }

  function change(known: Customer, sent: Json, method: string, tag: string | null): Response {
    if (tag !== null && fault !== 'accepts a stale If-Match') return refuse(412, 'it has changed since')
    if (!isValid(sent, method === 'PUT')) return refuse(400, 'not valid')
    const base = method === 'PUT' ? { id: known.id, note: null, vip: false } : known
    const changed = {
      ...base,
      ...(method === 'PUT' && fault === 'keeps the old values when it replaces' ? known : sent),
      ...(method === 'PATCH' && fault === 'changes the note with every change' && { note: `Changed ${count}` }),
      updated_at: now(),
    } as Customer
    if (fault !== 'does not keep a change') customers.set(known.id, changed)
    return Response.json(
      fault === 'answers a change with the old value'
        ? { ...changed, name: known.name, vip: known.vip, kind: known.kind }
        : changed,
    )
  }
}

const refuse = (status: number, error: string): Response => Response.json({ error }, { status })
