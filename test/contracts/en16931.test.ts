import { describe, expect, it } from 'vitest'
import { judge } from '../../contracts/index.ts'
import { compile } from '../../spec/index.ts'

type Json = Record<string, any>

const roles = (names: Readonly<Record<string, string>>): Json =>
  Object.fromEntries(Object.entries(names).map(([name, role]) => [name, { 'x-role': role }]))
const list = (role: string, properties: Json): Json => ({ type: 'array', 'x-role': role, items: { properties } })
const schema = '/components/schemas/Invoice'
const model = compile(
  {
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    'x-representation': { amount: 'major' },
    components: {
      schemas: {
        Invoice: {
          'x-role': 'invoice',
          properties: {
            ...roles({
              currency: 'invoice.currency',
              taxCurrency: 'invoice.taxCurrency',
              lineTotal: 'invoice.lineTotal',
              allowances: 'invoice.allowances',
              charges: 'invoice.charges',
              subtotal: 'invoice.subtotal',
              tax: 'invoice.tax',
              taxInTaxCurrency: 'invoice.taxInTaxCurrency',
              total: 'invoice.total',
              paid: 'invoice.paid',
              rounding: 'invoice.rounding',
              due: 'invoice.due',
            }),
            taxes: list(
              'invoice.taxes',
              roles({ category: 'tax.category', base: 'tax.base', rate: 'tax.rate', amount: 'tax.amount' }),
            ),
            allowanceList: list(
              'invoice.allowanceList',
              roles({ amount: 'allowance.amount', rate: 'allowance.taxRate' }),
            ),
            chargeList: list('invoice.chargeList', roles({ amount: 'charge.amount', rate: 'charge.taxRate' })),
            lines: list(
              'invoice.lines',
              roles({
                quantity: 'line.quantity',
                price: 'line.price',
                per: 'line.baseQuantity',
                allowance: 'line.allowance',
                charge: 'line.charge',
                net: 'line.net',
                category: 'line.taxCategory',
                rate: 'line.taxRate',
              }),
            ),
          },
        },
      },
    },
    paths: {
      '/': {
        get: {
          responses: {
            200: { description: '', content: { 'application/json': { schema: { $ref: `#${schema}` } } } },
          },
        },
      },
    },
  },
  { name: 'x' },
)

const standard = { category: 'S', rate: 25 }

/** An invoice of two lines at 25 %. */
const plain = {
  currency: 'EUR',
  lines: [
    { ...standard, quantity: 2, price: 100, net: 200 },
    { ...standard, quantity: 3, price: 33.33, net: 99.99 },
  ],
  lineTotal: 299.99,
  subtotal: 299.99,
  taxes: [{ ...standard, base: 299.99, amount: 75 }],
  tax: 75,
  total: 374.99,
  due: 374.99,
}

/** One line at 25 %, one of a category without tax. */
const beside = (category: string, more: Json = { rate: 0 }): Json => ({
  currency: 'EUR',
  lines: [
    { ...standard, quantity: 4, price: 20, net: 80 },
    { category, ...more, quantity: 1, price: 40, net: 40 },
  ],
  lineTotal: 120,
  subtotal: 120,
  taxes: [
    { ...standard, base: 80, amount: 20 },
    { category, ...more, base: 40, amount: 0 },
  ],
  tax: 20,
  total: 140,
  due: 140,
})

/** One line of a category without tax, and nothing else. */
const only = (category: string, more: Json = { rate: 0 }): Json => ({
  currency: 'EUR',
  lines: [{ category, ...more, quantity: 5, price: 12.5, net: 62.5 }],
  lineTotal: 62.5,
  subtotal: 62.5,
  taxes: [{ category, ...more, base: 62.5, amount: 0 }],
  tax: 0,
  total: 62.5,
  due: 62.5,
})

