import { describe, expect, it } from 'vitest'
import { judge } from '../../contracts/index.ts'
import type { Model } from '../../spec/index.ts'
import { modelOf } from './support/invoice-model.ts'

const inferred = { resource: 'invoices', roots: [], bindings: [], operations: [], questions: [], unbound: [] }
const found = (model: Model, body: object): string[] =>
  judge(model, '/components/schemas/Invoice', body).violations.map(
    ({ severity, code, expected }) => `${severity} ${code} ${expected}`,
  )

const rolesWith = (total: number): object => ({
  net: 'invoice.subtotal',
  vat: 'invoice.tax',
  amount: { role: 'invoice.total', confidence: total },
  issued: { role: 'invoice.issueDate', confidence: 0.7 },
  due: 'invoice.dueDate',
})
const wrong = { net: 100, vat: 19, amount: 120 }

describe('a law that rests on what was inferred', () => {
  it('is a warning that names the binding where that is not sure', () => {
    const model = { ...modelOf(rolesWith(0.82)), inferred }
    expect(found(model, wrong)).toEqual([
      'warning BR-CO-15 119.00 (100.00 + 19.00), unless "amount" is no invoice.total (inferred, 0.82 sure)',
    ])
    expect(found(model, { issued: '2026-02-01', due: '2026-01-01' })).toEqual([
      'warning PF-DATES 2026-02-01 (invoice.issueDate) or later, unless "issued" is no invoice.issueDate (inferred, 0.7 sure)',
    ])
  })

  it('is an error where that is sure, or a person wrote it', () => {
    expect(found({ ...modelOf(rolesWith(0.95)), inferred }, wrong)).toEqual(['error BR-CO-15 119.00 (100.00 + 19.00)'])
    expect(found(modelOf(rolesWith(0.82)), wrong)).toEqual(['error BR-CO-15 119.00 (100.00 + 19.00)'])
  })

  it('is a warning where an amount of the invoice was not understood', () => {
    const unbound = [{ pointer: '/x', root: '/components/schemas/Invoice', path: ['adjustment'] }]
    expect(found({ ...modelOf(rolesWith(1)), inferred: { ...inferred, unbound } }, wrong)).toEqual([
      'warning BR-CO-15 119.00 (100.00 + 19.00), unless "adjustment", which was not understood, takes part in it',
    ])
  })
})
