import type { Day } from '../spec/index.ts'
import { Business } from './business.ts'
import type { Happening, Opening } from './business.ts'
import type { Claims } from './claims.ts'
import { Contents } from './contents.ts'
import type { Begun } from './event.ts'
import type { Faults } from './faults.ts'
import { booksFor } from './ground.ts'
import type { Ground, Start, WorldOptions } from './ground.ts'
import type { Journal } from './journal.ts'
import type { Keys } from './keys.ts'
import type { Chapter } from './log.ts'
import { pass } from './occasion.ts'
import { countsOf, Recorder } from './recorder.ts'
import { replay } from './replay.ts'
import type { Hands } from './replay.ts'
import { hasBooks, scenarioOf } from './scenario.ts'
import type { RowChanges } from './resources/changes.ts'
import { checkSnapshot, tryOn } from './snapshot.ts'
import type { Snapshot } from './snapshot.ts'

/** A world of its own: books, what has happened in it, what goes wrong in it. It costs little until something happens. */
export class World {
  readonly name: string
  readonly business: Business
  /** Requests so far. */
  requests = 0
  /** When it was last used. */
  usedAt = 0
  /** What was put aside last. */
  kept: Snapshot | undefined
  /** What is to be told to its log, where it has one. */
  readonly recorder: Recorder | undefined
  readonly #ground: Ground
  readonly #contents: Contents
  #start: Start
  /** In what it begins otherwise than the others. */
  #own: Partial<Start> = {}
  #isMoved = false
  #moves = 0
  #scenarios: readonly string[] = []
  #faults: Faults | undefined

