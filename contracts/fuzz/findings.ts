import type { FuzzReport } from '../fuzz.ts'
import type { Finding, Report } from '../report.ts'

/** Returns the report of a check with what fuzzing found after it, so that every form of report tells of both. */
export function withFuzz(report: Report, { properties, requests }: FuzzReport): Report {
  const found = properties.flatMap(({ failure }): Finding[] => {
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
