import { describe, expect, it } from 'vitest'
import { compile } from '../../spec/index.ts'

const model = (parameters: readonly Record<string, unknown>[], page: Record<string, unknown>) =>
  compile(
    {
      openapi: '3.1.0',
      info: { title: 'Bills', version: '1' },
      paths: {
        '/invoices': {
          get: {
            operationId: 'list',
            'x-operation': 'list',
            parameters: [{ name: 'page', in: 'query', ...page }],
            responses: { 200: { description: 'ok' } },
          },
        },
        '/invoices/{no}': {
          get: { operationId: 'get', 'x-operation': 'get', parameters, responses: { 200: { description: 'ok' } } },
        },
      },
    },
    { name: 'bills' },
  )
const no = { name: 'no', in: 'path', required: true, schema: { type: 'string' } }

describe('traps of overlays', () => {
  it('are told where nothing says which invoice is asked for, or what the first page is called', () => {
    const { diagnostics } = model([no], { schema: { type: 'integer', minimum: 1 }, 'x-role': 'page.number' })
    expect(diagnostics.map(({ expected, received }) => [expected, received])).toEqual([
      ['the number of the first page', 'page from 1, and no base'],
      ['a parameter of the path with the role invoice.id', 'none at GET /invoices/{no}'],
    ])
  })

  it('are none where the overlay says both', () => {
    const { diagnostics } = model([{ ...no, 'x-role': 'invoice.id' }], {
      schema: { type: 'integer', minimum: 1 },
      'x-role': { role: 'page.number', base: 1 },
    })
    expect(diagnostics).toEqual([])
  })
})
