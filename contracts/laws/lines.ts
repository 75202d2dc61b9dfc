// Laws about the amounts and taxes of invoice lines.

import { decimalsOf, formatDecimal, readNumber, unitOf } from '../../spec/index.ts'
import type { BusinessObject, Decimal } from '../../spec/index.ts'
import { exponentAt, equation, amount, amountAt } from '../equation.ts'
import type { Law, LawContext } from '../law.ts'
import {
  lineGrossOf,
  halfUnit,
  lineAllowanceOf,
  lineChargeOf,
  lineTaxOf,
  unitsPerPrice,
  linesByRate,
  sumOfLines,
  taxAt,
  grossWithTaxOf,
} from '../terms.ts'

/**
 * Quantity × price is rounded half up, or the price is net ÷ quantity, rounded to the decimals that it shows. Where the document has no
 * role for the net amount, the line total must be net + tax.
 */
export const lineNetIsQuantityTimesPrice: Law = {
  code: 'PF-LINE',
  says: 'line net = quantity × price − allowance + charge',
  about: 'line',
  needs: ['line.quantity', ['line.price', 'line.priceWithTax'], ['line.net', 'line.total']],
  uses: ['line.allowance', 'line.allowanceRate', 'line.charge', 'line.baseQuantity', 'line.tax'],
  clauses: [
    equation('line.net', {
      plus: [lineGrossOf, lineChargeOf],
      minus: [lineAllowanceOf],
      isRounded: isPriceRounded,
      because: unitsAtPrice,
    }),
    equation('line.total', {
      plus: [lineGrossOf, lineChargeOf, lineTaxOf],
      minus: [lineAllowanceOf],
      unless: ['line.net'],
      isRounded: isPriceRounded,
      because: unitsAtPrice,
    }),
    equation('line.net', {
      plus: [grossWithTaxOf, lineChargeOf],
      minus: [lineAllowanceOf, lineTaxOf],
      unless: ['line.price', 'line.total'],
      isRounded: isPriceRounded,
      because: unitsAtPrice,
    }),
    equation('line.total', {
      plus: [grossWithTaxOf, lineChargeOf],
      minus: [lineAllowanceOf],
      unless: ['line.price'],
      isRounded: isPriceRounded,
      because: unitsAtPrice,
    }),
  ],
}

function unitsAtPrice(line: BusinessObject): string {
  const quantity = line.first('line.quantity')
  const units = quantity && readNumber(quantity)
  return units === undefined
    ? ''
    : `, ${formatDecimal(units)} at ${String(line.raw('line.price') ?? line.raw('line.priceWithTax'))}`
}

/** Tells whether another price with the same decimals would come no nearer: a price of 13.33 for a third of 40.00 is one. */
function isPriceRounded(gap: Decimal, line: BusinessObject, { representation }: LawContext): boolean {
  const [quantity, price] = [line.first('line.quantity'), line.first('line.price') ?? line.first('line.priceWithTax')]
  const units = quantity && readNumber(quantity)
  const shown = price && decimalsOf(price.raw)
  if (units === undefined || price === undefined || shown === undefined) return false
  const exponent = exponentAt(line)
  const base = unitsPerPrice(line) ?? 1n
  const decimals = unitOf(price.binding, representation) === 'minor' ? shown + exponent : shown
  return gap * base <= (units < 0n ? -units : units) * halfUnit(Math.max(exponent, decimals))
}

export const lineTotalIsNetPlusTax: Law = {
  code: 'PF-LINE-TOTAL',
  says: 'line total = line net + line tax',
  about: 'line',
  needs: ['line.total', 'line.net', 'line.tax'],
  uses: [],
  clauses: [equation('line.total', { plus: [amount('line.net'), amount('line.tax')] })],
}

/**
 * The lines share the invoice's tax among them, that of allowances and charges included. Where each line is taxed and rounded for itself and
 * the invoice is taxed rate by rate, the two may differ by what is rounded.
 */
export const lineTaxesSumToTax: Law = {
  code: 'PF-LINE-TAX',
  says: 'tax = Σ line taxes',
  about: 'invoice',
  needs: ['invoice.tax', 'invoice.lines', 'line.tax'],
  uses: [],
  clauses: [equation('invoice.tax', { plus: [sumOfLines(amount('line.tax'))], isRounded: isTaxedByRate })],
}

function isTaxedByRate(_: Decimal, invoice: BusinessObject, context: LawContext): boolean {
  const rated = linesByRate(invoice, context)
  if (!rated) return false
  const sum = (taxes: readonly (Decimal | undefined)[]): Decimal =>
    taxes.reduce<Decimal>((all, tax) => all + (tax ?? 0n), 0n)
  const lines = invoice.list('invoice.lines').map((line) => amountAt(line, 'line.tax', context))
  return (
    sum(lines) === sum(rated.map(({ tax }) => tax)) &&
    amountAt(invoice, 'invoice.tax', context) === sum(rated.map(({ net, rate }) => taxAt(net, rate, invoice)))
  )
}
