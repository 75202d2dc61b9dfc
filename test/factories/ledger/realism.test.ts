import { describe, expect, it } from 'vitest'
import { ledgerOf, statusAt } from '../../../factories/index.ts'
import { slug } from '../../../factories/ledger/text.ts'
import { addMonths, parseDay, partsOf } from '../../../spec/index.ts'

const today = parseDay('2026-01-15') as number
const size = 8_000

describe.each([1, 42, 'demo'])('the books of seed %s', (seed) => {
  const ledger = ledgerOf({ seed, invoices: size, today })
  const columns = ledger.columns()

  it('have totals whose leading digits follow Benford’s law', () => {
    const counts = new Map<string, number>()
    for (const total of columns.total)
      counts.set(String(Math.abs(total))[0] as string, (counts.get(String(Math.abs(total))[0] as string) ?? 0) + 1)
    let chi = 0
    for (let digit = 1; digit <= 9; digit++) {
      const expected = size * Math.log10(1 + 1 / digit)
      chi += ((counts.get(String(digit)) ?? 0) - expected) ** 2 / expected
    }
    // 8 degrees of freedom: 26.1 is passed by chance once in a thousand, where totals are independent. Contracts bill the same
    // again and again. Evenly spread digits would give about 3,000.
    expect(chi).toBeLessThan(120)
  })

  it('have few customers that bring most of the invoices', () => {
    const counts = new Map<number, number>()
    for (const customer of columns.customer) counts.set(customer, (counts.get(customer) ?? 0) + 1)
    const sorted = [...counts.values()].toSorted((left, right) => right - left)
    const top = sorted.slice(0, Math.ceil(sorted.length / 5)).reduce((sum, count) => sum + count, 0)
    expect(top / size).toBeGreaterThan(0.6)
    expect(top / size).toBeLessThan(0.95)
  })

  it('have most invoices paid, some late, and few lost', () => {
    const counts = new Map<string, number>()
    for (let index = 0; index < size; index++)
      counts.set(statusAt(columns, index, today), (counts.get(statusAt(columns, index, today)) ?? 0) + 1)
    const share = (status: string): number => (counts.get(status) ?? 0) / size
    expect(share('paid')).toBeGreaterThan(0.75)
    expect(share('overdue')).toBeGreaterThan(0.01)
    expect(share('overdue')).toBeLessThan(0.15)
    expect(share('uncollectible')).toBeLessThan(0.03)
  })

  it('bill whole periods that end before the day of issue', () => {
    for (let index = 0; index < 300; index++) {
      const { periodStart, periodEnd, issueDate, buyer } = ledger.entry(index)
      const months = { monthly: 1, quarterly: 3, annual: 12 }[ledger.book.profile(buyer.key).cycle]
      expect(partsOf(periodStart).day).toBe(1)
      expect(addMonths(periodStart, months) - 1).toBe(periodEnd)
      expect(periodEnd).toBeLessThan(issueDate)
    }
  })

  it('write to people by their names, at their company', () => {
    for (let key = 0; key < Math.min(200, ledger.book.customers); key++) {
      const { people, domain } = ledger.party(key)
      for (const { email, familyName } of people) {
        expect(email.endsWith(`@${domain}`)).toBe(true)
        expect(email.replaceAll('-', '')).toContain(slug(familyName).replaceAll('-', ''))
      }
    }
  })

  it('sell what is in the catalogue', () => {
    const names = new Set(ledger.book.catalogue.map(({ name }) => name))
    for (let index = 0; index < 300; index++)
      for (const line of ledger.entry(index).lines) expect(names).toContain(line.name)
  })
})
