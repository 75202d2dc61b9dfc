import { describe, expect, it } from 'vitest'
import { compile } from '../../spec/index.ts'
import type { Document, Model } from '../../spec/index.ts'
import { factoryOf } from '../../factories/index.ts'

const today = 20_468 // 2026-01-15

/** Returns the model of an API with roles of its own: an invoice with the properties given. */
function modelWith(roles: Record<string, unknown>, properties: Record<string, unknown>): Model {
  const document: Document = {
    openapi: '3.1.0',
    info: { title: 'Own roles', version: '1' },
    'x-roles': roles,
    paths: {
      '/invoices/{id}': {
        get: {
          operationId: 'get',
          'x-operation': 'get',
          responses: {
            200: {
              description: 'One',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Invoice' } } },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Invoice: {
          'x-role': 'invoice',
          type: 'object',
          required: Object.keys(properties),
          properties,
        },
      },
    },
  }
  return compile(document, { name: 'own' })
}

const text = (role: string): object => ({ type: 'string', 'x-role': role })

const built = (
  roles: Record<string, unknown>,
  properties: Record<string, unknown>,
): readonly Record<string, unknown>[] => factoryOf(modelWith(roles, properties), { today, seed: 7 }).buildList(40)

describe('roles that a document declares', () => {
  it('are texts with the values of other roles in them', () => {
    const invoices = built(
      {
        'invoice.headline': {
          kind: 'text',
          value: '{invoice.number} for {buyer.name} ({invoice.total} {invoice.currency})',
        },
      },
      {
        headline: text('invoice.headline'),
        number: text('invoice.number'),
        buyer: text('buyer.name'),
        total: text('invoice.total'),
        currency: text('invoice.currency'),
      },
    )
    for (const { headline, number, buyer, total, currency } of invoices)
      expect(headline).toBe(`${String(number)} for ${String(buyer)} (${String(total)} ${String(currency)})`)
  })

  it('are moments after others', () => {
    const invoices = built(
      { 'invoice.filedAt': { kind: 'instant', value: { $after: '{invoice.createdAt}', days: 2, seconds: [0, 3599] } } },
      { created: text('invoice.createdAt'), filed: text('invoice.filedAt') },
    )
    for (const { created, filed } of invoices) {
      const gap = (Date.parse(filed as string) - Date.parse(created as string)) / 1000 - 2 * 86_400
      expect(gap).toBeGreaterThanOrEqual(0)
      expect(gap).toBeLessThan(3600)
    }
    expect(new Set(invoices.map(({ filed }) => (filed as string).slice(14))).size).toBeGreaterThan(10)
  })

  it('open objects of a table, as many as are taken', () => {
    const roles = {
      'invoice.labels': {
        kind: 'list',
        of: 'label',
        value: { $rows: [{ name: 'Urgent' }, { name: 'Paper' }, { name: 'Export' }], take: [0, 2] },
      },
      'label.name': 'text',
      'label.title': { kind: 'text', value: '{label.name} · {invoice.number}' },
    }
    const labels = {
      type: 'array',
      'x-role': 'invoice.labels',
      items: {
        type: 'object',
        required: ['name', 'title'],
        properties: { name: text('label.name'), title: text('label.title') },
      },
    }
    const invoices = built(roles, { number: text('invoice.number'), labels })
    const counts = new Set<number>()
    const names = new Set<unknown>()
    for (const { number, labels: shown } of invoices) {
      const list = shown as readonly { name: string; title: string }[]
      counts.add(list.length)
      for (const { name, title } of list) {
        names.add(name)
        expect(title).toBe(`${name} · ${String(number)}`)
      }
    }
    expect(counts).toEqual(new Set([0, 1, 2]))
    expect(names).toEqual(new Set(['Export', 'Paper', 'Urgent']))
  })

  it('follow from the value of another role', () => {
    const invoices = built(
      {
        'invoice.mood': {
          kind: 'text',
          value: { $case: '{invoice.status}', paid: 'calm', overdue: 'tense', $else: 'neutral' },
        },
      },
      { status: { type: 'string', 'x-role': 'invoice.status' }, mood: text('invoice.mood') },
    )
    for (const { status, mood } of invoices)
      expect(mood).toBe(status === 'paid' ? 'calm' : status === 'overdue' ? 'tense' : 'neutral')
    expect(new Set(invoices.map(({ mood }) => mood))).toEqual(new Set(['calm', 'neutral']))
  })

  it.each([
    ['a name of the core', { 'invoice.total': 'text' }, /a name that the core vocabulary does not have/],
    ['an unknown kind', { 'call.mood': 'feeling' }, /kind to be one of/],
    ['an unknown field', { 'call.mood': { kind: 'text', sais: '' } }, /known fields.*"says"\?/],
    ['a list of nothing', { 'invoice.talks': { kind: 'list' } }, /"of" with kind list/],
    ['an unknown role', { 'call.mood': { kind: 'text', value: '{invoice.totla}' } }, /"invoice.totla".*invoice\.total/],
    [
      'nothing to pick from',
      { 'call.mood': { kind: 'text', value: { $pick: 3 } } },
      /\$pick with a list to pick from but received 3/,
    ],
    [
      'rows that are no objects',
      { 'invoice.talks': { kind: 'list', of: 'call', value: { $rows: [1] } } },
      /\$rows with a list of objects/,
    ],
    ['a number that is none', { 'call.mood': { kind: 'text', value: { $whole: 'many' } } }, /\$whole with a number/],
    [
      'a value that needs itself',
      { 'call.mood': { kind: 'text', value: '{call.tone}' }, 'call.tone': { kind: 'text', value: '{call.mood}' } },
      /does not need itself but received call.mood/,
    ],
    ['an unknown generator', { 'call.mood': { kind: 'text', value: { $pik: ['a'] } } }, /"\$pik".*\$pick/],
  ])('are refused with %s', (_, roles, sentence) => {
    expect(() => modelWith(roles, {})).toThrow(sentence)
  })
})
