import { unique } from '../clauses/unique.ts'
import type { Law } from '../law.ts'

export const idsAreUnique: Law = {
  code: 'PF-IDS',
  says: 'ids are unique within their list',
  about: 'any',
  needs: [
    [
      'page.items',
      'invoice.lines',
      'invoice.payments',
      'invoice.emails',
      'invoice.calls',
      'invoice.files',
      'page.messages',
    ],
  ],
  clauses: [
    unique('page.items', 'invoice.id'),
    unique('invoice.lines', 'line.id'),
    // One payment may be allocated twice.
    unique('invoice.payments', 'payment.allocationId', 'payment.id'),
    unique('invoice.emails', 'email.id'),
    unique('invoice.calls', 'call.id'),
    unique('invoice.files', 'file.id'),
    unique('page.messages', 'message.id'),
  ],
}
