import { compile } from '../../../spec/index.ts'
import type { Model } from '../../../spec/index.ts'

type Json = Record<string, any>

/** Returns the model of an invoice whose properties are the roles given, with lines and payments of such properties. */
export function modelOf(
  header: Json,
  { line = {}, payment = {}, rounding = 'total' }: { line?: Json; payment?: Json; rounding?: string } = {},
): Model {
  const properties = (roles: Json): Json =>
    Object.fromEntries(Object.entries(roles).map(([name, role]) => [name, { 'x-role': role }]))
  const list = (role: string, roles: Json): Json => ({
    type: 'array',
    'x-role': role,
    items: { properties: properties(roles) },
  })
  const lists = { lines: list('invoice.lines', line), payments: list('invoice.payments', payment) }
  const schema = {
    'x-role': 'invoice',
    properties: {
      ...properties(header),
      ...(Object.keys(line).length > 0 && { lines: lists.lines }),
      ...(Object.keys(payment).length > 0 && { payments: lists.payments }),
    },
  }
  const document = {
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    'x-representation': { amount: 'major', rounding },
    components: { schemas: { Invoice: schema } },
    paths: {
      '/': {
        get: {
          responses: {
            200: {
              description: '',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Invoice' } } },
            },
          },
        },
      },
    },
  }
  return compile(document, { name: 'x' })
}
