import { describe, expect, it } from 'vitest'
import { factory } from '../../index.ts'
import { compile } from '../../spec/index.ts'

const invoice = (properties: Record<string, unknown>) =>
  compile(
    {
      openapi: '3.1.0',
      info: { title: 'Bills', version: '1' },
      'x-representation': { amount: 'major' },
      paths: {
        '/invoices/{id}': {
          get: {
            operationId: 'get',
            'x-operation': 'get',
            parameters: [
              { name: 'id', in: 'path', required: true, schema: { type: 'string' }, 'x-role': 'invoice.id' },
            ],
            responses: {
              200: {
                description: 'ok',
                content: { 'application/json': { schema: { $ref: '#/components/schemas/Invoice' } } },
              },
            },
          },
        },
      },
      components: {
        schemas: {
          Invoice: {
            type: 'object',
            'x-role': 'invoice',
            properties: { id: { type: 'string', 'x-role': 'invoice.id' }, ...properties },
          },
        },
      },
    },
    { name: 'bills' },
  )

describe('bounds beside roles', () => {
  it('are told where amounts may break them', () => {
    const { diagnostics } = invoice({
      total: { type: 'number', maximum: 1000, 'x-role': 'invoice.total' },
      tax: { type: 'number', maximum: 1e9, 'x-role': 'invoice.tax' },
      due: { type: 'integer', 'x-role': 'invoice.due' },
    })
    expect(diagnostics.map(({ pointer, received }) => [pointer.split('/').at(-1), received])).toEqual([
      ['total', 'maximum: 1000'],
      ['due', 'type: integer, for amounts in major units'],
    ])
  })

  it('are held by texts', () => {
    const model = invoice({ number: { type: 'string', pattern: '^INV-[0-9]{6}$', 'x-role': 'invoice.number' } })
    const numbers = factory(model, { seed: 1 })
      .buildList(5)
      .map((built) => (built as { number: string }).number)
    expect(model.diagnostics).toEqual([])
    expect(numbers.every((number) => /^INV-\d{6}$/.test(number))).toBe(true)
    expect(new Set(numbers).size).toBe(5)
  })
})
