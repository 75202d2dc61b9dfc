import type { Report } from '../report.ts'
import { casesOf } from './cases.ts'
import type { Case } from './cases.ts'
import { traceOf } from './groups.ts'

/** Returns a report as JUnit XML: a suite of operations and a suite of laws; every finding fails one case of one of them. */
export function junitReport(report: Report): string {
  const suites = [...Map.groupBy(casesOf(report), (item) => item.suite)].map(([name, cases]) => suite(name, cases))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="proforma check ${escape(report.api)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

function suite(name: string, cases: readonly Case[]): string {
  const failures = cases.filter(({ findings }) => findings.length > 0).length
  const skipped = cases.filter(({ findings, skipped: reason }) => findings.length === 0 && reason !== undefined).length
  return [
    `  <testsuite name="${escape(name)}" tests="${cases.length}" failures="${failures}" skipped="${skipped}">`,
    ...cases.map((item) => testcase(name, item)),
    '  </testsuite>',
  ].join('\n')
}

function testcase(suiteName: string, { name, findings, skipped }: Case): string {
  const open = `    <testcase classname="${escape(suiteName)}" name="${escape(name)}"`
  const [first] = findings
  if (first) {
    return `${open}>\n      <failure type="${escape(first.code)}" message="${escape(`${first.says}: expected ${first.expected} but received ${first.received}`)}">${escape(traceOf(findings))}</failure>\n    </testcase>`
  }
  return skipped === undefined
    ? `${open}/>`
    : `${open}>\n      <skipped message="${escape(skipped)}"/>\n    </testcase>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Returns a text as XML 1.0 takes it, which has no place for most control characters, escaped or not. */
export const escape = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�')
    .replace(/[&<>"]/g, (character) => entities[character] as string)
