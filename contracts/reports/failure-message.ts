// Writes violations as the failure message of a test.

import { oneLine, printable } from '../../spec/index.ts'
import type { ReportedViolation } from '../report.ts'
import { wantOf } from './groups.ts'
import type { Violation } from '../violation.ts'

/** A violation, and the request that showed it where there was one. */
export type Complained = Violation & Partial<Pick<ReportedViolation, 'request' | 'replay'>>

/** A message has no more lines than a screen. */
const most = 40
const widest = 200

/**
 * Returns a message of at most 40 lines: a heading, the first findings, and how many more there are. Findings that differ only
 * in the position of an item are told once.
 */
export function failureMessage(heading: string, violations: readonly Complained[]): string {
  const lines = [heading]
  let told = 0
  for (const { first, count } of alike(violations)) {
    const paragraph = ['', ...paragraphOf(first, count)]
    // Two lines are kept for what is left out.
    if (lines.length + paragraph.length > most - 2) break
    lines.push(...paragraph)
    told += count
  }
  const rest = violations.length - told
  if (rest > 0) lines.push('', `and ${rest} more`)
  return lines.map(tidy).join('\n')
}

function paragraphOf(
  { code, says, severity, pointer, expected, received, place, request, replay }: Complained,
  count: number,
): string[] {
  return [
    `${severity === 'warning' ? 'warning ' : ''}${code}  ${says}`,
    ...(request === undefined && pointer === '' ? [] : [`  ${[request, pointer].filter(Boolean).join('  ')}`]),
    `  expected ${expected} but received ${received}`,
    ...(place ? [`  documented in ${place.file}:${place.line}:${place.column}`] : []),
    ...(replay === undefined ? [] : [`  replay: ${replay}`]),
    ...(count > 1 ? [`  and ${count - 1} more like it`] : []),
  ]
}

function alike(violations: readonly Complained[]): readonly { readonly first: Complained; readonly count: number }[] {
  const groups = new Map<string, { readonly first: Complained; readonly count: number }>()
  for (const violation of violations) {
    const key = JSON.stringify([
      violation.code,
      violation.pointer.replace(/\/\d+(?=\/|$)/g, '/*'),
      violation.says,
      wantOf(violation),
    ])
    const known = groups.get(key)
    groups.set(key, { first: known?.first ?? violation, count: (known?.count ?? 0) + 1 })
  }
  return [...groups.values()]
}

/** What a body holds may move a terminal's cursor, or be long. A line that repeats a request is left whole. */
function tidy(line: string): string {
  const plain = printable(oneLine(line))
  return plain.length > widest && !plain.startsWith('  replay: ') ? `${plain.slice(0, widest)}…` : plain
}
