// The ledger: opens the books of a seed and returns its entries, parties, contracts and columns.
import { failure, secondsPerDay, suggest } from '../../spec/index.ts'
import type { Day, Instant } from '../../spec/index.ts'
import { mix2 } from '../random.ts'
import type { Seed } from '../random.ts'
import type { Trade } from './articles.ts'
import { bookOf } from './book.ts'
import type { Book } from './book.ts'
import type { Rounding } from './calculate.ts'
import { never } from './calendar.ts'
import { tradeOf } from './catalogue.ts'
import { drawColumns } from './columns.ts'
import type { Columns } from './columns.ts'
import { checkMix, marketFor } from './constraints.ts'
import type { Constraints, Mix } from './constraints.ts'
import { contractOf } from './contract.ts'
import type { Contract } from './contract.ts'
import { usualCurrencies } from './countries.ts'
import { hasRate, knownCurrencies } from './currencies.ts'
import { homeOf } from './customer.ts'
import { derive } from './derive.ts'
import { entryPosition } from './draw.ts'
import type { Entry, Party, Person } from './entry.ts'
import { drawInvoice, InvoiceDraw } from './invoice-draw.ts'
import type { Pace } from './issue-days.ts'
import { partyOf, sellerOf } from './party.ts'
import { poolsOf } from './pools.ts'

/** How a ledger is drawn. */
export interface LedgerOptions {
  /** 42 where missing. */
  readonly seed?: Seed
  /** Number of invoices; 250 where missing, at most {@link greatestSize}. */
  readonly invoices?: number
  /** Day on which statuses are what they are. */
  readonly today: Day
  /**
   * First day of the books. Entry i is then the same for any number of invoices and on any day. Where missing, it is the one with which
   * the newest of so many invoices is of `newest`.
   */
  readonly epoch?: Day | undefined
  /** The day on which the books are opened: stays when `today` moves on; `today` where missing. */
  readonly newest?: Day
  /** ISO 3166-1 alpha-2: where the seller lives, which decides its currency, calendar and tax; US where missing. */
  readonly seller?: string | undefined
  /** What the seller deals in; a draw of the seed where missing. */
  readonly trade?: Trade | undefined
  /** Percentages of invoices that come to something: `{ overdue: 20, draft: 5 }`. */
  readonly mix?: Mix | undefined
  /** How many invoices are issued on a day, and how that changes. */
  readonly pace?: Partial<Pace> | undefined
  /** ISO 4217 codes customers may be billed in. */
  readonly currencies?: readonly string[] | undefined
  /** ISO 3166-1 alpha-2: where customers live, as far as people with one of the currencies live there; anywhere where missing. */
  readonly countries?: readonly string[] | undefined
  /** Tax rates that may be charged, in thousandths of a percent: the nearest of them stands for any other. Any where missing. */
  readonly rates?: readonly number[] | undefined
  /** What all invoices have in common: overdue, paid in part, disputed. */
  readonly constraints?: Constraints
}

/** More than this many invoices have no identities: parts of an invoice share the space of keys with it. */
export const greatestSize = 2_000_000_000

/** The books behind every answer: exact, seeded, addressable by index. */
export interface Ledger {
  readonly seed: Seed
  readonly size: number
  /** What it is drawn from, but for the day: the same order gives the same books. */
  readonly order: Omit<LedgerOptions, 'today'> & Required<Pick<LedgerOptions, 'seed' | 'invoices' | 'newest'>>
  readonly today: Day
  /** How many of them are issued by today: entries 0 to `issued` − 1. */
  readonly issued: number
  readonly book: Book
  readonly seller: Party
  readonly staff: readonly Person[]
  /** Returns a customer by number. */
  party(key: number): Party
  /** Returns entry `index`, a pure function of seed, first day of the books and index; statuses and payments are those of today. */
  entry(index: number): Entry
  /** Returns the contract an entry bills. */
  contract(entry: Pick<Entry, 'buyer' | 'currency'>): Contract
  /** Returns the light facts of all entries; drawn once. */
  columns(rounding?: Rounding): Columns
  /** Returns the same books on another day. */
  on(today: Day): Ledger
}

/**
 * Returns the ledger of a seed. Nothing is drawn before it is asked for.
 * @throws Failure for a number of invoices that is none, or more than identities can address.
 */
