import type { Event } from './event.ts'
import { Unavailable } from './log.ts'
import type { Chapter, Log, Place } from './log.ts'
import { Turns } from './turns.ts'

/** Where a log of one process is kept. */
export interface Records {
  read(world: string, after: Place): Chapter
  /** Tells, where worlds are never forgotten, that nothing has happened after a place. */
  isCurrent?(world: string, place: Place): boolean
  /** Writes events, all or none; what was before a `begun` may go. Returns the place behind them. */
  write(world: string, events: readonly Event[]): Place
  names(): readonly string[]
  drop(world: string): void
  close(): void
}

/** Returns the log of one process: whoever writes waits for those before. */
export function localLog(records: Records): Log {
  const turns = new Turns()
  /** Returns what puts the pen down. */
  const wait = (world: string): Promise<() => void> =>
    new Promise((resolve) => void turns.take(world, () => new Promise<void>((putDown) => resolve(putDown))))
  return {
    ...(records.isCurrent && {
      isCurrent: (world: string, place: Place) => records.isCurrent?.(world, place) ?? false,
    }),
    read: async (world, after) => records.read(world, after),
    async take(world, after) {
      const putDown = await wait(world)
      try {
        const chapter = records.read(world, after)
        return { chapter, write: async (events) => add(world, chapter.place, events).finally(putDown) }
      } catch (error) {
        putDown()
        throw error
      }
    },
    names: async () => records.names(),
    drop: async (world) => records.drop(world),
    close: async () => records.close(),
  }

  async function add(world: string, place: Place, events: readonly Event[]): Promise<Place> {
    if (events.length === 0) return place
    if (records.read(world, place).place !== place)
      throw new Unavailable('What this follows has been forgotten meanwhile.')
    return records.write(world, events)
  }
}

/** Returns events from the last `begun` on: what is before it no longer counts. */
export const sinceBegun = (
  events: readonly Event[],
): { readonly isWhole: boolean; readonly events: readonly Event[] } => {
  const from = events.findLastIndex(({ is }) => is === 'begun')
  return { isWhole: from >= 0, events: events.slice(Math.max(0, from)) }
}
