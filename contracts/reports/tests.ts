// Writes a report as JUnit XML and CTRF.

import { printableData, printableJson } from '../../spec/index.ts'
import type { ReportedViolation, Report } from '../report.ts'
import { traceOf } from './groups.ts'

/** One test of a suite: an operation or a law, with the errors that fail it. */
interface Case {
  readonly suite: string
  readonly name: string
  readonly findings: readonly ReportedViolation[]
  /** Why nothing was tested. */
  readonly skipped?: string
}

/** Returns a report as tests, operations first: every error fails exactly one of them. The document is a test where it is at fault. */
function casesOf(report: Report): readonly Case[] {
  const codes = new Set(report.laws.map(({ code }) => code))
  const errors = report.violations.filter(({ severity }) => severity === 'error')
  const own = errors.filter(({ operation }) => operation === '')
  const document =
    own.length === 0 ? [] : [{ suite: `${report.api} document`, name: 'the document can be read', findings: own }]
  const operations = report.operations.map(({ id, requests }): Case => ({
    suite: `${report.api} operations`,
    name: id,
    findings: errors.filter(({ operation, code }) => operation === id && !codes.has(code)),
    ...(requests === 0 && { skipped: report.skipped.find(({ what }) => what === id)?.reason ?? 'not asked' }),
  }))
  const laws = report.laws.map(({ code, says, applied }): Case => ({
    suite: `${report.api} laws`,
    name: `${code} ${says}`,
    findings: errors.filter((finding) => finding.code === code),
    ...(applied === 0 && { skipped: 'nothing to judge' }),
  }))
  return [...document, ...operations, ...laws]
}

/** Returns a report as JUnit XML: a suite of operations and a suite of laws; every finding fails one case of one of them. */
export function junitReport(found: Report): string {
  const report = printableData(found)
  const suites = [...Map.groupBy(casesOf(report), (item) => item.suite)].map(([name, cases]) => suite(name, cases))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="proforma check ${escapeXml(report.api)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

function suite(name: string, cases: readonly Case[]): string {
  const failures = cases.filter(({ findings }) => findings.length > 0).length
  const skipped = cases.filter(({ findings, skipped: reason }) => findings.length === 0 && reason !== undefined).length
  return [
    `  <testsuite name="${escapeXml(name)}" tests="${cases.length}" failures="${failures}" skipped="${skipped}">`,
    ...cases.map((item) => testcase(name, item)),
    '  </testsuite>',
  ].join('\n')
}

function testcase(suiteName: string, { name, findings, skipped }: Case): string {
  const open = `    <testcase classname="${escapeXml(suiteName)}" name="${escapeXml(name)}"`
  const [first] = findings
  if (first) {
    return `${open}>\n      <failure type="${escapeXml(first.code)}" message="${escapeXml(`${first.says}: expected ${first.expected} but received ${first.received}`)}">${escapeXml(traceOf(findings))}</failure>\n    </testcase>`
  }
  return skipped === undefined
    ? `${open}/>`
    : `${open}>\n      <skipped message="${escapeXml(skipped)}"/>\n    </testcase>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Returns a text as XML 1.0 takes it, which has no place for most control characters, escaped or not. */
export const escapeXml = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�')
    .replace(/[&<>"]/g, (character) => entities[character] as string)

/** When a run began and ended, in milliseconds since 1970. */
export interface Span {
  readonly start: number
  readonly stop: number
}

/** Returns a report in the Common Test Report Format (CTRF): a test for each operation and each law. */
export function ctrfReport(found: Report, { start, stop }: Span = { start: 0, stop: 0 }): string {
  const report = printableData(found)
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
  return `${printableJson({ reportFormat: 'CTRF', specVersion: '0.0.0', results })}\n`
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
