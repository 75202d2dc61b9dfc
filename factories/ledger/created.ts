import { secondsPerDay } from '../../spec/index.ts'
import type { Day, Instant } from '../../spec/index.ts'
import { derive } from './derive.ts'
import type { Entry } from './entry.ts'
import { drawInvoice, InvoiceDraw } from './invoice-draw.ts'
import { never } from './calendar.ts'
import type { Ledger } from './ledger.ts'

/**
 * Returns the entry that somebody's invoice starts from: issued on the day it was made, open, and with no constraints of its own.
 * Whatever they do not state (lines, a customer, a number) is drawn, as it is for every other entry.
 */
export function createdEntry(
  { book, seller, party, today: now }: Ledger,
  index: number,
  at: Instant,
  today: Day,
): Entry {
  const drawn = drawInvoice(book, index, new InvoiceDraw())
  const { terms } = drawn
  Object.assign(drawn, {
    issueDay: today,
    finalDay: today,
    dueDay: today + terms,
    voidDay: never,
    partDay: never,
    payDay: never,
    uncollectibleDay: never,
    disputeDay: never,
    promiseDay: never,
  })
  const entry = derive(book, drawn, now, { buyer: party(drawn.customer), seller })
  return {
    ...entry,
    createdAt: Math.min(at, today * secondsPerDay + 28_800),
    modifiedAt: at,
    syncedAt: at,
    syncStatus: 'synced',
    intake: 'pendingFirst',
    purchaseOrder: undefined,
    salesOrder: undefined,
    note: undefined,
    privateNote: undefined,
  }
}
