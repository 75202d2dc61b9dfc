import { describe, expect, it } from 'vitest'
import { amend, factoryOf, ledgerOf } from '../../factories/index.ts'
import { calculate } from '../../factories/ledger/calculate.ts'
import type { LineInput } from '../../factories/ledger/calculate.ts'
import { solveTotals } from '../../factories/ledger/pins.ts'
import { builtIn, parseDay, secondsPerDay } from '../../spec/index.ts'

const today = parseDay('2026-01-15') as number
const stuut = factoryOf(builtIn('stuut'), { seed: 42, today })

/** Returns what becomes of unpaid invoices that fall due on a day. */
function statusesOf(dueDate: number): ReadonlySet<unknown> {
  const {
    entry,
    party,
    book: { profile },
  } = ledgerOf({ seed: 42, invoices: 60, today })
  const unpaid = Array.from({ length: 60 }, (_, index) => entry(index)).filter(
    ({ status }) => status === 'open' || status === 'overdue',
  )
  return new Set(unpaid.map((each) => amend(each, { dueDate, issueDate: today - 40 }, { party, profile }).status))
}

describe('an invoice that is due today', () => {
  it('is open, and overdue tomorrow', () => {
    expect([...statusesOf(today)]).toEqual(['open'])
    expect([...statusesOf(today - 1)]).toEqual(['overdue'])
  })

  it('cannot be overdue', () => {
    expect(() => stuut.build({ status: 'overdue', dueDate: '2026-01-15' })).toThrow('PF-STATUS')
    expect(stuut.build({ status: 'overdue', dueDate: '2026-01-14' })).toMatchObject({ status: 'overdue' })
  })
})

describe('an overdue invoice', () => {
  it('was due before today, whichever invoice it is made of', () => {
    const shown = stuut.buildList(600, { status: 'overdue' }) as unknown as readonly { due_date: string }[]
    expect(shown.filter(({ due_date }) => !(due_date < '2026-01-15'))).toEqual([])
  })

  it('that was issued yesterday was due by yesterday', () => {
    expect(stuut.build({ status: 'overdue', issueDate: '2026-01-14' })).toMatchObject({
      due_date: '2026-01-14T00:00:00Z',
    })
    expect(() => stuut.build({ status: 'overdue', issueDate: '2026-01-15' })).toThrow('PF-STATUS')
  })

  it('has a promise only from the third day after it was due', () => {
    const on = (day: number, index: number) =>
      ledgerOf({ seed: 42, invoices: 400, newest: today, today: day }).entry(index)
    const ledger = ledgerOf({ seed: 42, invoices: 400, today })
    const promised = Array.from({ length: 400 }, (_, index) => ledger.entry(index)).filter(
      ({ promisedDate, dueDate }) => promisedDate !== undefined && dueDate + 3 <= today,
    )
    expect(promised.length).toBeGreaterThan(3)
    for (const { index, dueDate, promisedDate } of promised.slice(0, 8)) {
      expect(on(dueDate + 2, index).promisedDate).toBeUndefined()
      expect(on(dueDate + 3, index)).toMatchObject({ status: 'overdue', promisedDate })
    }
  })
})

describe('a void invoice', () => {
  it('was voided after it was made and sent', () => {
    const ledger = ledgerOf({ seed: 42, invoices: 3000, today })
    const voided = Array.from({ length: 3000 }, (_, index) => ledger.entry(index)).filter(
      ({ voidedAt }) => voidedAt !== undefined,
    )
    expect(voided.length).toBeGreaterThan(10)
    expect(
      voided
        .filter(({ createdAt, sentAt, voidedAt = 0 }) => createdAt > voidedAt || (sentAt ?? createdAt) > voidedAt)
        .map(({ index }) => index),
    ).toEqual([])
    expect(voided.every(({ voidedAt = 0 }) => Math.floor(voidedAt / secondsPerDay) <= today)).toBe(true)
  })
})

describe('a total that is asked for', () => {
  const line: LineInput = {
    name: 'Brackets',
    description: 'Brackets',
    product: 0,
    productType: 'goods',
    unit: 'C62',
    quantity: 1000,
    price: 10_000,
    allowance: 0,
    taxRate: 21_000,
  }

  it('is reached to the cent; between two steps of the tax, one cent is not taxed', () => {
    const draft = { lines: [line], allowances: [], charges: [] }
    const solved = Array.from({ length: 121 }, (_, index) => {
      const total = 12_000 + index
      const { lines } = solveTotals(draft, { total }, 'nothing', String)
      return { total, lines, reached: calculate({ ...draft, lines }) }
    })
    expect(solved.filter(({ total, reached }) => reached.total !== total)).toEqual([])
    expect(solved.filter(({ reached: { tax, subtotal } }) => Math.abs(tax / subtotal - 0.21) > 0.001)).toEqual([])
    const between = solved.filter(({ lines }) => lines.length > 1)
    expect(between.length).toBeGreaterThan(0)
    expect(between.map(({ lines }) => lines.slice(1).map(({ price, taxRate }) => [price, taxRate]))).toEqual(
      between.map(() => [[1, 0]]),
    )
  })
})
