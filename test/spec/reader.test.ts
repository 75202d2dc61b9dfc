import { describe, expect, it } from 'vitest'
import { compile, formatDay, formatInstant, readByRole, readDay, readInstant } from '../../spec/index.ts'
import type { BusinessObject, Occurrence, Role } from '../../spec/index.ts'

const role = (name: string | object, type = 'string'): object => ({ type, 'x-role': name })

/** Returns the invoice of a body under a schema. */
function invoiceOf(properties: object, body: unknown): BusinessObject {
  const document = {
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    paths: {},
    components: { schemas: { Body: { type: 'object', 'x-role': 'invoice', properties } } },
  }
  return readByRole(compile(document, { name: 'x' }).shape('/components/schemas/Body'), body).list(
    'invoice',
  )[0] as BusinessObject
}

const texts = (scope: BusinessObject, name: Role): unknown[] =>
  scope.all(name).map(({ raw, pointer }) => `${pointer} ${String(raw)}`)

describe('a body that is read by role', () => {
  it('reads values when they are asked for, each with its place', () => {
    const invoice = invoiceOf(
      { 'a/b': role('invoice.number'), total: role('invoice.total', 'number') },
      { 'a/b': 'R-1', total: null },
    )
    expect(invoice.first('invoice.number')).toMatchObject({
      raw: 'R-1',
      pointer: '/a~1b',
      schema: '/components/schemas/Body/properties/a~1b',
    })
    expect([invoice.first('invoice.total'), invoice.raw('invoice.total'), invoice.raw('invoice.number')]).toEqual([
      undefined,
      undefined,
      'R-1',
    ])
    expect(invoice.occurrences.map(({ binding }) => binding.role)).toEqual(['invoice.number'])
  })

  it('takes no member that an object only inherits', () => {
    const properties = {
      constructor: role('invoice.number'),
      toString: { type: 'object', properties: { x: role('invoice.note') } },
    }
    expect(invoiceOf(properties, {}).occurrences).toEqual([])
    expect(
      invoiceOf(properties, { constructor: 'R-1', toString: { x: 'n' } }).occurrences.map(({ raw }) => raw),
    ).toEqual(['R-1', 'n'])
  })

  it('gives a value that stands in a part to the object it is about, after its own', () => {
    const lines = {
      type: 'array',
      'x-role': 'invoice.lines',
      items: { type: 'object', properties: { currency: role('invoice.currency'), id: role('line.id') } },
    }
    const invoice = invoiceOf(
      { lines, nested: { type: 'object', properties: { currency: role('invoice.currency') } } },
      { lines: [{ currency: 'USD', id: 'l' }, { currency: 'EUR' }], nested: { currency: 'EUR' } },
    )
    expect(texts(invoice, 'invoice.currency')).toEqual([
      '/nested/currency EUR',
      '/lines/0/currency USD',
      '/lines/1/currency EUR',
    ])
    expect(
      invoice
        .list('invoice.lines')
        .map((line) => [line.pointer, line.first('line.id')?.pointer, line.first('invoice.currency')]),
    ).toEqual([
      ['/lines/0', '/lines/0/id', undefined],
      ['/lines/1', undefined, undefined],
    ])
  })

  it('finds a party again, whoever names it', () => {
    const invoice = invoiceOf(
      {
        buyerName: role('buyer.name'),
        buyer: { type: 'object', 'x-role': 'invoice.buyer', properties: { name: role('party.name') } },
      },
      { buyerName: 'A', buyer: { name: 'B' } },
    )
    const [buyer, ...others] = invoice.list('buyer')
    expect([others.length, buyer?.pointer, buyer && texts(buyer, 'party.name')]).toEqual([
      0,
      '/buyer',
      ['/buyer/name B', '/buyerName A'],
    ])
  })

  it('gives objects that are made of the same one form, which tells what can stand there, and what more than once', () => {
    const again = { type: 'object', properties: { number: role('invoice.number'), buyer: role('buyer.name') } }
    const properties = {
      number: role('invoice.number'),
      total: role('invoice.total', 'number'),
      again,
      list: { type: 'array', items: role('invoice.id') },
      lines: {
        type: 'array',
        'x-role': 'invoice.lines',
        items: { type: 'object', properties: { id: role('line.id'), currency: role('invoice.currency') } },
      },
    }
    const invoice = invoiceOf(properties, {
      number: 'a',
      again: {},
      list: ['i', 'j', 'k'],
      lines: [{ id: 1 }, {}, {}],
    })
    expect([...invoice.form.roles]).toEqual([
      ['invoice.number', 2],
      ['invoice.total', 1],
      ['invoice.id', 2],
      ['invoice.currency', 2],
    ])
    expect(invoice.form.repeated).toEqual(['invoice.number', 'invoice.id', 'invoice.currency'])
    expect(new Set(invoice.list('invoice.lines').map(({ form }) => form)).size).toBe(1)
    expect(invoice.list('buyer')).toEqual([])
  })

  it('stops at the depth that a hostile body may have', () => {
    let deep: unknown = { number: 'a' }
    for (let level = 0; level < 5000; level++) deep = { inner: deep }
    const document = {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      paths: {},
      components: {
        schemas: {
          Body: {
            type: 'object',
            properties: { inner: { $ref: '#/components/schemas/Body' }, number: role('invoice.number') },
          },
        },
      },
    }
    expect(
      readByRole(compile(document, { name: 'x' }).shape('/components/schemas/Body'), deep).first('invoice.number'),
    ).toBeUndefined()
  })
})

describe('values in forms of their own', () => {
  it('reads /Date(…)/ as the moment that its milliseconds count to', () => {
    const invoice = invoiceOf(
      {
        issued: role({ role: 'invoice.issueDate', as: 'ms-date' }),
        paid: role({ role: 'invoice.paidAt', as: 'ms-date' }),
      },
      { issued: '/Date(1518652800000+0000)/', paid: '/Date(1518685950940+0200)/' },
    )
    const [issued, paid] = ['invoice.issueDate', 'invoice.paidAt'].map((name) => invoice.first(name as Role))
    expect(formatDay(readDay(issued as Occurrence) as number)).toBe('2018-02-15')
    expect(formatInstant(readInstant(paid as Occurrence) as number)).toBe('2018-02-15T09:12:30Z')
    expect(readDay({ raw: '/Date(soon)/' })).toBeUndefined()
  })

  it('takes an only instalment for the whole invoice, and several for its parts', () => {
    const properties = {
      number: role('invoice.number'),
      parts: { type: 'array', items: { type: 'object', properties: { amount: role('invoice.total', 'number') } } },
    }
    const totals = (...amounts: readonly number[]): unknown[] =>
      invoiceOf(properties, { number: 'R-1', parts: amounts.map((amount) => ({ amount })) })
        .all('invoice.total')
        .map(({ raw }) => raw)
    expect(totals(120)).toEqual([120])
    expect(totals(60, 60)).toEqual([])
  })

  it('passes over rows among the lines that are none', () => {
    const kind = {
      type: 'string',
      'x-role': { role: 'line.kind', values: { item: 'ITEM', subtotal: 'SUM', text: null } },
    }
    const lines = {
      type: 'array',
      'x-role': 'invoice.lines',
      items: { type: 'object', properties: { kind, net: role('line.net', 'number') } },
    }
    const invoice = invoiceOf(
      { lines },
      { lines: [{ kind: 'ITEM', net: 1 }, { kind: 'SUM', net: 1 }, { net: 2 }, { kind: 'NEW', net: 3 }] },
    )
    expect(invoice.list('invoice.lines').map((line) => line.raw('line.net'))).toEqual([1, 2, 3])
  })
})
