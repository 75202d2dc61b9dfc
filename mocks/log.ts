import type { Day } from '../spec/index.ts'
import type { Event } from './event.ts'

/** Where a world's log has been read to; `undefined` before its first event. Only its log knows what it means. */
export type Place = string | undefined

/** Events of a world, in order. Those that are first of all, or come after forgotten ones, begin with a `begun`. */
export interface Chapter {
  readonly events: readonly Event[]
  /** Behind the last event there is; `undefined` where there is none, because nothing has happened or all is forgotten. */
  readonly place: Place
  /** The day it is for worlds whose clock nobody has moved, where those who share the log agree on one. */
  readonly today?: Day
}

/** Leave to write: as long as somebody has it, nobody else has. */
export interface Pen {
  /** What was written until then. */
  readonly chapter: Chapter
  /**
   * Writes events, all or none, and puts the pen down. A `begun` makes room of what was before it.
   * @returns the place behind them
   * @throws Unavailable where they were not written, or nobody can tell.
   */
  write(events: readonly Event[]): Promise<Place>
}

/** What happened in every world, for all who answer for them: several servers, or one after the other. */
export interface Log {
  /** Returns what happened in a world after a place. @throws Unavailable */
  read(world: string, after: Place): Promise<Chapter>
  /** Tells, where that can be told at once, that nothing has happened after a place. */
  isCurrent?(world: string, place: Place): boolean
  /** Waits until nobody else writes about a world, and returns the pen. @throws Unavailable */
  take(world: string, after: Place): Promise<Pen>
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
