// Adds the results of fuzzing to a check's report.

import type { FuzzReport } from '../fuzz.ts'
import type { ReportedViolation, Report } from '../report.ts'
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

/** Returns the report of a check with what fuzzing found after it, so that every form of report tells of both. */
export function withFuzz(report: Report, { properties, requests }: FuzzReport): Report {
  const found = properties.flatMap(({ failure }): ReportedViolation[] => {
    if (!failure) return []
    const { operation, status, violations, requests: lines, curl } = failure
    return violations.map((violation) => ({
      ...violation,
      operation,
      request: lines.join(', then '),
      ...(status > 0 && { status }),
      replay: curl.join(' && '),
    }))
  })
  const operations = report.operations.map((operation) => {
    const statuses: Record<string, number> = { ...operation.statuses }
    for (const property of properties)
      if (property.operation === operation.id)
        for (const [status, count] of Object.entries(property.statuses))
          add(statuses, status === '0' ? 'none' : status, count)
    return {
      ...operation,
      statuses,
      requests: Object.values(statuses).reduce((sum, count) => sum + count, 0),
      violations: operation.violations + found.filter((finding) => finding.operation === operation.id).length,
    }
  })
  return {
    ...report,
    operations,
    laws: report.laws.map((law) => ({
      ...law,
      violations: law.violations + found.filter(({ code }) => code === law.code).length,
    })),
    violations: [...report.violations, ...found],
    counts: {
      ...report.counts,
      requests: report.counts.requests + requests,
      errors: report.counts.errors + found.filter(({ severity }) => severity === 'error').length,
    },
  }
}

function add(counts: Record<string, number>, key: string, count: number): void {
  counts[key] = (counts[key] ?? 0) + count
}

/** Files of a document that is not built in. */
export interface TestSource {
  readonly document: string
  readonly overlays?: readonly string[]
}