  constructor(name: string, ground: Ground, start: Start, { business, tell, isRecorded = false }: WorldOptions = {}) {
    this.name = name
    this.#ground = ground
    this.#start = start
    this.#contents = new Contents(this)
    this.business = business ?? new Business(this.#opening(start.scenarios))
    this.#remember(start.scenarios)
    if (tell) this.business.onChange = (happening) => this.#hear(happening, tell)
    if (isRecorded)
      this.recorder = new Recorder({
        begun: () => this.#begun(),
        counted: () => countsOf(this),
        size: () => this.#contents.size + this.business.store.size,
      })
  }

  get claims(): Claims {
    return this.#contents.claims
  }

  get journal(): Journal {
    return this.#contents.journal
  }

  get keys(): Keys {
    return this.#contents.keys
  }

  /** Items of resources that somebody created, changed or deleted. */
  get rows(): RowChanges {
    return this.#contents.rows
  }

  get scenarios(): readonly string[] {
    return this.#scenarios
  }

  get faults(): Faults | undefined {
    return this.#faults
  }

  /**
   * Rises with everything that an answer depends on: changes, claims, messages, the clock, scenarios, other books. While it stays,
   * the same question has the same answer, but for what goes wrong on the way: that depends on the number of the request.
   */
  get version(): number {
    return this.#moves + this.business.version + this.#contents.version
  }

  /** Forgets everything that happened in it and begins anew, as it began or in another way. @throws Failure for an unknown scenario. */
  reset(start: Partial<Start> = {}): void {
    const own = { ...this.#own, ...start }
    this.#open({ ...this.#start, ...own })
    this.#own = own
    this.recorder?.begin()
  }

  /** Moves the clock. What time alone does to invoices is told to who listens. */
  moveTo(today: Day): void {
    if (this.#ground.isHeard()) for (const happening of pass(this.business, today)) this.business.onChange?.(happening)
    else this.business.moveTo(today)
    this.#isMoved = true
    this.recorder?.add({ is: 'moved', today })
  }

  /**
   * Puts the world into a scenario. One that has books of its own begins with them, what happened before is forgotten; another
   * adds what goes wrong.
   * @returns what puts it back as it was
   * @throws Failure for an unknown scenario.
   */
  use(name: string): () => void {
    const scenario = scenarioOf(name, this.#ground.scenarios)
    const [names, { today }] = [this.#scenarios, this.business]
    const before = hasBooks(scenario) ? this.save() : undefined
    if (before) {
      this.business.open(this.#opening([...names, name]))
      this.business.moveTo(today)
      this.#contents.reset()
      this.recorder?.begin()
    }
    this.#enter([...names, name])
    return () => {
      if (before) this.restore(before)
      this.#enter(names)
    }
  }

  /** Takes scenarios as they are now, where it is in one of them: what goes wrong changes, and its books if nothing has happened yet. */
  refresh(names: ReadonlySet<string>): void {
    if (!this.#scenarios.some((name) => names.has(name))) return
    const { store, today } = this.business
    if (store.size + this.#contents.size === 0) this.business.open({ ...this.#opening(this.#scenarios), today })
    this.#remember(this.#scenarios)
    this.recorder?.restate()
  }

  /** Returns all there is to it, as data. */
  save(): Snapshot {
    const {
      store,
      today,
      ticks,
      books: { order },
    } = this.business
    const changes = [...store.changed()].map((index) => [index, [...store.changes(index)]] as const)
    return {
      order,
      today,
      ticks,
      scenarios: this.#scenarios,
      created: store.created,
      changes,
      ...this.#contents.save(),
    }
  }

  /** Puts all there is to it aside, and returns it. */
  keep(): Snapshot {
    const snapshot = this.save()
    this.kept = snapshot
    this.recorder?.add({ is: 'kept', snapshot })
    return snapshot
  }

  /**
   * Puts the world back to a snapshot.
   * @throws Failure for what is none, or describes what cannot have happened; the world is then as it was.
   */
  restore(snapshot: unknown): void {
    const [checked, before] = [checkSnapshot(snapshot), this.save()]
    try {
      this.#load(checked)
      tryOn(this.business, checked)
    } catch (error) {
      this.#load(before)
      throw error
    }
    this.#isMoved = true
    this.recorder?.begin()
  }

  /** Does what its log says has happened since, elsewhere or here. */
  follow({ events, place, today = this.#start.today }: Chapter): void {
    const { recorder } = this
    if (!recorder || (events.length === 0 && place === recorder.place && today === this.#start.today)) return
    const hasNews = recorder.hasNews && events[0]?.is !== 'begun'
    this.#start = { ...this.#start, today }
    if (place === undefined && recorder.place !== undefined) this.restart()
    for (const event of events) replay(event, this.#hands)
    // Who has not moved its clock goes by the day of the server.
    const day = this.#own.today ?? today
    if (!this.#isMoved && this.business.today !== day) this.business.moveTo(day)
    recorder.read(events, place, { hasNews })
  }

  /** Forgets all; its log is read anew. */
  restart(): void {
    this.#own = {}
    this.kept = undefined
    this.#open(this.#start)
    this.recorder?.read([], undefined)
  }

  get #hands(): Hands {
    return {
      world: this,
      contents: this.#contents,
      begin: (begun) => this.#begin(begun),
      enter: (names) => this.#remember(names),
      move: (today) => {
        this.#isMoved = true
        this.business.moveTo(today)
      },
    }
  }

  #begin({ own, isMoved, state, requests, kept, keys }: Begun): void {
    this.#load(state)
    this.#own = own
    this.#isMoved = isMoved
    this.kept = kept
    this.requests = requests
    for (const given of keys) this.keys.put(given)
  }

  #begun(): Begun {
    return {
      is: 'begun',
      own: this.#own,
      isMoved: this.#isMoved,
      state: this.save(),
      requests: countsOf(this).requests,
      keys: this.#contents.answers,
      ...(this.kept && { kept: this.kept }),
    }
  }

  #load(snapshot: Snapshot): void {
    const [{ order, today, ticks, scenarios, created, changes }, { business }] = [snapshot, this]
    for (const name of scenarios) scenarioOf(name, this.#ground.scenarios)
    business.open({ books: this.#ground.shelf.take(order), today })
    business.moveTo(today, ticks)
    business.store.load(changes, created)
    this.#contents.load(snapshot)
    this.#remember(scenarios)
  }

  #open({ order, today, scenarios }: Start): void {
    this.business.open({ books: booksFor(this.#ground, order, scenarios), today })
    this.#contents.reset()
    this.#isMoved = false
    this.requests = 0
    this.#remember(scenarios)
  }

  #hear(happening: Happening, tell: (happening: Happening) => void): void {
    const { change, before, after } = happening
    const index = (after ?? before)?.index
    if (change && index !== undefined) this.recorder?.add({ is: 'changed', index, change })
    tell(happening)
  }

  #enter(scenarios: readonly string[]): void {
    this.#remember(scenarios)
    this.recorder?.add({ is: 'entered', scenarios })
  }

  #remember(names: readonly string[]): void {
    this.#moves++
    this.#scenarios = names
    this.#faults = names.reduce<Faults | undefined>(
      (faults, name) => scenarioOf(name, this.#ground.scenarios).faults ?? faults,
      undefined,
    )
  }

  #opening(names: readonly string[]): Opening {
    const { order, today } = { ...this.#start, ...this.#own }
    return { books: booksFor(this.#ground, order, names), today }
  }
}
