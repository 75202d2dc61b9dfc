import { describe, expect, it } from 'vitest'
import { presence } from '../../../factories/semantics/likelihood.ts'

const of = (name: string, schema = {}): number => presence({ name, parents: [], schema: { type: 'string', ...schema } })

describe('presence', () => {
  it('is a probability for every name', () => {
    for (const name of ['id', 'error', 'notes', 'xyzzy', 'metadata', 'deleted_at']) {
      expect(of(name)).toBeGreaterThanOrEqual(0)
      expect(of(name)).toBeLessThanOrEqual(1)
    }
  })

  it('is high for what every record has, and low for what few have', () => {
    for (const name of ['id', 'created_at', 'currency', 'name', 'status']) expect(of(name), name).toBeGreaterThan(0.8)
    for (const name of ['error_message', 'stacktrace', 'deleted_at', 'fax', 'internal_xyzzy', 'middle_name'])
      expect(of(name), name).toBeLessThan(0.2)
  })

  it('is low for what is deprecated, and lower for what is null by default', () => {
    expect(of('name', { deprecated: true })).toBeLessThan(0.15)
    expect(of('logo', { default: null })).toBeLessThan(of('logo'))
  })
})
