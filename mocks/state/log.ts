// The event log of worlds: what every store has to do, and the store in memory.

import type { Day } from '../../spec/index.ts'
import type { Event } from './event.ts'
import { isWhole } from './event.ts'

/** Where a world's log has been read to; `undefined` before its first event. Only its log knows what it means. */
export type Offset = string | undefined

/** Events of a world, in order. Those that are first of all, or come after forgotten ones, begin with `{ on: 'world', does: 'begin' }`. */
export interface LogBatch {
  readonly events: readonly Event[]
  /** Behind the last event there is; `undefined` where there is none, because nothing has happened or all is forgotten. */
  readonly offset: Offset
  /** Today for worlds whose clock was never moved, where the servers that share the log agree on a day. */
  readonly today?: Day
}

/** The write lock of a world's log: one holder at a time. */
export interface Lock {
  /** What was appended until then. */
  readonly batch: LogBatch
  /**
   * Appends events, all or none, and gives the lock back. The beginning of a world makes room of what was before it.
   * @returns the offset behind them
   * @throws Unavailable where they were not appended, or it is not known whether they were.
   */
  append(events: readonly Event[]): Promise<Offset>
}

/** What happened in every world, for all who answer for them: several servers, or one after the other. */
export interface Log {
  /** Returns the events of a world after an offset. @throws Unavailable */
  read(world: string, after: Offset): Promise<LogBatch>
  /** Tells, where that can be told at once, that nothing has happened after an offset. */
  isCurrent?(world: string, offset: Offset): boolean
  /** Waits for the lock of a world, and takes it. @throws Unavailable */
  lock(world: string, after: Offset): Promise<Lock>
  /** Returns the names of the worlds in which something happened. @throws Unavailable */
  names(): Promise<readonly string[]>
  /** Forgets a world. @throws Unavailable */
  drop(world: string): Promise<void>
  close(): Promise<void>
}

/** What is shared cannot be reached: the request is answered with 503, and may be made again. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
}

/** Runs works of one name one after the other, in the order in which they came. */
export class Mutex {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Runs a work when all that came before it are done, whatever became of them. */
  run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const run = (this.#last.get(name) ?? Promise.resolve()).then(work)
    const settled = run
      .catch(() => undefined)
      .finally(() => {
        if (this.#last.get(name) === settled) this.#last.delete(name)
      })
    this.#last.set(name, settled)
    return run
  }
}

/** Where the log of one process is kept. */
export interface Storage {
  read(world: string, after: Offset): LogBatch
  /** Tells, where worlds are never forgotten, that nothing has happened after an offset. */
  isCurrent?(world: string, offset: Offset): boolean
  /** Appends events, all or none; what was before the beginning of a world may go. Returns the offset behind them. */
  append(world: string, events: readonly Event[]): Offset
  names(): readonly string[]
  drop(world: string): void
  close(): void
}

/** Returns the log of one process: appends of a world run one after the other. */
export function localLog(storage: Storage): Log {
  const mutex = new Mutex()
  /** Waits for the lock; returns a function that gives it back. */
  const wait = (world: string): Promise<() => void> =>
    new Promise((resolve) => void mutex.run(world, () => new Promise<void>((release) => resolve(release))))
  return {
    ...(storage.isCurrent && {
      isCurrent: (world: string, offset: Offset) => storage.isCurrent?.(world, offset) ?? false,
    }),
    read: async (world, after) => storage.read(world, after),
    async lock(world, after) {
      const release = await wait(world)
      try {
        const batch = storage.read(world, after)
        return { batch, append: async (events) => append(world, batch.offset, events).finally(release) }
      } catch (error) {
        release()
        throw error
      }
    },
    names: async () => storage.names(),
    drop: async (world) => storage.drop(world),
    close: async () => storage.close(),
  }

  async function append(world: string, offset: Offset, events: readonly Event[]): Promise<Offset> {
    if (events.length === 0) return offset
    if (storage.read(world, offset).offset !== offset)
      throw new Unavailable('What this follows has been forgotten meanwhile.')
    return storage.append(world, events)
  }
}

/** When worlds are forgotten. */
export interface MemoryLogOptions {
  /** A clock in milliseconds; without it, no world is forgotten for not being used. */
  readonly clock?: () => number
  /** Milliseconds, an hour unless given. The world without a name stays. */
  readonly idle?: number
  /** Worlds at once, 20,000 unless given. */
  readonly most?: number
}

interface Kept {
  readonly events: (readonly [number: number, event: Event])[]
  usedAt: number
}

/** Returns a log in memory. */
export const memoryLog = (options: MemoryLogOptions = {}): Log => localLog(storageInMemory(options))

function storageInMemory({ clock = () => 0, idle = 3_600_000, most = 20_000 }: MemoryLogOptions): Storage {
  const worlds = new Map<string, Kept>()
  let count = 0

  /** The map is in the order of use. */
  function use(world: string): Kept | undefined {
    const now = clock()
    const kept = worlds.get(world)
    if (kept) {
      kept.usedAt = now
      worlds.delete(world)
      worlds.set(world, kept)
    }
    for (const [name, { usedAt }] of worlds) {
      if (worlds.size <= most && now - usedAt <= idle) break
      if (name !== '' && name !== world) worlds.delete(name)
    }
    return kept
  }

  const offsetOf = (kept: Kept | undefined): Offset => kept?.events.at(-1)?.[0].toString()
  return {
    read(world, after) {
      const kept = use(world)
      const from = Number(after ?? 0)
      const first = kept?.events.findLastIndex(([number]) => number <= from) ?? -1
      return { events: kept?.events.slice(first + 1).map(([, event]) => event) ?? [], offset: offsetOf(kept) }
    },
    append(world, events) {
      const known = isWhole(events) ? undefined : worlds.get(world)
      const kept: Kept = known ?? { events: [], usedAt: clock() }
      for (const event of events) kept.events.push([++count, event])
      worlds.set(world, kept)
      return offsetOf(use(world))
    },
    names: () => [...worlds.keys()],
    drop: (world) => void worlds.delete(world),
    close: () => worlds.clear(),
  }
}
