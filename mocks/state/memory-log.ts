import { isWhole } from './event.ts'
import type { Event } from './event.ts'
import { localLog } from './log.ts'
import type { Log, Offset, Storage } from './log.ts'

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
