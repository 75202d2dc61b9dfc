// Computes the terms of EN 16931 (BT-…) from an invoice.

import { multiply, parseDecimal, readNumber, readRate, readWords, round } from '../spec/index.ts'
import type { BusinessObject, Decimal, Role } from '../spec/index.ts'
import { exponentAt, amountAt } from './equation.ts'
import type { LawContext } from './law.ts'

/**
 * The terms of an invoice's arithmetic, in major units, exactly. `undefined` means unknown, and a law that needs the term is
 * passed over for that object. Three cases:
 *
 * - bound and stated: what the body says;
 * - bound, but absent or null in this body: unknown, because lists may show partial objects. The terms that EN 16931 makes optional
 *   (allowances BT-107, charges BT-108, tax BT-110, paid BT-113, rounding BT-114, line allowance BT-136) are then 0, provided that the schema of
 *   this object has them: where only other schemas of the document do, they are unknown here as well;
 * - bound nowhere in the document: derived from its parts where those are bound, else neutral, which is 0.
 */
type TermValue = Decimal | undefined

/** The sum of a role over the objects of a list, unknown where the list is not shown or an object does not state it. */
export const sumOf =
  (list: Role, role: Role) =>
  (invoice: BusinessObject, context: LawContext): TermValue =>
    invoice.has(list) ? addUp(invoice.list(list).map((each) => amountAt(each, role, context))) : undefined

/** Returns the sum of terms, or `undefined` where one is unknown. */
export function addUp(terms: readonly TermValue[]): TermValue {
  let sum = 0n
  for (const term of terms) {
    if (term === undefined) return undefined
    sum += term
  }
  return sum
}

/** Returns an amount that EN 16931 makes optional: 0 where an object leaves it out, unknown where it has no place for it but others have. */
function optionalAmount(object: BusinessObject, role: Role, context: LawContext): TermValue {
  if (object.first(role)) return amountAt(object, role, context)
  return object.form.roles.has(role) || !context.bound.has(role) ? 0n : undefined
}

/** Returns an optional sum: as stated, else that of its parts where these are shown. */
function optionalSum(invoice: BusinessObject, role: Role, list: Role, part: Role, context: LawContext): TermValue {
  const isSummed = !invoice.first(role) && context.bound.has(part) && invoice.has(list)
  return isSummed ? sumOf(list, part)(invoice, context) : optionalAmount(invoice, role, context)
}

/** BT-107. */
export const allowancesOf = (invoice: BusinessObject, context: LawContext): TermValue =>
  optionalSum(invoice, 'invoice.allowances', 'invoice.allowanceList', 'allowance.amount', context)

/** BT-108. */
export const chargesOf = (invoice: BusinessObject, context: LawContext): TermValue =>
  optionalSum(invoice, 'invoice.charges', 'invoice.chargeList', 'charge.amount', context)

/** BT-114. */
export const roundingOf = (invoice: BusinessObject, context: LawContext): TermValue =>
  optionalAmount(invoice, 'invoice.rounding', context)

/** What the buyer keeps back of the total, to pay it to the state for the seller. */
export const withheldOf = (invoice: BusinessObject, context: LawContext): TermValue =>
  optionalAmount(invoice, 'invoice.withheld', context)

/** The sum of what is added to the groups of the breakdown; nothing where the document has no role for it. */
export const surchargesOf = (invoice: BusinessObject, context: LawContext): TermValue =>
  addUp(invoice.list('invoice.taxes').map((group) => optionalAmount(group, 'tax.surcharge', context)))

/** BT-110, which is optional: from the breakdown or the lines where an invoice leaves it out or the document has no role for it. */
export function taxOf(invoice: BusinessObject, context: LawContext): TermValue {
  const { bound } = context
  if (invoice.first('invoice.tax')) return amountAt(invoice, 'invoice.tax', context)
  const isLeftOut = bound.has('invoice.tax')
  if (bound.has('tax.amount') && (!isLeftOut || invoice.has('invoice.taxes')))
    return addUp([sumOf('invoice.taxes', 'tax.amount')(invoice, context), surchargesOf(invoice, context)])
  if (bound.has('line.tax') && (!isLeftOut || invoice.has('invoice.lines')))
    return sumOfLines(lineTaxOf)(invoice, context)
  // Rates without amounts: there is a tax, and nothing says how much.
  const isTaxed = invoice
    .list('invoice.lines')
    .some((line) => (rateOf(line, 'line.taxRate', 'line.taxCategory') ?? 0n) !== 0n)
  return isTaxed ? undefined : optionalAmount(invoice, 'invoice.tax', context)
}

