import type { Day, Instant, Intake } from '../spec/index.ts'
import type { Pins } from '../factories/index.ts'

/** Something that happened to an invoice, in API-neutral terms, so that every API over the same books sees it. */
export type Change =
  | { readonly kind: 'create'; readonly pins: Pins; readonly at: Instant; readonly today: Day }
  | { readonly kind: 'amend'; readonly pins: Pins; readonly at: Instant }
  | { readonly kind: 'intake'; readonly to: Intake; readonly at: Instant }
  | { readonly kind: 'sync'; readonly at: Instant }
  | { readonly kind: 'delete'; readonly at: Instant }

/** Keeps what happened, by invoice. A store of another process or a database has the same face. */
export interface Store {
  /** Returns what happened to an invoice, oldest first. */
  changes(index: number): readonly Change[]
  /** Adds a change. */
  append(index: number, change: Change): void
  /** Returns every invoice to which something happened, in no particular order. */
  changed(): Iterable<number>
  /** Returns the index for the next invoice created; never the same twice. */
  next(size: number): number
  /** Forgets everything. */
  reset(): void
  /** Rises with every change. */
  readonly version: number
}

/** Returns a store in memory. */
export function memoryStore(): Store {
  const log = new Map<number, Change[]>()
  let created = 0
  let version = 0
  return {
    changes: (index) => log.get(index) ?? [],
    append(index, change) {
      const list = log.get(index) ?? []
      list.push(change)
      log.set(index, list)
      version++
    },
    changed: () => log.keys(),
    next: (size) => size + created++,
    reset() {
      log.clear()
      created = 0
      version++
    },
    get version() {
      return version
    },
  }
}
