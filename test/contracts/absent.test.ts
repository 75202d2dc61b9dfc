import { describe, expect, it } from 'vitest'
import { judge } from '../../contracts/index.ts'
import { compile, parseDay } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import { lawsHeld } from '../support/laws-held.ts'
import { modelOf } from './support/invoice-model.ts'

type Json = Record<string, any>

const schema = '/components/schemas/Invoice'
const today = parseDay('2026-03-01') as number
const fallen = (model: Model, body: Json): string[] => [
  ...new Set(judge(model, schema, body, { today }).violations.map(({ code }) => code)),
]
const held = (model: Model, body: Json): string[] => lawsHeld(judge(model, schema, body, { today }))

const amounts = {
  currency: 'invoice.currency',
  lineTotal: 'invoice.lineTotal',
  allowances: 'invoice.allowances',
  charges: 'invoice.charges',
  subtotal: 'invoice.subtotal',
  tax: 'invoice.tax',
  total: 'invoice.total',
  paid: 'invoice.paid',
  rounding: 'invoice.rounding',
  due: 'invoice.due',
}

/** Adds lists of allowances and charges. */
function withLists(model: Model): Model {
  const { document } = model as { document: Json }
  const { Invoice } = document.components.schemas
  const list = (name: string): Json => ({
    type: 'array',
    'x-role': `invoice.${name}List`,
    items: { properties: { amount: { 'x-role': `${name}.amount` } } },
  })
  const properties = { ...Invoice.properties, allowanceList: list('allowance'), chargeList: list('charge') }
  return compile({ ...document, components: { schemas: { Invoice: { ...Invoice, properties } } } }, { name: 'x' })
}

const invoices = withLists(
  modelOf(amounts, {
    line: {
      quantity: 'line.quantity',
      price: 'line.price',
      allowance: 'line.allowance',
      net: 'line.net',
    },
    payment: { amount: 'payment.amount' },
  }),
)

describe('an optional amount that is absent', () => {
  it.each([
    ['BR-CO-11', 'allowances', { allowanceList: [] }, { allowanceList: [{ amount: 5 }] }],
    ['BR-CO-12', 'charges', { chargeList: [] }, { chargeList: [{ amount: 5 }] }],
    [
      'BR-CO-13',
      'allowances',
      { lineTotal: 100, charges: 5, subtotal: 105 },
      { lineTotal: 100, charges: 5, subtotal: 95 },
    ],
    [
      'BR-CO-13',
      'charges',
      { lineTotal: 100, allowances: 5, subtotal: 95 },
      { lineTotal: 100, allowances: 5, subtotal: 105 },
    ],
    ['BR-CO-13', 'both', { lineTotal: 100, subtotal: 100 }, { lineTotal: 100, subtotal: 90 }],
    ['BR-CO-16', 'paid', { total: 119, rounding: 0.01, due: 119.01 }, { total: 119, rounding: 0.01, due: 11_900 }],
    ['BR-CO-16', 'rounding', { total: 119, paid: 19, due: 100 }, { total: 119, paid: 19, due: 100.01 }],
    ['BR-CO-16', 'both', { total: 119, due: 119 }, { total: 119, due: 0 }],
    [
      'PF-LINE',
      'allowance',
      { lines: [{ quantity: 2, price: 5, net: 10 }] },
      { lines: [{ quantity: 2, price: 5, net: 9 }] },
    ],
  ])('is nothing, and %s is judged without %s', (law, _, good, bad) => {
    expect(held(invoices, good)).toContain(law)
    expect(fallen(invoices, bad)).toEqual([law])
  })

  it.each(['paid', 'rounding', 'allowances', 'charges'])('is the same as null: %s', (name) => {
    const whole = { lineTotal: 100, subtotal: 100, tax: 19, total: 119, due: 119, [name]: null }
    expect(held(invoices, whole)).toEqual(expect.arrayContaining(['BR-CO-13', 'BR-CO-15', 'BR-CO-16']))
    expect(fallen(invoices, { ...whole, due: 118 })).toEqual(['BR-CO-16'])
  })

  it('is told as what it stands for', () => {
    const { violations } = judge(invoices, schema, { allowanceList: [{ amount: 5 }] })
    expect(violations).toMatchObject([
      { code: 'BR-CO-11', pointer: '', expected: '5.00', received: 'no invoice.allowances, which is 0' },
    ])
  })

  it('is unknown where its schema has no place for it and another of the document has', () => {
    const { document } = modelOf(amounts) as { document: Json }
    const entry = {
      'x-role': 'invoice',
      properties: { total: { 'x-role': 'invoice.total' }, due: { 'x-role': 'invoice.due' } },
    }
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Entry' } } }
    const model = compile(
      {
        ...document,
        components: { schemas: { ...document.components.schemas, Entry: entry } },
        paths: { ...document.paths, '/entry': { get: { responses: { 200: { description: '', content } } } } },
      },
      { name: 'x' },
    )
    const verdict = judge(model, '/components/schemas/Entry', { total: 119, due: 19 }, { today })
    expect(verdict.violations).toEqual([])
    expect(Object.keys(verdict.applied)).not.toContain('BR-CO-16')
    expect(fallen(model, { total: 119, due: 19 })).toEqual(['BR-CO-16'])
  })
})

