// Writes a report as annotations of GitHub Actions.

import { printableData } from '../../spec/index.ts'
import type { Report } from '../report.ts'
import { causesOf, scopeOf } from '../causes.ts'
import type { Cause } from '../causes.ts'

/** Returns a report as workflow commands of GitHub Actions: a line for each cause, errors first, shown beside the document. */
export function githubReport(report: Report): string {
  const causes = causesOf(printableData(report.violations))
  const sorted = [
    ...causes.filter(({ first }) => first.severity === 'error'),
    ...causes.filter(({ first }) => first.severity !== 'error'),
  ]
  return sorted.map((cause) => `${annotation(cause)}\n`).join('')
}

function annotation(cause: Cause): string {
  const { first } = cause
  const { severity, code, says, place, request, pointer, expected, received, replay } = first
  const properties = [
    ...(place
      ? [
          ['file', place.file.replaceAll('\\', '/')],
          ['line', String(place.line)],
          ['col', String(place.column)],
        ]
      : []),
    ['title', `${code} ${says}`],
  ]
  const message = [
    `${request} ${pointer}`.trim(),
    `expected ${expected} but received ${received}`,
    ...scopeOf(cause),
    replay,
  ]
    .filter(Boolean)
    .join('\n')
  return `::${severity} ${properties.map(([name, value = '']) => `${name}=${escapeProperty(value)}`).join(',')}::${escapeMessage(message)}`
}

/** Returns a message without what would end a line, or begin an escape. */
export const escapeMessage = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

/** Returns a property without what would end it, besides. */
export const escapeProperty = (text: string): string =>
  escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
