import { amend, createdEntry, visibleOn } from '../factories/index.ts'
import type { Entry, Ledger, Pins } from '../factories/index.ts'
import { Failure, failure, secondsPerDay } from '../spec/index.ts'
import type { Day, Instant, Intake } from '../spec/index.ts'
import { Books } from './books.ts'
import { memoryStore } from './change.ts'
import type { Change, Store } from './change.ts'

/** What happened to one invoice: created without a before, deleted without an after, by time alone without a change. */
export interface Happening {
  readonly change?: Change
  readonly before?: Entry
  readonly after?: Entry
}

/** Books, and the day on which they are opened. */
export interface Opening {
  readonly books: Books
  readonly today: Day
}

/** Changes of one invoice that are replayed whenever it is asked for; with more, what came of them is kept. */
const long = 8

/** What came of long histories, by the list of changes as far as it had gone. */
const lately = new WeakMap<
  readonly Change[],
  { readonly ledger: Ledger; readonly count: number; readonly entry: Entry }
>()

/**
 * One business: its books, and what has happened since they were drawn. All APIs over it see the same invoices; only
 * what changed is kept, so a ledger of a million invoices with ten changes holds ten.
 */
export class Business {
  readonly store: Store
  /** Is told what happens, if anybody wants to know. */
  onChange: ((happening: Happening) => void) | undefined
  #books: Books
  #today: Day
  #opened: Day
  #ticks = 0
  #moves = 0

  constructor(ledger: Ledger | Opening, store: Store = memoryStore()) {
    this.#books = 'books' in ledger ? ledger.books : Books.of(ledger)
    this.#today = this.#opened = ledger.today
    this.store = store
  }

  get ledger(): Ledger {
    return this.#books.on(this.#today)
  }

  get books(): Books {
    return this.#books
  }

  get today(): Day {
    return this.#today
  }

  /** How many events there were on this day. */
  get ticks(): number {
    return this.#ticks
  }

  /** Rises with everything that happens, and whenever the clock moves. */
  get version(): number {
    return this.#moves + this.store.version
  }

  /** The moment it is. */
  get time(): Instant {
    return this.#today * secondsPerDay + Math.min(86_399, 64_800 + this.#ticks)
  }

  /** Returns the moment of the next event: events of one day follow each other by a second, from 18:00. */
  now(): Instant {
    const { time } = this
    this.#ticks++
    this.#moves++
    return time
  }

  /** Moves the clock. Statuses follow. */
  moveTo(today: Day, ticks = 0): void {
    this.#today = today
    this.#ticks = ticks
    this.#moves++
  }

  /** Opens other books and forgets what happened in the present ones. */
  open({ books, today }: Opening): void {
    this.#books = books
    this.#opened = today
    this.reset()
  }

  /** Forgets everything that happened and sets the clock back. */
  reset(): void {
    this.store.reset()
    this.moveTo(this.#opened)
  }

  /** Tells whether there is an invoice, without deriving it. */
  has(index: number): boolean {
    const { ledger, today } = this
    const changes = this.#changes(index)
    if (changes.at(-1)?.kind === 'delete') return false
    return index < ledger.size ? index < visibleOn(ledger.columns(), today) : changes[0]?.kind === 'create'
  }

  /** Returns an invoice as it stands, or `undefined` where there is none, or none any more, or none yet. */
  find(index: number): Entry | undefined {
    const changes = this.#changes(index)
    if (changes.at(-1)?.kind === 'delete') return undefined
    if (changes.length <= long) return this.#derived(index, changes)
    const { ledger } = this
    const known = lately.get(changes)
    const entry =
      known?.ledger === ledger ? this.#replay(known.entry, changes.slice(known.count)) : this.#derived(index, changes)
    if (entry) lately.set(changes, { ledger, count: changes.length, entry })
    return entry
  }

  #derived(index: number, changes: readonly Change[]): Entry | undefined {
    if (index < this.ledger.size) {
      const entry = this.ledger.entry(index)
      return entry.issueDate <= this.today ? this.#replay(entry, changes) : undefined
    }
    const [first, ...rest] = changes
    if (first?.kind !== 'create') return undefined
    return this.#replay(
      this.#amended(
        createdEntry(this.ledger, index, first.at, first.today),
        { status: 'open', ...first.pins },
        first.at,
      ),
      rest,
    )
  }

  /** When the clock goes back, what happened later has not happened yet. */
  #changes(index: number): readonly Change[] {
    const changes = this.store.changes(index)
    const endOfDay = (this.today + 1) * secondsPerDay
    return changes.every(({ at }) => at < endOfDay) ? changes : changes.filter(({ at }) => at < endOfDay)
  }

  /**
   * Creates an invoice.
   * @throws Failure naming the law that what was stated breaks.
   */
  create(pins: Pins): Entry {
    const index = this.store.next(this.ledger.size)
    const at = this.now()
    // Tried before it is kept: nothing that breaks a law enters the store.
    const entry = this.#amended(createdEntry(this.ledger, index, at, this.today), { status: 'open', ...pins }, at)
    this.#keep(undefined, entry, { kind: 'create', pins, at, today: this.today })
    return entry
  }

  /**
   * Changes an invoice.
   * @throws Failure naming the law that the change breaks.
   */
  amend(entry: Entry, pins: Pins): Entry {
    const at = this.now()
    const changed = this.#amended(entry, pins, at)
    this.#keep(entry, changed, { kind: 'amend', pins, at })
    return changed
  }

  /** Brings an invoice up to date with the accounting system. */
  sync(entry: Entry): Entry {
    return this.#happen(entry, { kind: 'sync', at: this.now() })
  }

  /** Moves a received invoice on its way into the buyer's books. */
  intake(entry: Entry, to: Intake): Entry {
    return this.#happen(entry, { kind: 'intake', to, at: this.now() })
  }

  delete(entry: Entry): void {
    this.#keep(entry, undefined, { kind: 'delete', at: this.now() })
  }

  #happen(entry: Entry, change: Change): Entry {
    const changed = this.#apply(entry, change)
    this.#keep(entry, changed, change)
    return changed
  }

  #keep(before: Entry | undefined, after: Entry | undefined, change: Change): void {
    const touched = after ?? before
    if (touched) this.store.append(touched.index, change)
    this.onChange?.({ change, ...(before && { before }), ...(after && { after }) })
  }

  #replay(entry: Entry, changes: readonly Change[]): Entry {
    return changes.reduce((current, change) => this.#apply(current, change), entry)
  }

  #apply(entry: Entry, change: Change): Entry {
    switch (change.kind) {
      case 'amend':
        return this.#reamended(entry, change)
      case 'intake':
        return { ...entry, intake: change.to, modifiedAt: Math.max(entry.modifiedAt, change.at) }
      case 'sync':
        return {
          ...entry,
          syncStatus: 'synced',
          syncedAt: change.at,
          modifiedAt: Math.max(entry.modifiedAt, change.at),
        }
      default:
        throw failure(`replay a change of invoice ${entry.number}`, {
          expected: 'a change of an invoice that exists',
          received: change.kind,
        })
    }
  }

  /** On another day the state that was set may no longer fit its dates: then the dates decide. */
  #reamended(entry: Entry, { pins, at }: Change & { readonly kind: 'amend' }): Entry {
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
