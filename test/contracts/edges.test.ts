import { describe, expect, it } from 'vitest'
import { judge } from '../../contracts/index.ts'
import { compile, parseDay } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import { lawsHeld } from '../support/laws-held.ts'
import { modelOf } from './support/invoice-model.ts'

type Json = Record<string, any>

const schema = '/components/schemas/Invoice'
const today = parseDay('2026-03-01') as number
const fallen = (model: Model, body: Json, options: object = {}): string[] =>
  judge(model, schema, body, { today, ...options }).violations.map(({ code, pointer }) => `${code} ${pointer}`)
const held = (model: Model, body: Json): string[] => lawsHeld(judge(model, schema, body, { today }))

describe('a term that is absent', () => {
  it.each([
    ['allowances', { sum: 100, on: 5, sub: 105 }, { sum: 100, on: 5, sub: 104 }],
    ['charges', { sum: 100, off: 5, sub: 95 }, { sum: 100, off: 5, sub: 96 }],
    ['both', { sum: 100, off: null, sub: 100 }, { sum: 100, off: null, sub: 101 }],
  ])('is zero, and the subtotal is judged all the same: %s', (_, good, bad) => {
    const model = modelOf({
      sum: 'invoice.lineTotal',
      off: 'invoice.allowances',
      on: 'invoice.charges',
      sub: 'invoice.subtotal',
    })
    expect(held(model, good)).toContain('BR-CO-13')
    expect(fallen(model, bad)).toEqual(['BR-CO-13 /sub'])
  })

  it('is unknown where it is no optional one: no total is stated, so what is due is not judged', () => {
    const model = modelOf({ total: 'invoice.total', paid: 'invoice.paid', due: 'invoice.due' })
    expect(held(model, { due: 100 })).not.toContain('BR-CO-16')
  })

  it('is no tax, unless lines have a rate of it', () => {
    const model = modelOf(
      { sub: 'invoice.subtotal', tax: 'invoice.tax', total: 'invoice.total' },
      { line: { rate: 'line.taxRate' } },
    )
    expect(held(model, { sub: 100, total: 100, lines: [{}] })).toContain('BR-CO-15')
    expect(fallen(model, { sub: 100, total: 121, lines: [{ rate: 0 }] })).toEqual(['BR-CO-15 /total'])
    expect(held(model, { sub: 100, total: 121, lines: [{ rate: 21 }] })).not.toContain('BR-CO-15')
  })

  it('is the sum of its parts where only these are bound, and unknown where one of them is', () => {
    const group = {
      properties: { amount: { 'x-role': 'allowance.amount' } },
    }
    const build = (): Model => {
      const { document } = modelOf({ sum: 'invoice.lineTotal', sub: 'invoice.subtotal' }) as { document: Json }
      const { Invoice } = document.components.schemas
      const list = { type: 'array', 'x-role': 'invoice.allowanceList', items: group }
      const properties = { ...Invoice.properties, off: list }
      return compile({ ...document, components: { schemas: { Invoice: { ...Invoice, properties } } } }, { name: 'x' })
    }
    const model = build()
    expect(held(model, { sum: 100, sub: 90, off: [{ amount: 7 }, { amount: 3 }] })).toContain('BR-CO-13')
    expect(fallen(model, { sum: 100, sub: 100, off: [{ amount: 7 }, { amount: 3 }] })).toEqual(['BR-CO-13 /sub'])
    expect(held(model, { sum: 100, sub: 100 })).toContain('BR-CO-13')
    expect(held(model, { sum: 100, sub: 100, off: [{ amount: 7 }, {}] })).not.toContain('BR-CO-13')
  })
})

