import type { Day, Instant, Intake } from '../spec/index.ts'
import type { Pins } from '../factories/index.ts'

/** Something that happened to an invoice, in API-neutral terms, so that every API over the same books sees it. */
export type Change =
  | { readonly kind: 'create'; readonly pins: Pins; readonly at: Instant; readonly today: Day }
  | { readonly kind: 'amend'; readonly pins: Pins; readonly at: Instant }
  | { readonly kind: 'intake'; readonly to: Intake; readonly at: Instant }
  | { readonly kind: 'sync'; readonly at: Instant }
  | { readonly kind: 'delete'; readonly at: Instant }

/** What happened to one invoice, oldest first. */
export type History = readonly [index: number, changes: readonly Change[]]

/** Keeps what happened, by invoice. */
export interface Store {
  /** Returns what happened to an invoice, oldest first. */
  changes(index: number): readonly Change[]
  /** Adds a change. */
  append(index: number, change: Change): void
  /** Returns every invoice to which something happened, in no particular order. */
  changed(): Iterable<number>
  /** Returns the index for the next invoice created; never the same twice. */
  next(size: number): number
  /** How many invoices have been created, deleted ones included. */
  created: number
  /** To how many invoices something happened. */
  readonly size: number
  /** Puts other histories in place of its own. */
  load(histories: readonly History[], created: number): void
  /** Forgets everything. */
  reset(): void
  /** Rises with every change. */
  readonly version: number
  /** Returns the invoices to which something happened after a version; `undefined` where that is too long ago, or all is other. */
  since(version: number): readonly number[] | undefined
}

const nothing: readonly Change[] = []

/** Changes of which it is known what they were about, at least. */
const recent = 256

/** A store in memory that costs next to nothing while it is empty: there may be ten thousand of them. */
class MemoryStore implements Store {
  #log: Map<number, Change[]> | undefined
  created = 0
  #version = 0
  /** What the latest changes were about: the last one made the present version. */
  #touched: number[] | undefined

  changes(index: number): readonly Change[] {
    return this.#log?.get(index) ?? nothing
  }

  append(index: number, change: Change): void {
    this.#log ??= new Map()
    const list = this.#log.get(index)
    if (list) list.push(change)
    else this.#log.set(index, [change])
    this.#version++
    this.#touched ??= []
    if (this.#touched.length >= 2 * recent) this.#touched.splice(0, recent)
    this.#touched.push(index)
  }

  since(version: number): readonly number[] | undefined {
    const count = this.#version - version
    const touched = this.#touched ?? []
    return count > touched.length ? undefined : touched.slice(touched.length - count)
  }

  changed(): Iterable<number> {
    return this.#log?.keys() ?? []
  }

  next(size: number): number {
    return size + this.created++
  }

  get size(): number {
    return this.#log?.size ?? 0
  }

  load(histories: readonly History[], created: number): void {
    this.#log = new Map(histories.map(([index, changes]) => [index, [...changes]]))
    this.created = created
    this.#version++
    this.#touched = undefined
  }

  reset(): void {
    this.#log = undefined
    this.created = 0
    this.#version++
    this.#touched = undefined
  }

  get version(): number {
    return this.#version
  }
}

/** Returns a store in memory. */
export const memoryStore = (): Store => new MemoryStore()
