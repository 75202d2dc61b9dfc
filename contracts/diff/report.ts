import type { Model } from '../../spec/index.ts'
import type { Finding, Report } from '../report.ts'
import type { Change } from './change.ts'

/** Returns changes as a report, for every form that reports have: what breaks is an error, what is risky a warning. */
export function changesReport({ name, title, operations }: Model, changes: readonly Change[]): Report {
  const findings = changes.filter(({ impact }) => impact !== 'safe').map(({ impact, code, says, operation = '', request = '', pointer, before, after }): Finding => {
    const place = after ?? before
    return { code, says, severity: impact === 'breaking' ? 'error' : 'warning', pointer, expected: 'no change that breaks or may break', received: `${impact}: ${says}`, operation, request, replay: '', ...(place && { place }) }
  })
  const count = (severity: Finding['severity']): number => findings.filter((finding) => finding.severity === severity).length
  // What is gone stands in no list of the new document.
  const known = new Set(operations.map(({ id }) => id))
  const gone = new Map(findings.filter(({ operation }) => operation !== '' && !known.has(operation)).map(({ operation, request }) => [operation, request.split(' ')] as const))
  const listed = [...operations, ...[...gone].map(([id, [method = '', path = '']]) => ({ id, method, path }))]
  return {
    api: name, title, baseUrl: '', laws: [], skipped: [], drift: [], coverage: [], violations: findings,
    operations: listed.map(({ id, method, path }) => ({ id, method, path, requests: 0, violations: findings.filter(({ operation }) => operation === id).length, statuses: {} })),
    counts: { requests: 0, invoices: 0, errors: count('error'), warnings: count('warning') },
  }
}
