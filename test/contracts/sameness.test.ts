import { describe, expect, it } from 'vitest'
import { judge } from '../../contracts/index.ts'
import { compile, parseDay } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'

type Json = Record<string, any>

const role = (name: string | object): Json => ({ 'x-role': name })
const today = parseDay('2026-03-01') as number

/** Returns the model of an object with these properties. */
const modelOf = (properties: Json, amount: 'major' | 'minor' = 'major', kind: Json = role('invoice')): Model =>
  compile(
    {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      paths: {
        '/': {
          get: {
            responses: {
              200: {
                description: '',
                content: { 'application/json': { schema: { $ref: '#/components/schemas/Body' } } },
              },
            },
          },
        },
      },
      'x-representation': { amount },
      components: { schemas: { Body: { ...kind, properties } } },
    },
    { name: 'x' },
  )

/** Returns how many objects a law judged, and what it found. */
function verdictOf(model: Model, code: string, body: Json, options: object = {}): readonly unknown[] {
  const { applied, violations } = judge(model, '/components/schemas/Body', body, { today, ...options })
  return [
    applied[code] ?? 0,
    ...violations
      .filter((violation) => violation.code === code)
      .map(({ pointer, expected, received }) => `${pointer}: ${expected}, not ${received}`),
  ]
}

/** Tells whether two values of a role agree. */
function agree(name: string | object, left: unknown, right: unknown, options?: object): boolean {
  const model = modelOf({ currency: role('invoice.currency'), a: role(name), b: role(name) })
  const [count, ...found] = verdictOf(model, 'PF-AGREE', { currency: 'EUR', a: left, b: right }, options)
  expect(count).toBe(1)
  return found.length === 0
}

describe('a value that is stated twice', () => {
  const model = modelOf({ a: role('invoice.number'), b: role('invoice.number'), c: role('invoice.number') })

  it('is the same everywhere, or each place that differs from the first is named', () => {
    expect(verdictOf(model, 'PF-AGREE', { a: 'x', b: 'x', c: 'x' })).toEqual([1])
    expect(verdictOf(model, 'PF-AGREE', { a: 'x', b: 'y', c: 'x' })).toEqual([1, '/b: the same as "x" at /a, not "y"'])
    expect(verdictOf(model, 'PF-AGREE', { a: 'x', b: 'y', c: 'z' })).toHaveLength(3)
  })

  it('is judged only where it really stands twice', () => {
    expect(verdictOf(model, 'PF-AGREE', { a: 'x' })).toEqual([0])
    expect(verdictOf(model, 'PF-AGREE', { a: 'x', b: null })).toEqual([0])
    expect(verdictOf(model, 'PF-AGREE', { b: 'x', c: 'y' })).toEqual([1, '/c: the same as "x" at /b, not "y"'])
  })

  it.each([
    ['invoice.total', 12, '12.00', true],
    ['invoice.total', 12, 12.01, false],
    ['invoice.exchangeRate', 1.5, '1.50', true],
    ['invoice.exchangeRate', 1.5, 1.51, false],
    ['invoice.issueDate', '2026-02-01', '2026-02-01T10:00:00Z', true],
    ['invoice.issueDate', '2026-02-01', '2026-02-02', false],
    ['invoice.paidAt', '2026-02-01', '2026-02-01T10:00:00Z', true],
    ['invoice.paidAt', '2026-02-01T10:00:00Z', '2026-02-01T11:00:00+01:00', true],
    ['invoice.paidAt', '2026-02-01T10:00:00Z', '2026-02-01T10:00:01Z', false],
    ['invoice.paidAt', 'soon', '2026-02-01T10:00:01Z', true],
    ['invoice.isDisputed', true, false, false],
    ['invoice.note', 'a', 'A', false],
  ] as const)('agrees by what it means: %s %j and %j', (name, left, right, expected) => {
    expect(agree(name, left, right)).toBe(expected)
  })

  it('may be off by the tolerance where it is an amount', () => {
    expect(agree('invoice.total', 12, 12.02, { tolerance: 2 })).toBe(true)
    expect(agree('invoice.total', 12, 12.03, { tolerance: 2 })).toBe(false)
  })

  it('agrees in words where one word in common can be meant', () => {
    const rough = { role: 'invoice.direction', values: { receivable: 'OUT', payable: 'IN' } }
    const model = modelOf({ a: role('invoice.direction'), b: role(rough) })
    expect(verdictOf(model, 'PF-AGREE', { a: 'receivable', b: 'OUT' })).toEqual([1])
    expect(verdictOf(model, 'PF-AGREE', { a: 'receivable', b: 'IN' })).toHaveLength(2)
    expect(verdictOf(model, 'PF-AGREE', { a: 'receivable', b: 'SIDEWAYS' })).toEqual([1])
  })
})

