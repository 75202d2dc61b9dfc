import type { Report } from '../report.ts'
import { casesOf } from './cases.ts'
import type { Case } from './cases.ts'
import { traceOf } from './groups.ts'

/** When a run began and ended, in milliseconds since 1970. */
export interface Span {
  readonly start: number
  readonly stop: number
}

/** Returns a report in the Common Test Report Format (CTRF): a test for each operation and each law. */
export function ctrfReport(report: Report, { start, stop }: Span = { start: 0, stop: 0 }): string {
  const tests = casesOf(report).map(testOf)
  const count = (status: string): number => tests.filter((test) => test.status === status).length
  const summary = {
    tests: tests.length,
    passed: count('passed'),
    failed: count('failed'),
    pending: 0,
    skipped: count('skipped'),
    other: 0,
    start,
    stop,
  }
  const results = {
    tool: { name: 'proforma' },
    summary,
    tests,
    environment: { appName: report.title, testEnvironment: report.baseUrl },
  }
  return `${JSON.stringify({ reportFormat: 'CTRF', specVersion: '0.0.0', results }, null, 2)}\n`
}

function testOf({ suite, name, findings, skipped }: Case): {
  readonly status: string
  readonly [field: string]: unknown
} {
  const [first] = findings
  const common = { name, suite: [suite], duration: 0 }
  if (!first)
    return {
      ...common,
      status: skipped === undefined ? 'passed' : 'skipped',
      ...(skipped !== undefined && { message: skipped }),
    }
  return {
    ...common,
    status: 'failed',
    message: `${first.says}: expected ${first.expected} but received ${first.received}`,
    trace: traceOf(findings),
    ...(first.place && { filePath: first.place.file, line: first.place.line }),
  }
}
