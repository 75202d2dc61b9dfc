import { readWords } from '../../spec/index.ts'
import type { BusinessObject, Decimal } from '../../spec/index.ts'
import { differ, spell, stated } from '../amount.ts'
import { equation } from '../clauses/equation.ts'
import { clause, none } from '../law.ts'
import type { LawContext, Law } from '../law.ts'
import { addUp, paidOf } from '../terms.ts'

/** Payments that are ordered but have not arrived do not count. Where no role states what is paid, total − due must agree. */
export const paymentsSumToPaid: Law = {
  code: 'PF-PAYMENTS',
  says: 'paid = Σ settled payments',
  about: 'invoice',
  needs: ['invoice.payments', 'payment.amount', ['invoice.paid', 'invoice.due']],
  uses: ['invoice.rounding', 'invoice.total', 'payment.status'],
  clauses: [
    equation('invoice.paid', { plus: [settledOf] }),
    clause(['invoice.due'], (invoice, context) => {
      if (context.bound.has('invoice.paid')) return undefined
      const settled = settledOf(invoice, context)
      const sum = settled && addUp(settled)
      const paid = paidOf(invoice, context)
      const due = invoice.first('invoice.due')
      if (sum === undefined || paid === undefined || !due) return undefined
      if (!differ(paid, sum, invoice, context)) return none
      return [
        {
          at: due,
          expected: `${spell(sum, invoice, due, context)} paid, the sum of its payments`,
          received: `${spell(paid, invoice, due, context)} paid (total − due)`,
        },
      ]
    }),
  ],
}

/** Returns the amounts of the payments that have arrived, or `undefined` where payments are not shown. */
function settledOf(invoice: BusinessObject, context: LawContext): readonly (Decimal | undefined)[] | undefined {
  if (!invoice.has('invoice.payments')) return undefined
  const settled = invoice.list('invoice.payments').filter((payment) => !isPending(payment, context))
  return settled.map((payment) => stated(payment, 'payment.amount', context))
}

function isPending(payment: BusinessObject, { bound }: LawContext): boolean {
  const status = payment.first('payment.status')
  const words = status ? readWords(status.binding, status.raw) : []
  if (words.length > 0) return words.every((word) => word === 'pending')
  return bound.has('payment.at') && !payment.first('payment.at') && payment.first('payment.initiatedAt') !== undefined
}
