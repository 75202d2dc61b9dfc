// Applies events to the state of a world.

import type { Day } from '../../spec/index.ts'
import type { BooksOptions } from './books.ts'
import type {
  Clock,
  Event,
  InvoiceEvent,
  ItemEvent,
  ItemKind,
  KeyEvent,
  LeaseEvent,
  PostEvent,
  Snapshot,
  Start,
} from './event.ts'

/** Events of which those of one thing all count, in order. */
type Lasting = InvoiceEvent | PostEvent
/** Events of which the last of a thing counts. */
type Latest = LeaseEvent | ItemEvent | KeyEvent

const nothing: readonly never[] = []
const empty: ReadonlyMap<unknown, unknown> = new Map()

/** What no answer shows. */
const unseen: ReadonlySet<string> = new Set(['requests', 'snapshot', 'key'])

/** Changes of invoices of which it is known what they were about, at least. */
const recent = 1024

/** Answers that keys stand for, and characters that they may have together: the oldest make room. */
const mostKeys = { count: 1000, length: 4_194_304 }

/**
 * What has come of the events of a world. {@link apply} is the only place that knows what an event does. It changes the state in
 * place: a copy for each event would make replaying a hundred thousand of them take minutes. Costs little until something happens.
 */
export class State {
  books: BooksOptions
  clock: Clock
  /** Whether the clock was moved. */
  isMoved = false
  scenarios: readonly string[]
  /** In what the world begins otherwise than its server says. */
  start: Partial<Start> | undefined
  /** Put aside last. */
  kept: Snapshot | undefined
  requests = 0
  /** Rises with every event that answers may show. */
  version = 0
  #lasting: { readonly invoice: Map<number, InvoiceEvent[]>; readonly message: Map<number, PostEvent[]> } | undefined
  #latest: Map<string, Map<number | string, Latest>> | undefined
  #created: number[] | undefined
  #itemNumbers: Map<ItemKind, number[]> | undefined
  /** Which invoices were changed last, and by how many events all of them. */
  #touched: number[] | undefined
  #changes = 0
  #keyLength = 0

  constructor({ books, today, scenarios = nothing }: Pick<Start, 'books' | 'today'> & Partial<Start>) {
    this.books = books
    this.clock = { today, ticks: 0 }
    this.scenarios = scenarios
  }

  get today(): Day {
    return this.clock.today
  }

  /** Returns the events of an invoice, oldest first. */
  changesOf(invoice: number): readonly InvoiceEvent[] {
    return this.#lasting?.invoice.get(invoice) ?? nothing
  }

  /** Returns every invoice to which something happened, in no particular order. */
  changed(): Iterable<number> {
    return this.#lasting?.invoice.keys() ?? nothing
  }

  /** To how many invoices something happened. */
  get changedCount(): number {
    return this.#lasting?.invoice.size ?? 0
  }

  /** Invoices that were created, deleted ones included, in the order of their numbers. */
  get created(): readonly number[] {
    return this.#created ?? nothing
  }

  /** Rises with every change of an invoice. */
  get invoiceVersion(): number {
    return this.#changes
  }

  /** Returns the invoices that changed after a version; `undefined` where that is too long ago, or all is other. */
  changedSince(version: number): readonly number[] | undefined {
    const count = this.#changes - version
    const touched = this.#touched ?? nothing
    return count > touched.length ? undefined : touched.slice(touched.length - count)
  }

  /** Returns the messages posted about an invoice, oldest first. */
  postsOn(invoice: number): readonly PostEvent[] {
    return this.#lasting?.message.get(invoice) ?? nothing
  }

  /** Returns every invoice about which a message was posted. */
  posted(): Iterable<number> {
    return this.#lasting?.message.keys() ?? nothing
  }

