import { describe, expect, it } from 'vitest'
import { compile, roles, Selection, view } from '../../spec/index.ts'
import type { Scope } from '../../spec/index.ts'

const role = (name: string | object, type = 'string'): object => ({ type, 'x-role': name })

/** Returns the view of a body under a schema. */
function viewOf(properties: object, body: unknown): Scope {
  const document = {
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    paths: {},
    components: { schemas: { Body: { type: 'object', 'x-role': 'invoice', properties } } },
  }
  return view(compile(document, { name: 'x' }).shape('/components/schemas/Body'), body).list('invoice')[0] as Scope
}

const texts = (scope: Scope, name: keyof typeof roles): unknown[] =>
  scope.all(name).map(({ raw, pointer }) => `${pointer} ${String(raw)}`)

describe('a view', () => {
  it('reads values when they are asked for, each with its place', () => {
    const invoice = viewOf(
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
    expect([...invoice.occurrences.keys()]).toEqual(['invoice.number'])
  })

  it('takes no member that an object only inherits', () => {
    const properties = {
      constructor: role('invoice.number'),
      toString: { type: 'object', properties: { x: role('invoice.note') } },
    }
    expect(viewOf(properties, {}).occurrences.size).toBe(0)
    expect(viewOf(properties, { constructor: 'R-1', toString: { x: 'n' } }).occurrences.size).toBe(2)
  })

  it('gives a value that stands in a part to the object it is about, after its own', () => {
    const lines = {
      type: 'array',
      'x-role': 'invoice.lines',
      items: { type: 'object', properties: { currency: role('invoice.currency'), id: role('line.id') } },
    }
    const invoice = viewOf(
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
    const invoice = viewOf(
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

  it('tells roles that occur more than once, and whether their values are the same', () => {
    const again = {
      type: 'object',
      properties: { number: role('invoice.number'), note: role('invoice.note'), id: role('invoice.id') },
    }
    const invoice = viewOf(
      {
        number: role('invoice.number'),
        note: role('invoice.note'),
        id: role('invoice.id'),
        again,
        list: { type: 'array', items: role('invoice.id') },
      },
      { number: 'a', note: 'x', again: { number: 'a', note: 'y', id: null }, list: ['i', 'i'] },
    )
    expect(invoice.repeated().map(({ role, isSame }) => ({ role, isSame }))).toEqual([
      { role: 'invoice.number', isSame: true },
      { role: 'invoice.note', isSame: false },
      { role: 'invoice.id', isSame: true },
    ])
    expect(viewOf({ number: role('invoice.number') }, { number: 'a' }).repeated()).toEqual([])
  })

  it('selects roles of the object itself', () => {
    const amounts = new Selection((name) => roles[name].kind === 'amount')
    const invoice = viewOf(
      {
        total: role('invoice.total', 'number'),
        tax: role('invoice.tax', 'number'),
        paid: role('payment.amount', 'number'),
        id: role('invoice.id'),
      },
      { total: 1, tax: 2, paid: 3, id: 'i' },
    )
    expect(invoice.select(amounts).map(({ raw }) => raw)).toEqual([1, 2])
    expect(amounts.leaves(invoice.plan, 'invoice').map((leaf) => invoice.value(leaf))).toEqual([1, 2])
    expect([
      invoice.elsewhere,
      viewOf(
        { party: { type: 'object', 'x-role': 'invoice.buyer', properties: { code: role('invoice.currency') } } },
        { party: { code: 'EUR' } },
      ).elsewhere.map(({ raw }) => raw),
    ]).toEqual([[], ['EUR']])
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
      view(compile(document, { name: 'x' }).shape('/components/schemas/Body'), deep).first('invoice.number'),
    ).toBeUndefined()
  })
})
