// A world: a business, what goes wrong in it, its part of the log, its snapshots.

import { statusAt } from '../../factories/index.ts'
import type { Entry } from '../../factories/index.ts'
import type { Day } from '../../spec/index.ts'
import type { Faults } from '../faults.ts'
import { failure, isObject } from '../../spec/index.ts'
import { hasBooks, scenarioOf } from './scenarios.ts'
import type { Scenarios } from './scenarios.ts'
import type { BooksCache } from './books.ts'
import { Business } from './business.ts'
import type { Change } from './business.ts'
import { isWhole, isTold } from './event.ts'
import type { Event, Snapshot, Start } from './event.ts'
import type { LogBatch, Offset } from './log.ts'
import { State } from './state.ts'

/** What the worlds of one server share. */
export interface Common {
  readonly books: BooksCache
  readonly scenarios: Scenarios
  /** Tells whether there is a listener. */
  readonly isHeard: () => boolean
}

/** How a world is made. */
interface WorldOptions {
  /** A business that is there already. */
  readonly business?: Business
  /** Is told what happens to its invoices. */
  readonly tell?: (world: World, event: Event, change: Change) => void
  /** Whether a log is to be told of its events. */
  readonly isLogged?: boolean
}

/** A log begins anew when it has this many events for each thing that its world holds, and no fewer than these. */
const generosity = 4
const least = 1000

/** A world of its own: a business, and what goes wrong in it. It is what its events have made of it, and costs little until there are any. */
export class World {
  readonly name: string
  readonly business: Business
  /** When it was last used. */
  usedAt = 0
  /** Where its log has been read to. */
  offset: Offset
  readonly #common: Common
  readonly #tell: WorldOptions['tell']
  #start: Start
  /** Events that the log has not been told of; `undefined` where there is none. */
  #news: Event[] | undefined
  /** Events since the log began. */
  #length = 0