  /** Returns the leases of all invoices that were ever claimed, by invoice. */
  get leases(): ReadonlyMap<number, LeaseEvent> {
    return (this.#latest?.get('lease') ?? empty) as ReadonlyMap<number, LeaseEvent>
  }

  /** Returns the last event of each item of a resource, by the item's number. */
  items(kind: ItemKind): ReadonlyMap<number, ItemEvent> {
    return (this.#latest?.get(kind) ?? empty) as ReadonlyMap<number, ItemEvent>
  }

  /** Returns the numbers of the items of a resource that something happened to, in their order. */
  itemNumbers(kind: ItemKind): readonly number[] {
    return this.#itemNumbers?.get(kind) ?? nothing
  }

  /** Returns the answers that stand for keys, those given first first. */
  get keys(): ReadonlyMap<string, KeyEvent> {
    return (this.#latest?.get('key') ?? empty) as ReadonlyMap<string, KeyEvent>
  }

  /** To how many things something happened. */
  get size(): number {
    const tables: ReadonlyMap<unknown, unknown>[] = [...(this.#latest?.values() ?? nothing)]
    if (this.#lasting) tables.push(this.#lasting.invoice, this.#lasting.message)
    return tables.reduce((sum, table) => sum + table.size, 0)
  }

  /** Returns a snapshot: all that answers show. Its day is fixed: a world that is put back to it no longer goes by its server's day. */
  snapshot(): Snapshot {
    return { events: this.#told('move') }
  }

  /** Returns the shortest list of events that leads here. */
  events(): readonly Event[] {
    return [...this.#told(this.isMoved ? 'move' : 'tick'), ...this.rest(), ...this.keys.values()]
  }

  /** Returns the events that lead to what a snapshot does not tell of and what stays in a world that is put back to one. */
  rest(): readonly Event[] {
    return [
      ...(this.start ? [{ on: 'start', does: 'put', with: this.start } as const] : []),
      ...(this.requests > 0 ? [{ on: 'requests', does: 'put', with: this.requests } as const] : []),
      ...(this.kept ? [{ on: 'snapshot', does: 'put', with: this.kept } as const] : []),
    ]
  }

  #told(does: 'tick' | 'move'): readonly Event[] {
    const { books, clock, scenarios } = this
    return [
      { on: 'books', does: 'put', with: books },
      { on: 'clock', does, with: clock },
      { on: 'scenarios', does: 'put', with: scenarios },
      ...[...(this.#lasting?.invoice.values() ?? nothing)].flat(),
      ...[...(this.#lasting?.message.values() ?? nothing)].flat(),
      ...[...(this.#latest ?? nothing)].flatMap(([on, table]) => (on === 'key' ? [] : [...table.values()])),
    ]
  }

  /** Does what an event says. */
  apply(event: Event): void {
    if (!unseen.has(event.on)) this.version++
    switch (event.on) {
      case 'world':
        this.#clear()
        for (const one of event.with) this.apply(one)
        this.#changes++
        this.#touched = undefined
        return
      case 'books':
        this.books = event.with
        return
      case 'clock':
        this.clock = event.with
        if (event.does === 'move') this.isMoved = true
        return
      case 'scenarios':
        this.scenarios = event.with
        return
      case 'start':
        this.start = event.with
        return
      case 'requests':
        // Each server has counted by itself what was asked before it mattered.
        this.requests = Math.max(this.requests, event.with)
        return
      case 'snapshot':
        this.kept = event.with
        return
      case 'invoice':
        this.#touch(event)
        return this.#add(event)
      case 'message':
        return this.#add(event)
      default:
        return this.#put(event)
    }
  }

  #add(event: Lasting): void {
    this.#lasting ??= { invoice: new Map(), message: new Map() }
    const table = this.#lasting[event.on] as Map<number, Lasting[]>
    const known = table.get(event.id)
    if (known) known.push(event)
    else table.set(event.id, [event])
  }

  #put(event: Latest): void {
    this.#latest ??= new Map()
    const table = this.#latest.get(event.on) ?? new Map<number | string, Latest>()
    this.#latest.set(event.on, table)
    if (event.on === 'key') this.#keyLength += lengthOf(event) - lengthOf(table.get(event.id))
    else if (event.on !== 'lease' && !table.has(event.id)) this.#number(event)
    table.set(event.id, event)
    if (event.on === 'key') this.#makeRoom(table)
  }

  #makeRoom(keys: Map<number | string, Latest>): void {
    for (const [key, oldest] of keys) {
      if (keys.size <= mostKeys.count && this.#keyLength <= mostKeys.length) return
      keys.delete(key)
      this.#keyLength -= lengthOf(oldest)
    }
  }

  #touch({ id, does }: InvoiceEvent): void {
    this.#changes++
    if (does === 'create' && this.changesOf(id).length === 0) insert((this.#created ??= []), id)
    this.#touched ??= []
    if (this.#touched.length >= 2 * recent) this.#touched.splice(0, recent)
    this.#touched.push(id)
  }

  #number({ on, id }: ItemEvent): void {
    const numbers = (this.#itemNumbers ??= new Map<ItemKind, number[]>()).get(on) ?? []
    this.#itemNumbers.set(on, numbers)
    insert(numbers, id)
  }

  #clear(): void {
    this.#lasting = undefined
    this.#latest = undefined
    this.#created = undefined
    this.#itemNumbers = undefined
    this.#keyLength = 0
    this.isMoved = false
    this.start = undefined
    this.kept = undefined
    this.requests = 0
  }
}

/** Puts a number into its place among others in order; most come last. */
function insert(numbers: number[], added: number): void {
  const isLast = added > (numbers.at(-1) ?? -1)
  const place = isLast ? numbers.length : numbers.findIndex((number) => number > added)
  numbers.splice(place < 0 ? numbers.length : place, 0, added)
}

/** Returns the length of the answer that a key stands for, in characters. */
function lengthOf(event: Latest | undefined): number {
  if (event?.on !== 'key' || event.does !== 'put') return 0
  const { text = '', base64 = '' } = event.with.answer
  return text.length + base64.length
}
