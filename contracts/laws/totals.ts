// Laws about the sums of an invoice: lines, allowances, tax, total, paid and due.

import { readWords } from '../../spec/index.ts'
import type { BusinessObject, Decimal } from '../../spec/index.ts'
import { equation, amount, areDifferent, readAmountAt, spellAmount, amountAt } from '../equation.ts'
import type { EquationTerms } from '../equation.ts'
import { clause, noFindings } from '../law.ts'
import type { Clause, Law, LawContext } from '../law.ts'
import {
  allLines,
  allowancesOf,
  chargesOf,
  lineNetOf,
  sumOfLines,
  taxOf,
  sumOf,
  subtotalOf,
  paidOf,
  roundingOf,
  totalOf,
  addUp,
  surchargesOf,
  withheldOf,
} from '../terms.ts'

/** BR-16. An invoice whose lines still have to be synchronised is left out. */
export const atLeastOneLine: Law = {
  code: 'BR-16',
  says: 'an invoice has at least one line',
  about: 'invoice',
  needs: ['invoice.lines'],
  clauses: [
    clause(['invoice.lines'], (invoice) => {
      if (invoice.raw('invoice.needsLineSync') === true) return undefined
      return invoice.list('invoice.lines').length > 0
        ? noFindings
        : [{ at: invoice.pointer, expected: 'at least one line', received: 'no lines' }]
    }),
  ],
}

const netsOfLines = sumOfLines(lineNetOf)
const totalOfLines: EquationTerms = { plus: [netsOfLines, chargesOf, taxOf], minus: [allowancesOf] }

/** Where prices include the tax and no line says how much of it, lines are summed with it: to the total. */
const linesWithTaxSumToTotal: Clause = (form) => {
  const sum = equation('invoice.total', { plus: [allLines(amount('line.total')), chargesOf], minus: [allowancesOf] })(
    form,
  )
  return (
    sum &&
    ((invoice, context) =>
      context.bound.has('line.priceWithTax') && netsOfLines(invoice, context) === undefined
        ? sum(invoice, context)
        : undefined)
  )
}

/** BR-CO-10. Where the document has no role for the line total, the lines must make the subtotal, or else the total. */
export const linesSumToLineTotal: Law = {
  code: 'BR-CO-10',
  says: 'line total = Σ line net amounts',
  about: 'invoice',
  needs: [
    'invoice.lines',
    ['line.net', 'line.total', 'line.price'],
    ['invoice.lineTotal', 'invoice.subtotal', 'invoice.total', 'invoice.payable'],
  ],
  uses: [
    'line.quantity',
    'line.allowance',
    'line.charge',
    'line.tax',
    'invoice.allowances',
    'invoice.charges',
    'invoice.tax',
    'invoice.withheld',
  ],
  clauses: [
    equation('invoice.lineTotal', { plus: [allLines(lineNetOf)] }),
    equation('invoice.subtotal', {
      plus: [netsOfLines, chargesOf],
      minus: [allowancesOf],
      unless: ['invoice.lineTotal'],
    }),
    linesWithTaxSumToTotal,
    equation('invoice.total', { ...totalOfLines, unless: ['invoice.lineTotal', 'invoice.subtotal'] }),
    equation('invoice.payable', {
      plus: totalOfLines.plus,
      minus: [allowancesOf, withheldOf],
      unless: ['invoice.lineTotal', 'invoice.subtotal', 'invoice.total'],
    }),
  ],
}

/** BR-CO-11. */
export const allowancesSumUp: Law = {
  code: 'BR-CO-11',
  says: 'allowances = Σ document-level allowances',
  about: 'invoice',
  needs: ['invoice.allowances', 'invoice.allowanceList', 'allowance.amount'],
  uses: [],
  clauses: [
    equation('invoice.allowances', { plus: [sumOf('invoice.allowanceList', 'allowance.amount')], isOptional: true }),
  ],
}

/** BR-CO-12. */
export const chargesSumUp: Law = {
  code: 'BR-CO-12',
  says: 'charges = Σ document-level charges',
  about: 'invoice',
  needs: ['invoice.charges', 'invoice.chargeList', 'charge.amount'],
  uses: [],
  clauses: [equation('invoice.charges', { plus: [sumOf('invoice.chargeList', 'charge.amount')], isOptional: true })],
}

/** BR-CO-13. */
export const subtotalIsLineTotalLessAllowances: Law = {
  code: 'BR-CO-13',
  says: 'subtotal = line total − allowances + charges',
  about: 'invoice',
  needs: ['invoice.subtotal', 'invoice.lineTotal'],
  uses: ['invoice.allowances', 'invoice.charges'],
  clauses: [equation('invoice.subtotal', { plus: [amount('invoice.lineTotal'), chargesOf], minus: [allowancesOf] })],
}

/** BR-CO-14. */
export const taxIsSumOfBreakdown: Law = {
  code: 'BR-CO-14',
  says: 'tax = Σ tax breakdown',
  about: 'invoice',
  needs: ['invoice.tax', 'invoice.taxes', 'tax.amount'],
  uses: ['tax.surcharge'],
  clauses: [equation('invoice.tax', { plus: [sumOf('invoice.taxes', 'tax.amount'), surchargesOf] })],
}

const subtotalAndTax = [subtotalOf, taxOf]

