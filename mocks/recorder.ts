import type { Counted, Event } from './event.ts'
import type { Place } from './log.ts'
import type { World } from './world.ts'

/** What a recorder asks its world. */
export interface Recorded {
  /** Returns all there is. */
  begun(): Event
  /** Returns the counts as they stand. */
  counted(): Counted
  /** Returns how much there is. */
  size(): number
}

/** A log begins anew when it has this many events for each thing that its world holds, and no fewer than these. */
const generosity = 4
const least = 1000

/** What has happened to a world since its log was last written. */
export class Recorder {
  /** Where the log has been read to. */
  place: Place
  readonly #world: Recorded
  #events: Event[] = []
  #isWhole = false
  #counted: Counted
  /** Events since the log began. */
  #length = 0

  constructor(world: Recorded) {
    this.#world = world
    this.#counted = world.counted()
  }

  /** Whether there is anything to write. */
  get hasNews(): boolean {
    return this.#isWhole || this.#events.length > 0 || !areSame(this.#world.counted(), this.#counted)
  }

  add(event: Event): void {
    if (!this.#isWhole) this.#events.push(event)
  }

  /** From here on, all there is counts, whatever happened before. */
  begin(): void {
    this.#isWhole = true
    this.#events = []
  }

  /** Says all there is again, where anything has been said. */
  restate(): void {
    if (this.place !== undefined) this.begin()
  }

  /** Returns what is to be written: nothing; what happened; or all there is, where nothing has been written yet or too much. */
  take(): readonly Event[] {
    if (!this.hasNews) return []
    const counted = this.#world.counted()
    const isLong = this.#length + this.#events.length > Math.max(least, generosity * this.#world.size())
    const events =
      this.#isWhole || isLong || this.place === undefined
        ? [this.#world.begun()]
        : [...this.#events, ...(areSame(counted, this.#counted) ? [] : [counted])]
    this.read(events, this.place)
    return events
  }

  /** Takes note of what stands in the log, up to a place, and shows in the world. What has happened here beside that stays news. */
  read(events: readonly Event[], place: Place, { hasNews = false } = {}): void {
    this.place = place
    this.#length = (events[0]?.is === 'begun' ? 0 : this.#length) + events.length
    if (hasNews) return
    this.#isWhole = false
    this.#events = []
    this.#counted = this.#world.counted()
  }
}

/** Returns the counts of a world. Requests count only where something goes wrong by their number. */
export function countsOf({
  business: { store, today, ticks },
  faults,
  requests,
}: Pick<World, 'business' | 'faults' | 'requests'>): Counted {
  return { is: 'counted', created: store.created, today, ticks, requests: faults ? requests : 0 }
}

const areSame = (one: Counted, other: Counted): boolean =>
  one.created === other.created &&
  one.today === other.today &&
  one.ticks === other.ticks &&
  one.requests === other.requests
