import { clause, none } from '../law.ts'
import type { Law } from '../law.ts'

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
        ? none
        : [{ at: invoice.pointer, expected: 'at least one line', received: 'no lines' }]
    }),
  ],
}
