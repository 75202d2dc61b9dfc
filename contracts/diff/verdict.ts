import { plural } from '../reports/groups.ts'
import type { DocumentChange, Impact } from './change.ts'

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
export const having = (changes: readonly DocumentChange[], impact: Impact): readonly DocumentChange[] =>
  changes.filter((change) => change.impact === impact)

/** Returns `1 breaking change, 2 risky, 3 safe`. */
export const changeCounts = (changes: readonly DocumentChange[]): string =>
  `${plural(having(changes, 'breaking').length, 'breaking change')}, ${having(changes, 'risky').length} risky, ${having(changes, 'safe').length} safe`

/** Returns where a change stood and stands: `was at old.yaml:3:5`, `is at new.yaml:3:5`. */
export const placesOf = ({ before, after }: DocumentChange): readonly string[] =>
  [[before, 'was'] as const, [after, 'is'] as const].flatMap(([place, verb]) =>
    place ? [`${verb} at ${place.file}:${place.line}:${place.column}`] : [],
  )