/** BR-CO-15. What is asked for stands in for the total where the document has no role for that. */
export const totalIsSubtotalPlusTax: Law = {
  code: 'BR-CO-15',
  says: 'total = subtotal + tax',
  about: 'invoice',
  needs: [
    ['invoice.total', 'invoice.payable'],
    ['invoice.subtotal', 'invoice.lineTotal'],
  ],
  uses: ['invoice.tax', 'invoice.allowances', 'invoice.charges', 'invoice.withheld'],
  clauses: [
    equation('invoice.total', { plus: subtotalAndTax }),
    equation('invoice.payable', { plus: subtotalAndTax, minus: [withheldOf], unless: ['invoice.total'] }),
  ],
}

/** Tells whether a word says that nothing is asked for any more: void or written off, and nothing else. */
function isGivenUp(invoice: BusinessObject): boolean {
  const status = invoice.first('invoice.status')
  const words = status ? readWords(status.binding, status.raw) : []
  return words.length > 0 && words.every((word) => word === 'void' || word === 'uncollectible')
}

/** BR-CO-16. What is paid is optional (BT-113): an invoice that leaves it out has nothing paid. Of one that is void or written off nothing may be due. */
export const dueIsTotalLessPaid: Law = {
  code: 'BR-CO-16',
  says: 'due = total − paid + rounding',
  about: 'invoice',
  needs: ['invoice.due', 'invoice.paid', ['invoice.total', 'invoice.payable']],
  uses: ['invoice.rounding', 'invoice.withheld', 'invoice.status'],
  clauses: [
    equation('invoice.due', { plus: [totalOf, roundingOf], minus: [paidOf, withheldOf], orNothing: isGivenUp }),
  ],
}

/** What is asked for is the total less what the buyer withholds, whatever has been paid since. */
export const payableIsTotal: Law = {
  code: 'PF-PAYABLE',
  says: 'the amount asked for = total',
  about: 'invoice',
  needs: ['invoice.payable', 'invoice.total'],
  uses: ['invoice.withheld'],
  clauses: [equation('invoice.payable', { plus: [amount('invoice.total')], minus: [withheldOf] })],
}

/** Payments that are ordered but have not arrived do not count. Where no role states what is paid, total − due must agree. */
export const paymentsSumToPaid: Law = {
  code: 'PF-PAYMENTS',
  says: 'paid = Σ settled payments',
  about: 'invoice',
  needs: ['invoice.payments', 'payment.amount', ['invoice.paid', 'invoice.due']],
  uses: ['invoice.rounding', 'invoice.withheld', 'invoice.total', 'payment.status'],
  clauses: [
    equation('invoice.paid', { plus: [settledOf], isOptional: true }),
    clause(['invoice.due'], (invoice, context) => {
      if (context.bound.has('invoice.paid')) return undefined
      const settled = settledOf(invoice, context)
      const sum = settled && addUp(settled)
      const paid = paidOf(invoice, context)
      const due = invoice.first('invoice.due')
      if (sum === undefined || paid === undefined || !due) return undefined
      if (!areDifferent(paid, sum, invoice, context)) return noFindings
      return [
        {
          at: due,
          expected: `${spellAmount(sum, invoice, due, context)} paid, the sum of its payments`,
          received: `${spellAmount(paid, invoice, due, context)} paid (total − due)`,
        },
      ]
    }),
  ],
}

/** Returns the amounts of the payments that have arrived, or `undefined` where payments are not shown. */
function settledOf(invoice: BusinessObject, context: LawContext): readonly (Decimal | undefined)[] | undefined {
  if (!invoice.has('invoice.payments')) return undefined
  const settled = invoice.list('invoice.payments').filter((payment) => !isPending(payment, context))
  return settled.map((payment) => amountAt(payment, 'payment.amount', context))
}

function isPending(payment: BusinessObject, { bound }: LawContext): boolean {
  const status = payment.first('payment.status')
  const words = status ? readWords(status.binding, status.raw) : []
  if (words.length > 0) return words.every((word) => word === 'pending')
  return bound.has('payment.at') && !payment.first('payment.at') && payment.first('payment.initiatedAt') !== undefined
}

/**
 * BR-53: where the tax is stated in a second currency (BT-6), it is (BT-111): nothing where there is no tax, of the same sign otherwise, and the
 * same amount where the currency is the invoice's own.
 */
export const taxIsStatedInItsCurrency: Law = {
  code: 'BR-53',
  says: 'tax that is owed in another currency is stated in it',
  about: 'invoice',
  needs: ['invoice.taxCurrency', 'invoice.taxInTaxCurrency'],
  uses: ['invoice.tax'],
  clauses: [
    clause(['invoice.taxCurrency'], (invoice, context) => {
      const currency = invoice.first('invoice.taxCurrency')
      if (!currency || currency.raw === null || currency.raw === '') return undefined
      const other = invoice.first('invoice.taxInTaxCurrency')
      const received = other && readAmountAt(invoice, other, context)
      if (!other || received === undefined)
        return [{ at: currency, expected: `tax in ${String(currency.raw)} beside it`, received: 'none' }]
      const tax = taxOf(invoice, context)
      if (tax === undefined) return noFindings
      const isOwn = invoice.raw('invoice.currency') === currency.raw
      const holds = isOwn
        ? !areDifferent(received, tax, invoice, context)
        : received > 0n === tax > 0n && received < 0n === tax < 0n
      const expected = isOwn
        ? spellAmount(tax, invoice, other, context)
        : `a tax ${tax === 0n ? 'of 0' : tax > 0n ? 'above 0' : 'below 0'}`
      return holds ? noFindings : [{ at: other, expected, received: spellAmount(received, invoice, other, context) }]
    }),
  ],
}
