import type { Entry } from '../factories/index.ts'
import { failure } from '../spec/index.ts'
import type { Day } from '../spec/index.ts'
import type { Order, Shelf } from './books.ts'
import { Business } from './business.ts'
import type { Opening } from './business.ts'
import type { Store } from './change.ts'
import { claimsInMemory } from './claims.ts'
import type { Claims } from './claims.ts'
import type { Faults } from './faults.ts'
import { journalInMemory } from './journal.ts'
import type { Journal } from './journal.ts'
import { Keys } from './keys.ts'
import { pass } from './occasion.ts'
import { hasBooks, scenarioOf } from './scenario.ts'
import type { Scenarios } from './scenario.ts'
import { checkSnapshot } from './snapshot.ts'
import type { Snapshot } from './snapshot.ts'

/** How a world begins, and begins anew when it is reset. */
export interface Start {
  readonly order: Order
  readonly today: Day
  /** Names of scenarios; later ones win. */
  readonly scenarios: readonly string[]
}

/** What worlds of one server share. */
export interface Ground {
  readonly shelf: Shelf
  readonly scenarios: Scenarios
  /** Tells whether anybody wants to know what happens. */
  readonly isHeard: () => boolean
}

/** A world of its own: books, what has happened in it, what goes wrong in it. It costs little until something happens. */
export class World {
  readonly name: string
  readonly business: Business
  /** Requests so far. */
  requests = 0
  /** When it was last used, by whatever clock its owner goes by. */
  usedAt = 0
  /** What was put aside to come back to. */
  kept: Snapshot | undefined
  readonly #ground: Ground
  #start: Start
  #moves = 0
  #scenarios: readonly string[] = []
  #faults: Faults | undefined
  #claims: Claims | undefined
  #journal: Journal | undefined
  #keys: Keys | undefined

  constructor(name: string, ground: Ground, start: Start, { business, store }: { readonly business?: Business; readonly store?: Store } = {}) {
    this.name = name
    this.#ground = ground
    this.#start = start
    this.business = business ?? new Business(this.#opening(start.scenarios), store)
    this.#remember(start.scenarios)
  }

  get claims(): Claims {
    return (this.#claims ??= claimsInMemory())
  }

  get journal(): Journal {
    return (this.#journal ??= journalInMemory())
  }

  /** Answers given to requests that carry a key. */
  get keys(): Keys {
    return (this.#keys ??= new Keys())
  }

  /** Names of the scenarios it is in. */
  get scenarios(): readonly string[] {
    return this.#scenarios
  }

  /**
   * Rises with everything that an answer depends on: changes, claims, messages, the clock, scenarios, other books. While it stays,
   * the same question has the same answer, but for what goes wrong on the way: that depends on the number of the request.
   */
  get version(): number {
    return this.#moves + this.business.version + (this.#claims?.version ?? 0) + (this.#journal?.version ?? 0)
  }

  get faults(): Faults | undefined {
    return this.#faults
  }

  /** Forgets everything that happened in it and begins anew, as it began or in another way. @throws Failure for an unknown scenario. */
  reset(start: Partial<Start> = {}): void {
    const next = { ...this.#start, ...start }
    this.business.open({ books: booksFor(this.#ground, next.order, next.scenarios), today: next.today })
    this.#start = next
    this.#forget()
    this.requests = 0
    this.#remember(next.scenarios)
  }

  /** Moves the clock. What time alone does to invoices is told to who listens. */
  moveTo(today: Day): void {
    const { business } = this
    const { onChange } = business
    if (!onChange || !this.#ground.isHeard()) business.moveTo(today)
    else for (const happening of pass(business, today)) onChange(happening)
  }

  /**
   * Puts the world into a scenario. One that has books of its own begins with them, what happened before is forgotten; another
   * adds what goes wrong.
   * @returns what puts it back as it was
   * @throws Failure for an unknown scenario.
   */
  use(name: string): () => void {
    const scenario = scenarioOf(name, this.#ground.scenarios)
    const [names, faults, { today }] = [this.#scenarios, this.#faults, this.business]
    const before = hasBooks(scenario) ? this.save() : undefined
    if (before) {
      this.business.open(this.#opening([...names, name]))
      this.business.moveTo(today)
      this.#forget()
    }
    this.#remember([...names, name])
    return () => {
      if (before) this.restore(before)
      this.#moves++
      this.#scenarios = names
      this.#faults = faults
    }
  }

  /** Returns all there is to it, as data. */
  save(): Snapshot {
    const { business } = this
    const { store, today, ticks } = business
    return {
      order: business.books.order,
      today,
      ticks,
      scenarios: this.#scenarios,
      created: store.created,
      changes: [...store.changed()].map((index) => [index, [...store.changes(index)]] as const),
      claims: this.#claims?.save() ?? [],
      messages: this.#journal?.save() ?? [],
    }
  }

  /**
   * Puts the world back to a snapshot.
   * @throws Failure for what is none, or describes what cannot have happened; the world is then as it was.
   */
  restore(snapshot: unknown): void {
    const checked = checkSnapshot(snapshot)
    const before = this.save()
    try {
      this.#load(checked)
    } catch (error) {
      this.#load(before)
      throw error
    }
  }

  #load({ order, today, ticks, scenarios, created, changes, claims, messages }: Snapshot): void {
    const { business } = this
    for (const name of scenarios) scenarioOf(name, this.#ground.scenarios)
    business.open({ books: this.#ground.shelf.take(order), today })
    business.moveTo(today, ticks)
    this.#forget()
    business.store.load(changes, created)
    // Replayed once: what cannot be replayed must not stay.
    const found = changes.map(([index]): [number, Entry | undefined] => [index, this.#tryOn(index)])
    const entries = new Map(found)
    if (claims.length > 0) this.claims.load(claims, (index) => entries.get(index) ?? business.find(index))
    if (messages.length > 0) this.journal.load(messages)
    this.#remember(scenarios)
  }

  #tryOn(index: number): Entry | undefined {
    try {
      return this.business.find(index)
    } catch (error) {
      throw failure('restore a snapshot', { expected: 'changes that fit their invoices', received: `those of invoice ${index}: ${(error as Error).message}` })
    }
  }

  #forget(): void {
    this.#claims?.reset()
    this.#journal?.reset()
    this.#keys = undefined
  }

  #remember(names: readonly string[]): void {
    this.#moves++
    this.#scenarios = names
    this.#faults = names.reduce<Faults | undefined>((faults, name) => scenarioOf(name, this.#ground.scenarios).faults ?? faults, undefined)
  }

  #opening(names: readonly string[]): Opening {
    return { books: booksFor(this.#ground, this.#start.order, names), today: this.#start.today }
  }
}

/** Returns the books of an order under scenarios; what one of them says of the books wins over those before. */
export function booksFor({ shelf, scenarios }: Ground, order: Order, names: readonly string[]): Opening['books'] {
  const changes = names.map((name) => scenarioOf(name, scenarios)).filter(hasBooks).map(({ invoices, fate }) => ({ ...(invoices !== undefined && { invoices }), ...(fate && { fate }) }))
  return shelf.take(Object.assign({ ...order }, ...changes) as Order)
}
