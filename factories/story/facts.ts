// The facts of an invoice as texts spell them: money, days and quantities in the buyer's locale, and whom they name.

import { addMonths, dayOf, formatMajor, partsOf, secondsPerDay } from '../../spec/index.ts'
import type { Day, Instant } from '../../spec/index.ts'
import type { Entry, Party, Person } from '../ledger/entry.ts'
import { mix } from '../random.ts'

/** The facts of an invoice as its texts spell them, in the buyer's locale. */
export interface Facts {
  readonly number: string
  readonly seller: string
  readonly buyer: string
  readonly total: string
  readonly issued: string
  readonly due: string
  readonly order: string | undefined
  /** Spells minor units of the invoice's currency. */
  readonly money: (amount: number) => string
  readonly date: (day: Day) => string
}

/** Returns the facts of an invoice in words. */
export function factsOf(entry: Entry): Facts {
  const { currency, exponent, buyer, seller } = entry
  const money = (amount: number): string => moneyText({ amount, currency, exponent }, buyer.locale)
  const date = (day: Day): string => dateText(day, buyer.locale)
  return {
    number: entry.number,
    seller: seller.name,
    buyer: buyer.name,
    total: money(entry.total),
    issued: date(entry.issueDate),
    due: date(entry.dueDate),
    order: entry.purchaseOrder,
    money,
    date,
  }
}

/** Returns what was still owed at a moment, in minor units. */
export function openAt({ total, rounding, payments }: Entry, at: Instant): number {
  let open = total + rounding
  for (const payment of payments) if (!payment.isPending && payment.at <= at) open -= payment.amount
  return open
}

/** Returns the last second of an entry's `today`. */
export const endOf = ({ today }: Pick<Entry, 'today'>): Instant => (today + 1) * secondsPerDay - 1

/** Returns a text whose names in braces are replaced by values: `Due on {due}.` */
export const render = (text: string, values: object): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String((values as Readonly<Record<string, unknown>>)[name]))

/** Returns the one of the staff, which has at least one member, who looks after a customer. */
export const assigneeFor = ({ key }: Pick<Party, 'key'>, staff: readonly Person[]): Person =>
  staff[mix(key ^ 0x73746166) % staff.length] as Person

/** Returns the one of the staff who looks after an invoice: who looks after its buyer. Without staff, the seller's first contact. */
export const assigneeOf = ({ buyer, seller }: Pick<Entry, 'buyer' | 'seller'>, staff: readonly Person[]): Person =>
  assigneeFor(buyer, staff.length > 0 ? staff : seller.people)

/** Returns the buyer's person who is written to and called. */
export const contactOf = ({ buyer: { people } }: Entry): Person =>
  people.find(({ isPrimary }) => isPrimary) ?? (people[0] as Person)

/** Returns the buyer's person a wrong contact refers to: the first other one, else the contact. */
export const referredOf = (entry: Entry): Person =>
  entry.buyer.people.find((person) => person !== contactOf(entry)) ?? contactOf(entry)

const pays = /account|payable|financ|treasur|controll|bookkeep|billing|purchas/i

/** Returns the buyer's person who pays: the first with a job in finance, else the contact. */
export const payerOf = (entry: Entry): Person =>
  entry.buyer.people.find(({ jobTitle }) => pays.test(jobTitle)) ?? contactOf(entry)

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
/** Where English text puts the month first. */
const monthFirst = new Set(['en-US', 'en-CA', 'en-PH', 'es-US'])

/** Returns a day in English words, in the order of a locale (BCP 47): `14 March 2026`, `March 14, 2026`. */
export function dateText(day: Day, locale: string): string {
  const { year, month, day: dayOfMonth } = partsOf(day)
  const name = months[month - 1]
  return monthFirst.has(locale) ? `${name} ${dayOfMonth}, ${year}` : `${dayOfMonth} ${name} ${year}`
}

/** Returns a span of days in English words, as short as it can be said: `March 2026`, `1 March 2026 to 15 April 2026`. */
export function periodText(start: Day, end: Day, locale: string): string {
  const { year, month, day } = partsOf(start)
  if (day === 1 && end === addMonths(start, 1) - 1) return `${months[month - 1]} ${year}`
  if (day === 1 && month === 1 && end === dayOf(year, 12, 31)) return String(year)
  return start === end ? dateText(start, locale) : `${dateText(start, locale)} to ${dateText(end, locale)}`
}

/** Returns the calendar day (UTC) of a moment. */
export const dayAt = (at: Instant): Day => Math.floor(at / secondsPerDay)

/** How a locale writes an amount. */
interface Style {
  readonly group: string
  readonly point: string
  /** Groups of two above the first three: 12,34,567. */
  readonly isIndian: boolean
  /** The currency stands before the figure. */
  readonly leads: boolean
}

/** An amount of minor units with its currency. */
interface Money {
  readonly amount: number
  readonly currency: string
  readonly exponent: number
}

const nbsp = '\u00a0'
const english: Style = { group: ',', point: '.', isIndian: false, leads: true }
const indian: Style = { ...english, isIndian: true }
const swiss: Style = { group: '\u2019', point: '.', isIndian: false, leads: true }
const dotted: Style = { group: '.', point: ',', isIndian: false, leads: false }
const spaced: Style = { group: nbsp, point: ',', isIndian: false, leads: false }

