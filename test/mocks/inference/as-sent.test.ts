import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { mock } from '../../../index.ts'
import { load } from '../../../spec/load.ts'

const day = { type: 'string', format: 'date' }
const amount = { type: 'number' }
const invoice = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer', readOnly: true },
    number: { type: 'string' },
    status: { type: 'string', enum: ['draft', 'open', 'part_paid', 'paid', 'void'] },
    issue_date: day,
    due_date: day,
    customer_id: { type: 'integer' },
    total: amount,
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          description: { type: 'string' },
          quantity: amount,
          unit_price: amount,
          tax_rate: amount,
          net: amount,
        },
      },
    },
  },
}
const body = { 'application/json': { schema: invoice } }
const answer = { description: 'ok', content: body }
const failed = {
  description: 'no',
  content: {
    'application/json': { schema: { type: 'object', properties: { ok: { const: false } }, required: ['ok'] } },
  },
}
const document = {
  openapi: '3.1.0',
  info: { title: 'Another', version: '1' },
  paths: {
    '/invoices': {
      get: {
        operationId: 'list',
        responses: {
          200: {
            description: 'ok',
            content: { 'application/json': { schema: { type: 'array', items: invoice } } },
          },
        },
      },
      post: { operationId: 'create', requestBody: { content: body }, responses: { 201: answer, 400: failed } },
    },
    '/invoices/{id}': {
      get: {
        operationId: 'get',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { 200: answer },
      },
      patch: {
        operationId: 'update',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        requestBody: { content: body },
        responses: { 200: answer },
      },
    },
  },
}

/** Constants that stand in many places are aliases in YAML. */
const file = join(mkdtempSync(join(tmpdir(), 'proforma-')), 'another.yaml')
writeFileSync(file, stringify(document))
const model = load(file)

type Body = Record<string, unknown>

async function send(
  fetch: (request: Request) => Response | Promise<Response>,
  method: string,
  path: string,
  sent?: Body,
): Promise<Body> {
  const response = await fetch(
    new Request(`http://localhost${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(sent && { body: JSON.stringify(sent) }),
    }),
  )
  expect(response.status).toBeLessThan(300)
  return (await response.json()) as Body
}

const line = { description: 'Beans', quantity: 2, unit_price: 100, tax_rate: 0, net: 200 }

describe('an invoice that a client makes where roles were inferred', () => {
  it('keeps a day ahead, a customer that nobody knows and a number of the client’s own', async () => {
    const { fetch } = mock(model, { seed: 1, invoices: 5, today: '2026-01-15' })
    const sent = { number: 'X-1', issue_date: '2027-03-01', customer_id: 987_654 }
    const made = await send(fetch, 'POST', '/invoices', { ...sent, lines: [line] })
    expect(made).toMatchObject({ ...sent, due_date: '2027-03-31', total: 200 })
    expect(await send(fetch, 'GET', `/invoices/${String(made.id)}`)).toEqual(made)
  })

  it('gives up a total that its lines contradict, and nothing else', async () => {
    const { fetch } = mock(model, { seed: 1, invoices: 5, today: '2026-01-15' })
    const made = await send(fetch, 'POST', '/invoices', {
      number: 'X-2',
      due_date: '2026-05-01',
      total: 7,
      lines: [line],
    })
    expect(made).toMatchObject({ number: 'X-2', due_date: '2026-05-01', total: 200, lines: [line] })
  })

  it('says in a header why it refuses, where the error of the API has no place for it', async () => {
    const { fetch } = mock(model, { seed: 1, invoices: 5, today: '2026-01-15' })
    const response = await fetch(
      new Request('http://localhost/invoices', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"number":7}',
      }),
    )
    expect([response.status, await response.json()]).toEqual([400, { ok: false }])
    expect(response.headers.get('x-proforma-hint')).toContain('number')
  })

  it('takes a state that the books do not have', async () => {
    const { fetch } = mock(model, { seed: 1, invoices: 5, today: '2026-01-15' })
    const made = await send(fetch, 'POST', '/invoices', { number: 'X-3', status: 'part_paid', lines: [line] })
    expect(made).toMatchObject({ number: 'X-3', status: 'open', lines: [line] })
  })

  it('shows a day of the books again once a client has stated one', async () => {
    const { fetch } = mock(model, { seed: 1, invoices: 5, today: '2026-01-15' })
    const { id } = await send(fetch, 'POST', '/invoices', { issue_date: '2027-03-01', lines: [line] })
    const after = await send(fetch, 'PATCH', `/invoices/${String(id)}`, { issue_date: '2026-01-10' })
    expect(after).toMatchObject({ issue_date: '2026-01-10' })
  })
})
