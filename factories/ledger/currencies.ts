// Currencies of ISO 4217: what they are worth, and prices in them.
import { exponentOf } from '../../spec/index.ts'

/** Units of a currency for one US dollar. Fixed and rounded: plausible, not of any day. */
const perDollar: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 0.921_5,
  GBP: 0.784_2,
  CHF: 0.882_6,
  CAD: 1.372_1,
  AUD: 1.518_4,
  NZD: 1.651_2,
  JPY: 153.25,
  SEK: 10.482_5,
  NOK: 10.871,
  DKK: 6.874_3,
  KWD: 0.307_2,
  BHD: 0.376,
  OMR: 0.384_5,
  JOD: 0.709,
  TND: 3.112,
  AED: 3.672_5,
  SAR: 3.75,
  QAR: 3.64,
  ILS: 3.702,
  TRY: 34.12,
  ZAR: 18.31,
  NGN: 1_580,
  KES: 129.2,
  EGP: 48.9,
  MAD: 9.93,
  INR: 83.72,
  PKR: 278.1,
  IDR: 15_720,
  MYR: 4.412,
  SGD: 1.335,
  THB: 34.62,
  VND: 25_110,
  PHP: 57.21,
  KRW: 1_372,
  TWD: 32.14,
  CNY: 7.138,
  HKD: 7.781,
  BRL: 5.634,
  MXN: 19.42,
  ARS: 982,
  CLP: 943.5,
  CLF: 0.024_9,
  COP: 4_195,
  PEN: 3.752,
  UYU: 40.8,
  PLN: 3.962,
  CZK: 23.31,
  HUF: 368.5,
  RON: 4.585,
  BGN: 1.802,
  ISK: 137.2,
  UAH: 41.3,
}

/** Currencies with a rate. */
export const knownCurrencies: readonly string[] = Object.keys(perDollar)

/** Tells whether a currency has a rate. */
export const hasRate = (currency: string): boolean => Object.hasOwn(perDollar, currency)

const listed = new Set(Intl.supportedValuesOf('currency'))

/** Tells whether a text is a currency of ISO 4217, with a rate or without. */
export const isCurrency = (code: string): boolean => hasRate(code) || listed.has(code)

const rateOf = (currency: string): number => perDollar[currency] ?? 1

/** Returns what one unit of a currency is worth in another, at most six places; 1 for a currency without a rate. */
export const rateBetween = (from: string, to: string): number =>
  from === to ? 1 : Math.max(1, Math.round((rateOf(to) / rateOf(from)) * 1_000_000)) / 1_000_000

/**
 * Returns a price in minor units of a currency.
 * @param cents price in US cents; another currency's price is rounded to three digits, as price lists are
 */
export function priceIn(cents: number, currency: string): number {
  if (currency === 'USD') return cents
  const exact = (cents / 100) * rateOf(currency) * 10 ** exponentOf(currency)
  return Math.max(1, roundTo3(exact))
}

/** Returns the nearest whole number with three digits that differ from nought. */
export function roundTo3(value: number): number {
  let step = 1
  while (value / step >= 1000) step *= 10
  return Math.round(value / step) * step
}
