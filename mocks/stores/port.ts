import type { Event } from '../event.ts'
import type { Chapter, Place } from '../log.ts'

/** One end of what connects two processes. */
export interface Port<In, Out> {
  post(message: Out): void
  listen(listener: (message: In) => void): void
}

/** What a guest asks of the log that another process keeps. */
export type Question =
  | { readonly ask: 'read' | 'take'; readonly world: string; readonly after?: Place }
  | { readonly ask: 'write'; readonly pen: number; readonly world: string; readonly events: readonly Event[] }
  | { readonly ask: 'names' }
  | { readonly ask: 'drop'; readonly world: string }

/** Questions, each with a number, and that something was heard. */
export type FromGuest =
  | { readonly log: 'question'; readonly number: number; readonly question: Question }
  | { readonly log: 'heard'; readonly number: number }

/** Answers, and that something has happened in a world which a guest believes to know. */
export type FromHost =
  | { readonly log: 'answer'; readonly number: number; readonly value?: Answer | undefined; readonly error?: string }
  | { readonly log: 'happened'; readonly number: number; readonly world: string }

/** A chapter, with a pen where one was asked for; the place behind what was written; names. */
export type Answer =
  | { readonly chapter: Chapter; readonly pen?: number }
  | { readonly place: Place }
  | { readonly names: readonly string[] }
