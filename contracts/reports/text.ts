import { oneLine, printable } from '../../spec/index.ts'
import type { Finding, OperationReport, Report } from '../report.ts'
import { columns } from './columns.ts'
import { driftText } from './drift.ts'
import { found, groupFindings, plural, skipParts } from './groups.ts'
import type { FindingGroup } from './groups.ts'

/** Returns a report for a terminal: what was asked, what was found, what was left out; the verdict comes last. */
export function textReport(report: Report): string {
  const { title, baseUrl, today, violations } = report
  return (
    [
      `${oneLine(title)} at ${oneLine(baseUrl)}${today === undefined ? '' : `, today ${today}`}`,
      table(report.operations.filter(({ requests }) => requests > 0)),
      lawTable(report),
      ...groupFindings(violations).map(paragraph),
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

function paragraph({ first, count }: FindingGroup): string {
  return [
    `${first.severity === 'warning' ? 'warning ' : ''}${first.code}  ${oneLine(first.says)}`,
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
  skipParts(skipped)
    .map(([title, list]) =>
      [
        `${title}:`,
        ...list.map(
          ({ what, reason, count }) => `  ${oneLine(what)}: ${oneLine(reason)}${count ? ` (${count} times)` : ''}`,
        ),
      ].join('\n'),
    )
    .join('\n\n')

function verdict({ counts: { requests, invoices, errors, warnings, notJudged } }: Report): string {
  return `${errors === 0 ? 'No violations' : plural(errors, 'violation')}${warnings === 0 ? '' : `, ${plural(warnings, 'warning')}`} in ${plural(requests, 'request')}, ${plural(invoices, 'invoice')} seen${notJudged === 0 ? '' : `, ${notJudged} not judged`}.`
}
