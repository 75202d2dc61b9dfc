import { describe, expect, it } from 'vitest'
import { check } from '../../contracts/index.ts'
import { compile } from '../../spec/index.ts'
import type { Fetch, Model } from '../../spec/index.ts'

const text = { type: 'string' }
const days = ['2026-01-10', '2026-01-20', '2026-02-05']

/** A list of three invoices that can be asked for from a day on, or until one. */
const modelWith = (name: string, match: 'from' | 'until'): Model =>
  compile(
    {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      paths: {
        '/invoices': {
          get: {
            operationId: 'list',
            'x-operation': 'list',
            parameters: [
              {
                name,
                in: 'query',
                schema: { ...text, format: 'date' },
                'x-role': { role: 'filter', of: 'invoice.issueDate', match },
              },
              { name: 'limit', in: 'query', schema: { type: 'integer' }, 'x-role': 'page.size' },
            ],
            responses: {
              200: {
                description: '',
                content: {
                  'application/json': {
                    schema: {
                      type: 'array',
                      'x-role': 'page.items',
                      items: {
                        type: 'object',
                        'x-role': 'invoice',
                        properties: {
                          id: { ...text, 'x-role': 'invoice.id' },
                          day: { ...text, format: 'date', 'x-role': 'invoice.issueDate' },
                        },
                      },
                    },
                  },
                },
              },
              400: { description: '' },
            },
          },
        },
      },
    },
    { name: 'x' },
  )

const server =
  (name: string, isWithin: (day: string, bound: string) => boolean): Fetch =>
  async ({ url }) => {
    const { searchParams } = new URL(url)
    const bound = searchParams.get(name)
    const isBad = (bound !== null && !/^\d{4}-\d\d-\d\d$/.test(bound)) || !/^\d*$/.test(searchParams.get('limit') ?? '')
    if (isBad) return new Response(null, { status: 400 })
    return Response.json(
      days.map((day, index) => ({ id: `i_${index}`, day })).filter(({ day }) => bound === null || isWithin(day, bound)),
    )
  }

const found = async (name: string, match: 'from' | 'until', isWithin: (day: string, bound: string) => boolean) => {
  const { violations, operations } = await check(modelWith(name, match), server(name, isWithin), {
    baseUrl: 'http://x.test',
  })
  expect(operations[0]?.requests).toBeGreaterThan(3)
  return violations.map(({ code, expected, received }) => `${code}: ${expected}, received ${received}`)
}

describe('a filter with a bound', () => {
  it('is right where it includes the bound', async () => {
    expect(await found('issued_from', 'from', (day, bound) => day >= bound)).toEqual([])
    expect(await found('issued_until', 'until', (day, bound) => day <= bound)).toEqual([])
  })

  it('is wrong where it leaves the bound out, unless its name says so', async () => {
    expect(await found('issued_from', 'from', (day, bound) => day > bound)).toEqual([
      'PF-FILTER: the invoice whose invoice.issueDate is at least 2026-02-05, received no invoice',
    ])
    expect(await found('issued_until', 'until', (day, bound) => day < bound)).toEqual([
      'PF-FILTER: the invoice whose invoice.issueDate is at most 2026-01-10, received no invoice',
    ])
    expect(await found('issued_after', 'from', (day, bound) => day > bound)).toEqual([])
    expect(await found('issued[lt]', 'until', (day, bound) => day < bound)).toEqual([])
  })

  it('is wrong where it looks at nothing', async () => {
    expect(await found('issued_from', 'from', () => true)).toHaveLength(2)
  })
})
