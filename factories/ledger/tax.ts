import { salt, unit } from './draw.ts'
import type { Country, TaxRate, TaxTable, Town } from './place.ts'

const reverseCharge: TaxRate = {
  category: 'AE',
  rate: 0,
  name: 'VAT',
  reason: 'Reverse charge: the recipient accounts for the tax',
}
const treatment = salt('tax treatment')

/**
 * Returns the tax rates that a customer is charged: those of its place; or none, because a customer in the European
 * Union accounts for the tax itself (one in five, category AE) or is exempt as a public body (one in thirty, category E).
 * @param key seed of the customer's own draws
 */
export function taxesOf(key: number, country: Country, town: Town): TaxTable {
  const draw = unit(key, treatment)
  const local = taxesIn(country, town)
  if (local.standard.rate === 0) return local
  if (country.isEu && draw < 0.2) return { standard: reverseCharge, reduced: reverseCharge }
  if (draw <= 0.967) return local
  const exempt: TaxRate = { category: 'E', rate: 0, name: local.standard.name, reason: 'Exempt: certificate on file' }
  return { standard: exempt, reduced: exempt }
}

/** Returns the tax rates of a place: the country's, or the town's where tax is a matter of place. */
export function taxesIn({ taxes }: Country, { salesTax, region }: Town): TaxTable {
  if (salesTax === undefined) return taxes
  const standard: TaxRate =
    salesTax > 0
      ? { ...taxes.standard, rate: salesTax }
      : { category: 'O', rate: 0, name: taxes.standard.name, reason: `${region} levies no sales tax` }
  return { standard, reduced: salesTax > 0 ? taxes.reduced : standard }
}
