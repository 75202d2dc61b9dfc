import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalogueOf } from '../../../factories/ledger/catalogue.ts'
import { customerAt, customerWeight } from '../../../factories/ledger/customer.ts'
import { priceIn, rateBetween } from '../../../factories/ledger/currencies.ts'
import { mix } from '../../../factories/random.ts'

const catalogue = catalogueOf(1)

describe('the catalogue', () => {
  it('has about forty items with codes, names and units of their own kind', () => {
    expect(catalogue.length).toBeGreaterThanOrEqual(38)
    expect(new Set(catalogue.map(({ code }) => code)).size).toBe(catalogue.length)
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length)
    expect(catalogue.map(({ index }) => index)).toEqual(catalogue.map((_, index) => index))
    for (const { productType, unit, billing } of catalogue) {
      expect(unit === 'MON').toBe(productType === 'subscription')
      expect(unit === 'HUR' || unit === 'DAY').toBe(productType === 'service' && unit !== 'E48' && unit !== 'C62')
      expect(billing === 'monthly').toBe(productType === 'subscription')
    }
    expect(catalogue.filter(({ isReduced }) => isReduced).length).toBeGreaterThan(0)
  })

  it('has prices that a seed fixes', () => {
    expect(catalogueOf(1).map(({ price }) => price)).toEqual(catalogue.map(({ price }) => price))
    expect(catalogueOf(2).map(({ price }) => price)).not.toEqual(catalogue.map(({ price }) => price))
  })

  it('has prices in whole cents over four orders of magnitude', () => {
    const prices = catalogue.map(({ price }) => price)
    expect(prices.every((price) => Number.isInteger(price) && price > 0)).toBe(true)
    expect(Math.max(...prices) / Math.min(...prices)).toBeGreaterThan(1_000)
  })

  it('sells hours in quarters and all else in whole units', () => {
    for (const { unit, quantities } of catalogue) {
      expect(Math.min(...quantities)).toBeGreaterThan(0)
      expect([...quantities].filter((thousandths) => thousandths % (unit === 'HUR' ? 250 : 1000) !== 0)).toEqual([])
    }
  })
})

describe('prices abroad', () => {
  it('are whole minor units of each currency', () => {
    expect(priceIn(129_900, 'USD')).toBe(129_900)
    expect(priceIn(10_000, 'JPY')).toBe(15_300)
    expect(priceIn(10_000, 'KWD')).toBe(30_700)
    expect(priceIn(10_000, 'EUR')).toBe(9_220)
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF', 'KRW', 'XXX'),
        (cents, currency) => {
          const price = priceIn(cents, currency)
          expect(Number.isInteger(price) && price > 0).toBe(true)
        },
      ),
    )
  })

  it('convert at rates of at most six places', () => {
    expect(rateBetween('USD', 'USD')).toBe(1)
    expect(rateBetween('KWD', 'USD')).toBe(3.255208)
    expect(rateBetween('JPY', 'USD')).toBe(0.006525)
    expect(rateBetween('VND', 'KWD')).toBe(0.000012)
  })
})

describe('customers', () => {
  const population = 1_000
  const counts = new Float64Array(population)
  for (let draw = 0; draw < 100_000; draw++) {
    const customer = customerAt(mix(draw), population)
    counts[customer] = (counts[customer] ?? 0) + 1
  }

  it('are drawn as often as their weight says', () => {
    for (const number of [0, 1, 2, 9, 49])
      expect((counts[number] ?? 0) / 100_000).toBeCloseTo(customerWeight(number, population), 2)
    expect(
      Array.from({ length: population }, (_, number) => customerWeight(number, population)).reduce(
        (sum, weight) => sum + weight,
        0,
      ),
    ).toBeCloseTo(1, 9)
  })

  it('include few who get most invoices, and many who get some', () => {
    const firstFifth = counts.slice(0, 200).reduce((sum, count) => sum + count, 0)
    expect(firstFifth / 100_000).toBeGreaterThan(0.7)
    expect(counts.every((count) => count > 0)).toBe(true)
  })

  it('stay within the population', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 20_000 }), (key, size) => {
        const customer = customerAt(key, size)
        expect(customer).toBeGreaterThanOrEqual(0)
        expect(customer).toBeLessThan(size)
      }),
    )
  })
})
