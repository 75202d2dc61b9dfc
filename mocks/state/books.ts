// Opens ledgers by their options and caches them.

import { ledgerOf } from '../../factories/index.ts'
import type { Ledger, LedgerOptions, Seed } from '../../factories/index.ts'
import type { Day } from '../../spec/index.ts'
import { hasBooks, scenarioOf } from './scenarios.ts'
import type { Scenarios } from './scenarios.ts'

/** What books are drawn from. */
export interface BooksOptions extends Omit<LedgerOptions, 'today'> {
  readonly seed: Seed
  readonly invoices: number
  /** The day on which the books are opened, that of the newest invoice unless a first day is stated. */
  readonly newest: Day
}

/** Ledgers of other days that are kept beside the last one. */
const days = 4

/** A ledger on every day. It is drawn when first looked into, and again after the cache has put it away. */
export class Books {
  readonly options: BooksOptions
  readonly #opened: (books: Books) => void
  #drawn = new Map<Day, Ledger>()
  #last: Ledger | undefined

  constructor(options: BooksOptions, opened: (books: Books) => void = () => undefined) {
    this.options = options
    this.#opened = opened
  }

  /** Returns the books of a ledger that is drawn already; they are never put away. */
  static of(ledger: Ledger): Books {
    const books = new Books(ledger.order)
    books.#keep(ledger)
    return books
  }

  /** Returns the ledger as it stands on a day. */
  on(today: Day): Ledger {
    return this.#last?.today === today ? this.#last : this.#find(today)
  }

  /** Lets go of what is drawn. */
  close(): void {
    this.#drawn = new Map()
    this.#last = undefined
  }

  #find(today: Day): Ledger {
    const known = this.#drawn.get(today)
    if (known) return (this.#last = known)
    if (!this.#last) this.#opened(this)
    return this.#keep(this.#last?.on(today) ?? ledgerOf({ ...this.options, today } satisfies LedgerOptions))
  }

  #keep(ledger: Ledger): Ledger {
    if (this.#drawn.size >= days) this.#drawn.delete(this.#drawn.keys().next().value as Day)
    this.#drawn.set(ledger.today, ledger)
    return (this.#last = ledger)
  }
}

/** Keys in order: equal options have equal names. */
const nameOf = (options: BooksOptions): string =>
  JSON.stringify(Object.entries(options).toSorted(([left], [right]) => (left < right ? -1 : 1)))

/** Books by their options: equal ones are shared, and only so many are open at once, because a ledger in use takes a megabyte. */
export class BooksCache {
  readonly #pinned = new Map<string, Books>()
  readonly #known = new Map<string, Books>()
  readonly #open: Books[] = []
  readonly #most: number

  constructor(most = 16) {
    this.#most = most
  }

  /** Returns the books that are drawn from options. */
  get(options: BooksOptions): Books {
    const name = nameOf(options)
    const known = this.#pinned.get(name) ?? this.#known.get(name) ?? new Books(options, (books) => this.#opened(books))
    if (this.#known.size > 64 * this.#most) this.#known.clear()
    this.#known.set(name, known)
    return known
  }

  /** Returns the books of options under scenarios; what one of them says of the books wins over those before. @throws Failure for an unknown scenario. */
  under(options: BooksOptions, names: readonly string[], scenarios: Scenarios): Books {
    const changes = names
      .map((name) => scenarioOf(name, scenarios))
      .filter(hasBooks)
      .map(({ invoices, constraints }) => ({
        ...(invoices !== undefined && { invoices }),
        ...(constraints && { constraints }),
      }))
    return this.get(Object.assign({ ...options }, ...changes) as BooksOptions)
  }

  /** Keeps books open for good. */
  pin(books: Books): void {
    this.#pinned.set(nameOf(books.options), books)
  }

  #opened(books: Books): void {
    this.#open.push(books)
    if (this.#open.length > this.#most) this.#open.shift()?.close()
  }
}
