import type { Answer } from './context.ts'
import type { Change } from './change.ts'
import type { LeaseRecord } from './claims.ts'
import type { Note } from './journal.ts'
import type { RowChange } from './resources/changes.ts'
import type { Snapshot } from './snapshot.ts'
import type { Start } from './ground.ts'
import { isObject } from '../spec/index.ts'
import type { Day } from '../spec/index.ts'

/** An answer that a key of the client's own stands for. */
export interface KeptAnswer {
  readonly key: string
  /** Tells the request that it answered from others. */
  readonly print: string
  readonly answer: Answer
}

/** All there is to a world at once: whatever happened before no longer counts. */
export interface Begun {
  readonly is: 'begun'
  /** In what it begins otherwise than its server says. */
  readonly own: Partial<Start>
  /** Whether its clock was moved; otherwise it goes by its server's day. */
  readonly isMoved: boolean
  readonly state: Snapshot
  readonly requests: number
  readonly kept?: Snapshot
  readonly keys: readonly KeptAnswer[]
}

/** Counts as they stand. */
export interface Counted {
  readonly is: 'counted'
  readonly created: number
  readonly today: Day
  /** Events of that day. */
  readonly ticks: number
  readonly requests: number
}

/** Something that happened to a world, as data. Who has all events of a world, in order, has the world. */
export type Event =
  | Begun
  | { readonly is: 'changed'; readonly index: number; readonly change: Change }
  | Counted
  | { readonly is: 'moved'; readonly today: Day }
  /** The whole record of one invoice. */
  | { readonly is: 'leased'; readonly lease: LeaseRecord }
  | { readonly is: 'posted'; readonly index: number; readonly note: Note }
  /** An item of a resource as it stands now. */
  | { readonly is: 'written'; readonly change: RowChange }
  | { readonly is: 'entered'; readonly scenarios: readonly string[] }
  | { readonly is: 'kept'; readonly snapshot: Snapshot }
  | { readonly is: 'answered'; readonly given: KeptAnswer }

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0

/** What events of each kind must have to be done again. */
const forms: Readonly<Record<Event['is'], (event: Readonly<Record<string, unknown>>) => boolean>> = {
  begun: ({ own, state, keys }) => isObject(own) && isObject(state) && Array.isArray(keys),
  changed: ({ index, change }) => isWhole(index) && isObject(change),
  counted: ({ created, today, ticks, requests }) =>
    isWhole(created) && Number.isInteger(today) && isWhole(ticks) && isWhole(requests),
  moved: ({ today }) => Number.isInteger(today),
  leased: ({ lease }) => isObject(lease),
  posted: ({ index, note }) => isWhole(index) && isObject(note),
  written: ({ change }) => isObject(change) && typeof change.resource === 'string' && isWhole(change.index),
  entered: ({ scenarios }) => Array.isArray(scenarios),
  kept: ({ snapshot }) => isObject(snapshot),
  answered: ({ given }) => isObject(given),
}

/** Tells whether what was kept is an event still. */
export const isEvent = (value: unknown): boolean =>
  isObject(value) && Object.hasOwn(forms, String(value.is)) && forms[value.is as Event['is']](value)
