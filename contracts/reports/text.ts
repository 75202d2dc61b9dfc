// Writes a report for a terminal.

import { printableData } from '../../spec/index.ts'
import type { ReportedViolation, OperationReport, Report, Skip } from '../report.ts'
import { causesOf, scopeOf, violationCount } from '../causes.ts'
import type { Cause } from '../causes.ts'
import { driftText } from './drift.ts'
import { foundText, counted, skipParts } from './groups.ts'

/** Returns a report for a terminal: what was asked, what was found, what was left out; the verdict comes last. */
export function textReport(found: Report): string {
  const report = printableData(found)
  const { title, baseUrl, today, violations } = report
  return (
    [
      `${title} at ${baseUrl}${today === undefined ? '' : `, today ${today}`}`,
      table(report.operations.filter(({ requests }) => requests > 0)),
      lawTable(report),
      ...causesOf(violations).map(paragraph),
      driftText(report.drift).join('\n'),
      coverageTable(report),
      skips(report),
      verdict(report),
    ]
      .filter((part) => part !== '')
      .join('\n\n') + '\n'
  )
}

function table(operations: readonly OperationReport[]): string {
  const rows = operations.map(({ id, requests, statuses, ...counts }) => [
    id,
    counted(requests, 'request'),
    Object.entries(statuses)
      .map(([status, count]) => `${status} ×${count}`)
      .join(', '),
    foundText(counts) || 'holds',
  ])
  return alignedColumns(rows)
}

function lawTable({ laws }: Report): string {
  return alignedColumns(
    laws.map(({ code, says, applied, ...counts }) => [
      code,
      says,
      applied === 0 ? 'nothing to judge' : `${applied} judged`,
      foundText(counts) || (applied === 0 ? '' : 'holds'),
    ]),
  )
}

const coverageTable = ({ coverage }: Report): string =>
  coverage.length === 0
    ? ''
    : [
        'Coverage:',
        alignedColumns(coverage.map(({ kind, covered, of, percent }) => [kind, `${covered} of ${of}`, `${percent} %`])),
      ].join('\n')

function paragraph(cause: Cause): string {
  const { first } = cause
  return [
    `${first.severity === 'warning' ? 'warning ' : ''}${first.code}  ${first.says}`,
    ...[[first.request, first.pointer].filter(Boolean).join('  ')].filter(Boolean).map((where) => `  ${where}`),
    `  expected ${first.expected} but received ${first.received}`,
    ...source(first),
    ...(first.replay === '' ? [] : [`  replay: ${first.replay}`]),
    ...scopeOf(cause).map((line) => `  ${line}`),
  ].join('\n')
}

const source = ({ place }: ReportedViolation): string[] =>
  place ? [`  documented in ${place.file}:${place.line}:${place.column}`] : []

const skips = ({ skipped }: Report): string =>
  skipParts(skipped)
    .map(([title, list]) =>
      [`${title}:`, ...[...Map.groupBy(list, ({ reason }) => reason).values()].flatMap(skipLines)].join('\n'),
    )
    .join('\n\n')

/** More than these are told together; the other reports name each. */
const mostAlike = 3

const skipLines = (alike: readonly Skip[]): readonly string[] => {
  const names = alike.map(({ what }) => what)
  return alike.length > mostAlike
    ? [`  ${(alike[0] as Skip).reason}: ${names.slice(0, mostAlike).join(', ')} and ${names.length - mostAlike} more`]
    : alike.map(({ what, reason, count }) => `  ${what}: ${reason}${count ? ` (${count} times)` : ''}`)
}

function verdict({ counts: { requests, invoices, errors, warnings, notJudged }, violations }: Report): string {
  return `${errors === 0 ? 'No violations' : violationCount(errors, violations)}${warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`} in ${counted(requests, 'request')}, ${counted(invoices, 'invoice')} seen${notJudged === 0 ? '' : `, ${notJudged} not judged`}.`
}

/** Returns rows as aligned columns, indented by two. */
function alignedColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n')
}