describe('rounding', () => {
  it('is added to the total before what is due is taken off, where no role says what is paid', () => {
    const model = modelOf(
      { total: 'invoice.total', rest: 'invoice.rounding', left: 'invoice.due' },
      { payment: { amount: 'payment.amount' } },
    )
    const body = (rest: number, left: number): Json => ({
      total: 100,
      rest,
      left,
      payments: [{ amount: 50 }, { amount: 20 }],
    })
    expect(held(model, body(0.05, 30.05))).toContain('PF-PAYMENTS')
    expect(held(model, body(-0.05, 29.95))).toContain('PF-PAYMENTS')
    expect(fallen(model, body(0.05, 29.95))).toEqual(['PF-PAYMENTS /left'])
  })

  it('is added to what is due, where no role says that', () => {
    const model = modelOf({
      status: 'invoice.status',
      total: 'invoice.total',
      paid: 'invoice.paid',
      rest: 'invoice.rounding',
    })
    expect(held(model, { status: 'paid', total: 100, paid: 100.05, rest: 0.05 })).toContain('PF-STATUS')
    expect(fallen(model, { status: 'paid', total: 100, paid: 99.95, rest: 0.05 })).toEqual(['PF-STATUS /status'])
    expect(fallen(model, { status: 'open', total: 100, paid: 100.05, rest: 0.05 })).toEqual(['PF-STATUS /status'])
  })

  it('of a tax on each line may add half a unit for the group and for each part of it, and no more', () => {
    const group = { base: 'tax.base', rate: 'tax.rate', amount: 'tax.amount' }
    const { document } = modelOf({ id: 'invoice.id' }, { line: { net: 'line.net' }, rounding: 'line' }) as {
      document: Json
    }
    const { Invoice } = document.components.schemas
    const properties = Object.fromEntries(Object.entries(group).map(([name, role]) => [name, { 'x-role': role }]))
    const taxes = { type: 'array', 'x-role': 'invoice.taxes', items: { properties } }
    const model = compile(
      {
        ...document,
        components: { schemas: { Invoice: { ...Invoice, properties: { ...Invoice.properties, taxes } } } },
      },
      { name: 'x' },
    )
    const body = (amount: number, lines: number): Json => ({
      taxes: [{ base: 100, rate: 20, amount }],
      lines: Array.from({ length: lines }, () => ({ net: 100 / lines })),
    })
    expect(held(model, body(20.01, 1))).toContain('BR-CO-17')
    expect(held(model, body(19.99, 1))).toContain('BR-CO-17')
    expect(fallen(model, body(20.02, 1))).toEqual(['BR-CO-17 /taxes/0/amount'])
    expect(held(model, body(20.02, 3))).toContain('BR-CO-17')
    expect(fallen(model, body(20.03, 4))).toEqual(['BR-CO-17 /taxes/0/amount'])
  })
})

describe('a tolerance', () => {
  it('lets sums differ by so many minor units, either way, and no more', () => {
    const model = modelOf({ sub: 'invoice.subtotal', tax: 'invoice.tax', total: 'invoice.total' })
    for (const [total, verdict] of [
      [121.02, []],
      [120.98, []],
      [121.03, ['BR-CO-15 /total']],
      [120.97, ['BR-CO-15 /total']],
    ] as const)
      expect(fallen(model, { sub: 100, tax: 21, total }, { tolerance: 2 })).toEqual(verdict)
  })
})

describe('a date', () => {
  const model = modelOf({
    at: 'invoice.paidAt',
    made: 'invoice.createdAt',
    changed: 'invoice.modifiedAt',
    issued: 'invoice.issueDate',
    due: 'invoice.dueDate',
  })

  it.each([
    { issued: '2026-03-01' },
    { at: '2026-03-01T23:59:59Z' },
    { at: '2026-03-02T00:59:59+01:00' },
    { at: '2026-03-01' },
    { issued: '2026-03-01', due: '2027-01-01' },
    { issued: '2026-02-01', due: '2026-02-01' },
    { issued: '2026-02-01', at: '2026-02-01T00:00:00Z' },
    { issued: '2026-02-01T23:00:00Z', due: '2026-02-01' },
    { made: '2026-02-01T10:00:00Z', changed: '2026-02-01T10:00:00Z' },
    { made: '2026-02-01T10:00:00+02:00', changed: '2026-02-01T08:00:00Z' },
  ])('is in order up to today and on the same day: %j', (body) => {
    expect(held(model, body)).toContain('PF-DATES')
  })

  it.each([
    [{ issued: '2026-03-02' }, '/issued'],
    [{ at: '2026-03-02T00:00:00Z' }, '/at'],
    [{ at: '2026-03-02T23:30:00-01:00' }, '/at'],
    [{ issued: '2026-02-02', due: '2026-02-01' }, '/due'],
    [{ made: '2026-02-01T10:00:01Z', changed: '2026-02-01T10:00:00Z' }, '/changed'],
    [{ made: '2026-02-01T09:00:00Z', changed: '2026-02-01T10:59:59+02:00' }, '/changed'],
    [{ made: '2026-02-01 11:00:00Z', changed: '2026-02-01T10:00:00Z' }, '/changed'],
  ])('is not after today or before what comes first: %j', (body, pointer) => {
    expect(fallen(model, body)).toEqual([`PF-DATES ${pointer}`])
  })

  it('that cannot be read is left to conformance', () => {
    expect(fallen(model, { issued: 'soon', due: '2026-13-01', at: 7, made: '9999-99-99' })).toEqual([])
  })
})

