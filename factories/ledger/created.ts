import { exponentOf, secondsPerDay } from '../../spec/index.ts'
import type { Day, Instant } from '../../spec/index.ts'
import { mix2 } from '../random.ts'
import { periodBefore } from './contract.ts'
import { numberOf } from './derive.ts'
import type { Entry } from './entry.ts'
import type { Ledger } from './ledger.ts'
import { rateBetween } from './rates.ts'

/** Returns an entry that somebody created: no lines, nothing drawn but its customer, open until something else is said of it. */
export function createdEntry(ledger: Ledger, index: number, at: Instant, today: Day): Entry {
  const { book, seller } = ledger
  const key = mix2(book.key ^ 0x6e657721, index)
  const buyer = ledger.party(key % book.customers)
  const { currency, cycle, terms } = book.profile(buyer.key)
  const period = periodBefore(today, cycle)
  return {
    index, key, today: ledger.today, number: numberOf(seller, index), direction: 'receivable', currency, exponent: exponentOf(currency),
    exchangeRate: rateBetween(currency, seller.currency), buyer, seller, status: 'draft', issueDate: today, dueDate: today + terms, terms,
    periodStart: period.start, periodEnd: period.end, createdAt: Math.min(at, today * secondsPerDay + 28_800), modifiedAt: at, isDisputed: false, intake: 'pendingFirst', syncedAt: at, syncStatus: 'synced',
    lines: [], allowanceList: [], chargeList: [], taxes: [], payments: [],
    lineTotal: 0, allowances: 0, charges: 0, subtotal: 0, tax: 0, total: 0, paid: 0, rounding: 0, due: 0,
  }
}
