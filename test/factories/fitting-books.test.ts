import { describe, expect, it } from 'vitest'
import { judge } from '../../contracts/index.ts'
import { fittingBooks, ledgerOf } from '../../factories/index.ts'
import { factory, mock } from '../../index.ts'
import { apiNames, builtIn } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import { load } from '../../spec/load.ts'

type Properties = Readonly<Record<string, object>>

/** A document whose invoices have these properties, and these on each line. */
function documentOf(invoice: Properties, line: Properties, about: object = {}): Model {
  const item = { type: 'object', properties: line }
  const lines = { type: 'array', items: item }
  const schema = { $ref: '#/components/schemas/Invoice' }
  const answer = (content: object): object => ({
    200: { description: 'ok', content: { 'application/json': { schema: content } } },
  })
  const document = {
    openapi: '3.1.0',
    info: { title: 'Books', version: '1', ...about },
    paths: {
      '/invoices': { get: { responses: answer({ type: 'array', items: schema }) } },
      '/invoices/{id}': {
        get: {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: answer(schema),
        },
      },
    },
    components: { schemas: { Invoice: { type: 'object', properties: { id: { type: 'string' }, ...invoice, lines } } } },
  }
  return load('-', { text: JSON.stringify(document), overlays: [] })
}

const amount = { type: 'number' }
const sums = { net_total: amount, tax_total: amount, total: amount, due_date: { type: 'string', format: 'date' } }
const priced = { description: { type: 'string' }, quantity: amount, unit_price: amount, net: amount }
const rateOf = (rates: readonly number[]): Properties => ({ tax_rate: { type: 'number', enum: rates } })
const currencyOf = (...codes: readonly string[]): Properties => ({ currency: { type: 'string', enum: codes } })

interface Shown {
  readonly currency?: string
  readonly tax_total: number
  readonly lines: readonly { readonly net: number; readonly tax_rate?: number }[]
}

const invoicesOf = (model: Model): Shown[] => factory<Shown>(model, { invoices: 100 }).buildList(100)

describe('books that fit a document', () => {
  it('are any where a document has no closed lists', () => {
    expect(fittingBooks(documentOf({ ...sums, currency: { type: 'string' } }, priced))).toEqual({})
  })

  it.each(apiNames)('of %s are any', (name) => {
    expect(fittingBooks(builtIn(name))).toEqual({})
  })

  it('are of the country that charges the rates of a list, in the currency of another', () => {
    expect(fittingBooks(documentOf({ ...sums, ...currencyOf('EUR') }, { ...priced, ...rateOf([0, 4, 21]) }))).toEqual({
      seller: 'ES',
      currencies: ['EUR'],
    })
    expect(
      fittingBooks(documentOf({ ...sums, ...currencyOf('SEK') }, { ...priced, ...rateOf([0, 6, 12, 25]) })),
    ).toEqual({ seller: 'SE', currencies: ['SEK'] })
  })

  it('have the nearest rates of a list that no country charges', () => {
    const model = documentOf({ ...sums, ...currencyOf('INR') }, { ...priced, ...rateOf([0, 5, 18]) })
    expect(fittingBooks(model)).toEqual({ currencies: ['INR'], rates: [0, 5_000, 18_000] })
    const { book } = ledgerOf({ today: 20_468, ...fittingBooks(model) })
    const rates = Array.from({ length: 40 }, (_, customer) => book.profile(customer).taxes.standard.rate)
    expect(rates.every((rate) => [0, 5_000, 18_000].includes(rate))).toBe(true)
    expect(rates).toContain(5_000)
  })

  it('are of the country that a document speaks of, by its language, its text or its server', () => {
    const invoice = {
      rechnungsnummer: { type: 'string' },
      nettobetrag: amount,
      steuerbetrag: amount,
      bruttobetrag: amount,
    }
    const line = { bezeichnung: { type: 'string' }, menge: amount, einzelpreis: amount, gesamtbetrag: amount }
    expect(fittingBooks(documentOf(invoice, line)).seller).toBe('DE')
    expect(fittingBooks(documentOf(sums, priced, { description: 'For companies in Sweden.' })).seller).toBe('SE')
  })

  it('are in one currency where invoices do not say theirs', () => {
    expect(fittingBooks(documentOf(sums, priced))).toEqual({ currencies: ['USD'] })
  })

  it('let live customers where addresses may lie', () => {
    const address = { type: 'object', properties: { city: { type: 'string' }, country: { enum: ['NL', 'BE', 'DE'] } } }
    const invoice = {
      ...sums,
      ...currencyOf('EUR'),
      customer: { type: 'object', properties: { name: { type: 'string' }, address } },
    }
    const books = fittingBooks(documentOf(invoice, priced))
    expect(books.countries).toEqual(['DE', 'NL'])
    const { party } = ledgerOf({ today: 20_468, ...books })
    expect(new Set(Array.from({ length: 50 }, (_, key) => party(key).country))).toEqual(new Set(['DE', 'NL']))
  })

  it('have amounts with the decimals that patterns ask for', () => {
    const total = { type: 'string', pattern: String.raw`^-?\d+\.\d{2}$` }
    const { currencies } = fittingBooks(documentOf({ ...sums, total, currency: { type: 'string' } }, priced))
    expect(currencies).toContain('EUR')
    expect(currencies).not.toContain('JPY')
  })

  it.each([
    ['of Spain', [0, 4, 10, 21], ['EUR']],
    ['of no country', [0, 7, 31], ['PLN', 'EUR']],
  ] as const)('agree with rates and currencies %s', (_, rates, codes) => {
    const model = documentOf({ ...sums, ...currencyOf(...codes) }, { ...priced, ...rateOf(rates) })
    const invoices = invoicesOf(model)
    for (const { tax_total: tax, lines, currency } of invoices) {
      expect(codes).toContain(currency)
      const due = lines.reduce((sum, { net, tax_rate: rate = Number.NaN }) => sum + (net * rate) / 100, 0)
      // Document-level discounts are lines here; rounding is once for each rate.
      expect(Math.abs(due - tax)).toBeLessThanOrEqual(0.02)
    }
    expect(invoices.some(({ tax_total: tax }) => tax !== 0)).toBe(true)
    for (const invoice of invoices) {
      const { violations, applied } = judge(model, '/components/schemas/Invoice', invoice)
      expect(violations).toEqual([])
      expect(Object.keys(applied).length).toBeGreaterThan(2)
    }
  })

  it('give way to what is stated', () => {
    const model = documentOf({ ...sums, ...currencyOf('EUR', 'USD') }, priced)
    const built = factory<Shown>(model, { currencies: ['USD'], invoices: 50 }).buildList(50)
    expect(new Set(built.map(({ currency }) => currency))).toEqual(new Set(['USD']))
  })

  it('are the same for a factory and a mock', async () => {
    const model = documentOf({ ...sums, ...currencyOf('EUR') }, { ...priced, ...rateOf([0, 4, 10, 21]) })
    const response = await mock(model, { invoices: 20 }).fetch(new Request('http://localhost/invoices'))
    const served = (await response.json()) as { readonly id: string }[]
    const built = factory<{ id: string }>(model, { invoices: 20 }).buildList(20)
    expect(served.length).toBe(20)
    for (const invoice of built) expect(served).toContainEqual(invoice)
  })
})
