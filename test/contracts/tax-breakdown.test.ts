import { describe, expect, it } from 'vitest'
import { judge } from '../../contracts/index.ts'
import { compile } from '../../spec/index.ts'
import { lawsHeld } from '../support/laws-held.ts'

type Json = Record<string, any>

const role = (name: string): Json => ({ 'x-role': name })
const list = (name: string, roles: Json): Json => ({ type: 'array', 'x-role': name, items: { properties: roles } })
const invoice = {
  'x-role': 'invoice',
  properties: {
    currency: role('invoice.currency'),
    off: list('invoice.allowanceList', { amount: role('allowance.amount'), rate: role('allowance.taxRate') }),
    on: list('invoice.chargeList', { amount: role('charge.amount'), rate: role('charge.taxRate') }),
    taxes: list('invoice.taxes', {
      category: role('tax.category'),
      base: role('tax.base'),
      rate: role('tax.rate'),
      amount: role('tax.amount'),
    }),
    lines: list('invoice.lines', {
      quantity: role('line.quantity'),
      price: role('line.price'),
      per: role('line.baseQuantity'),
      on: role('line.charge'),
      net: role('line.net'),
      rate: role('line.taxRate'),
    }),
  },
}
const model = compile(
  {
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    'x-representation': { amount: 'major' },
    components: { schemas: { Invoice: invoice } },
    paths: {
      '/': {
        get: {
          responses: {
            200: {
              description: '',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Invoice' } } },
            },
          },
        },
      },
    },
  },
  { name: 'x' },
)
const verdict = (body: Json) => judge(model, '/components/schemas/Invoice', { currency: 'EUR', ...body })
const fallen = (body: Json): string[] => verdict(body).violations.map(({ code, pointer }) => `${code} ${pointer}`)
const held = (body: Json): string[] => lawsHeld(verdict(body))

const standard = { category: 'S', base: 100, rate: 19, amount: 19 }
const zero = { category: 'Z', base: 50, rate: 0, amount: 0 }
const lines = [
  { net: 100, rate: 19 },
  { net: 50, rate: 0 },
]

describe('a tax breakdown', () => {
  it('adds up rate by rate, with every rate of a line', () => {
    expect(held({ taxes: [standard, zero], lines })).toEqual(
      expect.arrayContaining(['BR-CO-17', 'BR-S-08', 'BR-CO-18']),
    )
  })

  it.each<[string, Json, string[]]>([
    [
      'a line rate that is another',
      { taxes: [standard, zero], lines: [{ net: 100, rate: 20 }, lines[1]] },
      ['BR-CO-18 /lines/0/rate', 'BR-S-08 /taxes/0/base'],
    ],
    ['a zero group that is gone', { taxes: [standard], lines }, ['BR-CO-18 /lines/1/rate']],
    [
      'a base raised with its tax',
      { taxes: [{ ...standard, base: 200, amount: 38 }, zero], lines },
      ['BR-S-08 /taxes/0/base'],
    ],
    [
      'a zero category with tax',
      { taxes: [standard, { ...zero, rate: 7, amount: 3.5 }], lines: [lines[0], { net: 50, rate: 7 }] },
      ['BR-CO-17 /taxes/1/rate', 'BR-CO-17 /taxes/1/amount'],
    ],
    [
      'an exempt category with a rate',
      { taxes: [standard, { ...zero, category: 'E', rate: 7 }], lines: [lines[0], { net: 50, rate: 7 }] },
      ['BR-CO-17 /taxes/1/rate', 'BR-CO-17 /taxes/1/amount'],
    ],
  ])('falls by %s', (_, body, expected) => {
    expect(fallen(body)).toEqual(expected)
  })

  it('takes off allowances and adds charges at their rate', () => {
    const body = {
      taxes: [
        { ...standard, base: 90, amount: 17.1 },
        { ...zero, base: 55 },
      ],
      lines,
      off: [{ amount: 10, rate: 19 }],
      on: [{ amount: 5, rate: 0 }],
    }
    expect(held(body)).toContain('BR-S-08')
    expect(fallen({ ...body, off: [{ amount: 10, rate: 0 }] })).toEqual([
      'BR-S-08 /taxes/0/base',
      'BR-S-08 /taxes/1/base',
    ])
  })

  it('is passed over where nobody knows whose rate an allowance has, unless there is one only', () => {
    expect(held({ taxes: [standard, zero], lines, off: [{ amount: 10 }] })).not.toContain('BR-S-08')
    const single = { taxes: [{ ...standard, base: 90, amount: 17.1 }], lines: [lines[0]], off: [{ amount: 10 }] }
    expect(held(single)).toContain('BR-S-08')
    expect(fallen({ ...single, off: [{ amount: 11 }] })).toEqual(['BR-S-08 /taxes/0/base'])
  })
})

describe('a line', () => {
  it('has a price for several units, and charges', () => {
    expect(held({ lines: [{ quantity: 2500, price: 12.5, per: 1000, net: 31.25 }] })).toContain('PF-LINE')
    expect(fallen({ lines: [{ quantity: 2500, price: 12.5, per: 100, net: 31.25 }] })).toEqual(['PF-LINE /lines/0/net'])
    expect(held({ lines: [{ quantity: 2, price: 10, on: 3, net: 23 }] })).toContain('PF-LINE')
    expect(fallen({ lines: [{ quantity: 2, price: 10, on: 3, net: 20 }] })).toEqual(['PF-LINE /lines/0/net'])
  })

  it('has no price for nothing', () => {
    expect(held({ lines: [{ quantity: 2, price: 10, per: 0, net: 20 }] })).not.toContain('PF-LINE')
  })
})
