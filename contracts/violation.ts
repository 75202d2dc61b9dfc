// Defines a violation and formats values in it.

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
  /** Where in the body, in the API's own spelling; for `OAS-DOCUMENT` without a request, where in the document. */
  readonly pointer: Pointer
  readonly expected: string
  readonly received: string
  /** Where the document says so, where that is known. */
  readonly place?: Place
  /** Where in the body the invoice stands that it is about; missing where it is about none. */
  readonly invoice?: Pointer
}

const longestText = 120

/** Returns a JSON value as short text for people: `"EUR"`, `120.99`, `{"id":…`; nothing at all is `nothing`. */
export function shownJson(value: unknown): string {
  // 1e400 is a number to JSON and infinite to JavaScript.
  return shortText(value === undefined ? 'nothing' : typeof value === 'number' ? String(value) : JSON.stringify(value))
}

/** Returns a text of at most 120 characters, with an ellipsis where it was cut. */
export const shortText = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText)}…` : text)

/** Returns a status as people need it: with the beginning of the body where it tells of an error. */
export function statusText({ status, body }: { readonly status: number; readonly body: string }): string {
  const told =
    status >= 400
      ? body
          .slice(0, 10 * longestText)
          .replace(/\s+/g, ' ')
          .trim()
      : ''
  return told === '' ? String(status) : `${status} ${shortText(told)}`
}
