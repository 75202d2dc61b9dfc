// Groups findings that differ only by list position, and writes phrases that reports share.

import { isDeclined } from '../report.ts'
import type { ReportedViolation, Skip } from '../report.ts'

/** Findings that differ only in the place of an item: one of them stands for all. */
export interface FindingGroup {
  readonly first: ReportedViolation
  readonly count: number
}

/** Returns findings in groups of the same code, operation, parameter and place, list positions aside; in the order of their first. */
export function groupFindings(findings: readonly ReportedViolation[]): readonly FindingGroup[] {
  const groups = new Map<string, FindingGroup>()
  for (const finding of findings) {
    const key = JSON.stringify([
      finding.code,
      finding.operation,
      finding.parameter,
      finding.pointer.replace(/\/\d+(?=\/|$)/g, '/*'),
      finding.says,
      wantOf(finding),
    ])
    const known = groups.get(key)
    groups.set(key, { first: known?.first ?? finding, count: (known?.count ?? 0) + 1 })
  }
  return [...groups.values()]
}

/** A place may break its schema in several ways; what a law expects differs from invoice to invoice. */
export const wantOf = ({ code, expected }: Pick<ReportedViolation, 'code' | 'expected'>): string =>
  code === 'OAS-SCHEMA' ? expected : ''

/** Returns findings as lines: what is wrong, and how to see it again. */
export const traceOf = (findings: readonly ReportedViolation[]): string =>
  groupFindings(findings)
    .map(({ first: { code, request, pointer, expected, received, place, replay }, count }) => {
      const what = [code, request, pointer, `expected ${expected} but received ${received}`].filter(Boolean).join(' ')
      const where = place ? `documented in ${place.file}:${place.line}:${place.column}` : ''
      return [`${what}${count > 1 ? ` (${count} times)` : ''}`, where, replay].filter(Boolean).join('\n')
    })
    .join('\n')

/** Returns `1 violation`, `2 violations`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Returns `2 violations, 1 warning`; empty where there is neither. */
export const foundText = ({
  violations,
  warnings = 0,
}: {
  readonly violations: number
  readonly warnings?: number
}): string =>
  [
    ...(violations > 0 ? [counted(violations, 'violation')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ].join(', ')

/** Returns what was not judged, and what nobody wanted tried, each under its title; nothing where there is none. */
export const skipParts = (skipped: readonly Skip[]): readonly (readonly [title: string, list: readonly Skip[]])[] =>
  (
    [
      ['Not judged', skipped.filter((skip) => !isDeclined(skip))],
      ['Not asked', skipped.filter(isDeclined)],
    ] as const
  ).filter(([, list]) => list.length > 0)