describe('an identity', () => {
  const id = (as: string): Json => role({ role: 'invoice.id', as })
  const model = modelOf({ a: id('uuid'), b: id('integer'), c: id('integer') })

  it('is the same everywhere in each of its forms', () => {
    expect(verdictOf(model, 'PF-KEYS', { a: 'u', b: 7, c: '7' })).toEqual([1])
    expect(verdictOf(model, 'PF-KEYS', { a: 'u', b: 7, c: 8 })).toEqual([1, '/c: 7, the id at /b, not 8'])
  })

  it('is what a key points at', () => {
    const file = { ...role('invoice.pdf'), properties: { id: role('file.id') } }
    const pdf = modelOf({ key: role('invoice.pdfId'), file })
    expect(verdictOf(pdf, 'PF-KEYS', { key: 'f1', file: { id: 'f1' } })).toEqual([1])
    expect(verdictOf(pdf, 'PF-KEYS', { key: 'f2', file: { id: 'f1' } })).toEqual([
      1,
      '/key: "f1", the id at /file/id, not "f2"',
    ])
    expect(verdictOf(pdf, 'PF-KEYS', { key: 'f2', file: {} })).toEqual([0])
    expect(verdictOf(pdf, 'PF-KEYS', { file: { id: 'f1' } })).toEqual([0])
    expect(verdictOf(pdf, 'PF-KEYS', { key: 'f2' })).toEqual([0])
  })

  it('is its own in a list of several', () => {
    const lines = { ...role('invoice.lines'), type: 'array', items: { properties: { id: role('line.id') } } }
    const list = modelOf({ lines })
    expect(verdictOf(list, 'PF-IDS', { lines: [{ id: 1 }] })).toEqual([0])
    expect(verdictOf(list, 'PF-IDS', { lines: [{ id: 1 }, { id: 2 }, {}] })).toEqual([1])
    expect(verdictOf(list, 'PF-IDS', { lines: [{ id: 1 }, { id: 2 }, { id: 1 }] })).toEqual([
      1,
      '/lines/2/id: an id other than that at /lines/0/id, not 1',
    ])
  })
})

describe('the decimals of an amount', () => {
  const body = (total: unknown, currency?: string): Json => ({ total, currency })
  const properties = { total: role('invoice.total'), currency: role('invoice.currency') }

  it('are at most those of its currency', () => {
    const model = modelOf(properties)
    expect(verdictOf(model, 'BR-DEC', body(1.25, 'EUR'))).toEqual([1])
    expect(verdictOf(model, 'BR-DEC', body(1.255, 'EUR'))).toEqual([1, '/total: at most 2 decimals in EUR, not 1.255'])
    expect(verdictOf(model, 'BR-DEC', body('1.5', 'JPY'))).toEqual([1, '/total: at most 0 decimals in JPY, not "1.5"'])
    expect(verdictOf(model, 'BR-DEC', body(1.2345, 'KWD'))).toEqual([
      1,
      '/total: at most 3 decimals in KWD, not 1.2345',
    ])
    expect(verdictOf(model, 'BR-DEC', body(1.255))).toEqual([1])
    expect(verdictOf(model, 'BR-DEC', body('much', 'EUR'))).toEqual([1])
    expect(verdictOf(model, 'BR-DEC', body(null, 'EUR'))).toEqual([0])
  })

  it('are none in minor units', () => {
    const model = modelOf(properties, 'minor')
    expect(verdictOf(model, 'BR-DEC', body(125, 'EUR'))).toEqual([1])
    expect(verdictOf(model, 'BR-DEC', body(1.5))).toEqual([1, '/total: a whole number of minor units, not 1.5'])
  })
})

