import type { Finding, OperationReport, Report } from '../report.ts'
import { columns } from './columns.ts'
import { driftText, oneLine } from './drift.ts'
import { groupsOf, plural } from './groups.ts'
import type { Group } from './groups.ts'
import { found } from './verdict.ts'

/** Returns a report for a terminal: what was asked, what was found, what was left out; the verdict comes last. */
export function textReport(report: Report): string {
  const { title, baseUrl, today, violations } = report
  return (
    [
      `${title} at ${baseUrl}${today === undefined ? '' : `, today ${today}`}`,
      table(report.operations.filter(({ requests }) => requests > 0)),
      lawTable(report),
      ...groupsOf(violations).map(paragraph),
      driftText(report.drift).join('\n'),
      coverageTable(report),
      skips(report),
      verdict(report),
    ]
      .filter((part) => part !== '')
      .map(printable)
      .join('\n\n') + '\n'
  )
}

/** An answer may hold what moves a terminal's cursor, colours it, or turns the direction of what follows. */
const printable = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '�')

function table(operations: readonly OperationReport[]): string {
  const rows = operations.map(({ id, requests, statuses, ...counts }) => [
    id,
    plural(requests, 'request'),
    Object.entries(statuses)
      .map(([status, count]) => `${status} ×${count}`)
      .join(', '),
    found(counts) || 'holds',
  ])
  return columns(rows)
}

function lawTable({ laws }: Report): string {
  return columns(
    laws.map(({ code, says, applied, ...counts }) => [
      code,
      says,
      applied === 0 ? 'nothing to judge' : `${applied} judged`,
      found(counts) || (applied === 0 ? '' : 'holds'),
    ]),
  )
}

const coverageTable = ({ coverage }: Report): string =>
  coverage.length === 0
    ? ''
    : [
        'Coverage:',
        columns(coverage.map(({ kind, covered, of, percent }) => [kind, `${covered} of ${of}`, `${percent} %`])),
      ].join('\n')

function paragraph({ first, count }: Group): string {
  return [
    `${first.severity === 'warning' ? 'warning ' : ''}${first.code}  ${first.says}`,
    ...[[first.request, first.pointer].filter(Boolean).map(oneLine).join('  ')]
      .filter(Boolean)
      .map((where) => `  ${where}`),
    `  expected ${oneLine(first.expected)} but received ${oneLine(first.received)}`,
    ...source(first),
    ...(first.replay === '' ? [] : [`  replay: ${oneLine(first.replay)}`]),
    ...(count > 1 ? [`  and ${count - 1} more like it`] : []),
  ].join('\n')
}

const source = ({ place }: Finding): string[] =>
  place ? [`  documented in ${place.file}:${place.line}:${place.column}`] : []

const skips = ({ skipped }: Report): string =>
  skipped.length === 0 ? '' : ['Not checked:', ...skipped.map(({ what, reason }) => `  ${what}: ${reason}`)].join('\n')

function verdict({ counts: { requests, invoices, errors, warnings } }: Report): string {
  return `${errors === 0 ? 'No violations' : plural(errors, 'violation')}${warnings === 0 ? '' : `, ${plural(warnings, 'warning')}`} in ${plural(requests, 'request')}, ${plural(invoices, 'invoice')} seen.`
}
