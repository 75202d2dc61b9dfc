import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from '../../contracts/index.ts'
import { amend, factoryOf, ledgerOf, pinsFrom, traits } from '../../factories/index.ts'
import type { InvoiceParams, TraitName } from '../../factories/index.ts'
import { apiNames, builtIn, compile, isJson, parseDay, successOf } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'

const today = parseDay('2026-01-15') as number

const schemaOf = (model: Model): string =>
  successOf(model.operations.find(({ does }) => does === 'get') as never)?.content.find(({ mediaType }) =>
    isJson(mediaType),
  )?.schema as string

/** What the laws say of a built invoice, in one text a violation. */
function faults(model: Model, body: unknown): string[] {
  return judge(model, schemaOf(model), body, { today }).violations.map(
    ({ code, pointer, expected, received }) => `${code} ${pointer}: expected ${expected} but received ${received}`,
  )
}

const stuut = factoryOf(builtIn('stuut'), { seed: 42, today })

describe('an amendment', () => {
  it.each(['GF', 'usd', 'ZZZ'])('refuses %s for a currency', (currency) => {
    const {
      entry,
      party,
      book: { profile },
    } = ledgerOf({ seed: 42, today })
    expect(() => amend(entry(0), { currency }, { party, profile })).toThrow('BR-CL-04')
  })

  it('leaves what costs nothing free in another currency', () => {
    const {
      entry,
      party,
      book: { profile },
    } = ledgerOf({ seed: 42, today })
    const free = { ...entry(0), lines: entry(0).lines.map((line) => ({ ...line, price: 0, allowance: 0 })) }
    const { lines, lineTotal } = amend(free, { currency: 'JPY' }, { party, profile, converts: true })
    for (const line of lines) expect(line).toMatchObject({ price: 0, allowance: 0, net: 0 })
    expect(lineTotal).toBe(0)
  })
})

describe('a factory', () => {
  it('honours a pinned total and status and derives the rest', () => {
    const invoice = stuut.build({ total: '121.00', status: 'overdue', currency: 'USD' })
    expect(invoice).toMatchObject({ total_amount: 12_100, status: 'overdue', amount_paid: 0, paid_at: null })
    expect(faults(builtIn('stuut'), invoice)).toEqual([])
  })

  it('derives the tax from a pinned subtotal and total', () => {
    const invoice = stuut.build({ subtotal: '100.00', total: '119.00', currency: 'EUR' })
    expect(invoice).toMatchObject({ total_amount: 11_900, total_tax: 1_900, currency: 'EUR' })
  })

  it('refuses an invoice without lines', () => {
    expect(() => stuut.build({ lines: [] })).toThrow('BR-16')
  })

  it('gives the same invoice for the same place, whatever was built before', () => {
    const first = stuut.at(7)
    stuut.buildList(3)
    expect(stuut.at(7)).toEqual(first)
  })

  it('builds the ledger in order and starts anew when rewound', () => {
    const factory = factoryOf(builtIn('truto'), { seed: 1, today })
    const two = factory.buildList(2)
    factory.rewindSequence()
    expect(factory.buildList(2)).toEqual(two)
    expect(two[0]).not.toEqual(two[1])
  })

  it('leaves the factory it was derived from as it was', () => {
    const plain = factoryOf(builtIn('truto'), { seed: 1, today })
    expect(plain.params({ status: 'paid' }).at(3)).toMatchObject({ status: 'paid', balance: 0 })
    expect(plain.at(3)).toEqual(factoryOf(builtIn('truto'), { seed: 1, today }).at(3))
  })

  it('takes a line total and a subtotal that agree', () => {
    const lines = [{ quantity: 2, price: '50', taxRate: 0 }]
    const invoice = stuut.build({ lines, lineTotal: '100', subtotal: '100', currency: 'EUR' })
    expect(invoice).toMatchObject({ total_amount: 10_000, total_tax: 0 })
  })

  it('overrides places by pointer and by name, with values and functions', () => {
    const invoice = stuut
      .override({
        '/line_items/0/name': 'Anvil',
        memo: (_value: unknown, entry: { number: string }) => `For ${entry.number}`,
      })
      .at(4) as { line_items: { name: string }[]; memo: string; number: string }
    expect(invoice.line_items[0]?.name).toBe('Anvil')
    expect(invoice.memo).toBe(`For ${invoice.number}`)
  })

  it('hands each invoice and its entry to afterBuild', () => {
    const seen: number[] = []
    stuut.afterBuild((_invoice, { index }) => void seen.push(index)).at(9)
    expect(seen).toEqual([9])
  })
})