  constructor(name: string, common: Common, start: Start, { business, tell, isLogged = false }: WorldOptions = {}) {
    this.name = name
    this.#common = common
    this.#start = start
    this.business = business ?? new Business(this.#fresh(start), (options) => common.books.get(options))
    if (business) business.openBooks = (options) => common.books.get(options)
    this.#tell = tell
    if (isLogged) this.#news = []
    this.business.onEvent = (event, change) => {
      this.#note(event)
      if (change.before || change.after) this.#tell?.(this, event, change)
    }
  }

  get state(): State {
    return this.business.state
  }

  /** Requests so far. */
  get requests(): number {
    return this.state.requests
  }

  get scenarios(): readonly string[] {
    return this.state.scenarios
  }

  get faults(): Faults | undefined {
    return this.scenarios.reduce<Faults | undefined>(
      (faults, name) => scenarioOf(name, this.#common.scenarios).faults ?? faults,
      undefined,
    )
  }

  /**
   * Rises with everything that an answer depends on: events, the clock, scenarios, other books. While it stays, the same question
   * has the same answer, but for what goes wrong on the way: that depends on the number of the request.
   */
  get version(): number {
    return this.state.version
  }

  /** Counts a request and returns its number, from 0. It is an event only where something goes wrong by that number. */
  count(): number {
    const { requests } = this.state
    if (this.faults) this.business.append({ on: 'requests', does: 'put', with: requests + 1 })
    else this.state.requests++
    return requests
  }

  /** Forgets everything that happened in it and begins anew, as its server says or in another way. @throws Failure for an unknown scenario. */
  reset(own: Partial<Start> = {}): void {
    const fresh = this.#fresh({ ...this.#start, ...own })
    if (Object.keys(own).length > 0) fresh.start = own
    fresh.kept = this.state.kept
    this.#begin(fresh.events())
  }

  /** Moves the clock. What time alone does to invoices is told to who listens. */
  moveTo(today: Day): void {
    const { business } = this
    const before = this.#common.isHeard() && today > business.today ? touchedBy(business, today) : []
    const event = { on: 'clock', does: 'move', with: { today, ticks: 0 } } as const
    business.append(event)
    for (const [index, was] of before) {
      const is = business.find(index)
      if (is && was?.status !== is.status) this.#tell?.(this, event, { ...(was && { before: was }), after: is })
    }
  }

  /**
   * Puts the world into a scenario. One that has books of its own begins with them, what happened before is forgotten; another
   * adds what goes wrong.
   * @returns what puts it back as it was
   * @throws Failure for an unknown scenario.
   */
  use(name: string): () => void {
    const { scenarios, today, isMoved } = this.state
    const names = [...scenarios, name]
    const before = hasBooks(scenarioOf(name, this.#common.scenarios)) ? this.save() : undefined
    if (before) {
      const fresh = this.#fresh({ ...this.#start, ...this.state.start, scenarios: names })
      fresh.clock = { today, ticks: 0 }
      fresh.isMoved = isMoved
      this.#begin([...fresh.events(), ...this.state.rest()])
    } else this.#enter(names)
    return () => {
      if (before) this.restore(before)
      this.#enter(scenarios)
    }
  }

  /** Takes scenarios as they are now, where it is in one of them: what goes wrong changes, and its books if nothing has happened yet. */
  refresh(names: ReadonlySet<string>): void {
    const { state, scenarios } = this
    if (!scenarios.some((name) => names.has(name))) return
    const { books } = this.#fresh({ ...this.#start, ...state.start, scenarios })
    state.apply({ on: 'books', does: 'put', with: state.size === 0 ? books : state.books })
    if (this.#news && this.offset !== undefined) this.#news = [this.#whole()]
  }

  /** Returns all that answers show, as data. */
  save(): Snapshot {
    return this.state.snapshot()
  }

  /** What was put aside last. */
  get kept(): Snapshot | undefined {
    return this.state.kept
  }

  /** Puts all that answers show aside, and returns it. */
  keep(): Snapshot {
    const snapshot = this.save()
    this.business.append({ on: 'snapshot', does: 'put', with: snapshot })
    return snapshot
  }

  /**
   * Puts the world back to a snapshot.
   * @throws Failure for what is none, or describes what cannot have happened; the world is then as it was.
   */
  restore(snapshot: unknown): void {
    const { events } = readSnapshot(snapshot, this.#common)
    this.#begin([...events, ...this.state.rest()])
  }

  /** Whether a log is to be told of its events. */
  get isLogged(): boolean {
    return this.#news !== undefined
  }

  /** Whether there are events that its log has not been told of. */
  get hasNews(): boolean {
    return this.#news !== undefined && this.#news.length > 0
  }

  /** Returns the events to append to the log: the new ones, or the whole state where the log is empty or has become too long. */
  takeNews(): readonly Event[] {
    const news = this.#news ?? []
    if (news.length === 0) return []
    this.#news = []
    const isLong = this.#length + news.length > Math.max(least, generosity * this.state.size)
    const events = isWhole(news) || (!isLong && this.offset !== undefined) ? news : [this.#whole()]
    this.#length = (isWhole(events) ? 0 : this.#length) + events.length
    return events
  }

  /** Applies what its log says has happened since, elsewhere or here. What has happened here beside that stays news. */
  follow({ events, offset, today = this.#start.today }: LogBatch): void {
    if (events.length === 0 && offset === this.offset && today === this.#start.today) return
    this.#start = { ...this.#start, today }
    if (offset === undefined && this.offset !== undefined) this.restart()
    for (const event of events) this.state.apply(event)
    // A clock that was never moved goes by the day of the server.
    const day = this.state.start?.today ?? today
    if (!this.state.isMoved && this.state.today !== day)
      this.state.apply({ on: 'clock', does: 'tick', with: { today: day, ticks: 0 } })
    if (isWhole(events)) this.#news = []
    this.#length = (isWhole(events) ? 0 : this.#length) + events.length
    this.offset = offset
  }

  /** Forgets all; its log is read anew. */
  restart(): void {
    this.state.apply({ on: 'world', does: 'begin', with: this.#fresh(this.#start).events() })
    this.offset = undefined
    this.#length = 0
    if (this.#news) this.#news = []
  }

  #whole(): Event {
    const events = this.state.events()
    // Requests stay each server's own while nothing goes wrong by their number.
    return { on: 'world', does: 'begin', with: this.faults ? events : events.filter(({ on }) => on !== 'requests') }
  }

  #begin(events: readonly Event[]): void {
    this.business.append({ on: 'world', does: 'begin', with: events })
  }

  #enter(scenarios: readonly string[]): void {
    this.business.append({ on: 'scenarios', does: 'put', with: scenarios })
    // From now on the number of requests matters.
    if (this.faults) this.business.append({ on: 'requests', does: 'put', with: this.requests })
  }

  #note(event: Event): void {
    if (!this.#news) return
    if (event.on === 'world') this.#news = []
    // Of two moments in a row the last one counts.
    if (event.on === 'clock' && event.does === 'tick' && isTick(this.#news.at(-1))) this.#news.pop()
    this.#news.push(event)
  }

  #fresh({ books, today, scenarios }: Start): State {
    const { options } = this.#common.books.under(books, scenarios, this.#common.scenarios)
    return new State({ books: options, today, scenarios })
  }
}

const isTick = (event: Event | undefined): boolean => event?.on === 'clock' && event.does === 'tick'

/** Invoices of which a move of the clock tells; a year may change thousands. */
const most = 1000

/** Returns the invoices to which a move of the clock may do something, as they were before it, oldest first after those that were changed. */
function touchedBy(business: Business, to: Day): (readonly [index: number, before: Entry | undefined])[] {
  const { today, ledger } = business
  const changed = new Set(business.state.changed())
  const columns = ledger.columns()
  const touched = [...changed]
  for (let index = 0; index < columns.size && touched.length < most; index++) {
    if (!changed.has(index) && statusAt(columns, index, today) !== statusAt(columns, index, to)) touched.push(index)
  }
  return touched.map((index) => [index, business.find(index)])
}

/**
 * Returns a snapshot to which a world can be put back. Its source is not trusted: every invoice in it is derived once.
 * @throws Failure saying what it is not, or what cannot have happened.
 */
function readSnapshot(
  value: unknown,
  { books, scenarios }: { readonly books: BooksCache; readonly scenarios: Scenarios },
): Snapshot {
  const events: unknown = isObject(value) ? value.events : undefined
  if (!Array.isArray(events)) return refuse('a list of events', value)
  const stranger: unknown = events.find((event) => !isTold(event))
  if (stranger !== undefined) return refuse('events of a world', stranger)
  const known = events as readonly Event[]
  const drawn = known.find((event) => event.on === 'books')
  const clock = known.find((event) => event.on === 'clock')
  if (!drawn || !clock) return refuse('the books and the clock of a world', events.slice(0, 1))
  for (const event of known) if (event.on === 'scenarios') for (const name of event.with) scenarioOf(name, scenarios)
  const state = new State({ books: drawn.with, today: clock.with.today })
  for (const event of known) {
    const isFirst = event.on === 'invoice' && state.changesOf(event.id).length === 0
    if (event.on === 'invoice' && (event.does === 'create') !== (isFirst && event.id >= drawn.with.invoices))
      refuse('invoices to be created once, behind those that were drawn', event)
    state.apply(event)
  }
  tryOn(new Business(state, (options) => books.get(options)))
  return { events: known }
}

function tryOn(business: Business): void {
  for (const index of business.state.changed()) {
    try {
      business.find(index)
    } catch (error) {
      throw failure('restore a snapshot', {
        expected: 'changes that fit their invoices',
        received: `those of invoice ${index}: ${(error as Error).message}`,
      })
    }
  }
}

function refuse(expected: string, received: unknown): never {
  throw failure('restore a snapshot', {
    expected,
    received: inBrief(received),
    cure: 'Use what a snapshot of this version returned.',
  })
}

/** What was sent may be too deep to be written. */
function inBrief(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? 'nothing').slice(0, 80)
  } catch {
    return 'something without end'
  }
}
