// Names, industries and domains of companies.
import type { Trade } from './articles.ts'
import type { Country } from './countries.ts'
import { languages } from './languages.ts'
import type { LanguageCode, NamePart } from './languages.ts'
import type { Pools } from './pools.ts'
import { slug } from './text.ts'

/** Lines of business that customers are in. */
export type Industry = keyof typeof industries

/** Each line of business: what it is called, what such a company does, and how many people it employs (the middle of them). */
const industries = {
  logistics: {
    name: 'Transportation and logistics',
    does: 'Freight forwarding, warehousing and last-mile delivery',
    employees: 160,
  },
  construction: { name: 'Construction', does: 'Commercial building, renovation and site management', employees: 90 },
  food: { name: 'Food production', does: 'Baked goods and prepared foods for retailers and canteens', employees: 120 },
  machinery: {
    name: 'Industrial machinery',
    does: 'Custom machines, spare parts and maintenance for factories',
    employees: 140,
  },
  health: { name: 'Medical devices', does: 'Devices and consumables for clinics and laboratories', employees: 80 },
  energy: { name: 'Energy', does: 'Solar plants, grid connections and metering for businesses', employees: 110 },
  media: { name: 'Media and publishing', does: 'Trade magazines, corporate publishing and events', employees: 45 },
  hospitality: { name: 'Hospitality', does: 'Hotels, restaurants and event catering', employees: 130 },
  agriculture: { name: 'Agriculture', does: 'Seeds, crops and services for growers', employees: 60 },
  packaging: {
    name: 'Packaging and printing',
    does: 'Printed cartons, labels and packaging in small and large runs',
    employees: 75,
  },
  property: { name: 'Real estate', does: 'Letting, facility management and building services', employees: 50 },
  automotive: { name: 'Automotive', does: 'Parts, fleet sales and workshop services', employees: 100 },
} as const satisfies Record<string, { name: string; does: string; employees: number }>

/** Keys of the lines of business, in a fixed order. */
const technology = {
  name: 'Information technology',
  does: 'Business software, hardware and consulting',
  employees: 240,
}

/** Returns what a line of business is called, what such a company does, and how many people it employs. */
export const industryOf = (
  trade: Trade,
): { readonly name: string; readonly does: string; readonly employees: number } =>
  trade === 'technology' ? technology : industries[trade]

const industryCodes = Object.keys(industries) as Industry[]

/** What a company is called, and what its name says. */
interface CompanyName {
  readonly name: string
  /** Without the ending that its legal form adds. */
  readonly registered: string
  readonly industry: Industry
  readonly domain: string
}

const numerals = ['', ' II', ' III', ' IV', ' V', ' VI', ' VII', ' VIII', ' IX', ' X']

/**
 * Returns the name of a customer, which no other customer has: numbers are permuted over all pairs of a stem and a
 * trade, and counted on where there are more customers than pairs. So are domains, because no trade is a word of two
 * languages.
 */
export function companyName(pools: Pools, key: number, { language }: Country): CompanyName {
  const { stems } = pools.words(language)
  const trades = tradesOf(language)
  const pairs = stems.length * trades.length
  const place = scatter(key % pairs, pairs, pools.key)
  const { industry, word } = trades[place % trades.length] as (typeof trades)[number]
  return named(stems[Math.floor(place / trades.length)] as NamePart, word, industry, numeral(Math.floor(key / pairs)))
}

/** Returns the name of the seller, which no customer has: of a group, or of a house of systems. */
export function sellerName(pools: Pools, draw: number, { language }: Country, trade: Trade): CompanyName {
  const { stems } = pools.words(language)
  // Two joined words rather than two family names.
  const short = stems.filter(({ latin }) => !latin.includes(' '))
  const list = short.length > 0 ? short : stems
  const stem = list[Math.floor(draw * list.length)] as NamePart
  if (trade === 'technology') return named(stem, house('システムズ', 'Systems', language), 'media', '')
  const { word } = tradesOf(language).find(({ industry }) => industry === trade) as Line
  const group = house('グループ', 'Group', language)
  const text = language === 'ja' ? word.text + group.text : `${word.text} ${group.text}`
  return named(stem, { text, latin: `${word.latin} ${group.latin}` }, trade, '')
}

const house = (text: string, latin: string, language: LanguageCode): NamePart =>
  language === 'ja' ? { text, latin } : { text: latin, latin }

function named(stem: NamePart, trade: NamePart, industry: Industry, suffix: string): CompanyName {
  const name = `${stem.latin} ${trade.latin}${suffix}`
  const isNative = stem.text !== stem.latin
  return {
    name,
    registered: isNative ? stem.text + trade.text + suffix : name,
    industry,
    domain: `${slug(name)}.example`,
  }
}

const numeral = (round: number): string => numerals[round] ?? ` ${round + 1}`

/** A word that companies of an industry call themselves by. */
interface Line {
  readonly industry: Industry
  readonly word: NamePart
}

const known = new Map<string, readonly Line[]>()

function tradesOf(language: LanguageCode): readonly Line[] {
  const list =
    known.get(language) ??
    industryCodes.flatMap((industry) =>
      languages[language].trades[industry].map((trade) => ({
        industry,
        word: typeof trade === 'string' ? { text: trade, latin: trade } : trade,
      })),
    )
  known.set(language, list)
  return list
}

/** A permutation of the whole numbers below `size`. */
const scatter = (value: number, size: number, seed: number): number => (value * stepFor(size) + (seed % size)) % size

function stepFor(size: number): number {
  let step = Math.floor(size * 0.618)
  while (divisor(step, size) > 1) step++
  return step
}

const divisor = (left: number, right: number): number => (right === 0 ? left : divisor(right, left % right))

/** Returns what a company of an industry does, in a sentence. */
export const describeCompany = (trade: Trade, town: string, founded: number): string =>
  `${industryOf(trade).does}, in ${town} since ${founded}.`