describe('pins that contradict each other', () => {
  const cases: [string, InvoiceParams, string][] = [
    ['subtotal, tax and total', { subtotal: '100', tax: '19', total: '120', currency: 'EUR' }, 'BR-CO-15'],
    ['line total and subtotal', { lineTotal: '100', subtotal: '50', currency: 'EUR' }, 'BR-CO-13'],
    ['paid and due', { total: '100', paid: '30', due: '60', currency: 'EUR' }, 'BR-CO-16'],
    ['status paid and an amount due', { status: 'paid', due: '1', currency: 'EUR' }, 'PF-STATUS'],
    ['status overdue and a due date to come', { status: 'overdue', dueDate: '2026-03-01' }, 'PF-STATUS'],
    ['issue date after due date', { issueDate: '2026-01-10', dueDate: '2026-01-02' }, 'PF-DATES'],
    ['an issue date to come', { issueDate: '2026-02-10' }, 'PF-DATES'],
    ['quantity, price and net of a line', { lines: [{ quantity: 2, price: '5', net: '11' }] }, 'PF-LINE'],
    ['lines and total', { lines: [{ quantity: 2, price: '5', taxRate: 0 }], total: '11' }, 'BR-CO-15'],
    ['a draft with money in', { status: 'draft', paid: '1', total: '10', currency: 'EUR' }, 'PF-STATUS'],
    ['tax on nothing', { subtotal: '0', tax: '5', currency: 'EUR' }, 'BR-CO-17'],
  ]
  it.each(cases)('are an error that names the law: %s', (_name, params, law) => {
    expect(() => stuut.at(3, params)).toThrow(law)
  })

  it.each<[string, object, RegExp]>([
    ['an unknown name', { totl: '1' }, /Did you mean "total"\?/],
    ['an unknown status', { status: 'overdu' }, /Did you mean "overdue"\?/],
    ['an unknown currency', { currency: 'ZZZ' }, /currency to be a known word but received "ZZZ"/],
    ['a day that is none', { dueDate: '2026-02-30' }, /dueDate to be a day/],
    ['too many decimals', { total: '1.005', currency: 'USD' }, /at most 2 decimals/],
    ['no amount', { total: 'many' }, /total to be an amount/],
  ])('so are values that a name does not take: %s', (_name, params, message) => {
    expect(() => pinsFrom(params as InvoiceParams, 'USD')).toThrow(message)
  })
})

const money = fc.integer({ min: 1, max: 50_000_000 })

