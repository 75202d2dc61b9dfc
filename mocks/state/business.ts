// Reads and changes invoices: entries of the ledger plus the events of a world.

import { amend, createdEntry } from '../../factories/index.ts'
import type { Entry, Ledger, Pins } from '../../factories/index.ts'
import { Failure, failure, secondsPerDay } from '../../spec/index.ts'
import type { Day, Instant, Intake } from '../../spec/index.ts'
import { Books } from './books.ts'
import type { BooksOptions } from './books.ts'
import type { Event, InvoiceEvent } from './event.ts'
import { State } from './state.ts'

/** An invoice before and after an event: created without a before, deleted without an after. */
export interface Change {
  readonly before?: Entry
  readonly after?: Entry
}

/** Events of one invoice that are applied whenever it is asked for; with more, what came of them is kept. */
const long = 8

/** What came of long histories, by the list of events as far as it had gone. */
const lately = new WeakMap<
  readonly InvoiceEvent[],
  { readonly ledger: Ledger; readonly count: number; readonly entry: Entry }
>()

/**
 * One business: its books, and what has happened since they were drawn. All APIs over it see the same invoices; only
 * what changed is kept, so a ledger of a million invoices with ten changes holds ten.
 */
export class Business {
  readonly state: State
  /** Is told of every event, once the state has it. */
  onEvent: ((event: Event, change: Change) => void) | undefined
  /** Returns the books of options, where an event says that it is others. */
  openBooks: (options: BooksOptions) => Books
  readonly #firstDay: Day
  #books: Books | undefined
  #options: BooksOptions | undefined

