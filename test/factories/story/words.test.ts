import { describe, expect, it } from 'vitest'
import { dayOf } from '../../../spec/index.ts'
import { dateText, measureText, moneyText, periodText, unitText } from '../../../factories/story/facts.ts'

const euros = { amount: 123_450, currency: 'EUR', exponent: 2 }
const plain = (text: string): string => text.replaceAll('\u00a0', '_')

describe('amounts', () => {
  it.each([
    ['en-US', '€1,234.50'],
    ['en-IE', '€1,234.50'],
    ['de-DE', '1.234,50_EUR'],
    ['fr-FR', '1_234,50_EUR'],
    ['de-CH', 'EUR_1’234.50'],
    ['ja-JP', 'EUR_1,234.50'],
    ['sv-SE', '1_234,50_EUR'],
    ['es-ES', '1.234,50_EUR'],
    ['es-MX', 'EUR_1,234.50'],
    ['xx', 'EUR_1,234.50'],
    ['', 'EUR_1,234.50'],
  ])('in %s look like %s', (locale, text) => {
    expect(plain(moneyText(euros, locale))).toBe(text)
  })

  it('have the places of their currency', () => {
    expect(plain(moneyText({ amount: 1_234_567, currency: 'JPY', exponent: 0 }, 'ja-JP'))).toBe('JPY_1,234,567')
    expect(plain(moneyText({ amount: 1_234_567, currency: 'KWD', exponent: 3 }, 'ar-KW'))).toBe('KWD_1,234.567')
    expect(plain(moneyText({ amount: 5, currency: 'CLF', exponent: 4 }, 'es-CL'))).toBe('0,0005_CLF')
  })

  it('group the Indian way in India', () => {
    expect(plain(moneyText({ amount: 1_234_567_890, currency: 'INR', exponent: 2 }, 'en-IN'))).toBe(
      'INR_1,23,45,678.90',
    )
  })

  it('name the dollar where it is not the reader’s own', () => {
    const dollars = { amount: 99_900, currency: 'USD', exponent: 2 }
    expect(moneyText(dollars, 'en-US')).toBe('$999.00')
    expect(plain(moneyText(dollars, 'en-CA'))).toBe('USD_999.00')
    expect(moneyText({ ...dollars, currency: 'CAD' }, 'en-CA')).toBe('$999.00')
  })

  it('carry their sign in front', () => {
    expect(moneyText({ ...euros, amount: -5 }, 'en-GB')).toBe('-€0.05')
    expect(plain(moneyText({ ...euros, amount: -100_000 }, 'de-AT'))).toBe('-1.000,00_EUR')
  })
})

describe('dates', () => {
  const day = dayOf(2026, 3, 14)

  it('put the month first where people do', () => {
    expect([dateText(day, 'en-US'), dateText(day, 'en-GB'), dateText(day, 'de-DE')]).toEqual([
      'March 14, 2026',
      '14 March 2026',
      '14 March 2026',
    ])
  })

  it('name a whole month or year once', () => {
    expect(periodText(dayOf(2024, 2, 1), dayOf(2024, 2, 29), 'en-GB')).toBe('February 2024')
    expect(periodText(dayOf(2025, 1, 1), dayOf(2025, 12, 31), 'en-GB')).toBe('2025')
    expect(periodText(day, day, 'en-GB')).toBe('14 March 2026')
    expect(periodText(day, day + 1, 'en-GB')).toBe('14 March 2026 to 15 March 2026')
  })
})

describe('quantities', () => {
  it('name their unit in singular and plural', () => {
    expect([
      measureText(1000, 'HUR', 'en-US'),
      measureText(2500, 'DAY', 'en-US'),
      measureText(2500, 'DAY', 'de-DE'),
      measureText(1_200_000, 'H87', 'en-GB'),
    ]).toEqual(['1 hour', '2.5 days', '2,5 days', '1,200 pieces'])
  })

  it('fall back on units', () => {
    expect([measureText(3000, 'ZZ9', 'en-US'), unitText('ZZ9')]).toEqual(['3 units', 'unit'])
  })
})
