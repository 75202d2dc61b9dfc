// Creates, finds and resets worlds by name.

import { ledgerOf } from '../../factories/index.ts'
import type { LedgerOptions } from '../../factories/index.ts'
import { dayRange, failure, formatDay, isInRange, localDay, parseDay } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'
import { BooksCache } from './books.ts'
import { Business } from './business.ts'
import type { Change } from './business.ts'
import type { Event, Start } from './event.ts'
import type { Faults } from '../faults.ts'
import { mockLimits } from '../http/limits.ts'
import type { Log } from './log.ts'
import { scenarioOf } from './scenarios.ts'
import type { Scenarios } from './scenarios.ts'
import { Sharing } from './sharing.ts'
import { World } from './world.ts'
import type { Common } from './world.ts'

/** Header that names the world of a request. */
export const worldHeader = 'x-proforma-world'

/** The day on which a library's mocks stand still unless they are told another. */
export const standingDay = '2026-01-15'

/** How worlds begin, and how many there may be. */
export interface WorldsOptions extends Omit<LedgerOptions, 'today' | 'epoch' | 'constraints'> {
  /** First day of the books; where missing, the one with which the newest of so many invoices is of today. */
  readonly epoch?: string | Day | Date | undefined
  /** `2026-01-15` unless given: a day, or a moment, whose day is the one that it is where this runs. */
  readonly today?: string | Day | Date
  /** A business that is there already; seed, size and day are then its own. */
  readonly business?: Business
  /** Names of the scenarios in which every world begins. */
  readonly scenario?: string | readonly string[]
  /** Scenarios of one's own, by name. */
  readonly scenarios?: Scenarios
  /** Worlds at once, 20,000 unless given; one more, and the one that was used least lately is forgotten. */
  readonly maxWorlds?: number
  /** A clock in milliseconds; with it, worlds that were not used for `idle` are forgotten. */
  readonly clock?: () => number
  /** Milliseconds, an hour unless given. */
  readonly idle?: number
  /** What happened, where it is shared with other servers, or kept for later. */
  readonly log?: Log
}

/** An event, in which world it was, and what it did to an invoice. */
export interface Told extends Change {
  readonly world: World
  readonly event: Event
}

/** What a request alone asks for, instead of its world's own. */
export interface Aside {
  readonly scenario?: string
  readonly seed?: string
}

/** Worlds side by side over the same books: who changes something in one changes nothing in the others. */
export class Worlds {
  readonly #common: Common & { scenarios: Scenarios }
  readonly #start: Start
  readonly #named = new Map<string, World>()
  /** What happens while worlds change. */
  readonly #untold = new WeakMap<World, Told[]>()
  readonly #listeners: ((event: Told) => void)[] = []
  readonly #options: Required<Pick<WorldsOptions, 'maxWorlds' | 'idle'>> & Pick<WorldsOptions, 'clock'>
  /** How others see what happens here, and the other way round. */
  readonly sharing: Sharing | undefined
  /** The world of requests that name none. */
  readonly first: World

  constructor({
    today = standingDay,
    epoch,
    business,
    scenario = [],
    scenarios = {},
    maxWorlds = mockLimits.maxWorlds,
    idle = 3_600_000,
    clock,
    log,
    ...ledger
  }: WorldsOptions = {}) {
    this.#common = { books: new BooksCache(), scenarios, isHeard: () => this.#listeners.length > 0 }
    this.#options = { maxWorlds, idle, ...(clock && { clock }) }
    this.sharing = log && new Sharing(log)
    const opened =
      business ??
      new Business(
        ledgerOf({
          ...ledger,
          today: readToday(today),
          ...(epoch !== undefined && { epoch: readToday(epoch) }),
        }),
      )
    this.#common.books.pin(opened.books)
    this.#start = { books: opened.books.options, today: opened.today, scenarios: [scenario].flat() }
    this.first = this.#make('', business && [scenario].flat().length === 0 ? business : undefined)
  }

  /** Returns the world of a name, made when it is first asked for. @throws Failure for a name that is none. */
  at(name: string): World {
    if (name === '') return this.first
    const known = this.#named.get(name)
    if (!known && !isName(name))
      throw failure('find a world', {
        expected: 'a name of 1 to 128 letters, digits or signs, without spaces',
        received: JSON.stringify(name.slice(0, 80)),
      })
    const world = known ?? this.#make(name)
    this.#touch(world)
    return world
  }

  /** Catches up with what happened to a world elsewhere, where it is shared; `undefined` where there is nothing to wait for. @throws Unavailable */
  follow(world: World): Promise<void> | undefined {
    return this.sharing?.follow(world)
  }

