import type { Violation } from '../violation.ts'

/** The smallest requests that still show what is wrong. */
export interface FuzzFailure {
  /** Fast-check's path to it. */
  readonly path: string
  /** operationId of the last request. */
  readonly operation: string
  readonly status: number
  /** What is wrong with its answer. */
  readonly violations: readonly Violation[]
  /** One line for each request: `POST /invoices → 500`. */
  readonly requests: readonly string[]
  /** One curl command for each, credentials masked. */
  readonly curl: readonly string[]
  /** A Vitest test of the last one. */
  readonly test: string
}

/** What became of one property. */
export interface PropertyReport {
  /** operationId; none for sequences of several. */
  readonly operation?: string
  readonly kind: 'valid' | 'invalid' | 'sequence'
  readonly runs: number
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>
  readonly failure?: FuzzFailure
}