/** Invoices in the situations of EN 16931, all of them valid. */
const valid: Readonly<Record<string, Json>> = {
  'of one rate': plain,
  'with a charge and an allowance on a line': {
    ...plain,
    lines: [
      { ...standard, quantity: 2, price: 100, allowance: 20, charge: 5.5, net: 185.5 },
      { ...standard, quantity: 1, price: 14.5, net: 14.5 },
    ],
    lineTotal: 200,
    subtotal: 200,
    taxes: [{ ...standard, base: 200, amount: 50 }],
    tax: 50,
    total: 250,
    due: 250,
  },
  'with a price for a thousand units': {
    ...plain,
    lines: [{ ...standard, quantity: 1250, price: 9.95, per: 1000, net: 12.44 }],
    lineTotal: 12.44,
    subtotal: 12.44,
    taxes: [{ ...standard, base: 12.44, amount: 3.11 }],
    tax: 3.11,
    total: 15.55,
    due: 15.55,
  },
  'with allowances and charges of the document': {
    currency: 'EUR',
    lines: [
      { ...standard, quantity: 1, price: 1000, net: 1000 },
      { category: 'S', rate: 12, quantity: 1, price: 500, net: 500 },
    ],
    allowanceList: [{ amount: 100, rate: 25 }],
    chargeList: [{ amount: 30, rate: 12 }],
    lineTotal: 1500,
    allowances: 100,
    charges: 30,
    subtotal: 1430,
    taxes: [
      { ...standard, base: 900, amount: 225 },
      { category: 'S', rate: 12, base: 530, amount: 63.6 },
    ],
    tax: 288.6,
    total: 1718.6,
    due: 1718.6,
  },
  'with charges, and no allowance': {
    ...plain,
    chargeList: [{ amount: 0.01, rate: 25 }],
    charges: 0.01,
    subtotal: 300,
    taxes: [{ ...standard, base: 300, amount: 75 }],
    total: 375,
    due: 375,
  },
  'exempt beside taxed': beside('E'),
  'at a rate of nothing beside taxed': beside('Z'),
  'exempt, and nothing else': only('E'),
  'at a rate of nothing, and nothing else': only('Z'),
  'with reverse charge': only('AE'),
  'of an intra-Community supply': only('K'),
  'of an export': only('G'),
  'outside the scope of tax, without a rate': only('O', {}),
  'outside the scope of tax, without a total of tax': { ...only('O', {}), tax: undefined },
  'prepaid in part': { ...plain, paid: 74.99, due: 300 },
  'prepaid in full': { ...plain, paid: 374.99, due: 0 },
  'prepaid, more than it asks for': { ...plain, paid: 400, due: -25.01 },
  'rounded up to a whole amount': { ...plain, rounding: 0.01, due: 375 },
  'rounded down, and prepaid': { ...plain, paid: 100, rounding: -0.99, due: 274 },
  'with tax in a second currency': { ...plain, taxCurrency: 'SEK', taxInTaxCurrency: 851.25 },
  'in a currency without decimals': {
    currency: 'JPY',
    lines: [{ category: 'S', rate: 10, quantity: 3, price: 333, net: 999 }],
    lineTotal: 999,
    subtotal: 999,
    taxes: [{ category: 'S', rate: 10, base: 999, amount: 100 }],
    tax: 100,
    total: 1099,
    due: 1099,
  },
  'in a currency of three decimals': {
    currency: 'KWD',
    lines: [{ category: 'S', rate: 5, quantity: 1, price: 10.125, net: 10.125 }],
    lineTotal: 10.125,
    subtotal: 10.125,
    taxes: [{ category: 'S', rate: 5, base: 10.125, amount: 0.506 }],
    tax: 0.506,
    total: 10.631,
    due: 10.631,
  },
  'that corrects another by negative quantities': {
    currency: 'EUR',
    lines: [{ ...standard, quantity: -2, price: 100, net: -200 }],
    lineTotal: -200,
    subtotal: -200,
    taxes: [{ ...standard, base: -200, amount: -50 }],
    tax: -50,
    total: -250,
    due: -250,
  },
  'that takes one line back': {
    ...plain,
    lines: [...plain.lines, { ...standard, quantity: -1, price: 99.99, net: -99.99 }],
    lineTotal: 200,
    subtotal: 200,
    taxes: [{ ...standard, base: 200, amount: 50 }],
    tax: 50,
    total: 250,
    due: 250,
  },
}
/** A line of which nobody can tell how often it is there. */
const withGift = { ...plain, lines: [...plain.lines, { ...standard, quantity: 1, price: 0, net: 0 }] }

/** Laws that judge every one of them. */
const laws = ['PF-LINE', 'BR-CO-10', 'BR-CO-13', 'BR-CO-14', 'BR-CO-15', 'BR-CO-16', 'BR-CO-17', 'BR-CO-18', 'BR-S-08']

/** Returns the codes of what falls. */
const fallen = (body: Json): readonly string[] => judge(model, schema, body).violations.map(({ code }) => code)

/** Each way to make one of the amounts of an invoice another, with the property that was changed. */
function mistakesIn(body: Json): readonly (readonly [string, Json])[] {
  const wrong: [string, Json][] = []
  const visit = (value: unknown, path: readonly (string | number)[], put: (value: unknown) => Json): void => {
    if (typeof value === 'number') {
      const name = path.join('.')
      if (!/taxInTaxCurrency/.test(name)) wrong.push([`${name} + 1`, put(value + 1)])
    } else if (Array.isArray(value))
      for (const [index, item] of value.entries())
        visit(item, [...path, index], (changed) => put(value.with(index, changed)))
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value))
        visit(item, [...path, name], (changed) => put({ ...value, [name]: changed }))
  }
  visit(body, [], (value) => value as Json)
  for (const key of ['lines', 'taxes', 'allowanceList', 'chargeList'])
    for (const index of (body[key] ?? []).keys())
      wrong.push([`${key}.${index} removed`, { ...body, [key]: body[key].toSpliced(index, 1) }])
  for (const [index, group] of body.taxes.entries()) {
    const tax = group.rate ?? 0
    const raised = { ...group, base: group.base + 100, amount: group.amount + tax }
    wrong.push([
      `taxes.${index} raised with all totals`,
      {
        ...body,
        taxes: body.taxes.with(index, raised),
        subtotal: body.subtotal + 100,
        ...(body.tax !== undefined && { tax: body.tax + tax }),
        total: body.total + 100 + tax,
        due: body.due + 100 + tax,
      },
    ])
    wrong.push([`taxes.${index} raised alone`, { ...body, taxes: body.taxes.with(index, raised) }])
  }
  return wrong
}

describe('an invoice of EN 16931', () => {
  it.each(Object.entries({ ...valid, 'with a line for nothing': withGift }))(
    'is accepted %s, by every law',
    (_, body) => {
      const { violations, applied } = judge(model, schema, body)
      expect(violations).toEqual([])
      const expected = laws.filter((code) => code !== 'BR-CO-14' || body.tax !== undefined)
      expect(Object.keys(applied)).toEqual(expect.arrayContaining(expected))
    },
  )

  it.each(Object.entries(valid))('is refused %s, with one mistake of any kind', (_, body) => {
    const missed = mistakesIn(body).filter(([, wrong]) => fallen(wrong).length === 0)
    expect(missed.map(([name]) => name)).toEqual([])
  })
})
