import { compile } from '../../../spec/index.ts'
import type { Document, Model } from '../../../spec/index.ts'

/** How the same invoice is written: integers of cents, decimal numbers, or key/value fields with decimal texts. */
export type Form = 'minor' | 'major' | 'keyed'
export const forms: readonly Form[] = ['minor', 'major', 'keyed']

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: object): object => ({ content: { 'application/json': { schema } } })
const role = (type: string | readonly string[], name: string | object, more: object = {}): object => ({
  type,
  'x-role': name,
  ...more,
})
const list = (name: string, items: object): object => ({ type: 'array', 'x-role': name, items })

const statuses = {
  draft: 'draft',
  open: 'open',
  processing: 'processing',
  paid: 'paid',
  overdue: 'late',
  void: 'void',
  uncollectible: 'bad',
}
const amounts = ['lineTotal', 'allowances', 'charges', 'subtotal', 'tax', 'total', 'payable', 'paid', 'rounding', 'due']

function invoice(form: Form): object {
  const number = form === 'minor' ? 'integer' : 'number'
  const header = Object.fromEntries(amounts.map((name) => [name, role(number, `invoice.${name}`)]))
  const fields = {
    type: 'array',
    items: { type: 'object' },
    'x-keyed': { key: 'key', value: 'value', entries: amounts.map((name) => ({ key: name, role: `invoice.${name}` })) },
  }
  return {
    type: 'object',
    'x-role': 'invoice',
    required: ['id'],
    properties: {
      id: role('string', 'invoice.id'),
      number: role('string', 'invoice.number'),
      currency: role('string', 'invoice.currency'),
      status: role('string', { role: 'invoice.status', values: statuses }),
      isPaid: role('boolean', 'invoice.isPaid'),
      issueDate: role('string', 'invoice.issueDate', { format: 'date' }),
      dueDate: role('string', 'invoice.dueDate', { format: 'date' }),
      periodStart: role('string', 'invoice.period.start'),
      periodEnd: role('string', 'invoice.period.end'),
      paidAt: role(['string', 'null'], 'invoice.paidAt'),
      voidedAt: role(['string', 'null'], 'invoice.voidedAt'),
      uncollectibleAt: role(['string', 'null'], 'invoice.uncollectibleAt'),
      createdAt: role('string', 'invoice.createdAt', { format: 'date-time' }),
      modifiedAt: role('string', 'invoice.modifiedAt', { format: 'date-time' }),
      paymentIds: role('array', 'invoice.paymentIds'),
      buyerId: role('string', 'buyer.id'),
      buyer: ref('Buyer'),
      ...(form === 'keyed' ? { fields } : header),
      allowanceList: list('invoice.allowanceList', {
        type: 'object',
        properties: { amount: role(number, 'allowance.amount') },
      }),
      chargeList: list('invoice.chargeList', { type: 'object', properties: { amount: role(number, 'charge.amount') } }),
      taxes: list('invoice.taxes', {
        type: 'object',
        properties: {
          base: role(number, 'tax.base'),
          rate: role('number', 'tax.rate'),
          amount: role(number, 'tax.amount'),
        },
      }),
      lines: list('invoice.lines', ref('Line')),
      payments: list('invoice.payments', ref('Payment')),
    },
  }
}

function line(form: Form): object {
  const number = form === 'minor' ? 'integer' : 'number'
  const parts = {
    price: role('number', 'line.price'),
    allowance: role(number, 'line.allowance'),
    net: role(number, 'line.net'),
    tax: role(number, 'line.tax'),
    total: role(number, 'line.total'),
  }
  const keys = Object.keys(parts)
  return {
    type: 'object',
    properties: {
      id: role('string', 'line.id'),
      invoiceId: role('string', 'invoice.id'),
      currency: role('string', 'invoice.currency'),
      quantity: role('number', 'line.quantity'),
      ...(form === 'keyed'
        ? {
            fields: {
              type: 'array',
              items: { type: 'object' },
              'x-keyed': { key: 'key', value: 'value', entries: keys.map((key) => ({ key, role: `line.${key}` })) },
            },
          }
        : parts),
    },
  }
}