describe.each(apiNames)('pins on %s', (name) => {
  const model = builtIn(name)
  const factory = factoryOf(model, { seed: 7, invoices: 500, today })

  it('keep every law, whichever sums are fixed', () => {
    const sums = fc
      .record({
        total: fc.option(money, { nil: undefined }),
        subtotal: fc.constant(undefined),
        tax: fc.constant(undefined),
      })
      .map(({ total }) => (total === undefined ? {} : { total: String(total) }))
    const status = fc.constantFrom('draft', 'open', 'processing', 'paid', 'overdue', 'void', 'uncollectible', undefined)
    fc.assert(
      fc.property(fc.nat(499), sums, status, (index, params, state) => {
        expect(faults(model, factory.at(index, { ...params, ...(state && { status: state }) }))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('reach any subtotal with any rate', () => {
    fc.assert(
      fc.property(fc.nat(499), money, fc.integer({ min: 0, max: 25 }), (index, subtotal, rate) => {
        const tax = Math.round((subtotal * rate) / 100)
        expect(
          faults(model, factory.at(index, { currency: 'JPY', subtotal: String(subtotal), tax: String(tax) })),
        ).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('keep every law with every trait', () => {
    for (const trait of Object.keys(traits) as TraitName[]) {
      for (const index of [0, 17, 333])
        expect({ trait, index, faults: faults(model, factory.traits(trait).at(index)) }).toEqual({
          trait,
          index,
          faults: [],
        })
    }
  })
})

const number = (role: string): object => ({ type: 'number', 'x-role': role })
const text = (role: string): object => ({ type: 'string', 'x-role': role })

/** An API that writes amounts as numbers in major units. */
const bills = compile(
  {
    openapi: '3.1.0',
    info: { title: 'Bills', version: '1' },
    'x-representation': { amount: 'major', id: 'uuid' },
    paths: {
      '/invoices/{id}': {
        get: {
          operationId: 'get',
          'x-operation': 'get',
          responses: {
            200: {
              description: 'One',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Invoice' } } },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Invoice: {
          'x-role': 'invoice',
          type: 'object',
          required: ['currency', 'subtotal', 'tax', 'total', 'lines'],
          properties: {
            currency: text('invoice.currency'),
            subtotal: number('invoice.subtotal'),
            tax: number('invoice.tax'),
            total: number('invoice.total'),
            lines: {
              type: 'array',
              'x-role': 'invoice.lines',
              items: {
                type: 'object',
                required: ['quantity', 'price', 'net'],
                properties: {
                  quantity: number('line.quantity'),
                  price: number('line.price'),
                  net: number('line.net'),
                },
              },
            },
          },
        },
      },
    },
  },
  { name: 'bills' },
)

interface Bill {
  readonly currency: string
  readonly lines: readonly { readonly quantity: number; readonly price: number; readonly net: number }[]
}

describe('amounts in any currency', () => {
  const factory = factoryOf<Bill>(bills, { seed: 3, today })

  it.each([
    ['EUR', '0.0123', 1000, 12.3],
    ['JPY', '4.5', 2001, 9005],
    ['KWD', '0.0000015', 1_000_000, 1.5],
    ['EUR', '12.345678', 3, 37.04],
  ])('bill a price finer than %s: %s × %i', (currency, price, quantity, net) => {
    const invoice = factory.build({ currency, lines: [{ price, quantity }] })
    expect(invoice).toMatchObject({ currency, lines: [{ price: Number(price), quantity, net }] })
    expect(faults(bills, invoice)).toEqual([])
  })

  it('bill such a price at once where the API has no place for it', () => {
    const invoice = stuut.build({ currency: 'EUR', lines: [{ price: '0.0123', quantity: 1000 }] })
    expect(faults(builtIn('stuut'), invoice)).toEqual([])
    expect(JSON.stringify(invoice)).toContain('1230')
    expect(JSON.stringify(invoice)).not.toContain('1.23')
  })

  it.each([
    ['UGX', 0, 3_665],
    ['XOF', 0, 604.5],
    ['PYG', 0, 7_860],
    ['IQD', 3, 1_310],
    ['CLF', 4, 0.0249],
    ['EUR', 2, 0.9215],
  ])('convert prices to %s, which has %i decimals', (currency, exponent, rate) => {
    for (let index = 0; index < 20; index++) {
      const usual = factory.at(index, { currency: 'USD' })
      const invoice = factory.at(index, { currency })
      expect(faults(bills, invoice)).toEqual([])
      for (const [place, { price }] of invoice.lines.entries()) {
        const expected = (usual.lines[place]?.price as number) * rate
        expect(Math.abs(price - expected)).toBeLessThanOrEqual(Math.abs(expected) * 0.011 + 10 ** -exponent)
        expect(price * 10 ** exponent).toBeCloseTo(Math.round(price * 10 ** exponent), 6)
      }
    }
  })
})
