import type { Role } from '../roles.ts'

/** Objects that only group what stands in them. */
export const groups = new Set(
  'total amount detail details header metadata meta date dates summary breakdown info information attributes relationships relations financial financials terms payment document invoice pricing head general fields totals'.split(
    ' ',
  ),
)

export const heads = new Set(['invoice', 'header', 'head', 'document'])

/** Words of names that say which invoice, but not how. */
export const labels = new Set(['reference', 'code', 'name', 'document', 'invoice', 'key', 'identifier'])

/** Words of objects that hold the moments of an invoice's life. */
export const lifeCycle = new Set(
  'status transitions transition timestamps timeline life cycle lifecycle moments milestones events history date at verlauf zeitpunkte historique historial storico'.split(
    ' ',
  ),
)

/** Objects around the key of another thing: `customer: { data: { type, id } }`. */
export const links = /^(?:data|link|ref|reference)$/i

/** The same inside a line, where details are about something else. */
export const small = new Set(['total', 'amount', 'price', 'pricing'])

/** The same inside a part of a payment: an allocation holds the payment. */
export const ofPayments = new Set(['payment', 'transaction', 'amount', 'total', 'detail', 'details'])

/** Objects whose own name says what their parts are about. */
export const telling = new Set([
  'tax',
  'discount',
  'charge',
  'shipping',
  'paid',
  'outstanding',
  'period',
  'service',
  'due',
  'issue',
  'line',
  'subtotal',
  'net',
  'gross',
  'incl',
  'excl',
  'unit',
  'price',
])

/** Parts of an address that may stand in a party itself. */
export const partsOfAddress = new Set<Role>([
  'address.line1',
  'address.line2',
  'address.city',
  'address.postalCode',
  'address.region',
  'address.country',
])

/** Returns the role of what a line names by its key: `item`, `tax_rate`. */
export function keyOfLine(own: readonly string[]): string | undefined {
  const text = own.join(' ')
  return text === 'line' || text === 'product' || text === 'service'
    ? 'line.product'
    : text === 'tax rate' || text === 'tax'
      ? 'line.taxRateId'
      : undefined
}
