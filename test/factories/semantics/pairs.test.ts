import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { poolsOf } from '../../../factories/ledger/pools.ts'
import { Random } from '../../../factories/random.ts'
import { compileSampler } from '../../../factories/sample/sampler.ts'
import { agree } from '../../../factories/semantics/agree.ts'
import { suggestionsOf } from '../../../factories/semantics/suggestions.ts'

describe('agree', () => {
  it('gives an id beside an object the id of that object', () => {
    expect(agree({ customer_id: 'a', customer: { id: 'b' } })).toEqual({ customer_id: 'b', customer: { id: 'b' } })
    expect(agree({ customerId: 'a', customerDetails: { id: 'b' } })).toMatchObject({ customerId: 'b' })
    expect(agree({ tag_ids: ['x'], tags: [{ id: 't1' }, { id: 't2' }] })).toMatchObject({ tag_ids: ['t1', 't2'] })
  })

  it('does not turn an id into something of another type', () => {
    const value = { customer_id: 7, customer: { id: 'b' } }
    expect(agree(value)).toBe(value)
  })

  it('puts start before end, and bounds in order', () => {
    expect(agree({ period_start: '2025-02-01', period_end: '2025-01-01' })).toEqual({
      period_start: '2025-01-01',
      period_end: '2025-02-01',
    })
    expect(agree({ min_amount: 9, max_amount: 3 })).toEqual({ min_amount: 3, max_amount: 9 })
    expect(agree({ vacation_days_used: 14, vacation_days: 10, memory_used_mb: 9, memory_mb: 4 })).toEqual({
      vacation_days_used: 10,
      vacation_days: 14,
      memory_used_mb: 4,
      memory_mb: 9,
    })
    expect(agree({ opens_at: '17:00', closes_at: '08:00' })).toEqual({ opens_at: '08:00', closes_at: '17:00' })
  })

  it('puts creation first and the last change last', () => {
    const found = agree({
      created_at: '2025-05-01T00:00:00Z',
      paid_at: '2025-03-01T00:00:00Z',
      updated_at: '2025-04-01T00:00:00Z',
    })
    expect(found).toEqual({
      created_at: '2025-03-01T00:00:00Z',
      paid_at: '2025-04-01T00:00:00Z',
      updated_at: '2025-05-01T00:00:00Z',
    })
  })

  it('keeps the form of dates that differ in it', () => {
    expect(agree({ issue_date: '2025-03-01', due_at: '2025-02-01T10:00:00Z' })).toEqual({
      issue_date: '2025-03-01',
      due_at: '2025-03-01T00:00:00Z',
    })
  })

  it('makes the whole name and the e-mail address of given and family name', () => {
    const found = agree({
      first_name: 'Zoë',
      last_name: 'van der Pol',
      full_name: 'Somebody',
      email: 'else@bright.example',
    })
    expect(found).toEqual({
      first_name: 'Zoë',
      last_name: 'van der Pol',
      full_name: 'Zoë van der Pol',
      email: 'zoe.vanderpol@bright.example',
    })
  })

  it('gives a company one domain', () => {
    const found = agree({
      supplierName: 'Birchcliff Printing',
      contactName: 'Ann Lee',
      emailAddress: 'bo.ek@other.example',
      website: 'https://www.other.example',
    })
    expect(found).toMatchObject({
      emailAddress: 'ann.lee@birchcliff-printing.example',
      website: 'https://www.birchcliff-printing.example',
    })
  })

  it('gives a town its region, post code and country, and a street of the country’s language', () => {
    const found = agree(
      { line1: '6 Reynolds Road', city: 'Boston', state: 'XX', postal_code: 'q', country: 'DE', latitude: 0 },
      { pools: poolsOf(1) },
    )
    expect(found).toMatchObject({
      city: 'Boston',
      state: 'MA',
      postal_code: expect.stringMatching(/^021\d\d$/),
      country: 'US',
      latitude: expect.closeTo(42.36, 1),
    })
    expect((found as { line1: string }).line1).not.toBe('6 Reynolds Road')
  })

  it('counts lists and pages', () => {
    expect(agree({ lines: [1, 2, 3], line_count: 9 })).toMatchObject({ line_count: 3 })
    expect(
      agree({ data: [1, 2, 3], page: 9, per_page: 2, total_items: 7, total_pages: 1, next_page: 4, has_more: true }),
    ).toEqual({
      data: [1, 2, 3],
      page: 3,
      per_page: 3,
      total_items: 7,
      total_pages: 3,
      next_page: null,
      has_more: false,
    })
  })

  it('says there is more where there is a cursor', () => {
    expect(agree({ has_more: false, next_cursor: 'q' })).toMatchObject({ has_more: true })
    expect(agree({ has_more: true, next_cursor: null })).toMatchObject({ has_more: false })
  })

  it('raises a flag only with its moment', () => {
    expect(agree({ is_archived: true, archived_at: null })).toMatchObject({ is_archived: false })
    expect(agree({ is_archived: false, archived_at: '2025-01-01T00:00:00Z' })).toMatchObject({ archived_at: null })
  })

  it('gives a file the media type of its ending, and a status code its phrase', () => {
    expect(agree({ file_name: 'a.pdf', mime_type: 'image/png' })).toMatchObject({ mime_type: 'application/pdf' })
    expect(agree({ statusCode: 409, error: 'Not Found' })).toMatchObject({ error: 'Conflict' })
  })

  it('leaves alone what is settled elsewhere', () => {
    expect(agree({ start: '2025-05-01', end: '2025-04-01' }, { fixed: new Set(['start']) })).toEqual({
      start: '2025-05-01',
      end: '2025-05-01',
    })
    const value = { customer_id: 'a', customer: { id: 'b' } }
    expect(agree(value, { fixed: new Set(['customer_id']) })).toBe(value)
  })

  it('leaves out what the schema forbids, and only that', () => {
    const accepts = (value: unknown): boolean => (value as { next: unknown }).next !== null
    expect(
      agree({ data: [1, 2], total_pages: 5, page: 1, per_page: 1, total_items: 2, next: 'n' }, { accepts }),
    ).toEqual({ data: [1, 2], total_pages: 1, page: 1, per_page: 2, total_items: 2, next: 'n' })
  })

  it('does not change the value it is given', () => {
    const value = Object.freeze({ subtotal: 100, tax: 19, total: 5 })
    expect(agree(value)).toEqual({ subtotal: 100, tax: 19, total: 119 })
    expect(value.total).toBe(5)
  })

  it('makes lines of quantity and price, and bills of lines, tax and what has been paid', () => {
    const lines = [
      { quantity: 3, unit_price: 12.35, total: 1 },
      { quantity: 1, unit_price: 5.5, total: 2 },
    ]
    expect(
      agree({
        items: lines,
        subtotal: 7,
        tax_rate: 20,
        tax: 1,
        shipping: 4,
        total: 9,
        amount_paid: 99,
        balance_due: 3,
        status: 'open',
      }),
    ).toEqual({
      items: [
        { quantity: 3, unit_price: 12.35, total: 37.05 },
        { quantity: 1, unit_price: 5.5, total: 5.5 },
      ],
      subtotal: 42.55,
      tax_rate: 20,
      tax: 8.51,
      shipping: 4,
      total: 55.06,
      amount_paid: 0,
      balance_due: 55.06,
      status: 'open',
    })
    expect(agree({ total: '90.00', amount_due: '5.00', status: 'PAID' })).toEqual({
      total: '90.00',
      amount_due: '0.00',
      status: 'PAID',
    })
    expect(agree({ totalAmount: 100, amountDue: 300 })).toEqual({ totalAmount: 100, amountDue: 60 })
    expect(agree({ quantity: '2', unit_price: '61.35', amount_total: 5 })).toEqual({
      quantity: '2',
      unit_price: '61.35',
      amount_total: 12_270,
    })
    expect(agree({ total: 3, page: 1, per_page: 10 })).toEqual({ total: 3, page: 1, per_page: 10 })
  })

  it('keeps all money of an object in its currency, but not what is changed from and into', () => {
    expect(agree({ currency: 'EUR', lines: [{ price: { currency_code: 'USD' } }], to: { currency: 'CAD' } })).toEqual({
      currency: 'EUR',
      lines: [{ price: { currency_code: 'EUR' } }],
      to: { currency: 'CAD' },
    })
    expect(agree({ amount: { currency: 'usd' }, tax: { currency: 'GBP' } })).toEqual({
      amount: { currency: 'usd' },
      tax: { currency: 'USD' },
    })
    const list = { data: [{ currency: 'EUR' }, { currency: 'USD' }] }
    expect(agree(list)).toBe(list)
  })

  it('has a moment for what a status says has happened, and none for what is to come', () => {
    const at = '2025-05-01T00:00:00Z'
    expect(agree({ status: 'cancelled', cancelled_at: null, updated_at: at })).toEqual({
      status: 'cancelled',
      cancelled_at: at,
      updated_at: at,
    })
    expect(agree({ status: 'pending', shipped_at: at, delivered_at: null, updated_at: at })).toEqual({
      status: 'pending',
      shipped_at: null,
      delivered_at: null,
      updated_at: at,
    })
    const voided = agree({ status: 'VOID', marked_as_voided_at: null, updated_at: at })
    expect(voided).toMatchObject({ marked_as_voided_at: at })
  })

  it('calls taxes after their rates, languages after their locales, logins after their owners', () => {
    expect(agree({ name: 'Zero rate', percent: 20 })).toEqual({ name: 'Standard rate', percent: 20 })
    expect(agree({ tax_name: 'Standard rate', tax_rate: '7' })).toEqual({ tax_name: 'Reduced rate', tax_rate: '7' })
    expect(agree({ locale: 'nl-NL', language: 'en' })).toEqual({ locale: 'nl-NL', language: 'nl' })
    expect(agree({ first_name: 'Ada', last_name: 'Byron', username: 'else' })).toMatchObject({ username: 'abyron' })
    expect(agree({ title: 'What changes in January', slug: 'else' })).toMatchObject({ slug: 'what-changes-in-january' })
    expect(agree({ surname: 'Byron', full_name: 'Grace Hopper' })).toMatchObject({ full_name: 'Grace Byron' })
  })

  it('takes the own key of an object for its id', () => {
    expect(agree({ manager_id: 5, manager: { employee_id: 7, name: 'Ada' } })).toMatchObject({ manager_id: 7 })
  })

  it('keeps values valid and their members the same', () => {
    const names = [
      'id',
      'customer_id',
      'customer',
      'created_at',
      'updated_at',
      'start_date',
      'end_date',
      'city',
      'country',
      'total',
      'page',
      'has_more',
      'next',
      'items',
      'is_paid',
      'paid_at',
      'first_name',
      'last_name',
      'name',
      'email',
    ]
    const member = fc.constantFrom(
      { type: 'string' },
      { type: ['string', 'null'] },
      { type: 'integer', maximum: 9 },
      { type: 'boolean' },
      { type: 'string', maxLength: 6 },
      { type: 'array', items: { type: 'string' } },
    )
    const suggest = suggestionsOf(poolsOf(42))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), member, { minKeys: 3 }), fc.nat(), (properties, seed) => {
        const sampler = compileSampler(
          { schema: { type: 'object', properties, required: Object.keys(properties) } },
          '/schema',
          { suggest },
        )
        const value = sampler.sample(Random.of(seed)) as object
        const agreed = agree(value, { accepts: sampler.accepts }) as object
        expect(sampler.accepts(agreed)).toBe(true)
        expect(Object.keys(agreed)).toEqual(Object.keys(value))
      }),
      { numRuns: 200 },
    )
  })
})
