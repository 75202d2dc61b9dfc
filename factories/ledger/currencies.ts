// Currencies of ISO 4217: what they are worth, and prices in them.
import { exponentOf, unitsOf } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'
import { hashText, mix2 } from '../random.ts'
import { weekdayOf } from './calendar.ts'
import { unit } from './draw.ts'

/** Units of a currency for one US dollar, for every currency of ISO 4217 that is in use. Rounded: plausible, of no day. */
const table = [
  'AED 3.6725 AFN 70.5 ALL 91.4 AMD 388 ANG 1.79 AOA 872 ARS 982 AUD 1.5184 AWG 1.79 AZN 1.7 BAM 1.802 BBD 2',
  'BDT 119.5 BGN 1.802 BHD 0.376 BIF 2890 BMD 1 BND 1.335 BOB 6.91 BRL 5.634 BSD 1 BTN 83.72 BWP 13.6 BYN 3.27',
  'BZD 2.015 CAD 1.3721 CDF 2840 CHF 0.8826 CLF 0.0249 CLP 943.5 CNY 7.138 COP 4195 CRC 517 CUP 24 CVE 101.6',
  'CZK 23.31 DJF 177.7 DKK 6.8743 DOP 60.2 DZD 133.4 EGP 48.9 ERN 15 ETB 121 EUR 0.9215 FJD 2.24 FKP 0.7842',
  'GBP 0.7842 GEL 2.72 GHS 15.9 GIP 0.7842 GMD 69.5 GNF 8620 GTQ 7.73 GYD 209 HKD 7.781 HNL 24.9 HTG 131.8',
  'HUF 368.5 IDR 15720 ILS 3.702 INR 83.72 IQD 1310 IRR 42000 ISK 137.2 JMD 158 JOD 0.709 JPY 153.25 KES 129.2',
  'KGS 85.5 KHR 4060 KMF 453.3 KPW 900 KRW 1372 KWD 0.3072 KYD 0.833 KZT 487 LAK 21950 LBP 89500 LKR 293 LRD 193',
  'LSL 18.31 LYD 4.83 MAD 9.93 MDL 17.8 MGA 4590 MKD 56.7 MMK 2100 MNT 3390 MOP 8.01 MRU 39.7 MUR 46.2 MVR 15.4',
  'MWK 1734 MXN 19.42 MYR 4.412 MZN 63.9 NAD 18.31 NGN 1580 NIO 36.8 NOK 10.871 NPR 134 NZD 1.6512 OMR 0.3845 PAB 1',
  'PEN 3.752 PGK 3.94 PHP 57.21 PKR 278.1 PLN 3.962 PYG 7860 QAR 3.64 RON 4.585 RSD 107.8 RUB 96.5 RWF 1355',
  'SAR 3.75 SBD 8.3 SCR 13.6 SDG 601 SEK 10.4825 SGD 1.335 SHP 0.7842 SLE 22.6 SOS 571 SRD 34.5 SSP 3050 STN 22.6',
  'SVC 8.75 SYP 13000 SZL 18.31 THB 34.62 TJS 10.65 TMT 3.5 TND 3.112 TOP 2.35 TRY 34.12 TTD 6.79 TWD 32.14',
  'TZS 2720 UAH 41.3 UGX 3665 USD 1 UYU 40.8 UZS 12790 VED 43 VES 43 VND 25110 VUV 119.5 WST 2.73 XAF 604.5 XCD 2.7',
  'XCG 1.79 XOF 604.5 XPF 110 YER 250 ZAR 18.31 ZMW 26.7 ZWG 25.5',
]

const perDollar = new Map(
  [...table.join(' ').matchAll(/([A-Z]{3}) ([\d.]+)/g)].map(
    ([, code, rate]) => [code as string, Number(rate)] as const,
  ),
)

/** Currencies with a rate. */
export const knownCurrencies: readonly string[] = [...perDollar.keys()]

/** Tells whether a currency has a rate. */
export const hasRate = (currency: string): boolean => perDollar.has(currency)

const listed = new Set(Intl.supportedValuesOf('currency'))

/** Tells whether a text is a currency of ISO 4217, with a rate or without. */
export const isCurrency = (code: string): boolean => hasRate(code) || listed.has(code)

const rateOf = (currency: string): number => perDollar.get(currency) ?? 1

/** Currencies that move with another, or not at all against the dollar. */
const pegs = new Map(
  Object.entries({
    USD: 'AED ANG AWG BBD BHD BMD BSD BZD CUP DJF ERN HKD JOD LBP MOP OMR PAB QAR SAR SVC TMT XCD XCG',
    EUR: 'BAM BGN CVE DKK KMF STN XAF XOF XPF',
    GBP: 'FKP GIP SHP',
    INR: 'BTN NPR',
    SGD: 'BND',
    ZAR: 'LSL NAD SZL',
  }).flatMap(([anchor, codes]) => codes.split(' ').map((code) => [code, anchor] as const)),
)

/** Days in which a rate swings, and how far (a natural logarithm): years, quarters, months, weeks, days. */
const swings = [
  [512, 0.06],
  [128, 0.03],
  [32, 0.015],
  [8, 0.006],
  [1, 0.002],
] as const

/** Returns how far a currency is from its usual rate on a day, as a factor. Made up, and the same for every seed; still on weekends. */
function swingOf(currency: string, day: Day): number {
  const anchor = pegs.get(currency) ?? currency
  if (anchor === 'USD') return 1
  const weekday = weekdayOf(day)
  const quoted = weekday === 6 ? day - 1 : weekday === 0 ? day - 2 : day
  const known = recent.get(anchor)
  if (known?.day === quoted) return known.swing
  const swing = drawSwing(anchor, quoted)
  recent.set(anchor, { day: quoted, swing })
  return swing
}

/** The day that was asked for last: invoices are walked day by day. */
const recent = new Map<string, { readonly day: Day; readonly swing: number }>()

function drawSwing(anchor: string, day: Day): number {
  const key = hashText(anchor)
  let sum = 0
  for (const [days, size] of swings) {
    const step = Math.floor(day / days)
    const [from, to] = [unit(mix2(key, step), days), unit(mix2(key, step + 1), days)]
    sum += size * (from + (to - from) * (day / days - step) - 0.5)
  }
  return 1 + sum
}

/**
 * Returns what one unit of a currency is worth in another on a day, at most six places; 1 for a currency without a rate.
 * @param day the usual rate where missing
 */
export function rateBetween(from: string, to: string, day?: Day): number {
  if (from === to) return 1
  const swing = day === undefined ? 1 : swingOf(to, day) / swingOf(from, day)
  return Math.max(1, Math.round((rateOf(to) / rateOf(from)) * swing * 1_000_000)) / 1_000_000
}

/**
 * Returns a list price of US dollars in minor units of another currency, rounded to three digits, as price lists are.
 * @param cents price in US cents
 */
export const priceIn = (cents: number, currency: string): number => convertPrice(cents, 'USD', currency)

/** Returns a price in minor units of another currency, rounded to three digits; at least one unit, and nothing where it is nothing. */
export function convertPrice(price: number, from: string, to: string): number {
  if (from === to || price === 0) return price
  const major = Math.abs(price) / unitsOf(exponentOf(from))
  const exact = major * (rateOf(to) / rateOf(from)) * unitsOf(exponentOf(to))
  return Math.sign(price) * Math.max(1, roundTo3(exact))
}

/** Returns the nearest whole number with three digits that differ from nought. */
export function roundTo3(value: number): number {
  let step = 1
  while (value / step >= 1000) step *= 10
  return Math.round(value / step) * step
}
