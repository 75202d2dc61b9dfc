import { describe, expect, it } from 'vitest'
import { judge, laws, lawsFor } from '../../contracts/index.ts'
import type { Verdict } from '../../contracts/index.ts'
import { parseDay } from '../../spec/index.ts'
import { lawsHeld } from '../support/laws-held.ts'
import { createInvoice, createModel, dropAmount, forms, schemas, setAmount } from './support/books.ts'
import type { Form } from './support/books.ts'

type Json = Record<string, any>
type Edit = (invoice: Json, form: Form) => void

const today = parseDay('2026-03-01') as number
const line = (invoice: Json, index = 0): Json => invoice.lines[index]

const set =
  (key: string, cents: number): Edit =>
  (invoice, form) =>
    setAmount(form, invoice, key, cents)
const assign =
  (changes: Json): Edit =>
  (invoice) =>
    void Object.assign(invoice, changes)

/** Every edit breaks exactly the laws beside it. */
const saboteurs: readonly (readonly [name: string, falls: readonly string[], edit: Edit])[] = [
  ['no lines', ['BR-16'], (invoice) => void (invoice.lines = [])],
  ['a line total that lost a cent', ['BR-CO-10', 'BR-CO-13'], set('lineTotal', 14_999)],
  ['an allowance that is not listed', ['BR-CO-11'], (invoice) => void invoice.allowanceList.pop()],
  ['a charge that is not listed', ['BR-CO-12'], (invoice) => void invoice.chargeList.pop()],
  ['a subtotal that lost a cent', ['BR-CO-13', 'BR-CO-15'], set('subtotal', 14_499)],
  ['a tax group that is not listed', ['BR-CO-14'], (invoice) => void invoice.taxes.pop()],
  ['a total that gained a cent', ['BR-CO-15', 'BR-CO-16', 'PF-PAYABLE'], set('total', 16_656)],
  ['a due amount that gained a cent', ['BR-CO-16'], set('due', 10_006)],
  ['rounding that nobody rounded', ['BR-CO-16'], set('rounding', 50)],
  ['a rate that is not applied', ['BR-CO-17'], (invoice) => void (invoice.taxes[0].rate = 20)],
  ['an amount asked for that is not the total', ['PF-PAYABLE'], set('payable', 1)],
  [
    'a line net that is not quantity × price',
    ['BR-CO-10', 'PF-LINE', 'PF-LINE-TOTAL'],
    (invoice, form) => setAmount(form, line(invoice), 'net', 10_010),
  ],
  ['a quantity that is not multiplied', ['PF-LINE'], (invoice) => void (line(invoice).quantity = 4)],
  [
    'a line allowance that is not taken off',
    ['PF-LINE'],
    (invoice, form) => setAmount(form, line(invoice), 'allowance', 0),
  ],
  [
    'a line total without its tax',
    ['PF-LINE-TOTAL'],
    (invoice, form) => setAmount(form, line(invoice), 'total', 10_000),
  ],
  [
    'a line tax that is nobody’s',
    ['PF-LINE-TAX', 'PF-LINE-TOTAL'],
    (invoice, form) => setAmount(form, line(invoice), 'tax', 1806),
  ],
  ['a payment that is not counted', ['PF-PAYMENTS'], (invoice) => void (invoice.payments[1].status = 'matched')],
  ['a due date before the issue date', ['PF-DATES'], assign({ dueDate: '2026-01-04' })],
  ['a change before the creation', ['PF-DATES'], assign({ modifiedAt: '2026-01-05T08:59:59Z' })],
  ['a period that ends before it starts', ['PF-DATES'], assign({ periodEnd: '2025-11-30' })],
  ['a record of tomorrow', ['PF-DATES'], assign({ modifiedAt: '2026-03-02T00:00:00Z' })],
  ['a payment of tomorrow', ['PF-DATES'], (invoice) => void (invoice.payments[0].at = '2026-03-02T00:00:00Z')],
  ['a status that says paid', ['PF-STATUS'], assign({ status: 'paid' })],
  ['a date of payment on what is late', ['PF-STATUS'], assign({ paidAt: '2026-02-01T00:00:00Z' })],
  ['a flag that says paid', ['PF-STATUS'], assign({ isPaid: true })],
  ['a status that says late too early', ['PF-STATUS'], assign({ dueDate: '2026-03-02' })],
  ['a void without its date', ['PF-STATUS'], assign({ status: 'void' })],
  ['a write-off without its date', ['PF-STATUS'], assign({ status: 'bad' })],
  ['a draft with payments', ['PF-STATUS'], assign({ status: 'draft' })],
  ['a line of another invoice', ['PF-KEYS'], (invoice) => void (line(invoice).invoiceId = 'inv_2')],
  ['a key to another buyer', ['PF-KEYS'], assign({ buyerId: 'buy_2' })],
  ['a key to another approver', ['PF-KEYS'], (invoice) => void (invoice.payments[0].approverId = 'usr_2')],
  ['an id of a payment that is not listed', ['PF-KEYS'], assign({ paymentIds: ['pay_1', 'pay_3'] })],
  ['a line in another currency', ['PF-AGREE'], (invoice) => void (line(invoice).currency = 'USD')],
  ['two lines of one id', ['PF-IDS'], (invoice) => void (line(invoice, 1).id = 'ln_1')],
]

