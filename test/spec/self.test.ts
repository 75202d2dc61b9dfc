import { describe, expect, it } from 'vitest'
import { compile, readByRole } from '../../spec/index.ts'

const records = {
  type: 'object',
  properties: {
    id: { type: 'string', 'x-role': { role: 'self.id', as: 'uuid' } },
    at: { type: 'string', 'x-role': 'self.createdAt' },
  },
}

const document = (...schemas: [name: string, schema: object][]) => ({
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  components: { schemas: { Record: records, ...Object.fromEntries(schemas) } },
  paths: {
    '/one': {
      get: {
        responses: {
          200: {
            description: 'One.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Invoice' } } },
          },
        },
      },
    },
  },
})

const meta = { $ref: '#/components/schemas/Record' }
const invoice = {
  'x-role': 'invoice',
  properties: {
    meta,
    lines: { 'x-role': 'invoice.lines', type: 'array', items: { properties: { meta } } },
    customer: { 'x-role': 'invoice.buyer', properties: { meta } },
  },
}

describe('self', () => {
  it('is the nearest object around, however many share a schema', () => {
    const model = compile(document(['Invoice', invoice]), { name: 'shop' })
    const body = {
      meta: { id: 'i' },
      lines: [{ meta: { id: 'l' } }],
      customer: { meta: { id: 'c', at: '2024-01-01T00:00:00Z' } },
    }
    const [found] = readByRole(model.shape('/components/schemas/Invoice'), body).list('invoice')
    expect(found?.first('invoice.id')?.raw).toBe('i')
    expect(found?.list('invoice.lines')[0]?.first('line.id')?.raw).toBe('l')
    expect(found?.list('buyer')[0]?.first('party.createdAt')?.raw).toBe('2024-01-01T00:00:00Z')
    expect([...model.bound].toSorted()).toEqual([
      'invoice',
      'invoice.buyer',
      'invoice.createdAt',
      'invoice.id',
      'invoice.lines',
      'line.createdAt',
      'line.id',
      'party.createdAt',
      'party.id',
    ])
  })

  it('keeps how the value is written and takes the kind of the object', () => {
    const model = compile(document(['Invoice', invoice]), { name: 'shop' })
    const binding = model
      .shape('/components/schemas/Invoice')
      .properties.get('customer')
      ?.properties.get('meta')
      ?.properties.get('id')?.binding
    expect(binding).toMatchObject({ role: 'party.id', as: 'uuid', term: { kind: 'id', of: 'party' } })
  })

  it('means nothing outside every object', () => {
    const model = compile(document(['Invoice', invoice]), { name: 'shop' })
    expect(model.shape('/components/schemas/Record').properties.get('id')?.binding).toBeUndefined()
  })

  it('rejects an object that has no such role', () => {
    const taxed = {
      'x-role': 'invoice',
      properties: { taxes: { 'x-role': 'invoice.taxes', items: { properties: { meta } } } },
    }
    expect(() => compile(document(['Invoice', taxed]), { name: 'shop' })).toThrow(
      /"self.id" in an object that has it but received "tax.id"/,
    )
  })
})
