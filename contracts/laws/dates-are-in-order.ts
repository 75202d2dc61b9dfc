import type { Role } from '../../spec/index.ts'
import { notAfterToday, order } from '../clauses/order.ts'
import type { Clause, Law } from '../law.ts'

/** Returns an order of two dates for every entity that has both. */
const orderOfAny =
  (earlier: string, later: string, by: 'day' | 'moment'): Clause =>
  (form) =>
    order(`${form.entity}.${earlier}` as Role, '<=', `${form.entity}.${later}` as Role, by)(form)

export const datesAreInOrder: Law = {
  code: 'PF-DATES',
  says: 'issued ≤ due, created ≤ modified, nothing happens after today',
  about: 'any',
  needs: [],
  clauses: [
    order('invoice.issueDate', '<=', 'invoice.dueDate', 'day'),
    order('invoice.issueDate', '<=', 'invoice.paidAt', 'day'),
    order('invoice.issueDate', '<=', 'invoice.voidedAt', 'day'),
    order('invoice.issueDate', '<=', 'invoice.uncollectibleAt', 'day'),
    orderOfAny('period.start', 'period.end', 'day'),
    orderOfAny('createdAt', 'modifiedAt', 'moment'),
    orderOfAny('startAt', 'endAt', 'moment'),
    orderOfAny('rangeStart', 'rangeEnd', 'moment'),
    orderOfAny('lastSyncStartedAt', 'lastSyncAt', 'moment'),
    // What is planned, promised, agreed, asked for, or runs out may lie ahead.
    notAfterToday(),
  ],
}
