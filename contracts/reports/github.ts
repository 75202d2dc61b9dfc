import type { Report } from '../report.ts'
import { groupFindings } from './groups.ts'
import type { FindingGroup } from './groups.ts'

/** Returns a report as workflow commands of GitHub Actions: a line for each group of findings, errors first, shown beside the document. */
export function githubReport(report: Report): string {
  const groups = groupFindings(report.violations)
  const sorted = [
    ...groups.filter(({ first }) => first.severity === 'error'),
    ...groups.filter(({ first }) => first.severity !== 'error'),
  ]
  return sorted.map((group) => `${annotation(group)}\n`).join('')
}

function annotation({ first, count }: FindingGroup): string {
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
    `expected ${expected} but received ${received}${count > 1 ? ` (${count} times)` : ''}`,
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
