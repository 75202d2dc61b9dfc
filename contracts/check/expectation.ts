import type { RuleCode } from './rules.ts'

/** What an answer has to be. */
export interface Expectation {
  readonly code: RuleCode
  /** For people: `404`. */
  readonly expected: string
  readonly allows: (status: number) => boolean
  /** Statuses of HTTP itself that no document needs to list, and that have no body. */
  readonly isBare?: (status: number) => boolean
}

/** A valid request, which has to succeed. */
export const success: Expectation = {
  code: 'PF-OK',
  expected: 'a status of success',
  allows: (status) => status >= 200 && status < 300,
}
/** A request to somebody who knows who asks. */
export const admitted: Expectation = { code: 'PF-OK', expected: 'credentials that are accepted', allows: () => false }
/** A request that was not too many. */
export const unhurried: Expectation = {
  code: 'PF-OK',
  expected: 'an answer, not to be asked later',
  allows: () => false,
}
/** A request that may be refused, as long as the refusal is documented. */
export const anything: Expectation = { code: 'PF-OK', expected: 'any documented status', allows: () => true }
