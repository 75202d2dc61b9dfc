import { amend, createdEntry } from '../factories/index.ts'
import type { Entry, Ledger, Pins } from '../factories/index.ts'
import { Failure, failure, secondsPerDay } from '../spec/index.ts'
import type { Day, Instant, Intake } from '../spec/index.ts'
import { memoryStore } from './change.ts'
import type { Change, Store } from './change.ts'

/**
 * One business: its books, and what has happened since they were drawn. All APIs over it see the same invoices; only
 * what changed is kept, so a ledger of a million invoices with ten changes holds ten.
 */
export class Business {
  readonly store: Store
  readonly #opened: Ledger
  #ledger: Ledger
  #ticks = 0

  constructor(ledger: Ledger, store: Store = memoryStore()) {
    this.#opened = ledger
    this.#ledger = ledger
    this.store = store
  }

  get ledger(): Ledger {
    return this.#ledger
  }

  get today(): Day {
    return this.#ledger.today
  }

  /** Returns the moment of the next event: events of one day follow each other by a second, from 18:00. */
  now(): Instant {
    return this.today * secondsPerDay + Math.min(86_399, 64_800 + this.#ticks++)
  }

  /** Moves the clock. Statuses follow. */
  moveTo(today: Day): void {
    this.#ledger = this.#opened.on(today)
    this.#ticks = 0
  }

  /** Forgets everything that happened and sets the clock back. */
  reset(): void {
    this.store.reset()
    this.#ledger = this.#opened
    this.#ticks = 0
  }

  /** Returns an invoice as it stands, or `undefined` where there is none, or none any more, or none yet. */
  find(index: number): Entry | undefined {
    // When the clock goes back, what happened later has not happened yet.
    const endOfDay = (this.today + 1) * secondsPerDay
    const changes = this.store.changes(index).filter(({ at }) => at < endOfDay)
    if (changes.at(-1)?.kind === 'delete') return undefined
    if (index < this.ledger.size) {
      const entry = this.ledger.entry(index)
      return entry.issueDate <= this.today ? this.#replay(entry, changes) : undefined
    }
    const [first, ...rest] = changes
    if (first?.kind !== 'create') return undefined
    return this.#replay(this.#amended(createdEntry(this.ledger, index, first.at, first.today), { status: 'open', ...first.pins }, first.at), rest)
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
    this.store.append(index, { kind: 'create', pins, at, today: this.today })
    return entry
  }

  /**
   * Changes an invoice.
   * @throws Failure naming the law that the change breaks.
   */
  amend(entry: Entry, pins: Pins): Entry {
    const at = this.now()
    const changed = this.#amended(entry, pins, at)
    this.store.append(entry.index, { kind: 'amend', pins, at })
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
    this.store.append(entry.index, { kind: 'delete', at: this.now() })
  }

  #happen(entry: Entry, change: Change): Entry {
    this.store.append(entry.index, change)
    return this.#apply(entry, change)
  }

  #replay(entry: Entry, changes: readonly Change[]): Entry {
    return changes.reduce((current, change) => this.#apply(current, change), entry)
  }

  #apply(entry: Entry, change: Change): Entry {
    switch (change.kind) {
      case 'amend': return this.#reamended(entry, change)
      case 'intake': return { ...entry, intake: change.to, modifiedAt: Math.max(entry.modifiedAt, change.at) }
      case 'sync': return { ...entry, syncStatus: 'synced', syncedAt: change.at, modifiedAt: Math.max(entry.modifiedAt, change.at) }
      default: throw failure(`replay a change of invoice ${entry.number}`, { expected: 'a change of an invoice that exists', received: change.kind })
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
