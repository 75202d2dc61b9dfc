import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from '../../contracts/index.ts'
import { compile, parseDay } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import { lawsHeld } from '../support/laws-held.ts'
import { modelOf } from './support/invoice-model.ts'

type Json = Record<string, any>

const today = parseDay('2026-03-01') as number
const fallen = (model: Model, body: Json): string[] =>
  judge(model, '/components/schemas/Invoice', body, { today }).violations.map(
    ({ code, pointer }) => `${code} ${pointer}`,
  )
const held = (model: Model, body: Json): string[] =>
  lawsHeld(judge(model, '/components/schemas/Invoice', body, { today }))

describe('terms', () => {
  it('let the amount asked for stand in for an unbound total', () => {
    const model = modelOf(
      {
        asked: 'invoice.payable',
        paid: 'invoice.paid',
        left: 'invoice.due',
        sub: 'invoice.subtotal',
        tax: 'invoice.tax',
      },
      { line: { net: 'line.net' } },
    )
    const good = { asked: 121, paid: 21, left: 100, sub: 100, tax: 21, lines: [{ net: 60 }, { net: 40 }] }
    expect(held(model, good)).toEqual(expect.arrayContaining(['BR-CO-10', 'BR-CO-15', 'BR-CO-16']))
    expect(fallen(model, { ...good, asked: 120 })).toEqual(['BR-CO-15 /asked', 'BR-CO-16 /left'])
    expect(fallen(model, { ...good, lines: [{ net: 60 }] })).toEqual(['BR-CO-10 /sub'])
  })

  it('let nothing be due of what is void or written off, and of nothing else', () => {
    const model = modelOf({
      total: 'invoice.total',
      paid: 'invoice.paid',
      left: 'invoice.due',
      state: 'invoice.status',
    })
    const invoice = (state: string, left: number): Json => ({ total: 121, paid: 21, left, state })
    for (const state of ['void', 'uncollectible'])
      expect(fallen(model, invoice(state, 0)).filter((one) => one.startsWith('BR-CO-16'))).toEqual([])
    expect(fallen(model, invoice('void', 99))).toContain('BR-CO-16 /left')
    expect(fallen(model, invoice('open', 0))).toContain('BR-CO-16 /left')
  })

  it('make an unbound subtotal from the line total', () => {
    const model = modelOf(
      { sum: 'invoice.lineTotal', off: 'invoice.allowances', tax: 'invoice.tax', total: 'invoice.total' },
      { line: { net: 'line.net' } },
    )
    expect(held(model, { sum: 100, off: 10, tax: 9, total: 99, lines: [{ net: 100 }] })).toEqual(
      expect.arrayContaining(['BR-CO-10', 'BR-CO-15']),
    )
    expect(fallen(model, { sum: 100, off: 10, tax: 9, total: 109, lines: [{ net: 100 }] })).toEqual(['BR-CO-15 /total'])
    expect(held(model, { sum: 100, off: null, tax: 9, total: 109, lines: [{ net: 100 }] })).toEqual(
      expect.arrayContaining(['BR-CO-10', 'BR-CO-15']),
    )
  })

  it('make the total from the lines where nothing else is bound', () => {
    const model = modelOf({ total: 'invoice.total' }, { line: { units: 'line.quantity', price: 'line.price' } })
    expect(
      held(model, {
        total: 25.5,
        lines: [
          { units: 2, price: 10 },
          { units: 1.1, price: 5 },
        ],
      }),
    ).toContain('BR-CO-10')
    expect(
      fallen(model, {
        total: 25,
        lines: [
          { units: 2, price: 10 },
          { units: 1.1, price: 5 },
        ],
      }),
    ).toEqual(['BR-CO-10 /total'])
  })

  it('make a line’s net amount from its total and tax', () => {
    const model = modelOf(
      { sum: 'invoice.subtotal' },
      { line: { units: 'line.quantity', price: 'line.price', tax: 'line.tax', total: 'line.total' } },
    )
    expect(held(model, { sum: 20, lines: [{ units: 2, price: 10, tax: 4, total: 24 }] })).toEqual(
      expect.arrayContaining(['BR-CO-10', 'PF-LINE']),
    )
    expect(fallen(model, { sum: 20, lines: [{ units: 2, price: 10, tax: 4, total: 20 }] })).toEqual([
      'PF-LINE /lines/0/total',
      'BR-CO-10 /sum',
    ])
  })

  it('make an unbound paid amount from what is due', () => {
    const model = modelOf({ total: 'invoice.total', left: 'invoice.due' }, { payment: { amount: 'payment.amount' } })
    expect(held(model, { total: 100, left: 30, payments: [{ amount: 50 }, { amount: 20 }] })).toContain('PF-PAYMENTS')
    expect(fallen(model, { total: 100, left: 40, payments: [{ amount: 50 }, { amount: 20 }] })).toEqual([
      'PF-PAYMENTS /left',
    ])
    expect(held(model, { total: 100, left: 100, payments: [] })).toContain('PF-PAYMENTS')
  })

  it('read a line allowance from its percentage', () => {
    const model = modelOf(
      { id: 'invoice.id' },
      { line: { units: 'line.quantity', price: 'line.price', off: 'line.allowanceRate', net: 'line.net' } },
    )
    expect(held(model, { lines: [{ units: 3, price: 9.99, off: 12.5, net: 26.22 }] })).toContain('PF-LINE')
    expect(fallen(model, { lines: [{ units: 3, price: 9.99, off: 12.5, net: 29.97 }] })).toEqual([
      'PF-LINE /lines/0/net',
    ])
  })

  it('do not add up lines that still have to be synchronised', () => {
    const model = modelOf({ sum: 'invoice.subtotal', later: 'invoice.needsLineSync' }, { line: { net: 'line.net' } })
    expect(held(model, { sum: 100, later: true, lines: [] })).not.toContain('BR-CO-10')
    expect(fallen(model, { sum: 100, later: false, lines: [] })).toEqual(['BR-16 '])
  })

  it('let each line be rounded by half a unit where the API rounds on lines', () => {
    const group = {
      tax: {
        'x-role': 'invoice.taxes',
        type: 'array',
        items: {
          properties: {
            base: { 'x-role': 'tax.base' },
            rate: { 'x-role': 'tax.rate' },
            amount: { 'x-role': 'tax.amount' },
          },
        },
      },
    }
    const build = (rounding: string): Model => {
      const { document } = modelOf({ id: 'invoice.id' }, { line: { net: 'line.net' }, rounding }) as { document: Json }
      const { Invoice } = document.components.schemas
      return compile(
        {
          ...document,
          components: { schemas: { Invoice: { ...Invoice, properties: { ...Invoice.properties, ...group } } } },
        },
        { name: 'x' },
      )
    }
    // Three lines of 0.33 at 19 %: 0.0627 each, 0.06 × 3 = 0.18 by line, 0.1881 → 0.19 by group.
    const body = { tax: [{ base: 0.99, rate: 19, amount: 0.18 }], lines: [{ net: 0.33 }, { net: 0.33 }, { net: 0.33 }] }
    expect(held(build('line'), body)).toContain('BR-CO-17')
    expect(fallen(build('total'), body)).toEqual(['BR-CO-17 /tax/0/amount'])
  })
})

