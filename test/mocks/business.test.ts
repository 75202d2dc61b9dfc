import { describe, expect, it } from 'vitest'
import { ledgerOf } from '../../factories/index.ts'
import { Business } from '../../mocks/index.ts'
import { parseDay } from '../../spec/index.ts'

const today = parseDay('2026-01-15') as number
const open = (): Business => new Business(ledgerOf({ seed: 42, invoices: 200, today }))

const withStatus = (business: Business, status: string): number => {
  for (let index = 0; index < business.ledger.size; index++) if (business.find(index)?.status === status) return index
  throw new Error(`no ${status} invoice`)
}

describe('a business', () => {
  it('shows what was drawn until something happens', () => {
    const business = open()
    expect(business.find(3)).toEqual(business.ledger.entry(3))
    expect([...business.state.changed()]).toEqual([])
  })

  it('keeps a payment for every later look', () => {
    const business = open()
    const index = withStatus(business, 'overdue')
    business.amend(business.find(index) as never, { status: 'paid' })
    expect(business.find(index)).toMatchObject({ status: 'paid', due: 0 })
    expect([...business.state.changed()]).toEqual([index])
  })

  it('refuses a change that breaks a law, and keeps nothing of it', () => {
    const business = open()
    const index = withStatus(business, 'overdue')
    expect(() => business.amend(business.find(index) as never, { paid: -5 })).toThrow('BR-CO-16')
    expect([...business.state.changed()]).toEqual([])
  })

  it('creates invoices behind the last one, and forgets them when reset', () => {
    const business = open()
    const made = business.create({ lines: [{ name: 'Anvil', quantity: 2000, price: 1050, taxRate: 0 }] })
    expect(made).toMatchObject({ index: 200, total: 2100, status: 'open' })
    expect(business.find(200)).toEqual(made)
    business.reset()
    expect(business.find(200)).toBeUndefined()
  })

  it('lets statuses follow the clock, both ways', () => {
    const business = open()
    const index = withStatus(business, 'open')
    const due = business.find(index)?.dueDate as number
    business.moveTo(due + 1)
    expect(['overdue', 'paid', 'processing']).toContain(business.find(index)?.status)
    business.moveTo(today)
    expect(business.find(index)?.status).toBe('open')
  })

  it('lets a created invoice fall due, and keeps its dates', () => {
    const business = open()
    const { index, issueDate, dueDate } = business.create({ lines: [{ name: 'Anvil', price: 100 }] })
    business.moveTo(dueDate + 1)
    expect(business.find(index)).toMatchObject({ status: 'overdue', issueDate, dueDate })
  })

  it('has no invoices of days to come, and undoes nothing by going back', () => {
    const business = open()
    const made = business.create({ lines: [{ name: 'Anvil', price: 100 }] })
    business.moveTo(today - 30)
    expect(business.find(made.index)).toBeUndefined()
    expect(business.find(199)).toBeUndefined()
    business.moveTo(today)
    expect(business.find(made.index)).toEqual(made)
  })
})
