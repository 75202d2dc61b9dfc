import type { Finding } from '../report.ts'

/** Findings that differ only in the place of an item: one of them stands for all. */
export interface Group {
  readonly first: Finding
  readonly count: number
}

/** Returns findings in groups of the same code, operation, parameter and place, list positions aside; in the order of their first. */
export function groupsOf(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, Group>()
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
export const wantOf = ({ code, expected }: Pick<Finding, 'code' | 'expected'>): string =>
  code === 'OAS-SCHEMA' ? expected : ''

/** Returns findings as lines: what is wrong, and how to see it again. */
export const traceOf = (findings: readonly Finding[]): string =>
  groupsOf(findings)
    .map(({ first: { code, request, pointer, expected, received, place, replay }, count }) => {
      const what = [code, request, pointer, `expected ${expected} but received ${received}`].filter(Boolean).join(' ')
      const where = place ? `documented in ${place.file}:${place.line}:${place.column}` : ''
      return [`${what}${count > 1 ? ` (${count} times)` : ''}`, where, replay].filter(Boolean).join('\n')
    })
    .join('\n')

/** Returns `1 violation`, `2 violations`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