  /** Runs a change of a world; where it is shared, under its write lock. @throws Unavailable where it could not be shared and has not happened. */
  async change<T>(world: World, work: () => Promise<T>): Promise<T> {
    if (!this.sharing) return work()
    const happened: Told[] = []
    const result = await this.sharing.change(world, async () => {
      this.#untold.set(world, happened)
      return work().finally(() => this.#untold.delete(world))
    })
    // Told when others see it, and never where they will not.
    for (const told of happened) this.#tell(told)
    return result
  }

  /** How worlds begin. */
  get start(): Start {
    return this.#start
  }

  /** How many worlds have a name. */
  get size(): number {
    return this.#named.size
  }

  /** Names of the worlds, the one used least lately first. */
  names(): string[] {
    return [...this.#named.keys()]
  }

  /** Returns the names of the worlds there are; where they are shared, of those in which something has happened anywhere. @throws Unavailable */
  async known(): Promise<readonly string[]> {
    return this.sharing ? (await this.sharing.log.names()).filter((name) => name !== '') : this.names()
  }

  /** Forgets all worlds but one, wherever they are; the first begins anew. @throws Unavailable */
  async forgetOthers(kept: World): Promise<void> {
    this.#named.clear()
    if (kept !== this.first) this.#named.set(kept.name, kept)
    if (!this.sharing) return kept === this.first ? undefined : this.first.restart()
    const { log } = this.sharing
    for (const name of await log.names()) if (name !== kept.name) await log.drop(name)
  }

  /** Tells others what they do not know yet, and lets go of what is shared. */
  async close(): Promise<void> {
    if (!this.sharing) return
    for (const world of [this.first, ...this.#named.values()]) if (world.hasNews) await this.sharing.follow(world)
    await this.sharing.log.close()
  }

  /** Forgets a world. */
  drop(name: string): void {
    this.#named.delete(name)
  }

  /** Forgets all worlds but the first, which begins anew. */
  reset(): void {
    this.#named.clear()
    this.first.reset()
  }

  /** Takes other scenarios of one's own, now and later. */
  take(scenarios: Scenarios): void {
    const names = new Set([...Object.keys(this.#common.scenarios), ...Object.keys(scenarios)])
    this.#common.scenarios = { ...this.#common.scenarios, ...scenarios }
    for (const world of [this.first, ...this.#named.values()]) world.refresh(names)
  }

  /** Tells a listener what happens in any world. */
  listen(listener: (event: Told) => void): () => void {
    this.#listeners.push(listener)
    return () => void this.#listeners.splice(this.#listeners.indexOf(listener), 1)
  }

  /**
   * Returns the world for one request that asks for a scenario or a seed: the same world with other faults, or other books on the
   * same day, of which nothing is remembered.
   * @throws Failure for an unknown scenario.
   */
  aside(world: World, { scenario, seed }: Aside): { readonly world: World; readonly faults: Faults | undefined } {
    const { options } = world.business.books
    const scenarios = scenario === undefined ? [] : [scenario]
    const wanted = { ...options, ...(seed !== undefined && { seed: readSeed(seed) }) }
    const faults = scenario === undefined ? undefined : scenarioOf(scenario, this.#common.scenarios).faults
    const books = this.#common.books.under(wanted, scenarios, this.#common.scenarios)
    const made =
      books === world.business.books
        ? world
        : new World(world.name, this.#common, { books: wanted, today: world.business.today, scenarios })
    return { world: made, faults: faults ?? world.faults }
  }

  #make(name: string, business?: Business): World {
    return new World(name, this.#common, this.#start, {
      ...(business && { business }),
      isLogged: this.sharing !== undefined,
      tell: this.#hear,
    })
  }

  /** One function for all worlds. */
  readonly #hear = (world: World, event: Event, change: Change): void => {
    const told = { ...change, event, world }
    const untold = this.#untold.get(world)
    if (untold) untold.push(told)
    else this.#tell(told)
  }

  #tell(told: Told): void {
    for (const listener of this.#listeners) listener(told)
  }

  /** The map is in the order of use. */
  #touch(world: World): void {
    const { clock, maxWorlds, idle } = this.#options
    const now = clock?.() ?? 0
    world.usedAt = now
    this.#named.delete(world.name)
    this.#named.set(world.name, world)
    for (const [name, oldest] of this.#named) {
      if (this.#named.size <= maxWorlds && now - oldest.usedAt <= idle) break
      this.#named.delete(name)
    }
  }
}

const isName = (name: string): boolean => /^[\x21-\x7e]{1,128}$/.test(name)

/** Returns a seed as it was meant: a text of digits is a number. */
export const readSeed = (text: string | number): string | number =>
  typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : text

/** Returns the day that an option names; of a moment, the one where this runs. @throws Failure where it names none. */
export function readToday(today: string | Day | Date): Day {
  const day =
    today instanceof Date
      ? localDay(today)
      : typeof today === 'number' && Number.isInteger(today)
        ? today
        : parseDay(today)
  if (day === undefined || !isInRange(day))
    throw failure('set the day', {
      expected: `a day like 2026-01-15, from ${formatDay(dayRange.first)} to ${formatDay(dayRange.last)}`,
      received: JSON.stringify(today),
    })
  return day
}

const shared = new WeakMap<Business, Worlds>()

/** Returns the worlds around a business: the same for all APIs over it. */
export function worldsAround(business: Business): Worlds {
  const known = shared.get(business) ?? new Worlds({ business })
  shared.set(business, known)
  return known
}