describe('a status', () => {
  const model = modelOf({
    status: 'invoice.status',
    total: 'invoice.total',
    left: 'invoice.due',
    due: 'invoice.dueDate',
    flag: 'invoice.isPaid',
  })

  it.each([
    { status: 'open', total: -10, left: -10 },
    { status: 'overdue', total: 10, left: 10, due: '2026-02-28' },
    { status: 'paid', total: 10, left: 0, flag: true },
    { status: 'paid', total: 10, left: -1 },
    { status: 'paid', total: -10, left: 0 },
    { status: 'open', total: 10, left: 10, due: '2026-02-28' },
    { status: 'draft', total: 10, left: 10, flag: false },
  ])('agrees with what is due and since when: %j', (body) => {
    expect(held(model, body)).toContain('PF-STATUS')
  })

  it.each([
    [{ status: 'overdue', total: -10, left: -10, due: '2026-02-28' }, '/status'],
    [{ status: 'overdue', total: 10, left: 10, due: '2026-03-01' }, '/status'],
    [{ status: 'open', total: 10, left: 0 }, '/status'],
    [{ status: 'paid', total: -10, left: -1 }, '/status'],
    [{ status: 'paid', total: 10, left: 0, flag: false }, '/flag'],
    [{ status: 'open', total: 10, left: 10, flag: true }, '/flag'],
  ])('disagrees with them: %j', (body, pointer) => {
    expect(fallen(model, body)).toEqual([`PF-STATUS ${pointer}`])
  })
})

it('a status is overdue once it is late, where the API has a word of its own for that', () => {
  const statusOf = (overdue: string): Model =>
    modelOf({
      status: { role: 'invoice.status', values: { open: 'OPEN', overdue } },
      total: 'invoice.total',
      left: 'invoice.due',
      due: 'invoice.dueDate',
    })
  const late = { status: 'OPEN', total: 10, left: 10, due: '2026-02-01' }
  expect(fallen(statusOf('LATE'), late)).toEqual(['PF-STATUS /status'])
  expect(fallen(statusOf('LATE'), { ...late, status: 'LATE' })).toEqual([])
  expect(fallen(statusOf('OPEN'), late)).toEqual([])
})

describe('a status and the dates of its life', () => {
  const model = modelOf(
    {
      status: 'invoice.status',
      total: 'invoice.total',
      paid: 'invoice.paid',
      at: 'invoice.paidAt',
      void: 'invoice.voidedAt',
      off: 'invoice.uncollectibleAt',
    },
    { payment: { amount: 'payment.amount' } },
  )
  const at = '2026-02-01T10:00:00Z'

  it.each([
    { status: 'paid', total: 10, paid: 10, at },
    { status: 'open', total: 10, paid: 0 },
    { status: 'processing', total: 10, paid: 4 },
    { status: 'void', total: 10, paid: 0, void: at },
    { status: 'uncollectible', total: 10, paid: 0, off: at },
    { status: 'draft', total: 10, paid: 0, payments: [] },
  ])('agree: %j', (body) => {
    expect(held(model, body)).toContain('PF-STATUS')
  })

  it.each([
    { status: 'paid', total: 10, paid: 10 },
    { status: 'open', total: 10, paid: 0, at },
    { status: 'draft', total: 10, paid: 0, at },
    { status: 'draft', total: 10, paid: 1 },
    { status: 'void', total: 10, paid: 0 },
    { status: 'uncollectible', total: 10, paid: 0 },
    { status: 'uncollectible', total: 10, paid: 10, off: at },
  ])('disagree: %j', (body) => {
    expect(fallen(model, body)).toEqual(['PF-STATUS /status'])
  })

  it('are told in words, with what is due', () => {
    const [violation] = judge(model, schema, { status: 'paid', total: 10, paid: 4, at }, { today }).violations
    expect(violation).toMatchObject({
      expected: 'nothing due and a date of payment',
      received: '"paid" with an amount that is still due',
    })
  })
})

describe('an amount in the currency of its own payment', () => {
  it('is read in that, and in the invoice’s where it has none', () => {
    const model = modelOf(
      { currency: 'invoice.currency', total: 'invoice.total' },
      { payment: { received: 'payment.received', currency: 'payment.currency' } },
    )
    const body = (payment: Json): Json => ({ currency: 'EUR', total: 1, payments: [payment] })
    expect(fallen(model, body({ received: 1.5, currency: 'jpy' }))).toEqual(['BR-DEC /payments/0/received'])
    expect(held(model, body({ received: 1.5, currency: 'USD' }))).toContain('BR-DEC')
    expect(held(model, body({ received: 1.5 }))).toContain('BR-DEC')
  })
})

describe('a sum that is wrong', () => {
  it('is told with its parts, and by their number where there are many', () => {
    const model = modelOf({ sum: 'invoice.lineTotal', currency: 'invoice.currency' }, { line: { net: 'line.net' } })
    const told = (count: number): string | undefined =>
      judge(model, schema, {
        sum: 1,
        currency: 'EUR',
        lines: Array.from({ length: count }, (_, index) => ({ net: index })),
      }).violations[0]?.expected
    expect(told(2)).toBeUndefined()
    expect(told(3)).toBe('3.00 (1.00 + 2.00)')
    expect(told(7)).toBe('21.00 (1.00 + 2.00 + 3.00 + 4.00 + 5.00 + 6.00)')
    expect(told(8)).toBe('28.00 (the sum of 8)')
  })
})
