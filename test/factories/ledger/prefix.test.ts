import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersOf, ledgerOf, present, presentationOf } from '../../../factories/index.ts'
import type { Entry, Ledger } from '../../../factories/index.ts'
import { apiNames, builtIn, formatDay, parseDay, successOf } from '../../../spec/index.ts'
import type { Model } from '../../../spec/index.ts'

const day = (text: string): number => parseDay(text) as number
const epoch = day('2024-03-01')
const sizes = [1_000, 10_000, 1_000_000]
const days = ['2025-01-02', '2025-12-31', '2026-01-15', '2026-01-16', '2027-06-30'].map(day)

const opened = new Map<string, Ledger>()

/** Books are opened once: what they have drawn before must not matter. */
function books(seed: number, invoices: number, today: number): Ledger {
  const name = [seed, invoices].join()
  const ledger = opened.get(name) ?? ledgerOf({ seed, invoices, today, epoch })
  opened.set(name, ledger)
  return ledger.on(today)
}

/** What is fixed when an invoice is issued; time moves the rest. */
const issued = (entry: Entry): string => {
  const {
    today: _,
    status: _1,
    paid: _2,
    due: _3,
    payments: _4,
    modifiedAt: _5,
    sentAt: _6,
    paidAt: _7,
    ...rest
  } = entry
  const {
    voidedAt: _8,
    uncollectibleAt: _9,
    promisedDate: _a,
    isDisputed: _b,
    intake: _c,
    syncedAt: _d,
    ...facts
  } = rest
  return JSON.stringify(facts)
}

describe('entry i of books with an epoch', () => {
  it('is issued alike, byte for byte, in 1,000, 10,000 and 1,000,000 entries, and on five days', () => {
    fc.assert(
      fc.property(fc.nat(999), fc.constantFrom(1, 42, 7_000), (index, seed) => {
        const texts = sizes.flatMap((size) => days.map((today) => issued(books(seed, size, today).entry(index))))
        expect(new Set(texts).size).toBe(1)
      }),
      { numRuns: 60 },
    )
  })

  it.each(apiNames)('is written alike by %s, byte for byte, whatever the number of entries', (name) => {
    const model = builtIn(name)
    const indices = [0, 1, 17, 250, 999]
    const written = sizes.map((size) => indices.map(writerOf(model, books(42, size, days[3] as number))))
    expect(written[1]).toEqual(written[0])
    expect(written[2]).toEqual(written[0])
  })

  it('only ever goes on from what it was: what is paid stays paid, and by as much', () => {
    for (let index = 0; index < 300; index++) {
      const course = days.map((today) => books(42, 1_000, today).entry(index))
      for (const [place, { payments, status, issueDate, today }] of course.entries()) {
        if (issueDate > today) continue
        const next = course[place + 1]
        expect(next?.payments.slice(0, payments.length) ?? payments).toEqual(payments)
        if (status === 'paid' || status === 'void') expect(next?.status ?? status).toBe(status)
      }
    }
  })

  it('is followed by more as days go by', () => {
    const counts = days.map((today) => books(42, 1_000_000, today).issued)
    expect(counts).toEqual(counts.toSorted((left, right) => left - right))
    expect(new Set(counts.slice(1)).size).toBe(4)
    expect(books(42, 10, day('2026-01-15')).issued).toBe(10)
    expect(books(42, 1_000, epoch - 1).issued).toBe(0)
  })
})

const writerOf = (model: Model, ledger: Ledger): ((index: number) => string) => {
  const get = model.operations.find(({ does }) => does === 'get')
  const schema = get && successOf(get)?.content[0]?.schema
  const [answers, presentation] = [answersOf(model, ledger), presentationOf(model)]
  return (index) => answers.write(schema as string, { invoice: present(ledger.entry(index), presentation) })
}

describe('books without an epoch', () => {
  it.each([1, 2, 40, 250, 5_000])('end today with %s invoices, or on the last working day', (invoices) => {
    for (const text of ['2026-01-15', '2026-01-17', '2025-12-25', '2024-02-29']) {
      const ledger = ledgerOf({ seed: 3, invoices, today: day(text) })
      const { issueDate } = ledger.entry(invoices - 1)
      expect(ledger.issued).toBe(invoices)
      expect(ledger.book.calendar.previous(day(text)) - issueDate).toBeLessThanOrEqual(4)
    }
  })

  it('are those with the epoch that is found for them', () => {
    const evergreen = ledgerOf({ seed: 5, invoices: 500, today: days[2] as number })
    const stated = ledgerOf({ seed: 5, invoices: 9_000, today: days[2] as number, epoch: evergreen.book.epoch })
    for (const index of [0, 100, 499]) expect(stated.entry(index)).toEqual(evergreen.entry(index))
  })

  it('of a million belong to a company that has grown for years, unless it began large', () => {
    const million = { seed: 42, invoices: 1_000_000, today: days[2] as number }
    const years = (pace = {}): number => (million.today - ledgerOf({ ...million, pace }).book.epoch) / 365.25
    expect(years()).toBeCloseTo(18.7, 0)
    expect(years({ perYear: 500_000, growth: 0 })).toBeCloseTo(2, 1)
    expect(() => years({ perYear: 10, growth: 0 })).toThrow(
      'Failed to open the ledger: expected a pace at which so many invoices take at most 200 years',
    )
  })

  it('have the same customers, lines and amounts whatever the number and the day, only other dates', () => {
    const facts = ({ number, buyer, lines, total }: Entry): unknown => ({ number, buyer, lines, total })
    const few = ledgerOf({ seed: 9, invoices: 300, today: days[2] as number })
    const many = ledgerOf({ seed: 9, invoices: 30_000, today: days[3] as number })
    for (const index of [0, 50, 299]) expect(facts(many.entry(index))).toEqual(facts(few.entry(index)))
    expect(formatDay(many.entry(0).issueDate) < formatDay(few.entry(0).issueDate)).toBe(true)
  })
})