/** A table, because `Intl` writes the same amount differently from engine to engine. */
const styles: Readonly<Record<string, Style>> = {
  'en-IN': indian,
  hi: indian,
  'de-CH': swiss,
  'fr-CH': swiss,
  'it-CH': swiss,
  'de-LI': swiss,
  'es-MX': english,
  'pt-PT': spaced,
  ...Object.fromEntries(
    ['da', 'de', 'el', 'es', 'hr', 'id', 'is', 'it', 'nl', 'pt', 'ro', 'sl', 'sr', 'tr', 'vi'].map((language) => [
      language,
      dotted,
    ]),
  ),
  ...Object.fromEntries(
    ['bg', 'cs', 'et', 'fi', 'fr', 'hu', 'lt', 'lv', 'nb', 'nn', 'no', 'pl', 'ru', 'sk', 'sv', 'uk'].map((language) => [
      language,
      spaced,
    ]),
  ),
}

/** Symbols that mean one currency in English text everywhere. */
const symbols: Readonly<Record<string, string>> = { EUR: '€', GBP: '£', JPY: '¥' }
/** Regions whose own dollar needs no code. */
const dollars: Readonly<Record<string, string>> = { US: 'USD', CA: 'CAD', AU: 'AUD', NZ: 'NZD' }

const languageOf = (locale: string): string => locale.split('-', 1)[0] ?? locale

interface LocaleStyle extends Style {
  readonly isEnglish: boolean
}

const localeStyles = new Map<string, LocaleStyle>()

function styleOf(locale: string): LocaleStyle {
  const known = localeStyles.get(locale)
  if (known) return known
  const language = languageOf(locale)
  const style = { ...(styles[locale] ?? styles[language] ?? english), isEnglish: language === 'en' }
  if (localeStyles.size < 1000) localeStyles.set(locale, style)
  return style
}

/** Returns an amount as people of a locale (BCP 47) write it: `€1,234.50`, `1.234,50 EUR`, `CHF 1’234.50`; equal on every platform. */
export function moneyText({ amount, currency, exponent }: Money, locale: string): string {
  const { group, point, isIndian, leads, isEnglish } = styleOf(locale)
  const [whole = '0', places] = formatMajor(Math.abs(amount), exponent).split('.')
  const figure = grouped(whole, group, isIndian) + (places === undefined ? '' : point + places)
  const sign = amount < 0 ? '-' : ''
  if (!leads) return `${sign}${figure}${nbsp}${currency}`
  const symbol = isEnglish ? symbolOf(currency, locale) : undefined
  return symbol === undefined ? `${sign}${currency}${nbsp}${figure}` : `${sign}${symbol}${figure}`
}

const symbolOf = (currency: string, locale: string): string | undefined =>
  symbols[currency] ?? (dollars[locale.slice(-2)] === currency ? '$' : undefined)

function grouped(digits: string, separator: string, isIndian: boolean): string {
  let end = digits.length - 3
  if (end <= 0) return digits
  let text = digits.slice(end)
  const step = isIndian ? 2 : 3
  for (; end > 0; end -= step) text = digits.slice(Math.max(0, end - step), end) + separator + text
  return text
}

/** Returns a quantity of thousandths with no more places than it needs: `2.5`, `1.200`. */
function quantityText(quantity: number, locale: string): string {
  const { group, point, isIndian } = styleOf(locale)
  const [whole = '0', places = ''] = formatMajor(Math.abs(quantity), 3).split('.')
  const rest = places.replace(/0+$/, '')
  return `${quantity < 0 ? '-' : ''}${grouped(whole, group, isIndian)}${rest === '' ? '' : point + rest}`
}

/** Singular and plural of units, by UN/ECE Recommendation 20 code. */
const units: Readonly<Record<string, readonly [string, string]>> = {
  ANN: ['year', 'years'],
  BX: ['box', 'boxes'],
  C62: ['unit', 'units'],
  CMT: ['centimetre', 'centimetres'],
  DAY: ['day', 'days'],
  E48: ['unit', 'units'],
  EA: ['piece', 'pieces'],
  GRM: ['gram', 'grams'],
  H87: ['piece', 'pieces'],
  HUR: ['hour', 'hours'],
  KGM: ['kilogram', 'kilograms'],
  KMT: ['kilometre', 'kilometres'],
  KWH: ['kilowatt hour', 'kilowatt hours'],
  LTR: ['litre', 'litres'],
  MIN: ['minute', 'minutes'],
  MON: ['month', 'months'],
  MTK: ['square metre', 'square metres'],
  MTQ: ['cubic metre', 'cubic metres'],
  MTR: ['metre', 'metres'],
  PK: ['pack', 'packs'],
  PR: ['pair', 'pairs'],
  SET: ['set', 'sets'],
  TNE: ['tonne', 'tonnes'],
  WEE: ['week', 'weeks'],
  XBX: ['box', 'boxes'],
  XPK: ['pack', 'packs'],
  XPX: ['pallet', 'pallets'],
}

/** Returns the name of one unit, by UN/ECE code: `hour`; `unit` where the code is not known. */
export const unitText = (code: string): string => units[code]?.[0] ?? 'unit'

/** Returns a quantity of thousandths with its unit: `1 hour`, `2.5 days`, `1.200 pieces`. */
export function measureText(quantity: number, code: string, locale: string): string {
  const [one, many] = units[code] ?? ['unit', 'units']
  return `${quantityText(quantity, locale)} ${quantity === 1000 ? one : many}`
}
