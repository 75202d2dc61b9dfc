import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { greatestSize, ledgerOf, paidColumn, statusAt, statusColumn } from '../../../factories/index.ts'
import { parseDay, statuses } from '../../../spec/index.ts'

const today = parseDay('2026-01-15') as number
const ledger = ledgerOf({ seed: 42, invoices: 3_000, today })

describe('a ledger', () => {
  it('gives the same entry for the same seed and place, in any order', () => {
    const again = ledgerOf({ seed: 42, invoices: 3_000, today })
    again.entry(2_999)
    expect(again.entry(17)).toEqual(ledger.entry(17))
    expect(ledgerOf({ seed: 43, invoices: 3_000, today }).entry(17)).not.toEqual(ledger.entry(17))
  })

  it('draws a million invoices no dearer than a thousand: the last entry without the first', () => {
    const large = ledgerOf({ seed: 42, invoices: 1_000_000, today })
    expect(large.entry(999_999)).toMatchObject({ index: 999_999, issueDate: today })
  })

  it('has columns that agree with its entries', () => {
    const columns = ledger.columns()
    const paid = paidColumn(columns, today)
    const codes = statusColumn(columns, today)
    fc.assert(
      fc.property(fc.nat(2_999), (index) => {
        const entry = ledger.entry(index)
        expect({
          customer: columns.customer[index],
          total: columns.total[index],
          issueDate: columns.issueDay[index],
          dueDate: columns.dueDay[index],
          paid: paid[index],
          status: statuses[codes[index] as number],
        }).toEqual({
          customer: entry.buyer.key,
          total: entry.total,
          issueDate: entry.issueDate,
          dueDate: entry.dueDate,
          paid: entry.paid,
          status: entry.status,
        })
        expect(statusAt(columns, index, today)).toBe(entry.status)
      }),
    )
  })

  it('rises with time: numbers, days of issue, and what is visible on a day', () => {
    const columns = ledger.columns()
    expect([...columns.issueDay]).toEqual([...columns.issueDay].toSorted((left, right) => left - right))
    expect(ledger.issued).toBe(3_000)
    const earlier = ledger.on(today - 100).issued
    expect(columns.issueDay[earlier - 1]).toBeLessThanOrEqual(today - 100)
    expect(columns.issueDay[earlier]).toBeGreaterThan(today - 100)
  })

  it('keeps dates and amounts when the day moves on, and lets the status follow', () => {
    const later = ledger.on(today + 40)
    const before = ledger.entry(2_900)
    const after = later.entry(2_900)
    expect({ issueDate: after.issueDate, dueDate: after.dueDate, total: after.total, lines: after.lines }).toEqual({
      issueDate: before.issueDate,
      dueDate: before.dueDate,
      total: before.total,
      lines: before.lines,
    })
    const moved = Array.from({ length: 300 }, (_, index) => index + 2_700).filter(
      (index) => ledger.entry(index).status !== later.entry(index).status,
    )
    expect(moved.length).toBeGreaterThan(30)
  })

  it('knows every state an invoice can be in', () => {
    const seen = new Set(Array.from({ length: 3_000 }, (_, index) => statusAt(ledger.columns(), index, today)))
    expect([...seen].toSorted()).toEqual([...statuses].toSorted())
  })

  it('never takes a settled invoice back as days go by', () => {
    const order = { draft: 0, open: 1, overdue: 2, processing: 3, paid: 4, void: 4, uncollectible: 4 }
    fc.assert(
      fc.property(fc.nat(2_999), (index) => {
        const columns = ledger.columns()
        const issued = columns.issueDay[index] as number
        let rank = 0
        for (let day = issued; day < issued + 420; day++) {
          const now = order[statusAt(columns, index, day)]
          expect(now).toBeGreaterThanOrEqual(rank)
          rank = now
        }
      }),
      { numRuns: 60 },
    )
  })

  it.each([[-1], [1.5], [Number.NaN], [greatestSize + 1]])('refuses to hold %s invoices', (invoices) => {
    expect(() => ledgerOf({ invoices, today })).toThrow(
      'Failed to open the ledger: expected a number of invoices from 0 to',
    )
  })

  it('refuses currencies it has no rate for', () => {
    expect(() => ledgerOf({ today, currencies: ['EUR', 'EUX'] })).toThrow('Did you mean "EUR"?')
  })

  it.each([
    ['JPY', 0],
    ['USD', 2],
    ['KWD', 3],
    ['CLF', 4],
  ])('counts in the minor unit of %s', (currency, exponent) => {
    const entry = ledgerOf({ today, invoices: 20, currencies: [currency] }).entry(3)
    expect(entry).toMatchObject({ currency, exponent })
    expect(Number.isSafeInteger(entry.total)).toBe(true)
  })
})