describe.each(forms)('laws on amounts in the %s form', (form) => {
  const model = createModel(form)
  const codes = (invoice: Json, options = {}): string[] =>
    [
      ...new Set(judge(model, schemas.invoice, invoice, { today, ...options }).violations.map(({ code }) => code)),
    ].sort()

  it('hold on an invoice computed by hand', () => {
    expect(judge(model, schemas.invoice, createInvoice(form), { today }).violations).toEqual([])
  })

  it('all judge that invoice, except those about pages and requests', () => {
    const { applied } = judge(model, schemas.invoice, createInvoice(form), { today })
    expect(
      lawsFor(model)
        .map(({ code }) => code)
        .filter((code) => !applied[code]),
    ).toEqual(['PF-PAGE', 'PF-SAME'])
  })

  it.each(saboteurs)('fall by %s', (_, falls, edit) => {
    const invoice = createInvoice(form)
    edit(invoice, form)
    expect(codes(invoice)).toEqual(falls)
  })

  const held = (invoice: Json, options = {}): string[] =>
    lawsHeld(judge(model, schemas.invoice, invoice, { today, ...options }))

  it.each([
    ['lineTotal', ['BR-CO-10', 'BR-CO-13']],
    ['subtotal', ['BR-CO-13', 'BR-CO-15']],
    ['tax', ['BR-CO-14', 'PF-LINE-TAX']],
    ['total', ['BR-CO-15', 'BR-CO-16', 'PF-PAYABLE']],
    ['due', ['BR-CO-16']],
  ])('pass over a partial invoice that leaves out %s: only those that need it', (key, passedOver) => {
    const invoice = createInvoice(form)
    const all = held(invoice)
    dropAmount(invoice, key)
    expect(held(invoice)).toEqual(all.filter((code) => !passedOver.includes(code)))
  })

  it('take an absent allowance, charge and rounding for none', () => {
    const invoice = createInvoice(form)
    dropAmount(invoice, 'rounding')
    expect(codes(invoice)).toEqual(['BR-CO-16'])
    setAmount(form, invoice, 'due', 10_000)
    expect(held(invoice)).toContain('BR-CO-16')
    for (const key of ['allowances', 'charges']) {
      const without = createInvoice(form)
      dropAmount(without, key)
      expect(codes(without), key).toEqual([key === 'charges' ? 'BR-CO-12' : 'BR-CO-11'])
    }
  })

  it('take an absent amount paid for nothing', () => {
    const invoice = createInvoice(form, { status: 'late' })
    dropAmount(invoice, 'paid')
    expect(codes(invoice)).toEqual(['BR-CO-16', 'PF-PAYMENTS'])
    setAmount(form, invoice, 'due', 16_660)
    Object.assign(invoice, { payments: [], paymentIds: [] })
    expect(held(invoice)).toEqual(expect.arrayContaining(['BR-CO-16', 'PF-PAYMENTS']))
    expect(codes(invoice)).toEqual([])
  })

  it('allow a difference up to the tolerance', () => {
    const invoice = createInvoice(form)
    setAmount(form, invoice, 'due', 10_006)
    expect(held(invoice, { tolerance: 1 })).toContain('BR-CO-16')
    setAmount(form, invoice, 'due', 10_007)
    expect(codes(invoice, { tolerance: 1 })).toEqual(['BR-CO-16'])
  })

  it('allow what is paid a remainder up to the tolerance', () => {
    const invoice = createInvoice(form, { status: 'paid', isPaid: true, paidAt: '2026-01-20T10:00:00Z' })
    setAmount(form, invoice, 'paid', 16_658)
    setAmount(form, invoice, 'due', 2)
    setAmount(form, invoice.payments[0], 'amount', 16_658)
    expect(held(invoice, { tolerance: 2 })).toContain('PF-STATUS')
    expect(codes(invoice, { tolerance: 1 })).toEqual(['PF-STATUS'])
  })

  it('leave what depends on the day alone where the day is unknown', () => {
    const invoice = createInvoice(form, { dueDate: '2027-01-01', modifiedAt: '2999-01-01T00:00:00Z' })
    expect(held(invoice, { today: undefined })).toEqual(expect.arrayContaining(['PF-DATES', 'PF-STATUS']))
  })
})