const payment = (form: Form): object => ({
  type: 'object',
  properties: {
    id: role('string', 'payment.id'),
    amount: role(form === 'minor' ? 'integer' : 'number', 'payment.amount'),
    status: role('string', 'payment.status'),
    at: role(['string', 'null'], 'payment.at'),
    approverId: role('string', 'payment.approverId'),
    approver: { type: 'object', 'x-role': 'payment.approver', properties: { id: role('string', 'person.id') } },
  },
})

const parameter = (name: string, schema: object, meaning: string | object): object => ({
  name,
  in: 'query',
  schema,
  'x-role': meaning,
})
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' }, 'x-role': 'invoice.id' }
const failures = Object.fromEntries(
  ['400', '401', '404'].map((status) => [status, { description: 'Refused.', ...json(ref('Error')) }]),
)

/** Returns the document of a small invoice API that writes its amounts in one of the forms. */
export function createDocument(form: Form): Document {
  const page = [
    parameter('page', { type: 'integer', minimum: 1 }, { role: 'page.number', base: 1 }),
    parameter('size', { type: 'integer', minimum: 1, maximum: 100 }, 'page.size'),
    parameter(
      'sort',
      { type: 'string', enum: ['total', 'number'] },
      { role: 'sort.by', values: { 'invoice.total': 'total', 'invoice.number': 'number' } },
    ),
    parameter(
      'order',
      { type: 'string', enum: ['up', 'down'] },
      { role: 'sort.order', values: { asc: 'up', desc: 'down' } },
    ),
    parameter(
      'status',
      { type: 'string', enum: Object.values(statuses) },
      { role: 'filter', of: 'invoice.status', values: statuses },
    ),
    parameter('q', { type: 'string' }, { role: 'filter', of: 'invoice.number', match: 'contains' }),
  ]
  return {
    openapi: '3.1.0',
    info: { title: 'Books', version: '1' },
    'x-roles': {
      'payment.approver': { kind: 'entity', of: 'person' },
      'payment.approverId': { kind: 'id', of: 'person' },
    },
    'x-representation': { amount: form === 'minor' ? 'minor' : 'major' },
    security: [{ bearer: [] }],
    paths: {
      '/invoices': {
        get: {
          operationId: 'listInvoices',
          'x-operation': 'list',
          parameters: page,
          responses: { 200: { description: 'A page.', ...json(ref('Page')) }, ...failures },
        },
        post: {
          operationId: 'createInvoice',
          'x-operation': 'create',
          requestBody: { required: true, ...json(ref('InvoiceInput')) },
          responses: { 201: { description: 'Made.', ...json(ref('Invoice')) }, ...failures },
        },
      },
      '/invoices/{id}': {
        parameters: [id],
        get: {
          operationId: 'getInvoice',
          'x-operation': 'get',
          responses: { 200: { description: 'One.', ...json(ref('Invoice')) }, ...failures },
        },
        delete: {
          operationId: 'deleteInvoice',
          'x-operation': 'delete',
          responses: { 204: { description: 'Gone.' }, ...failures },
        },
      },
    },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Page: {
          type: 'object',
          required: ['items', 'total'],
          properties: {
            items: list('page.items', ref('Invoice')),
            page: role('integer', { role: 'page.number', base: 1 }),
            total: role('integer', 'page.total'),
            next: role(['integer', 'null'], 'page.next'),
          },
        },
        Invoice: invoice(form),
        InvoiceInput: {
          type: 'object',
          required: ['number'],
          properties: { number: role('string', 'invoice.number') },
        },
        Line: line(form),
        Payment: payment(form),
        Buyer: {
          type: 'object',
          'x-role': 'invoice.buyer',
          properties: { id: role('string', 'party.id'), name: role('string', 'party.name') },
        },
        Error: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
      },
    },
  }
}

