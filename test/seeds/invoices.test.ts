import { describe, expect, it } from 'vitest'
import { conformance } from '../../contracts/index.ts'
import { ledgerOf } from '../../factories/index.ts'
import { Business, mockModel } from '../../mocks/index.ts'
import { invoicesOf } from '../../seeds/index.ts'
import { apiNames, builtIn, compile, invoicesIn, parseDay, readByRole, successOf } from '../../spec/index.ts'
import type { BusinessObject, Day, Model, Operation } from '../../spec/index.ts'
import { clientOf, idFor } from '../support/client.ts'

const today = parseDay('2026-01-15') as Day
const ledger = ledgerOf({ seed: 7, invoices: 40, today })
const schemaOf = (model: Model): string =>
  successOf(model.operations.find(({ does }) => does === 'get') as Operation)?.content[0]?.schema ?? ''
const seedsOf = (model: Model): unknown[] => [...invoicesOf(model, ledger)].map((text) => JSON.parse(text) as unknown)

describe.each(apiNames)('seeds of %s', (name) => {
  const model = builtIn(name)

  it('are as many as the ledger has, one JSON text each, on one line', () => {
    const texts = [...invoicesOf(model, ledger)]
    expect(texts).toHaveLength(40)
    expect(texts.filter((text) => text.includes('\n'))).toEqual([])
  })

  it('are valid where the document describes an invoice', () => {
    const { body } = conformance(model)
    expect(seedsOf(model).flatMap((seed) => body(schemaOf(model), seed))).toEqual([])
  })

  it('are what the mock of the same books shows', async () => {
    const client = clientOf(model, mockModel(model, { business: new Business(ledger) }).fetch)
    const get = client.find('get') as Operation
    const [parameter] = get.parameters.filter((candidate) => candidate.in === 'path')
    for (const seed of seedsOf(model).slice(0, 10)) {
      const [invoice] = invoicesIn(readByRole(model.shape(schemaOf(model)), seed))
      const { json } = await client.ask(get, {
        values: { [parameter?.name ?? '']: idFor(get, invoice as BusinessObject) },
      })
      expect(json).toEqual(seed)
    }
  })

  it('are the same bytes for the same seed and day, and others for another', () => {
    const first = (seed: number): string => [...invoicesOf(model, ledgerOf({ seed, invoices: 3, today }))].join('\n')
    expect(first(7)).toBe(first(7))
    expect(first(7)).not.toBe(first(8))
  })
})

describe('seeds', () => {
  it('follow the ledger, and leave out what is not issued yet', () => {
    const model = builtIn(apiNames[0] as string)
    const earlier = ledger.on(ledger.entry(20).issueDate)
    const visible = Array.from({ length: 40 }, (_, index) => earlier.entry(index)).filter(
      ({ issueDate }) => issueDate <= earlier.today,
    )
    expect(visible.length).toBeGreaterThan(10)
    expect(visible.length).toBeLessThan(40)
    const texts = [...invoicesOf(model, earlier)]
    expect(texts.map((text) => visible.findIndex(({ number }) => text.includes(JSON.stringify(number))))).toEqual(
      visible.map((_, index) => index),
    )
  })

  it('are made one at a time: the first of two thousand million comes at once', () => {
    const model = builtIn(apiNames[0] as string)
    const invoices = invoicesOf(model, ledgerOf({ invoices: 2_000_000_000, today }))
    expect(JSON.parse(invoices.next().value ?? '')).toBeTypeOf('object')
    invoices.return()
  })

  it('come from an array at the root, and from an envelope', () => {
    const bill = {
      type: 'object',
      properties: {
        id: { type: 'string', 'x-role': 'invoice.id' },
        total: { type: 'number', 'x-role': 'invoice.total' },
      },
    }
    const list = { type: 'array', 'x-role': 'page.items', items: bill }
    const envelope = { type: 'object', properties: { bill: { ...bill, 'x-role': 'invoice' } } }
    for (const [does, schema] of [
      ['list', list],
      ['get', envelope],
    ] as const) {
      const [first = ''] = invoicesOf(modelOf(does, schema), ledger)
      expect(JSON.parse(first)).toEqual({ id: expect.any(String), total: expect.any(Number) })
    }
  })

  it('need an answer that holds an invoice', () => {
    const invoices = invoicesOf(modelOf('get', { type: 'object' }), ledger)
    expect(() => invoices.next()).toThrow(
      /^Failed to seed from bills: expected an operation whose answer holds an invoice but received none\./,
    )
  })
})

function modelOf(does: string, schema: object): Model {
  const responses = { 200: { description: 'ok', content: { 'application/json': { schema } } } }
  return compile(
    {
      openapi: '3.1.0',
      info: { title: 'Bills', version: '1' },
      paths: { '/bills': { get: { 'x-operation': does, responses } } },
    },
    { name: 'bills' },
  )
}
