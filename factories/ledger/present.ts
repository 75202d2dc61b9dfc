// Rewrites an entry for an API: what the API has no property for becomes a line, so that totals stay.
import { calculate, grossOf } from './calculate.ts'
import type { InvoiceInput, LineInput, Rounding } from './calculate.ts'
import { prefixOf } from './derive.ts'
import type { Entry, Payment, TaxGroup } from './entry.ts'

/** What an API has places for; the rest is said with lines. */
export interface Capabilities {
  readonly allowances: boolean
  readonly charges: boolean
  readonly lineAllowances: boolean
  readonly fractionalQuantities: boolean
  /** Prices with more decimals than the currency. */
  readonly finePrices: boolean
  readonly tax: boolean
}

/** How an API writes sums: what it has places for, and where it rounds. */
export interface Presentation {
  readonly can: Capabilities
  readonly rounding: Rounding
  /** Whose invoices these are: issued by the party whose books these are, or received from its vendors. */
  readonly direction?: Entry['direction']
  /** Whether nothing is due of a void invoice. */
  readonly forgives?: boolean
}

/** Returns an entry in terms an API has. What it has no place for is said with lines, so totals stay, but for where it rounds. */
export function present(issued: Entry, terms: Presentation): Entry {
  const entry = inTerms(issued, terms)
  return terms.forgives === true && entry.status === 'void' ? { ...entry, due: 0 } : entry
}

function inTerms(issued: Entry, { can, rounding, direction }: Presentation): Entry {
  const entry = direction === 'payable' && issued.direction === 'receivable' ? received(issued) : issued
  const isFull =
    can.allowances && can.charges && can.lineAllowances && can.fractionalQuantities && can.finePrices && can.tax
  if (isFull && rounding === 'total') return entry
  const sums = calculate(
    withinCapabilities({ lines: entry.lines, allowances: entry.allowanceList, charges: entry.chargeList }, can),
    rounding,
  )
  const taxes = sums.taxes.map((group): TaxGroup => ({
    ...(entry.taxes.find(({ rate }) => rate === group.rate) ?? { category: 'Z', name: 'Untaxed' }),
    ...group,
  }))
  if (sums.total === entry.total) return { ...entry, ...sums, taxes }
  const payments = entry.paid === entry.total ? settle(entry.payments, sums.total) : entry.payments
  const paid = payments.reduce((total, { amount }) => total + amount, 0)
  return { ...entry, ...sums, taxes, payments, paid, due: sums.total - paid }
}

/** The same invoice seen from the other side: the other party sends it, under a number of its own. */
function received(entry: Entry): Entry {
  const { buyer, seller, number } = entry
  const own = `${prefixOf(seller)}-`
  return {
    ...entry,
    direction: 'payable',
    buyer: seller,
    seller: buyer,
    number: number.startsWith(own) ? `${prefixOf(buyer)}-${number.slice(own.length)}` : number,
  }
}

/** Rounding elsewhere moved the total by a little: the last payment follows. */
function settle(payments: readonly Payment[], total: number): Payment[] {
  const before = payments.slice(0, -1).reduce((sum, { amount }) => sum + amount, 0)
  return payments.map((payment, index) =>
    index === payments.length - 1 ? { ...payment, amount: total - before } : payment,
  )
}

/** Returns the same invoice in terms an API has: what it has no place for becomes a line, so every total stays. */
export function withinCapabilities(input: InvoiceInput, can: Capabilities): InvoiceInput {
  let { lines, allowances, charges } = input
  if (!can.lineAllowances) {
    allowances = [
      ...allowances,
      ...lines
        .filter(({ allowance }) => allowance !== 0)
        .map(({ allowance, taxRate, name }) => ({ amount: allowance, reason: `Discount on ${name}`, taxRate })),
    ]
    lines = lines.map((line) => ({ ...line, allowance: 0 }))
  }
  if (!can.fractionalQuantities) lines = lines.map((line) => (line.quantity % 1000 === 0 ? line : inOne(line)))
  if (!can.finePrices) lines = lines.map((line) => (Number.isInteger(line.price) ? line : inOne(line)))
  if (!can.charges) {
    lines = [...lines, ...charges.map((charge) => asLine(charge, charge.amount))]
    charges = []
  }
  if (!can.allowances) {
    lines = [...lines, ...allowances.map((allowance) => asLine(allowance, -allowance.amount))]
    allowances = []
  }
  return can.tax ? { lines, allowances, charges } : withoutTax({ lines, allowances, charges })
}

function withoutTax(input: InvoiceInput): InvoiceInput {
  const { tax } = calculate(input)
  const untaxed = <T extends { readonly taxRate: number }>(list: readonly T[]): T[] =>
    list.map((item) => ({ ...item, taxRate: 0 }))
  const lines = tax === 0 ? input.lines : [...input.lines, asLine({ reason: 'Tax', taxRate: 0 }, tax)]
  return { lines: untaxed(lines), allowances: untaxed(input.allowances), charges: untaxed(input.charges) }
}

/** Bills all units as one. */
function inOne(line: LineInput): LineInput {
  const sign = line.quantity < 0 ? -1 : 1
  return { ...line, quantity: sign * 1000, price: sign * grossOf(line.quantity, line.price) }
}

/** Returns a line of one unit, called by its reason, at a price in minor units. */
export const asLine = ({ reason, taxRate }: { reason: string; taxRate: number }, price: number): LineInput => ({
  name: reason,
  description: reason,
  product: -1,
  productType: 'service',
  unit: 'C62',
  quantity: 1000,
  price,
  allowance: 0,
  taxRate,
})