describe('a number', () => {
  const model = modelOf({ currency: 'invoice.currency', total: 'invoice.total' })

  it.each([59.97, 0.1, 3555, '210.30', '210.3000', 1e21])('has the decimals of its currency: %s', (total) => {
    expect(held(model, { currency: 'EUR', total })).toContain('BR-DEC')
  })

  it.each([0.1 + 0.2, 1.1 + 2.2, 70.1 * 3, 35.55 * 100, '0.001', 1e-7])('has more of them: %s', (total) => {
    expect(fallen(model, { currency: 'EUR', total })).toEqual(['BR-DEC'])
  })
})

describe('a price', () => {
  const lines = modelOf(
    { id: 'invoice.id' },
    { line: { quantity: 'line.quantity', price: 'line.price', net: 'line.net' } },
  )

  it.each([
    { quantity: 3, price: 13.33, net: 40 },
    { quantity: 7.5, price: 13.33, net: 100 },
    { quantity: 1000, price: 0.0123, net: 12.34 },
    { quantity: -3, price: 13.33, net: -40 },
  ])('may be the net amount over the quantity, rounded: %j', (line) => {
    expect(held(lines, { lines: [line] })).toContain('PF-LINE')
  })

  it.each([
    { quantity: 1, price: 13.33, net: 13.34 },
    { quantity: 3, price: 13.33, net: 40.01 },
    { quantity: 1000, price: 0.0123, net: 12.36 },
    { quantity: 3, price: 13, net: 40 },
  ])('explains no more than its own decimals: %j', (line) => {
    expect(fallen(lines, { lines: [line] })).toEqual(['PF-LINE'])
  })
})

describe('tax', () => {
  const model = modelOf({ tax: 'invoice.tax' }, { line: { net: 'line.net', rate: 'line.taxRate', tax: 'line.tax' } })
  const line = { net: 0.33, rate: 19, tax: 0.06 }

  it('may be rounded for each rate while each line rounds its own', () => {
    expect(held(model, { tax: 0.19, lines: [line, line, line] })).toContain('PF-LINE-TAX')
    expect(held(model, { tax: 0.18, lines: [line, line, line] })).toContain('PF-LINE-TAX')
  })

  it('is neither more nor less than that', () => {
    expect(fallen(model, { tax: 0.2, lines: [line, line, line] })).toEqual(['PF-LINE-TAX'])
    expect(fallen(model, { tax: 0.17, lines: [line, line, line] })).toEqual(['PF-LINE-TAX'])
    expect(fallen(model, { tax: 0.19, lines: [{ ...line, tax: 0.05 }, line, line] })).toEqual(['PF-LINE-TAX'])
  })
})

describe('a status', () => {
  const words = (overdue: string): Json => ({
    role: 'invoice.status',
    values: { draft: 'd', open: 'due', processing: 'due', overdue, paid: 'p', void: 'v', uncollectible: 'v' },
  })
  const roles = { total: 'invoice.total', left: 'invoice.due', due: 'invoice.dueDate', at: 'invoice.paidAt' }
  const late = modelOf({ status: words('late'), ...roles })
  const plain = modelOf({ status: words('due'), ...roles })

  it('is not open long after the due date where there is a word for that', () => {
    expect(fallen(late, { status: 'due', total: 10, left: 10, due: '2026-02-27' })).toEqual(['PF-STATUS'])
    expect(held(late, { status: 'late', total: 10, left: 10, due: '2026-02-27' })).toContain('PF-STATUS')
    expect(held(late, { status: 'due', total: 10, left: 10, due: '2026-02-28' })).toContain('PF-STATUS')
    expect(held(plain, { status: 'due', total: 10, left: 10, due: '2026-01-01' })).toContain('PF-STATUS')
  })

  it('may be paid without a day where nothing is asked for, and open', () => {
    expect(held(late, { status: 'p', total: 0, left: 0 })).toContain('PF-STATUS')
    expect(held(late, { status: 'due', total: 0, left: 0 })).toContain('PF-STATUS')
    expect(fallen(late, { status: 'p', total: 10, left: 0 })).toEqual(['PF-STATUS'])
  })
})

describe('a state that the API has no word for', () => {
  const model = modelOf({
    status: { role: 'invoice.status', values: { open: 'sent', paid: 'paid', void: 'cancelled' } },
    total: 'invoice.total',
    left: 'invoice.due',
    due: 'invoice.dueDate',
    at: 'invoice.paidAt',
  })

  it('needs none', () => {
    expect(held(model, { status: 'sent', total: 10, left: 10, due: '2026-01-01' })).toContain('PF-STATUS')
    expect(held(model, { status: 'cancelled', total: 10, left: 10 })).toContain('PF-STATUS')
  })

  it('does not widen what the word of another lets pass', () => {
    expect(fallen(model, { status: 'sent', total: 10, left: 0 })).toEqual(['PF-STATUS'])
    expect(fallen(model, { status: 'sent', total: 10, left: 10, at: '2026-02-01' })).toEqual(['PF-STATUS'])
  })
})