/** BT-109; line total − allowances + charges where the document has no role for it. */
export function subtotalOf(invoice: BusinessObject, context: LawContext): TermValue {
  if (context.bound.has('invoice.subtotal')) return amountAt(invoice, 'invoice.subtotal', context)
  const lineTotal = amountAt(invoice, 'invoice.lineTotal', context)
  const allowances = allowancesOf(invoice, context)
  const charges = chargesOf(invoice, context)
  return lineTotal === undefined || allowances === undefined || charges === undefined
    ? undefined
    : lineTotal - allowances + charges
}

/** BT-112; what is asked for and what is withheld of it where the document has no role for the total. */
export const totalOf = (invoice: BusinessObject, context: LawContext): TermValue =>
  context.bound.has('invoice.total')
    ? amountAt(invoice, 'invoice.total', context)
    : addUp([amountAt(invoice, 'invoice.payable', context), withheldOf(invoice, context)])

/** BT-113; total + rounding − due where the document has no role for it. */
export function paidOf(invoice: BusinessObject, context: LawContext): TermValue {
  if (context.bound.has('invoice.paid')) return optionalAmount(invoice, 'invoice.paid', context)
  const total = totalOf(invoice, context)
  const due = amountAt(invoice, 'invoice.due', context)
  const rounding = roundingOf(invoice, context)
  const withheld = withheldOf(invoice, context)
  return total === undefined || due === undefined || rounding === undefined || withheld === undefined
    ? undefined
    : total - withheld + rounding - due
}

/** BT-115; total − paid + rounding where the document has no role for it, or an invoice leaves it out and states what is paid. */
export function dueOf(invoice: BusinessObject, context: LawContext): TermValue {
  if (invoice.first('invoice.due')) return amountAt(invoice, 'invoice.due', context)
  if (context.bound.has('invoice.due') && !invoice.first('invoice.paid')) return undefined
  const total = totalOf(invoice, context)
  const paid = context.bound.has('invoice.paid') ? optionalAmount(invoice, 'invoice.paid', context) : undefined
  const rounding = roundingOf(invoice, context)
  const withheld = withheldOf(invoice, context)
  return total === undefined || paid === undefined || rounding === undefined || withheld === undefined
    ? undefined
    : total - withheld - paid + rounding
}

/** Quantity × price of a line, rounded half up to the currency; the price may be for several units (BT-149). */
export const lineGrossOf = (line: BusinessObject, context: LawContext): TermValue =>
  quantityTimes(line, 'line.price', context)

/** Quantity × price with tax of a line, likewise. */
export const grossWithTaxOf = (line: BusinessObject, context: LawContext): TermValue =>
  quantityTimes(line, 'line.priceWithTax', context)

function quantityTimes(line: BusinessObject, role: Role, context: LawContext): TermValue {
  const quantity = line.first('line.quantity')
  const units = quantity && readNumber(quantity)
  const price = amountAt(line, role, context)
  const base = unitsPerPrice(line)
  if (units === undefined || price === undefined || base === undefined) return undefined
  return round((multiply(units, price) * oneUnit) / base, exponentAt(line))
}

const oneUnit = parseDecimal(1) as Decimal

/** BT-149, 1 where it is not stated; `undefined` where no price can be for so many. */
export function unitsPerPrice(line: BusinessObject): TermValue {
  const stated = line.first('line.baseQuantity')
  const base = stated ? readNumber(stated) : oneUnit
  return base === undefined || base <= 0n ? undefined : base
}

/** BT-141. */
export const lineChargeOf = (line: BusinessObject, context: LawContext): TermValue =>
  optionalAmount(line, 'line.charge', context)

/** BT-136; from its percentage where only that is stated. */
export function lineAllowanceOf(line: BusinessObject, context: LawContext): TermValue {
  const percentage = line.first('line.allowance') ? undefined : line.first('line.allowanceRate')
  const rate = percentage && readRate(percentage)
  if (rate === undefined) return optionalAmount(line, 'line.allowance', context)
  const gross = line.form.roles.has('line.price') ? lineGrossOf(line, context) : grossWithTaxOf(line, context)
  return gross === undefined ? undefined : round(multiply(gross, rate) / 100n, exponentAt(line))
}

