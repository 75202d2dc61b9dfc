import { describe, expect, it } from 'vitest'
import { judge } from '../../contracts/index.ts'
import { compile } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'

type Json = Record<string, any>

const role = (name: string): Json => ({ 'x-role': name })
const list = (name: string, roles: Json): Json => ({ type: 'array', 'x-role': name, items: { properties: roles } })

/** Returns a model whose invoices have these properties. */
function modelWith(properties: Json): Model {
  const Invoice = { 'x-role': 'invoice', properties: { currency: role('invoice.currency'), ...properties } }
  const schema = { $ref: '#/components/schemas/Invoice' }
  return compile(
    {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      'x-representation': { amount: 'major' },
      components: { schemas: { Invoice } },
      paths: {
        '/': { get: { responses: { 200: { description: '', content: { 'application/json': { schema } } } } } },
      },
    },
    { name: 'x' },
  )
}

/** Returns what falls, and whether a law was judged and held. */
function of(model: Model, code: string, body: Json): { readonly fallen: string[]; readonly isHeld: boolean } {
  const verdict = judge(model, '/components/schemas/Invoice', { currency: 'EUR', ...body })
  return {
    fallen: verdict.violations.map((violation) => `${violation.code} ${violation.pointer}`),
    isHeld: (verdict.applied[code] ?? 0) > 0 && !verdict.violations.some((violation) => violation.code === code),
  }
}

describe('withheld tax', () => {
  const model = modelWith({
    total: role('invoice.total'),
    payable: role('invoice.payable'),
    withheld: role('invoice.withheld'),
    paid: role('invoice.paid'),
    due: role('invoice.due'),
  })
  it.each<[string, Json, string[]]>([
    ['is not due', { total: 121, payable: 106, withheld: 15, paid: 0, due: 106 }, []],
    ['that is left out is none', { total: 121, payable: 121, paid: 21, due: 100 }, []],
    ['that is still asked for', { total: 121, payable: 121, withheld: 15, paid: 0, due: 106 }, ['PF-PAYABLE /payable']],
    ['that is still due', { total: 121, payable: 106, withheld: 15, paid: 0, due: 121 }, ['BR-CO-16 /due']],
    ['that is left out, and taken off', { total: 121, payable: 121, paid: 0, due: 106 }, ['BR-CO-16 /due']],
  ])('%s', (_, body, fallen) => {
    expect(of(model, 'BR-CO-16', body).fallen).toEqual(fallen)
    if (fallen.length === 0) expect(of(model, 'BR-CO-16', body).isHeld).toBe(true)
  })
})

describe('a surcharge', () => {
  const model = modelWith({
    tax: role('invoice.tax'),
    taxes: list('invoice.taxes', {
      base: role('tax.base'),
      rate: role('tax.rate'),
      amount: role('tax.amount'),
      extra: role('tax.surchargeRate'),
      added: role('tax.surcharge'),
    }),
  })
  const group = { base: 100, rate: 21, amount: 21, extra: 5.2, added: 5.2 }
  it.each<[string, Json, string[]]>([
    ['is its rate of the base, and part of the tax', { tax: 26.2, taxes: [group] }, []],
    ['that is left out is none', { tax: 21, taxes: [{ base: 100, rate: 21, amount: 21 }] }, []],
    ['of another amount', { tax: 26.3, taxes: [{ ...group, added: 5.3 }] }, ['BR-CO-17 /taxes/0/added']],
    ['that the tax leaves out', { tax: 21, taxes: [group] }, ['BR-CO-14 /tax']],
  ])('%s', (_, body, fallen) => {
    expect(of(model, 'BR-CO-14', body).fallen).toEqual(fallen)
    if (fallen.length === 0) expect(of(model, 'BR-CO-14', body).isHeld).toBe(true)
  })
})

it('tax that an invoice leaves out is that of its breakdown', () => {
  const model = modelWith({
    net: role('invoice.subtotal'),
    tax: role('invoice.tax'),
    total: role('invoice.total'),
    taxes: list('invoice.taxes', { amount: role('tax.amount') }),
  })
  const body = { net: 100, total: 119, taxes: [{ amount: 12 }, { amount: 7 }] }
  expect(of(model, 'BR-CO-15', body)).toMatchObject({ fallen: [], isHeld: true })
  expect(of(model, 'BR-CO-15', { ...body, total: 100 }).fallen).toEqual(['BR-CO-15 /total'])
})

