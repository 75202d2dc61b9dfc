import type { Place, Pointer } from '../spec/index.ts'

/** How much a violation weighs: a `warning` is reported but does not fail a check. */
export type Severity = 'error' | 'warning'

/** Something that does not hold, as data: reports make sentences of it. */
export interface Violation {
  /** Code of the law or of the part of the contract: `BR-CO-15`, `OAS-SCHEMA`. */
  readonly code: string
  /** What should hold, in one line. */
  readonly says: string
  readonly severity: Severity
  /** Where in the body, in the API's own spelling. */
  readonly pointer: Pointer
  readonly expected: string
  readonly received: string
  /** Where the document says so, where that is known. */
  readonly place?: Place
}

const longest = 120

/** Returns a JSON value as short text for people: `"EUR"`, `120.99`, `{"id":…`; nothing at all is `nothing`. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