/** Tax of a line; 0 where a line leaves out both the tax and a rate for it, or the document has no role for any tax. */
export function lineTaxOf(line: BusinessObject, context: LawContext): TermValue {
  if (context.bound.has('line.tax')) {
    const rate = rateOf(line, 'line.taxRate', 'line.taxCategory')
    return line.first('line.tax') || rate === undefined || rate === 0n
      ? optionalAmount(line, 'line.tax', context)
      : undefined
  }
  return context.bound.has('invoice.tax') || context.bound.has('tax.amount') ? undefined : 0n
}

/** Categories of tax whose rate is nothing; outside the scope of tax (O) none is stated (BR-O-05). */
export const untaxedCategories: ReadonlySet<string> = new Set(['Z', 'E', 'AE', 'K', 'G', 'O'])

/** Returns the category of tax of a line or a group. */
export function categoryAt(object: BusinessObject, role: Role): string | undefined {
  const category = object.first(role)
  return category && readWords(category.binding, category.raw)[0]
}

/** Returns the percentage of tax of a line or a group: where it states none, nothing if its category has no tax, else `undefined`. */
export function rateOf(object: BusinessObject, role: Role, category: Role): TermValue {
  const percentage = object.first(role)
  if (percentage) return readRate(percentage)
  return untaxedCategories.has(categoryAt(object, category) ?? '') ? 0n : undefined
}

/** BT-131; line total − line tax, or quantity × price − allowance, where the document has no role for it. */
export function lineNetOf(line: BusinessObject, context: LawContext): TermValue {
  if (context.bound.has('line.net')) return amountAt(line, 'line.net', context)
  const total = amountAt(line, 'line.total', context)
  const tax = lineTaxOf(line, context)
  if (total !== undefined && tax !== undefined) return total - tax
  const gross = lineGrossOf(line, context)
  const allowance = lineAllowanceOf(line, context)
  const charge = lineChargeOf(line, context)
  return gross === undefined || allowance === undefined || charge === undefined ? undefined : gross - allowance + charge
}

/**
 * A term of each line, unknown where the lines are not all there: not shown, none at all (BR-16 reports that), or marked as still
 * to be synchronised.
 */
export const allLines =
  (term: (line: BusinessObject, context: LawContext) => TermValue) =>
  (invoice: BusinessObject, context: LawContext): readonly TermValue[] | undefined => {
    const lines = invoice.list('invoice.lines')
    if (lines.length === 0 || invoice.raw('invoice.needsLineSync') === true) return undefined
    return lines.map((line) => term(line, context))
  }

/** The sum of a term over all lines. */
export const sumOfLines =
  (term: (line: BusinessObject, context: LawContext) => TermValue) =>
  (invoice: BusinessObject, context: LawContext): TermValue => {
    const terms = allLines(term)(invoice, context)
    return terms && addUp(terms)
  }

/** Returns a half of the smallest unit of a currency with so many places. */
export const halfUnit = (exponent: number): Decimal => parseDecimal(`5e-${exponent + 1}`) as Decimal

/** What the lines of one tax rate come to. */
export interface RatedLines {
  readonly rate: Decimal
  readonly net: Decimal
  /** Sum of the lines' taxes, each rounded for itself. */
  readonly tax: Decimal
}

/** Returns the lines of an invoice by their tax rate, in the order in which rates come first; `undefined` where a line tells no rate or net. */
export function linesByRate(invoice: BusinessObject, context: LawContext): readonly RatedLines[] | undefined {
  const groups = linesByTax(invoice, context, (_, rate) => String(rate))
  return groups && [...groups.values()]
}

/** Returns the lines of an invoice by what they are taxed as: a key for each of them. */
export function linesByTax(
  invoice: BusinessObject,
  context: LawContext,
  keyOf: (line: BusinessObject, rate: Decimal) => string,
): ReadonlyMap<string, RatedLines> | undefined {
  const lines = invoice.list('invoice.lines')
  if (lines.length === 0 || invoice.raw('invoice.needsLineSync') === true) return undefined
  const groups = new Map<string, RatedLines>()
  for (const line of lines) {
    const rate = rateOf(line, 'line.taxRate', 'line.taxCategory')
    const net = lineNetOf(line, context)
    if (rate === undefined || net === undefined) return undefined
    const key = keyOf(line, rate)
    const known = groups.get(key) ?? { rate, net: 0n, tax: 0n }
    groups.set(key, { rate, net: known.net + net, tax: known.tax + taxAt(net, rate, line) })
  }
  return groups
}

/** Returns the tax of a base at a percentage, rounded half up to the currency. */
export const taxAt = (base: Decimal, rate: Decimal, object: BusinessObject): Decimal =>
  round(multiply(base, rate) / 100n, exponentAt(object))
