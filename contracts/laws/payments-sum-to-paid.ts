import { readWords } from '../../spec/index.ts'
import type { Scope } from '../../spec/index.ts'
import { differ, spell, stated } from '../amount.ts'
import { equate } from '../equation.ts'
import { defineLaw } from '../law.ts'
import type { Context } from '../law.ts'
import { paidOf, sumOf, totalRole } from '../terms.ts'

/** Payments that are ordered but have not arrived do not count. Where no role states what is paid, total − due must agree. */
export const paymentsSumToPaid = defineLaw({
  code: 'PF-PAYMENTS',
  says: 'paid = Σ settled payments',
  scope: 'invoice',
  needs: ['invoice.payments', 'payment.amount', ['invoice.paid', 'invoice.due']],
  judge(invoice, context) {
    if (!invoice.has('invoice.payments')) return undefined
    const settled = invoice.list('invoice.payments').filter((payment) => !isPending(payment, context))
    if (context.bound.has('invoice.paid'))
      return equate(
        invoice,
        'invoice.paid',
        { plus: settled.map((payment) => stated(payment, 'payment.amount', context)) },
        context,
      )
    const sum = sumOf(settled, 'payment.amount', context)
    const paid = paidOf(invoice, context)
    const at = invoice.first(totalRole(context))
    if (sum === undefined || paid === undefined || !at) return undefined
    const due = invoice.first('invoice.due') ?? at
    if (!differ(paid, sum, invoice, context)) return []
    return [
      {
        at: due,
        expected: `${spell(sum, invoice, due, context)} paid, the sum of its payments`,
        received: `${spell(paid, invoice, due, context)} paid (total − due)`,
      },
    ]
  },
})

function isPending(payment: Scope, { bound }: Context): boolean {
  const status = payment.first('payment.status')
  const words = status ? readWords(status.binding, status.raw) : []
  if (words.length > 0) return words.every((word) => word === 'pending')
  return bound.has('payment.at') && !payment.first('payment.at') && payment.first('payment.initiatedAt') !== undefined
}