/** Returns that API's model. */
export const createModel = (form: Form): Model => compile(createDocument(form), { name: 'books' })

/** Where the schemas of the two bodies stand. */
export const schemas = { invoice: '/components/schemas/Invoice', page: '/components/schemas/Page' }

type Json = Record<string, any>

/** Writes an amount of cents in a form. */
const write = (form: Form, cents: number): unknown =>
  form === 'minor' ? cents : form === 'major' ? cents / 100 : (cents / 100).toFixed(2)

const keyed = (form: Form, amounts: Record<string, number>): Json =>
  form === 'keyed'
    ? { fields: Object.entries(amounts).map(([key, cents]) => ({ key, value: write(form, cents) })) }
    : Object.fromEntries(Object.entries(amounts).map(([key, cents]) => [key, write(form, cents)]))

/** Returns an invoice computed by hand: every law that applies to it holds. */
export function createInvoice(form: Form, changes: Json = {}): Json {
  const money = (cents: number): unknown => write(form, cents)
  return {
    id: 'inv_1',
    number: 'INV-1',
    currency: 'EUR',
    status: 'late',
    isPaid: false,
    issueDate: '2026-01-05',
    dueDate: '2026-02-04',
    periodStart: '2025-12-01',
    periodEnd: '2025-12-31',
    paidAt: null,
    voidedAt: null,
    uncollectibleAt: null,
    createdAt: '2026-01-05T09:00:00Z',
    modifiedAt: '2026-01-20T10:30:00Z',
    paymentIds: ['pay_1', 'pay_2'],
    buyerId: 'buy_1',
    buyer: { id: 'buy_1', name: 'Ottilie Works' },
    ...keyed(form, {
      lineTotal: 15_000,
      allowances: 1000,
      charges: 500,
      subtotal: 14_500,
      tax: 2155,
      total: 16_655,
      payable: 16_655,
      paid: 6655,
      rounding: 5,
      due: 10_005,
    }),
    allowanceList: [{ amount: money(600) }, { amount: money(400) }],
    chargeList: [{ amount: money(500) }],
    taxes: [
      { base: money(9500), rate: 19, amount: money(1805) },
      { base: money(5000), rate: 7, amount: money(350) },
    ],
    lines: [
      {
        id: 'ln_1',
        invoiceId: 'inv_1',
        currency: 'EUR',
        quantity: 3,
        ...keyed(form, { price: 4000, allowance: 2000, net: 10_000, tax: 1805, total: 11_805 }),
      },
      {
        id: 'ln_2',
        invoiceId: 'inv_1',
        currency: 'EUR',
        quantity: 0.5,
        ...keyed(form, { price: 10_000, allowance: 0, net: 5000, tax: 350, total: 5350 }),
      },
    ],
    payments: [
      {
        id: 'pay_1',
        amount: money(6655),
        status: 'matched',
        at: '2026-01-20T10:00:00Z',
        approverId: 'usr_1',
        approver: { id: 'usr_1' },
      },
      {
        id: 'pay_2',
        amount: money(10_000),
        status: 'pending',
        at: null,
        approverId: 'usr_1',
        approver: { id: 'usr_1' },
      },
    ],
    ...changes,
  }
}

/** Changes one amount of an object wherever its form keeps it. */
export function setAmount(form: Form, object: Json, key: string, cents: number): void {
  const value = write(form, cents)
  const field = (object.fields as Json[] | undefined)?.find((candidate) => candidate.key === key)
  if (field) field.value = value
  else object[key] = value
}

/** Takes one amount of an object away. */
export function dropAmount(object: Json, key: string): void {
  if (Array.isArray(object.fields)) object.fields = (object.fields as Json[]).filter((field) => field.key !== key)
  else delete object[key]
}