describe('the envelope of a page', () => {
  const items = { ...role('page.items'), type: 'array', items: { properties: { id: role('invoice.id') } } }
  const model = modelOf(
    {
      items,
      number: role('page.number'),
      size: role('page.size'),
      count: role('page.count'),
      total: role('page.total'),
      pages: role('page.pages'),
      next: role('page.next'),
    },
    'major',
    {},
  )
  const of = (length: number): Json[] => Array.from({ length }, (_, index) => ({ id: `i${index}` }))
  const pointers = (body: Json, asked?: object): unknown[] =>
    judge(model, '/components/schemas/Body', body, { today, ...(asked && { asked }) }).violations.map(
      ({ code, pointer, expected, received }) => `${code} ${pointer}: ${expected}, not ${received}`,
    )

  it.each([
    { items: of(2), number: 1, size: 2, count: 2, total: 5, pages: 3, next: 2 },
    { items: of(1), number: 3, size: 2, count: 1, total: 5, pages: 3 },
    { items: of(2), number: 2, size: 2, count: 2, total: 4, pages: 2 },
    { items: of(0), number: 1, size: 2, count: 0, total: 0, pages: 0 },
    { items: of(0), number: 4, size: 2, count: 0, total: 4, pages: 2 },
    { items: of(2), number: 1, size: 2, total: 5, next: 'soon' },
  ])('agrees with its items: %j', (body) => {
    expect(pointers(body)).toEqual([])
    expect(judge(model, '/components/schemas/Body', body, {}).applied['PF-PAGE']).toBe(1)
  })

  it.each([
    [{ items: of(2), count: 3 }, 'PF-PAGE /count: 2, not 3'],
    [{ items: of(2), number: 1, size: 2, total: 5, pages: 2, next: 2 }, 'PF-PAGE /pages: 3, not 2'],
    [{ items: of(2), number: 1, size: 2, total: 5, next: 3 }, 'PF-PAGE /next: 2, not 3'],
    [{ items: of(2), number: 1, size: 2, total: 5 }, 'PF-PAGE : a next page, 2, not none'],
    [{ items: of(2), number: 1, size: 2, total: 2, next: 2 }, 'PF-PAGE /next: no next page after the last, not 2'],
    [{ items: of(0), number: 1, size: 2, next: 2 }, 'PF-PAGE /next: no next page after an empty one, not 2'],
    [{ items: of(2), number: 1, size: 2, next: 3 }, 'PF-PAGE /next: 2, not 3'],
    [{ items: of(2), total: 1 }, 'PF-PAGE /total: at least 2, not 1'],
  ])('disagrees with them: %j', (body, expected) => {
    expect(pointers(body)).toEqual([expected])
  })

  it('leaves to the page what its total leaves, by what was asked for', () => {
    expect(pointers({ items: of(1), total: 5 }, { number: 0, size: 2, base: 0 })).toEqual([
      'PF-PAGE /total: a total that leaves 1 items to this page, not 5, which leaves 2',
      'PF-PAGE : a next page, 1, not none',
    ])
    expect(pointers({ items: of(3) }, { size: 2 })).toEqual(['PF-PAGE : at most 2 items, not 3'])
    expect(pointers({ items: of(2) }, { size: 2 })).toEqual([])
    expect(pointers({ items: of(1), number: 2 }, { number: 1 })).toEqual(['PF-PAGE /number: 1, not 2'])
  })
})
