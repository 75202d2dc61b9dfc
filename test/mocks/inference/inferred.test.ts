import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mock } from '../../../index.ts'
import { load } from '../../../spec/load.ts'

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: unknown) => ({ 'application/json': { schema } })
const ok = (schema: unknown) => ({ description: 'ok', content: json(schema) })
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
const text = { type: 'string' }
const cents = { type: 'integer' }

/** Nobody has said what anything means here. `Customer` and `Address` stand in invoices and by themselves. */
const document = {
  openapi: '3.1.0',
  info: { title: 'Books', version: '1' },
  paths: {
    '/invoices': {
      get: {
        operationId: 'list',
        parameters: [
          { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1 } },
          { name: 'limit', in: 'query', schema: { type: 'integer', default: 10 } },
        ],
        responses: {
          200: ok({
            type: 'object',
            required: ['data', 'has_more'],
            properties: { data: { type: 'array', items: ref('Invoice') }, has_more: { type: 'boolean' } },
          }),
        },
      },
      post: {
        operationId: 'create',
        requestBody: { content: json(ref('NewInvoice')) },
        responses: { 201: ok(ref('Invoice')) },
      },
    },
    '/invoices/{id}': {
      get: {
        operationId: 'get',
        parameters: [id],
        responses: { 200: ok(ref('Invoice')), 404: { description: 'none' } },
      },
      delete: { operationId: 'drop', parameters: [id], responses: { 204: { description: 'gone' } } },
    },
    '/invoices/{id}/void': { post: { operationId: 'void', parameters: [id], responses: { 200: ok(ref('Invoice')) } } },
    '/customers': {
      get: { operationId: 'customers', responses: { 200: ok({ type: 'array', items: ref('Customer') }) } },
    },
    '/customers/{id}': {
      get: { operationId: 'customer', parameters: [id], responses: { 200: ok(ref('Customer')) } },
    },
  },
  components: {
    schemas: {
      Invoice: {
        type: 'object',
        required: ['id', 'subtotal', 'tax', 'total', 'paid', 'amount_remaining', 'loyalty_amount', 'lines', 'customer'],
        properties: {
          id: { type: 'string', examples: ['inv_8kQ2vdTb'] },
          number: text,
          status: { type: 'string', enum: ['draft', 'open', 'paid', 'past_due', 'void', 'uncollectible'] },
          currency: text,
          due_date: { type: 'integer', description: 'Unix time.' },
          customer: ref('Customer'),
          subtotal: cents,
          tax: cents,
          total: cents,
          paid: cents,
          amount_remaining: cents,
          loyalty_amount: cents,
          lines: {
            type: 'array',
            items: {
              type: 'object',
              properties: { name: text, quantity: { type: 'number' }, unit_price: cents, amount: cents },
            },
          },
        },
      },
      NewInvoice: {
        type: 'object',
        properties: {
          currency: text,
          lines: {
            type: 'array',
            items: { type: 'object', properties: { name: text, quantity: { type: 'number' }, unit_price: cents } },
          },
        },
      },
      Customer: {
        type: 'object',
        required: ['id', 'name'],
        properties: { id: { type: 'string', format: 'uuid' }, name: text, email: { type: 'string', format: 'email' } },
      },
    },
  },
}

interface Line {
  readonly quantity: number
  readonly unit_price: number
  readonly amount: number
}

