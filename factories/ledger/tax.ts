// Which tax a seller charges a customer: domestic, reduced, exempt, reverse charge, export.
import { hashText, mix2 } from '../random.ts'
import type { Country, TaxRate, TaxTable, Town } from './countries.ts'
import { salt, unit } from './draw.ts'

/** Where a party sells or buys. */
export interface TaxPlace {
  readonly country: Country
  readonly town: Town
}

const treatment = salt('tax treatment')
const nexus = salt('nexus')

/**
 * Returns what a seller charges a customer, a company: tax of its own country at home, none abroad.
 * - At home: the country's rates, or the place's where tax is a matter of place; one customer in thirty is exempt (category E).
 * - In the United States a seller collects only in its own state and those in which it has nexus (category O elsewhere).
 * - Within the European Union: goods are an intra-Community supply (K, Directive 2006/112/EC, Article 138), services are taxed where the
 *   customer is, who accounts for it (AE, Articles 44 and 196).
 * - Beyond: goods are an export (G), services are outside the scope of the seller's tax (O).
 * @param key seed of the customer's own draws
 */
export function taxesOf(key: number, { country, town }: TaxPlace, seller: TaxPlace): TaxTable {
  if (country.code !== seller.country.code) return taxesAbroad(country, seller.country)
  const local = taxesIn(country, town)
  if (country.code === 'US' && !hasNexus(town, seller.town))
    return untaxed('O', local.standard.name, `No nexus in ${town.region}`)
  if (local.standard.rate === 0 || unit(key, treatment) <= 0.967) return local
  return untaxed('E', local.standard.name, 'Exempt: certificate on file')
}

const untaxed = (category: TaxRate['category'], name: string, reason: string): TaxTable => {
  const rate = { category, rate: 0, name, reason }
  return { standard: rate, books: rate, food: rate }
}

/** A seller has nexus in its own state, and in about half of the others. */
const hasNexus = ({ region }: Town, seller: Town): boolean =>
  region === seller.region || unit(mix2(hashText(seller.region), hashText(region)), nexus) < 0.55

function taxesAbroad(country: Country, seller: Country): TaxTable {
  const { name } = seller.taxes.standard
  if (seller.code === 'US' || seller.taxes.standard.rate === 0)
    return untaxed('O', name, `Export: not subject to ${name.toLowerCase()}`)
  if (seller.isEu && country.isEu)
    return {
      ...untaxed('AE', name, 'Reverse charge: the recipient accounts for the tax (Article 196, Directive 2006/112/EC)'),
      goods: { category: 'K', rate: 0, name, reason: 'Intra-Community supply (Article 138, Directive 2006/112/EC)' },
    }
  return {
    ...untaxed('O', name, 'Outside the scope: the place of supply is that of the customer'),
    goods: { category: 'G', rate: 0, name, reason: 'Export of goods' },
  }
}

/** Returns a table whose rates are those of a list that are nearest to its own, where there is one. */
export function withinRates(table: TaxTable, rates: readonly number[] | undefined): TaxTable {
  if (!rates || rates.length === 0) return table
  const fit = (rate: TaxRate): TaxRate => {
    const nearest = rates.reduce((best, one) => (Math.abs(one - rate.rate) < Math.abs(best - rate.rate) ? one : best))
    if (nearest === rate.rate) return rate
    const { name } = rate
    return nearest === 0
      ? { category: 'Z', rate: 0, name, reason: 'Zero rated' }
      : { category: 'S', rate: nearest, name }
  }
  const { standard, books, food, goods } = table
  return { standard: fit(standard), books: fit(books), food: fit(food), ...(goods && { goods: fit(goods) }) }
}

/** Returns the tax rates of a place: the country's, or the town's where tax is a matter of place. */
export function taxesIn({ taxes }: Country, { salesTax, region }: Town): TaxTable {
  if (salesTax === undefined) return taxes
  if (salesTax === 0) return untaxed('O', taxes.standard.name, `${region} levies no sales tax`)
  const standard = { ...taxes.standard, rate: salesTax }
  const local = (rate: TaxRate): TaxRate => (rate.rate === taxes.standard.rate ? standard : rate)
  return { standard, books: local(taxes.books), food: local(taxes.food) }
}