  constructor(from: Ledger | State, openBooks = (options: BooksOptions): Books => new Books(options)) {
    this.openBooks = openBooks
    if (from instanceof State) this.state = from
    else {
      this.#books = Books.of(from)
      this.#options = this.#books.options
      this.state = new State({ books: this.#options, today: from.today })
    }
    this.#firstDay = this.state.today
  }

  get ledger(): Ledger {
    return this.books.on(this.today)
  }

  get books(): Books {
    const { books: options } = this.state
    if (this.#books && this.#options === options) return this.#books
    this.#options = options
    return (this.#books = this.openBooks(options))
  }

  get today(): Day {
    return this.state.clock.today
  }

  /** Rises with everything that happens. */
  get version(): number {
    return this.state.version
  }

  /** The moment it is: from 18:00 on, a second for each moment of the day that has been used. */
  get time(): Instant {
    const { today, ticks } = this.state.clock
    return today * secondsPerDay + Math.min(86_399, 64_800 + ticks)
  }

  /** Applies an event to the state, and tells the listener. */
  append(event: Event, change: Change = {}): void {
    this.state.apply(event)
    this.onEvent?.(event, change)
  }

  /** Moves the clock on to the moment of the next event, and returns it: events of one day follow each other by a second. */
  tick(): Instant {
    const { time, state } = this
    const { today, ticks } = state.clock
    this.append({ on: 'clock', does: 'tick', with: { today, ticks: ticks + 1 } })
    return time
  }

  /** Moves the clock. Statuses follow. */
  moveTo(today: Day): void {
    this.append({ on: 'clock', does: 'move', with: { today, ticks: 0 } })
  }

  /** Forgets everything that happened and sets the clock back. */
  reset(): void {
    const { books, scenarios } = this.state
    const fresh = new State({ books, today: this.#firstDay, scenarios })
    this.append({ on: 'world', does: 'begin', with: [...fresh.events(), ...this.state.rest()] })
  }

  /** Tells whether there is an invoice, without deriving it. */
  has(index: number): boolean {
    const { ledger } = this
    const events = this.#events(index)
    if (events.at(-1)?.does === 'delete') return false
    return index < ledger.size ? index < ledger.issued : events[0]?.does === 'create'
  }

  /** Returns an invoice as it stands, or `undefined` where there is none, or none any more, or none yet. */
  find(index: number): Entry | undefined {
    const events = this.#events(index)
    if (events.at(-1)?.does === 'delete') return undefined
    if (events.length <= long) return this.#derived(index, events)
    const { ledger } = this
    const known = lately.get(events)
    const entry =
      known?.ledger === ledger ? this.#after(known.entry, events.slice(known.count)) : this.#derived(index, events)
    if (entry) lately.set(events, { ledger, count: events.length, entry })
    return entry
  }

  #derived(index: number, events: readonly InvoiceEvent[]): Entry | undefined {
    if (index < this.ledger.size) {
      const entry = this.ledger.entry(index)
      return entry.issueDate <= this.today ? this.#after(entry, events) : undefined
    }
    const [first, ...rest] = events
    return first?.does === 'create' ? this.#after(this.#created(first), rest) : undefined
  }

  /** When the clock goes back, what happened later has not happened yet. */
  #events(index: number): readonly InvoiceEvent[] {
    const events = this.state.changesOf(index)
    const endOfDay = (this.today + 1) * secondsPerDay
    return events.every(({ at }) => at < endOfDay) ? events : events.filter(({ at }) => at < endOfDay)
  }

  /** Returns the next invoice as it would be if nothing were said about it. */
  draft(): Entry {
    return createdEntry(this.ledger, this.#next, this.time, this.today)
  }

  /** The number of the next invoice created. */
  get #next(): number {
    return Math.max(this.ledger.size, (this.state.created.at(-1) ?? -1) + 1)
  }

  /**
   * Creates an invoice.
   * @throws Failure naming the law that what was stated breaks.
   */
  create(pins: Pins): Entry {
    const index = this.#next
    const event = { on: 'invoice', does: 'create', id: index, at: this.tick(), with: pins } as const
    // Tried before it is kept: nothing that breaks a law is kept.
    const after = this.#created(event)
    this.append(event, { after })
    return after
  }

  /**
   * Changes an invoice.
   * @throws Failure naming the law that the change breaks.
   */
  amend(before: Entry, pins: Pins): Entry {
    const at = this.tick()
    const after = this.#amended(before, pins, at)
    this.append({ on: 'invoice', does: 'amend', id: before.index, at, with: pins }, { before, after })
    return after
  }

  /** Brings an invoice up to date with the accounting system. */
  sync(before: Entry): Entry {
    return this.#happen(before, { on: 'invoice', does: 'sync', id: before.index, at: this.tick() })
  }

  /** Moves a received invoice on its way into the buyer's books. */
  intake(before: Entry, to: Intake): Entry {
    return this.#happen(before, { on: 'invoice', does: 'intake', id: before.index, at: this.tick(), with: to })
  }

  delete(before: Entry): void {
    this.append({ on: 'invoice', does: 'delete', id: before.index, at: this.tick() }, { before })
  }

  #happen(before: Entry, event: InvoiceEvent): Entry {
    const after = this.#changed(before, event)
    this.append(event, { before, after })
    return after
  }

  #created({ id, at, with: pins }: InvoiceEvent & { readonly does: 'create' }): Entry {
    const drawn = createdEntry(this.ledger, id, at, Math.floor(at / secondsPerDay))
    return this.#amended(drawn, pins, at)
  }

  #after(entry: Entry, events: readonly InvoiceEvent[]): Entry {
    return events.reduce((current, event) => this.#changed(current, event), entry)
  }

  #changed(entry: Entry, event: InvoiceEvent): Entry {
    const { at } = event
    const modifiedAt = Math.max(entry.modifiedAt, at)
    switch (event.does) {
      case 'amend':
        return this.#reamended(entry, event.with, at)
      case 'intake':
        return { ...entry, intake: event.with, modifiedAt }
      case 'sync':
        return { ...entry, syncStatus: 'synced', syncedAt: at, modifiedAt }
      default:
        throw failure(`change invoice ${entry.number}`, {
          expected: 'what can happen to an invoice that exists',
          received: event.does,
        })
    }
  }

  /** On another day the state that was set may no longer fit its dates: then the dates decide. */
  #reamended(entry: Entry, pins: Pins, at: Instant): Entry {
    try {
      return this.#amended(entry, pins, at)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      const { status: _, ...rest } = pins
      return this.#amended(entry, rest, at)
    }
  }

  #amended(entry: Entry, pins: Pins, at: Instant): Entry {
    const { party, book } = this.ledger
    return amend(entry, pins, { party, profile: book.profile, at })
  }
}
