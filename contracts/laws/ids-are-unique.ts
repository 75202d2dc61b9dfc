import { unique, uniqueInOthers } from '../clauses/unique.ts'
import type { Law } from '../law.ts'

export const idsAreUnique: Law = {
  code: 'PF-IDS',
  says: 'ids are unique within their list',
  about: 'any',
  needs: [['page.items', 'invoice.lines', 'invoice.payments', 'page.messages']],
  clauses: [
    unique('page.items', 'invoice.id'),
    unique('invoice.lines', 'line.id'),
    // One payment may be allocated twice.
    unique('invoice.payments', 'payment.allocationId', 'payment.id'),
    uniqueInOthers(['page.items', 'invoice.lines', 'invoice.payments']),
  ],
}
