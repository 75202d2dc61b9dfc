// Defines the report of a check.

import { printableJson } from '../spec/index.ts'
import type { Covered } from './coverage.ts'
import type { Drift } from './drift.ts'
import type { Violation } from './violation.ts'

/** A violation, with the request that showed it. */
export interface ReportedViolation extends Violation {
  /** operationId; empty where the document itself is at fault. */
  readonly operation: string
  /** The parameter that the request tried, where it tried one. */
  readonly parameter?: string
  /** `GET /v1/invoices?limit=5`; credentials are masked. Empty where nothing was asked, and so is `replay`. */
  readonly request: string
  readonly status?: number
  /** A curl command that repeats the request, credentials masked. */
  readonly replay: string
}

/** What was done with one operation. */
export interface OperationReport {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly requests: number
  readonly violations: number
  /** Findings that fail nothing; none unless given. */
  readonly warnings?: number
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>
}

/** What became of one law. */
export interface LawReport {
  readonly code: string
  readonly says: string
  /** How many objects it judged. */
  readonly applied: number
  readonly violations: number
  /** Findings that fail nothing; none unless given. */
  readonly warnings?: number
}

/** Something that was not judged, and why. */
export interface Skip {
  /** operationId, or what of it: `listInvoices?task`. */
  readonly what: string
  readonly reason: string
  /** How often, where more than once. */
  readonly count?: number
}

/** Everything that a check found: data, of which the reports are views. */
export interface Report {
  /** Name of the model. */
  readonly api: string
  readonly title: string
  /** Without credentials. */
  readonly baseUrl: string
  /** `2026-01-15`, where it was given. */
  readonly today?: string
  readonly operations: readonly OperationReport[]
  readonly laws: readonly LawReport[]
  readonly violations: readonly ReportedViolation[]
  readonly skipped: readonly Skip[]
  /** How the document and real answers differ. */
  readonly drift: readonly Drift[]
  /** How much of the document was exercised. */
  readonly coverage: readonly Covered[]
  readonly counts: {
    readonly requests: number
    /** Invoices seen, each once. */
    readonly invoices: number
    readonly errors: number
    readonly warnings: number
    /** What should have been judged and was not; what nobody wanted tried does not count. */
    readonly notJudged: number
  }
}

/** Tells whether everything held; warnings do not count, and what was not judged counts where it is asked to. */
export const holds = ({ counts }: Report, { strict = false }: { readonly strict?: boolean } = {}): boolean =>
  counts.errors === 0 && !(strict && counts.notJudged > 0)

/** Why something was not tried: in words that suit a program as well as a command line. */
export const writesNotAllowed = 'it changes something, and only reading was allowed'
export const lawTurnedOff = 'it is turned off'

/** Tells whether whoever runs a check chose not to try something: all else should have been judged, and was not. */
export const isDeclined = ({ reason }: { readonly reason: string }): boolean =>
  reason === writesNotAllowed || reason === lawTurnedOff
export const nothingSucceeded = 'no valid request was answered with success, so that a refusal would prove nothing'
export const noIdKnown = 'no id is known: none was given, and no list or claim shows one'
export const noIdKnownFor = (names: readonly string[]): string =>
  `no id is known for ${names.join(', ')}: no answer shows one, and none was given (--param operation.name=value)`
export const requestUnreadable = 'what to send to it cannot be read in the document'

/** Returns a report as JSON text, indented, as it is. */
export const jsonReport = (report: Report): string => `${printableJson(report)}\n`