describe('tax in a second currency', () => {
  const model = modelWith({
    tax: role('invoice.tax'),
    second: role('invoice.taxCurrency'),
    converted: role('invoice.taxInTaxCurrency'),
  })
  it.each<[string, Json, string[] | undefined]>([
    ['is stated beside it', { tax: 19, second: 'SEK', converted: 212.8 }, []],
    ['is 0 where there is no tax', { tax: 0, second: 'SEK', converted: 0 }, []],
    ['is the same in the same currency', { tax: 19, second: 'EUR', converted: 19 }, []],
    ['is not judged where there is no second currency', { tax: 19 }, undefined],
    ['is missing', { tax: 19, second: 'SEK' }, ['BR-53 /second']],
    ['cannot be read', { tax: 19, second: 'SEK', converted: 'much' }, ['BR-53 /second']],
    ['is of another sign', { tax: 19, second: 'SEK', converted: -212.8 }, ['BR-53 /converted']],
    ['is another in the same currency', { tax: 19, second: 'EUR', converted: 20 }, ['BR-53 /converted']],
    ['has decimals that its own currency lacks', { tax: 19, second: 'JPY', converted: 3000.5 }, ['BR-DEC /converted']],
  ])('%s', (_, body, fallen) => {
    expect(of(model, 'BR-53', body).fallen).toEqual(fallen ?? [])
    expect(of(model, 'BR-53', body).isHeld).toBe(fallen !== undefined && !fallen.join().includes('BR-53'))
  })
})

describe.each([[{}], [{ tax: role('invoice.tax') }]])('prices that include tax, %j', (more) => {
  const model = modelWith({
    ...more,
    total: role('invoice.total'),
    lines: list('invoice.lines', {
      quantity: role('line.quantity'),
      price: role('line.priceWithTax'),
      off: role('line.allowance'),
      sum: role('line.total'),
    }),
  })
  const lines = [
    { quantity: 2, price: 11.9, sum: 23.8 },
    { quantity: 1, price: 100, off: 5, sum: 95 },
  ]
  it.each<[string, Json, string[]]>([
    ['make the lines, and these the total', { total: 118.8, lines }, []],
    ['and another line', { total: 118.8, lines: [{ ...lines[0], price: 12.9 }, lines[1]] }, ['PF-LINE /lines/0/sum']],
    ['and another total', { total: 118.9, lines }, ['BR-CO-10 /total']],
    [
      'and an allowance that is not taken off',
      { total: 123.8, lines: [lines[0], { ...lines[1], sum: 100 }] },
      ['PF-LINE /lines/1/sum'],
    ],
  ])('%s', (_, body, fallen) => {
    expect(of(model, 'PF-LINE', body).fallen).toEqual(fallen)
    if (fallen.length === 0)
      expect([of(model, 'PF-LINE', body).isHeld, of(model, 'BR-CO-10', body).isHeld]).toEqual([true, true])
  })
})

describe('a tax category on lines', () => {
  const model = modelWith({
    taxes: list('invoice.taxes', {
      category: role('tax.category'),
      base: role('tax.base'),
      rate: role('tax.rate'),
      amount: role('tax.amount'),
    }),
    lines: list('invoice.lines', {
      net: role('line.net'),
      rate: role('line.taxRate'),
      category: role('line.taxCategory'),
    }),
  })
  const taxes = [
    { category: 'S', base: 100, rate: 19, amount: 19 },
    { category: 'Z', base: 30, rate: 0, amount: 0 },
    { category: 'E', base: 20, rate: 0, amount: 0 },
  ]
  const lines = [
    { net: 100, rate: 19, category: 'S' },
    { net: 30, rate: 0, category: 'Z' },
    { net: 20, rate: 0, category: 'E' },
  ]
  it.each<[string, Json, string[]]>([
    ['is summed for itself', { taxes, lines }, []],
    [
      'that is left out leaves the rates to be summed',
      { taxes, lines: lines.map(({ net, rate }) => ({ net, rate })) },
      [],
    ],
    [
      'that takes from another of the same rate',
      { taxes: [taxes[0], { ...taxes[1], base: 40 }, { ...taxes[2], base: 10 }], lines },
      ['BR-S-08 /taxes/1/base', 'BR-S-08 /taxes/2/base'],
    ],
    [
      'that has no group',
      { taxes, lines: [lines[0], lines[1], { ...lines[2], category: 'AE' }] },
      ['BR-CO-18 /lines/2/category', 'BR-S-08 /taxes/2/base'],
    ],
  ])('%s', (_, body, fallen) => {
    expect(of(model, 'BR-S-08', body).fallen).toEqual(fallen)
    if (fallen.length === 0)
      expect([of(model, 'BR-S-08', body).isHeld, of(model, 'BR-CO-18', body).isHeld]).toEqual([true, true])
  })
})