export function ledgerOf({
  seed = 42,
  invoices = 250,
  today,
  epoch,
  newest = today,
  seller: country,
  trade,
  mix,
  pace,
  currencies = usualCurrencies,
  countries,
  rates,
  constraints,
}: LedgerOptions): Ledger {
  if (!Number.isInteger(invoices) || invoices < 0 || invoices > greatestSize) {
    throw failure('open the ledger', {
      expected: `a number of invoices from 0 to ${greatestSize}`,
      received: String(invoices),
    })
  }
  checkCurrencies(currencies)
  if (mix) checkMix(mix)
  const order = {
    seed,
    invoices,
    newest,
    currencies,
    ...(epoch !== undefined && { epoch }),
    ...(country !== undefined && { seller: country }),
    ...(trade !== undefined && { trade }),
    ...(countries && { countries }),
    ...(rates && { rates }),
    ...(mix && { mix }),
    ...(pace && { pace }),
    ...(constraints && { constraints }),
  }
  const book = bookOf({
    seed,
    size: invoices,
    epoch,
    newest,
    seller: country,
    trade,
    mix,
    pace,
    currencies,
    countries,
    rates,
    constraints,
  })
  return ledgerOn({ seed, size: invoices, order, book, ...partiesOf(order), columns: columnsOf(book) }, today)
}

/** What a ledger is on whatever day. */
type Books = Omit<Ledger, 'today' | 'issued' | 'entry' | 'contract' | 'on' | 'staff'>

function ledgerOn(books: Books, today: Day): Ledger {
  const { book, seller, party } = books
  let issued: number | undefined
  return {
    ...books,
    staff: seller.people,
    today,
    get issued() {
      return (issued ??= issuedBy(book, today))
    },
    entry(index) {
      const drawn = drawInvoice(book, index, new InvoiceDraw())
      return derive(book, drawn, today, { buyer: party(drawn.customer), seller })
    },
    contract: (entry) => contractOf(book, entry),
    on: (day) => ledgerOn(books, day),
  }
}

function partiesOf({
  seed,
  currencies,
  countries,
  seller: country,
  trade,
  constraints,
}: Ledger['order']): Pick<Books, 'seller' | 'party'> {
  const pools = poolsOf(seed, currencies)
  const seller = sellerOf(pools, country, trade ?? tradeOf(seed))
  const customer = cached(
    (key: number) =>
      partyOf(
        pools,
        key,
        homeOf(mix2(pools.key, key), marketFor(key, { currencies, countries }, constraints), country),
      ),
    4_000,
  )
  return { seller, party: (key) => (key < 0 ? seller : customer(key)) }
}

function columnsOf(book: Book): Ledger['columns'] {
  const drawn = new Map<Rounding, Columns>()
  return (rounding = 'total') => {
    const columns = drawn.get(rounding) ?? drawColumns(book, rounding)
    drawn.set(rounding, columns)
    return columns
  }
}

/** Returns how many entries are issued by a day; days rise with the index. */
function issuedBy(book: Book, day: Day): number {
  let low = 0
  let high = book.size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (book.dayAt(entryPosition(book, middle)) <= day) low = middle + 1
    else high = middle
  }
  return low
}

function checkCurrencies(currencies: readonly string[]): void {
  const unknown = currencies.find((currency) => !hasRate(currency))
  if (unknown === undefined && currencies.length > 0) return
  throw failure('open the ledger', {
    expected: 'currencies with a known rate (ISO 4217)',
    received: unknown === undefined ? 'none' : JSON.stringify(unknown),
    ...(unknown !== undefined && { cure: suggest(unknown, knownCurrencies) }),
  })
}

/** Returns a function that remembers its latest results, so that what recurs is drawn once and memory stays bounded. */
function cached<T>(make: (key: number) => T, limit: number): (key: number) => T {
  const known = new Map<number, T>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    if (known.size >= limit) known.clear()
    const value = make(key)
    known.set(key, value)
    return value
  }
}

/**
 * Returns the entry that a created invoice starts from: issued on the day it was made, open, and with no constraints of its own.
 * What is not stated (lines, a customer, a number) is drawn, as it is for every other entry.
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
