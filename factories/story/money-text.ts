import { formatMajor } from '../../spec/index.ts'

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
export interface Money {
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

interface Manner extends Style {
  readonly isEnglish: boolean
}

const manners = new Map<string, Manner>()

function mannerOf(locale: string): Manner {
  const known = manners.get(locale)
  if (known) return known
  const language = languageOf(locale)
  const manner = { ...(styles[locale] ?? styles[language] ?? english), isEnglish: language === 'en' }
  if (manners.size < 1000) manners.set(locale, manner)
  return manner
}

/** Returns an amount as people of a locale (BCP 47) write it: `€1,234.50`, `1.234,50 EUR`, `CHF 1’234.50`; equal on every platform. */
export function moneyText({ amount, currency, exponent }: Money, locale: string): string {
  const { group, point, isIndian, leads, isEnglish } = mannerOf(locale)
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
export function quantityText(quantity: number, locale: string): string {
  const { group, point, isIndian } = mannerOf(locale)
  const [whole = '0', places = ''] = formatMajor(Math.abs(quantity), 3).split('.')
  const rest = places.replace(/0+$/, '')
  return `${quantity < 0 ? '-' : ''}${grouped(whole, group, isIndian)}${rest === '' ? '' : point + rest}`
}