interface Invoice {
  readonly id: string
  readonly status: string
  readonly customer: { readonly id: string }
  readonly subtotal: number
  readonly tax: number
  readonly total: number
  readonly paid: number
  readonly amount_remaining: number
  readonly loyalty_amount: number
  readonly due_date: number
  readonly lines: readonly Line[]
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function served({ infer = true } = {}) {
  const path = join(mkdtempSync(join(tmpdir(), 'proforma-infer-')), 'openapi.json')
  writeFileSync(path, JSON.stringify(document))
  const { fetch } = mock(load(path, { infer }), { seed: 42, invoices: 60 })
  return async (method: string, target: string, body?: unknown) => {
    const response = await fetch(
      new Request(`http://localhost${target}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    )
    const said = await response.text()
    return { status: response.status, body: said === '' ? undefined : JSON.parse(said) }
  }
}

describe('a document without roles', () => {
  it('shows invoices that add up, on pages that end', async () => {
    const ask = served()
    const found: Invoice[] = []
    for (let page = 1, more = true; more; page++) {
      const { body } = await ask('GET', `/invoices?limit=25&page=${page}`)
      found.push(...body.data)
      more = body.has_more
    }
    expect(found).toHaveLength(60)
    for (const { subtotal, tax, total, paid, amount_remaining, status, lines } of found) {
      expect(sum(lines.map(({ amount }) => amount))).toBe(subtotal)
      expect(subtotal + tax).toBe(total)
      expect(amount_remaining).toBe(status === 'void' ? 0 : total - paid)
      for (const { quantity, unit_price, amount } of lines) expect(Math.round(quantity * unit_price)).toBe(amount)
    }
  })

  it('writes an amount that nobody understands as nothing', async () => {
    const { body } = await served()('GET', '/invoices')
    expect(body.data.map(({ loyalty_amount }: Invoice) => loyalty_amount)).toEqual(Array(10).fill(0))
  })

  it('writes moments as the seconds that its schema asks for', async () => {
    const { body } = await served()('GET', '/invoices')
    for (const { due_date } of body.data) expect(due_date % 86_400).toBe(0)
  })

  it('answers each invoice, and its customer, by identity', async () => {
    const ask = served()
    const { body } = await ask('GET', '/invoices')
    const [first] = body.data
    expect((await ask('GET', `/invoices/${first.id}`)).body).toEqual(first)
    expect((await ask('GET', `/customers/${first.customer.id}`)).body).toEqual(first.customer)
    expect((await ask('GET', '/invoices/inv_nobody')).status).toBe(404)
    const customers = await ask('GET', '/customers')
    expect(customers.body.length).toBeGreaterThan(0)
  })

  it('creates, voids and deletes in the books', async () => {
    const ask = served()
    const sent = { currency: 'EUR', lines: [{ name: 'Hours', quantity: 2, unit_price: 5000 }] }
    const { status, body } = await ask('POST', '/invoices', sent)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      currency: 'EUR',
      subtotal: 10_000,
      lines: [{ quantity: 2, unit_price: 5000, amount: 10_000 }],
    })
    expect((await ask('GET', '/invoices')).body.data[0].id).toBe(body.id)
    expect((await ask('DELETE', `/invoices/${body.id}`)).status).toBe(409)
    expect((await ask('POST', `/invoices/${body.id}/void`)).body.status).toBe('void')
    expect((await ask('GET', `/invoices/${body.id}`)).body.status).toBe('void')
    expect((await ask('DELETE', `/invoices/${body.id}`)).status).toBe(204)
    expect((await ask('GET', `/invoices/${body.id}`)).status).toBe(404)
  })

  it('is served as it was where nothing is to be inferred', async () => {
    const { body } = await served({ infer: false })('GET', '/invoices')
    expect(sum(body.data.map(({ loyalty_amount }: Invoice) => loyalty_amount))).not.toBe(0)
  })
})

describe('an invoice whose header and lines stand side by side', () => {
  const { fetch } = mock(
    load(join(import.meta.dirname, '../../inference/documents/header-and-lines.yaml'), { overlays: [] }),
    { seed: 42, invoices: 40 },
  )
  const ask = async (path: string, body?: unknown) => {
    const response = await fetch(
      new Request(`http://localhost${path}`, {
        ...(body !== undefined && {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      }),
    )
    return (await response.json()) as Detail & { payload: { records: Header[] } }
  }
  interface Header {
    billId: string
    vendorId: string
    vendorName: string
    netTotal: number
    total: number
    payBy: string
  }
  interface Detail {
    header: Header
    rows: { netAmount: number }[]
    vatSummary: { base: number; vat: number }[]
  }
  const sum = (values: readonly number[]) => Math.round(values.reduce((total, value) => total + value, 0) * 100) / 100

  it('shows lines and taxes that add up to the header of the list', async () => {
    const { payload } = await ask('/v2/bills?limit=5')
    expect(payload.records).toHaveLength(5)
    for (const listed of payload.records) {
      const { header, rows, vatSummary } = await ask(`/v2/bills/${listed.billId}`)
      expect(header).toEqual(listed)
      expect(rows.length).toBeGreaterThan(0)
      expect(sum(rows.map(({ netAmount }) => netAmount))).toBe(header.netTotal)
      expect(sum(vatSummary.flatMap(({ base, vat }) => [base, vat]))).toBe(header.total)
    }
  })

  it('takes header and lines of what is created', async () => {
    const made = await ask('/v2/bills', {
      header: { payBy: '2026-03-01' },
      rows: [{ text: 'Paper', qty: 2, unitCost: 10, vatRate: 19 }],
    })
    expect(made).toMatchObject({
      header: { netTotal: 20, total: 23.8, payBy: '2026-03-01' },
      rows: [{ netAmount: 20 }],
    })
    expect(await ask(`/v2/bills/${made.header.billId}`)).toEqual(made)
  })

  it('shows bills of the vendors that there are', async () => {
    const { payload } = await ask('/v2/bills?limit=20')
    const vendors = new Set(payload.records.map(({ vendorId }) => vendorId))
    expect(vendors.size).toBeGreaterThan(5)
    for (const { vendorId, vendorName } of payload.records)
      expect(await ask(`/v2/vendors/${vendorId}`)).toMatchObject({ vendorId, vendorName })
  })

  it('is paid in part and in full, and not beyond', async () => {
    const { header } = await ask('/v2/bills', {
      header: {},
      rows: [{ text: 'Paper', qty: 1, unitCost: 10, vatRate: 0 }],
    })
    const pay = (amount: number) => ask(`/v2/bills/${header.billId}/payments`, { amount })
    expect((await pay(4)).header).toMatchObject({ state: 'APPROVED', amountOutstanding: 6 })
    expect(await pay(7)).toHaveProperty('fault')
    expect((await pay(6)).header).toMatchObject({ state: 'PAID', amountOutstanding: 0 })
  })

  it('keeps what no role says anything of', async () => {
    const made = await ask('/v2/bills', {
      header: {},
      rows: [{ text: 'Paper', qty: 1, unitCost: 10, glAccount: 'SENT-1' }],
    })
    expect((await ask(`/v2/bills/${made.header.billId}`)).rows).toMatchObject([{ glAccount: 'SENT-1', netAmount: 10 }])
  })

  it('takes an invoice whose sums an inferred role may have misread', async () => {
    const made = await ask('/v2/bills', {
      header: { total: 1, ccy: 'no code' },
      rows: [{ text: 'Paper', qty: 1, unitCost: 10, vatRate: 0 }],
    })
    expect(made.header).toMatchObject({ netTotal: 10, total: 10 })
  })
})

describe('a list of an API in Spanish', () => {
  const { fetch } = mock(
    load(join(import.meta.dirname, '../../inference/documents/comprobantes.yaml'), { overlays: [] }),
    {
      seed: 42,
      invoices: 120,
    },
  )
  const list = async (query: string) => {
    const response = await fetch(new Request(`http://localhost/comprobantes/facturas?por_pagina=100&${query}`))
    const { resultado } = (await response.json()) as {
      resultado: { facturas: { fecha_emision: string; monto_total: number; estatus: string }[] }
    }
    return resultado.facturas
  }

  it('is filtered and sorted by what its parameters were inferred to mean', async () => {
    const found = await list('desde=2025-06-01&hasta=2025-09-30&ordenar_por=monto_total')
    expect(found.length).toBeGreaterThan(3)
    expect(found.every(({ fecha_emision: day }) => day >= '2025-06-01' && day <= '2025-09-30')).toBe(true)
    const totals = found.map(({ monto_total: total }) => total)
    expect(totals).toEqual(totals.toSorted((left, right) => left - right))
    expect((await list('estatus=pagada')).every(({ estatus }) => estatus === 'pagada')).toBe(true)
  })
})