describe('laws', () => {
  it('refuse amounts finer than their currency', () => {
    const fine = createInvoice('major', { rounding: 0.051, due: 100.051 })
    expect(
      judge(createModel('major'), schemas.invoice, fine).violations.map(({ code, pointer }) => [code, pointer]),
    ).toEqual([
      ['BR-DEC', '/rounding'],
      ['BR-DEC', '/due'],
    ])
    const minor = createInvoice('minor', { rounding: 5.5, due: 10_005.5 })
    expect(
      judge(createModel('minor'), schemas.invoice, minor).violations.map(({ expected, received }) => [
        expected,
        received,
      ]),
    ).toEqual([
      ['a whole number of minor units', '5.5'],
      ['a whole number of minor units', '10005.5'],
    ])
  })

  it('know currencies without decimals', () => {
    const invoice = { id: 'inv_1', currency: 'JPY', lines: [{ id: 'ln_1', quantity: 3, price: 33.4, net: 100.2 }] }
    expect(
      judge(createModel('major'), schemas.invoice, invoice).violations.map(({ code, expected, received }) => [
        code,
        expected,
        received,
      ]),
    ).toEqual([
      ['BR-DEC', 'at most 0 decimals in JPY', '100.2'],
      ['PF-LINE', '100, 3 at 33.4', '100.2'],
    ])
  })

  it('say what is expected in the API’s own unit, with the sum', () => {
    const [violation] = judge(createModel('minor'), schemas.invoice, createInvoice('minor', { due: 1 })).violations
    expect(violation).toEqual({
      code: 'BR-CO-16',
      says: 'due = total − paid + rounding',
      severity: 'error',
      pointer: '/due',
      expected: '10005 (16655 + 5 − 6655)',
      received: '1',
      invoice: '',
    })
  })

  it('point into keyed fields', () => {
    const invoice = createInvoice('keyed')
    setAmount('keyed', invoice, 'due', 1)
    expect(judge(createModel('keyed'), schemas.invoice, invoice).violations[0]?.pointer).toBe('/fields/9/value')
  })

  it('survive bodies of any form', () => {
    const model = createModel('minor')
    for (const body of [
      null,
      1,
      'x',
      [],
      {},
      { lines: {} },
      { lines: [null, 1] },
      { total: {}, tax: [], status: 7, issueDate: 'soon' },
    ]) {
      expect(judge(model, schemas.invoice, body, { today }).violations).toEqual([])
    }
  })

  it('judge the page envelope', () => {
    const model = createModel('minor')
    const items = [createInvoice('minor')]
    const verdict = (page: Json, asked = {}): Verdict =>
      judge(model, schemas.page, page, { asked: { number: 1, size: 1, base: 1, ...asked } })
    const fallen = (page: Json, asked = {}): string[] =>
      verdict(page, asked).violations.map(({ code, pointer }) => `${code} ${pointer}`)
    expect(lawsHeld(verdict({ items, page: 1, total: 2, next: 2 }))).toContain('PF-PAGE')
    expect(lawsHeld(verdict({ items, page: 2, total: 2, next: null }, { number: 2 }))).toContain('PF-PAGE')
    expect(fallen({ items, page: 1, total: 1, next: 2 })).toEqual(['PF-PAGE /next'])
    expect(fallen({ items, page: 1, total: 3, next: 3 })).toEqual(['PF-PAGE /next'])
    expect(fallen({ items, page: 1, total: 3, next: null })).toEqual(['PF-PAGE '])
    expect(fallen({ items, page: 2, total: 2, next: 2 })).toEqual(['PF-PAGE /page'])
    expect(fallen({ items, page: 1, total: 0, next: null })).toEqual(['PF-PAGE /total'])
    expect(fallen({ items: [...items, ...items], page: 1, total: 2, next: null }).sort()).toEqual([
      'PF-IDS /items/1/id',
      'PF-PAGE ',
      'PF-PAGE /total',
    ])
  })

  it('judge whether the answer is what was asked for', () => {
    const model = createModel('minor')
    const entry = createInvoice('minor')
    const fallen = (body: Json, asked: Json): string[] =>
      judge(model, schemas.invoice, body, { asked }).violations.map(({ code, pointer }) => `${code} ${pointer}`)
    const held = (asked: Json): string[] => lawsHeld(judge(model, schemas.invoice, createInvoice('minor'), { asked }))
    expect(held({ id: 'inv_1', entry })).toContain('PF-SAME')
    expect(fallen(createInvoice('minor'), { id: 'inv_2' })).toEqual(['PF-SAME /id'])
    expect(fallen(createInvoice('minor', { number: 'INV-9' }), { id: 'inv_1', entry })).toEqual(['PF-SAME /number'])
    expect(held({ id: 'inv_1', entry: { id: 'inv_1' } })).toContain('PF-SAME')
  })

  it('have unique codes and a sentence each', () => {
    expect(new Set(laws.map(({ code }) => code)).size).toBe(laws.length)
    expect(laws.filter(({ says }) => says.length < 10 || says.length > 90)).toEqual([])
  })

  it('apply only where their roles are bound', () => {
    const codes = lawsFor({ bound: new Set(['invoice.total', 'invoice.subtotal']) }).map(({ code }) => code)
    expect(codes).toEqual(['BR-DEC', 'BR-CO-15', 'PF-DATES', 'PF-KEYS', 'PF-AGREE'])
  })
})
