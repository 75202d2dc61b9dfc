import { describe, expect, it } from 'vitest'
import { parseBinding } from '../../spec/index.ts'

describe('filter', () => {
  it('names the role it compares, with its party', () => {
    expect(parseBinding({ role: 'filter', of: 'buyer.name', match: 'contains' })).toMatchObject({
      role: 'filter',
      of: 'party.name',
      ofAnchor: 'buyer',
      match: 'contains',
    })
  })

  it('has a filter for each field of an object', () => {
    const { fields } = parseBinding({
      role: 'filter',
      fields: { id: 'buyer.id', type: { of: 'buyer.type', values: { customer: 'C', vendor: 'V' } } },
    })
    expect(fields?.id).toMatchObject({ role: 'filter', of: 'party.id', ofAnchor: 'buyer' })
    expect(fields?.type).toMatchObject({ of: 'party.type', values: { customer: 'C', vendor: 'V' } })
  })

  it('may have a word that lets everything pass', () => {
    expect(parseBinding({ role: 'filter', of: 'message.tier', any: 'all' }).any).toBe('all')
  })

  it('wants either a role or fields', () => {
    expect(() => parseBinding({ role: 'filter' })).toThrow(/"of" or "fields"/)
    expect(() => parseBinding({ role: 'filter', of: 'buyer.id', fields: { id: 'buyer.id' } })).toThrow(
      /"of" or "fields"/,
    )
    expect(() => parseBinding({ role: 'invoice.id', of: 'buyer.id' })).toThrow(/only there/)
  })

  it('checks its words against the role it compares', () => {
    expect(() =>
      parseBinding({ role: 'filter', of: 'invoice.direction', values: { recievable: 'invoice', payable: 'bill' } }),
    ).toThrow(/words of invoice.direction.*receivable/)
  })
})