describe('a status', () => {
  const status = {
    role: 'invoice.status',
    values: {
      draft: 'DRAFT',
      open: 'DUE',
      processing: 'DUE',
      overdue: 'DUE',
      paid: 'PAID',
      void: 'VOID',
      uncollectible: 'VOID',
    },
  }
  const model = modelOf({
    status,
    total: 'invoice.total',
    left: 'invoice.due',
    at: 'invoice.paidAt',
    due: 'invoice.dueDate',
    void: 'invoice.voidedAt',
  })

  it('agrees when one of the states its word stands for agrees', () => {
    expect(held(model, { status: 'DUE', total: 10, left: 10, due: '2026-01-01' })).toContain('PF-STATUS')
    expect(held(model, { status: 'DUE', total: 10, left: 10, due: '2027-01-01' })).toContain('PF-STATUS')
    expect(held(model, { status: 'VOID', total: 10, left: 10 })).toContain('PF-STATUS')
  })

  it('disagrees when none does', () => {
    expect(fallen(model, { status: 'DUE', total: 10, left: 0 })).toEqual(['PF-STATUS /status'])
    expect(fallen(model, { status: 'PAID', total: 10, left: 0 })).toEqual(['PF-STATUS /status'])
    expect(fallen(model, { status: 'PAID', total: 10, left: 10, at: '2026-01-01T00:00:00Z' })).toEqual([
      'PF-STATUS /status',
    ])
  })

  it('is left to conformance when its word is unknown', () => {
    expect(held(model, { status: 'LOST', total: 10, left: 0 })).not.toContain('PF-STATUS')
  })

  it('may be a flag alone', () => {
    const flag = modelOf({ paid: 'invoice.isPaid', total: 'invoice.total', left: 'invoice.due' })
    expect(held(flag, { paid: true, total: 10, left: 0 })).toContain('PF-STATUS')
    expect(fallen(flag, { paid: true, total: 10, left: 1 })).toEqual(['PF-STATUS /paid'])
    expect(fallen(flag, { paid: false, total: 10, left: 0 })).toEqual(['PF-STATUS /paid'])
  })
})

describe('arithmetic', () => {
  const cents = fc.integer({ min: -1e12, max: 1e12 })
  const text = (value: number): string =>
    `${value < 0 ? '-' : ''}${Math.floor(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, '0')}`
  const model = modelOf({ sub: 'invoice.subtotal', tax: 'invoice.tax', total: 'invoice.total' })

  it('is exact for numbers and decimal texts of any size, and sees a single cent', () => {
    fc.assert(
      fc.property(cents, cents, fc.constantFrom(-1, 0, 1), fc.boolean(), (sub, tax, slip, asText) => {
        const write = (value: number): unknown => (asText ? text(value) : Number(text(value)))
        const body = { sub: write(sub), tax: write(tax), total: write(sub + tax + slip) }
        expect(fallen(model, body)).toEqual(slip === 0 ? [] : ['BR-CO-15 /total'])
      }),
    )
  })

  it('rounds quantity × price half up', () => {
    const lines = modelOf(
      { id: 'invoice.id' },
      { line: { units: 'line.quantity', price: 'line.price', net: 'line.net' } },
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (thousandths, price) => {
          const product = BigInt(thousandths) * BigInt(price)
          const net = Number((product + 500n) / 1000n)
          expect(
            fallen(lines, {
              lines: [{ units: thousandths / 1000, price: Number(text(price)), net: Number(text(net)) }],
            }),
          ).toEqual([])
        },
      ),
    )
  })
})
