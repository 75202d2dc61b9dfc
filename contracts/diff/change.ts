// Defines a change between two documents and its impact.

import type { Model, Place, Pointer } from '../../spec/index.ts'
import { counted } from '../reports/groups.ts'

/** What a change does to those who use an API: it breaks them, it may, or it does not. */
export type Impact = 'breaking' | 'risky' | 'safe'

/** One difference between two documents. */
export interface DocumentChange {
  readonly impact: Impact
  /** `property-removed` */
  readonly code: string
  /** In one line, with what was and what is. */
  readonly says: string
  /** operationId it belongs to, the first where several share it; none for roles and laws. */
  readonly operation?: string
  /** `GET /v1/invoices` */
  readonly request?: string
  /** Where it stands in the new document, or stood in the old one. */
  readonly pointer: Pointer
  readonly before?: Place
  readonly after?: Place
}

/** Notes changes of one operation. */
export interface ChangeNotes {
  readonly before: Model
  readonly after: Model
  /** @param at pointers in the old and in the new document; either may be missing */
  note(impact: Impact, code: string, says: string, at: { readonly old?: Pointer; readonly now?: Pointer }): void
}

/** Which way what a schema describes travels. */
export type TravelDirection = 'request' | 'response'

/** Returns the way in which the answers of a request travel. */
export const opposite = (direction: TravelDirection): TravelDirection =>
  direction === 'request' ? 'response' : 'request'

/** Returns what a narrower schema does: senders may be refused, readers lose nothing. */
export const narrowed = (direction: TravelDirection): Impact => (direction === 'request' ? 'breaking' : 'safe')
/** Returns what a wider schema does: senders lose nothing, readers may meet what they do not know. */
export const widened = (direction: TravelDirection, forReaders: Impact = 'breaking'): Impact =>
  direction === 'request' ? 'safe' : forReaders

/** What was compared, and what came of it. */
export interface DocumentComparison {
  /** Of the new document. */
  readonly title: string
  /** Files, or what else the two documents are called. */
  readonly before: string
  readonly after: string
  /** What breaks first. */
  readonly changes: readonly DocumentChange[]
  /** Operations of both documents as `GET /v1/invoices`, each once. */
  readonly requests: readonly string[]
}

/** Returns the changes of one impact. */
export const changesWith = (changes: readonly DocumentChange[], impact: Impact): readonly DocumentChange[] =>
  changes.filter((change) => change.impact === impact)

/** Returns `1 breaking change, 2 risky, 3 safe`. */
export const changeCounts = (changes: readonly DocumentChange[]): string =>
  `${counted(changesWith(changes, 'breaking').length, 'breaking change')}, ${changesWith(changes, 'risky').length} risky, ${changesWith(changes, 'safe').length} safe`

/** Returns where a change stood and stands: `was at old.yaml:3:5`, `is at new.yaml:3:5`. */
export const changePlaces = ({ before, after }: DocumentChange): readonly string[] =>
  [[before, 'was'] as const, [after, 'is'] as const].flatMap(([place, verb]) =>
    place ? [`${verb} at ${place.file}:${place.line}:${place.column}`] : [],
  )
