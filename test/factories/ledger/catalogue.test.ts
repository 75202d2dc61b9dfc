import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tradeCodes } from '../../../factories/ledger/articles.ts'
import { catalogueOf, tradeOf } from '../../../factories/ledger/catalogue.ts'
import { unitText } from '../../../factories/story/facts.ts'
import { customerAt, customerWeight } from '../../../factories/ledger/customer.ts'
import { knownCurrencies, priceIn, rateBetween } from '../../../factories/ledger/currencies.ts'
import { mix } from '../../../factories/random.ts'
import { exponentOf, parseDay } from '../../../spec/index.ts'

const catalogue = catalogueOf(1, 'technology')

describe('the catalogue', () => {
  it.each(tradeCodes)('of %s has items with codes, names and units of their own kind', (trade) => {
    const items = catalogueOf(1, trade)
    expect(items.length).toBeGreaterThanOrEqual(12)
    expect(new Set(items.map(({ code }) => code)).size).toBe(items.length)
    expect(new Set(items.map(({ name }) => name)).size).toBe(items.length)
    expect(items.map(({ index }) => index)).toEqual(items.map((_, index) => index))
    for (const { code, productType, unit, billing, price, quantities } of items) {
      expect({ code, monthly: unit === 'MON' }).toEqual({ code, monthly: productType === 'subscription' })
      if (unit === 'HUR' || unit === 'DAY') expect(productType).toBe('service')
      expect(billing === 'monthly').toBe(productType === 'subscription')
      expect(unitText(unit) === 'unit').toBe(unit === 'C62' || unit === 'E48')
      expect(price).toBeGreaterThan(0)
      expect(Math.min(...quantities)).toBeGreaterThan(0)
    }
    const types = items.map(({ productType }) => productType)
    expect(types.filter((type) => type === 'subscription').length).toBeGreaterThanOrEqual(3)
    expect(types.filter((type) => type === 'goods').length).toBeGreaterThanOrEqual(3)
    expect(types.filter((type) => type === 'service').length).toBeGreaterThanOrEqual(2)
  })

  it('is that of one of thirteen trades, by seed', () => {
    const trades = Array.from({ length: 200 }, (_, seed) => tradeOf(seed))
    expect(new Set(trades)).toEqual(new Set(tradeCodes))
    expect(tradeOf(42)).toBe('technology')
    expect(catalogueOf(42)).toEqual(catalogueOf(42, 'technology'))
  })

  it('sells books and food at rates of their own', () => {
    expect(catalogueOf(1, 'technology').some(({ taxedAs }) => taxedAs === 'books')).toBe(true)
    expect(catalogueOf(1, 'food').some(({ taxedAs }) => taxedAs === 'food')).toBe(true)
  })

  it('has prices that a seed fixes', () => {
    expect(catalogueOf(1, 'technology').map(({ price }) => price)).toEqual(catalogue.map(({ price }) => price))
    expect(catalogueOf(2, 'technology').map(({ price }) => price)).not.toEqual(catalogue.map(({ price }) => price))
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

describe('exchange rates of a day', () => {
  const days = Array.from({ length: 1_500 }, (_, index) => 19_700 + index)

  it.each(['EUR', 'GBP', 'JPY', 'BRL', 'UGX'])(
    'of %s move a little each day, and some percent over the years',
    (code) => {
      const rates = days.map((day) => rateBetween('USD', code, day))
      const usual = rateBetween('USD', code)
      expect(Math.max(...rates) / Math.min(...rates)).toBeGreaterThan(1.03)
      for (const [index, rate] of rates.entries()) {
        expect(Math.abs(rate / usual - 1)).toBeLessThan(0.06)
        expect(Math.abs(rate / (rates[index - 1] ?? rate) - 1)).toBeLessThan(0.01)
      }
    },
  )

  it('stand still on weekends, and where a currency is tied to another', () => {
    const friday = parseDay('2026-01-16') as number
    expect(new Set([0, 1, 2].map((later) => rateBetween('EUR', 'USD', friday + later))).size).toBe(1)
    expect(rateBetween('EUR', 'USD', friday + 3)).not.toBe(rateBetween('EUR', 'USD', friday))
    expect(new Set(days.map((day) => rateBetween('AED', 'USD', day))).size).toBe(1)
    expect(new Set(days.map((day) => rateBetween('EUR', 'DKK', day))).size).toBe(1)
    expect(new Set(days.map((day) => rateBetween('INR', 'NPR', day))).size).toBe(1)
  })

  it('agree across currencies', () => {
    for (const day of days.slice(0, 50))
      expect(rateBetween('EUR', 'JPY', day)).toBeCloseTo(
        rateBetween('EUR', 'USD', day) * rateBetween('USD', 'JPY', day),
        2,
      )
  })
})

describe('currencies', () => {
  // ISO 4217 list one, without funds and metals, by number of decimals.
  it.each([
    [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'],
    [3, 'BHD IQD JOD KWD LYD OMR TND'],
    [
      2,
      'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
    ],
  ])('of %i decimals are all known, with prices of their size', (exponent, codes) => {
    for (const code of codes.split(' ')) {
      expect([code, exponentOf(code)]).toEqual([code, exponent])
      expect(knownCurrencies).toContain(code)
      const hundredDollars = priceIn(10_000, code) / 10 ** exponent
      expect(Math.abs(hundredDollars / (100 * rateBetween('USD', code)) - 1)).toBeLessThan(0.006)
    }
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
