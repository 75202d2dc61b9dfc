import { describe, expect, it } from 'vitest'
import { factoryOf, ledgerOf } from '../../../factories/index.ts'
import { entryPosition } from '../../../factories/ledger/draw.ts'
import { monthsIn } from '../../../factories/ledger/contract.ts'
import { builtIn, formatDay, parseDay } from '../../../spec/index.ts'

const today = parseDay('2026-01-15') as number
const size = 6_000
const ledger = ledgerOf({ seed: 42, invoices: size, today })
const entries = Array.from({ length: size }, (_, index) => ledger.entry(index))
const isSubscription = (product: number): boolean => ledger.book.catalogue[product]?.productType === 'subscription'

describe('what is ordered', () => {
  it('is on an invoice once', () => {
    for (const { lines } of entries) {
      const products = lines.map(({ product }) => product)
      expect(new Set(products).size).toBe(products.length)
    }
  })

  it('has best sellers and a long tail', () => {
    const counts = new Map<number, number>()
    for (const { lines } of entries)
      for (const { product } of lines) if (!isSubscription(product)) counts.set(product, (counts.get(product) ?? 0) + 1)
    const sorted = [...counts.values()].toSorted((left, right) => right - left)
    expect(sorted.length).toBe(30)
    expect((sorted[0] as number) / (sorted.at(-1) as number)).toBeGreaterThan(2.4)
  })

  it('costs the same in one currency and one year of the books, whoever buys it', () => {
    const prices = new Map<string, number>()
    for (const { index, currency, lines, total } of entries.filter((entry) => entry.total >= 0))
      for (const { product, price, productType } of lines) {
        if (productType === 'subscription') continue
        const name = `${product} ${currency} ${ledger.book.priceListAt(entryPosition(ledger.book, index))}`
        expect(prices.get(name) ?? price, `${name} of ${total}`).toBe(price)
        prices.set(name, price)
      }
  })

  it('costs a little more each year, but for a quarter of the articles', () => {
    const lists = [0, 1, 2, 3].map((list) => ledger.book.prices('USD', list))
    const changes = lists
      .slice(1)
      .flatMap((list, year) => [...list].map((price, item) => price / (lists[year]?.[item] as number)))
    expect(Math.min(...changes)).toBeGreaterThanOrEqual(1)
    expect(Math.max(...changes)).toBeLessThan(1.08)
    expect(changes.filter((change) => change === 1).length / changes.length).toBeLessThan(0.45)
    expect(ledger.book.prices('USD', 0)).toEqual(Float64Array.from(ledger.book.catalogue, ({ price }) => price))
  })

  it('keeps its price for a subscriber, year after year', () => {
    const prices = new Map<string, number>()
    for (const { buyer, lines, total } of entries.filter((entry) => entry.total >= 0))
      for (const { product, price, productType } of lines) {
        if (productType !== 'subscription') continue
        expect(prices.get(`${buyer.key} ${product}`) ?? price, `${buyer.name}, ${total}`).toBe(price)
        prices.set(`${buyer.key} ${product}`, price)
      }
    expect(prices.size).toBeGreaterThan(50)
  })

  it('is bought again by the same customer more often than by others', () => {
    const own = new Map<number, Map<number, number>>()
    for (const { buyer, lines } of entries) {
      const counts = own.get(buyer.key) ?? new Map<number, number>()
      own.set(buyer.key, counts)
      for (const { product } of lines) counts.set(product, (counts.get(product) ?? 0) + 1)
    }
    const favourites = [...own.values()]
      .filter((counts) => counts.size > 15)
      .map((counts) => [...counts].toSorted(([, left], [, right]) => right - left)[0]?.[0])
    expect(new Set(favourites).size).toBeGreaterThan(8)
  })
})

describe('a contract', () => {
  it('says what its invoices bill: item, price and quantity of each line', () => {
    let billed = 0
    for (const entry of entries.filter(({ total }) => total > 0)) {
      const { services } = ledger.contract(entry)
      const lines = entry.lines.filter(({ product }) => isSubscription(product))
      if (lines.length === 0) continue
      billed++
      expect(lines.map(({ name, price, quantity }) => [name, price, quantity])).toEqual(
        services.map(({ description, price, quantity }) => [description, price, quantity]),
      )
    }
    expect(billed).toBeGreaterThan(500)
  })

  it('is billed once a period at most', () => {
    const periods = new Set<string>()
    for (const { buyer, lines, periodStart, total } of entries) {
      if (total < 0 || !lines.some(({ product }) => isSubscription(product))) continue
      const name = `${buyer.key} ${formatDay(periodStart)}`
      expect(periods.has(name)).toBe(false)
      periods.add(name)
    }
  })

  it('is billed in the month after a period', () => {
    for (const { buyer, lines, periodEnd, issueDate, total } of entries) {
      if (total < 0 || !lines.some(({ product }) => isSubscription(product))) continue
      expect(monthsIn[ledger.book.profile(buyer.key).cycle]).toBeGreaterThan(0)
      expect(issueDate - periodEnd).toBeLessThanOrEqual(31)
    }
  })

  it('is billed alike in books with more entries, and under constraints', () => {
    const more = ledgerOf({ seed: 42, invoices: 9_000, today, epoch: ledger.book.epoch })
    for (const index of [10, 2_000, 5_999]) expect(more.entry(index).lines).toEqual(entries[index]?.lines)
    const overdue = ledgerOf({
      seed: 42,
      invoices: 300,
      today,
      constraints: { newest: 31, span: 150, isUnsettled: true },
    })
    expect(
      Array.from({ length: 300 }, (_, index) => overdue.entry(index).lines.length).every((count) => count > 0),
    ).toBe(true)
  })
})

describe('goods', () => {
  it('have no billing period, services have one', () => {
    const invoices = factoryOf<{ readonly line_items: readonly Record<string, unknown>[] }>(builtIn('stuut'), {
      seed: 42,
      today,
    })
    const goods = new Set(
      ledger.book.catalogue.filter(({ productType }) => productType === 'goods').map(({ name }) => name),
    )
    const lines = Array.from({ length: 60 }, (_, index) => invoices.at(index).line_items).flat()
    const withPeriod = lines.filter((line) => typeof line.period_start_date === 'string')
    expect(withPeriod.length).toBeGreaterThan(30)
    expect(lines.length - withPeriod.length).toBeGreaterThan(30)
    expect(withPeriod.filter(({ name }) => goods.has(name as string))).toEqual([])
  })
})
