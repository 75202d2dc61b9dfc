import { stated } from '../amount.ts'
import { equate } from '../equation.ts'
import { defineLaw } from '../law.ts'

/** What is asked for is the total, whatever has been paid since. */
export const payableIsTotal = defineLaw({
  code: 'PF-PAYABLE',
  says: 'the amount asked for = total',
  scope: 'invoice',
  needs: ['invoice.payable', 'invoice.total'],
  judge: (invoice, context) =>
    equate(invoice, 'invoice.payable', { plus: [stated(invoice, 'invoice.total', context)] }, context),
})
