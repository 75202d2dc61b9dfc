import type { FuzzReport, PropertyReport } from '../../contracts/index.ts'
import { oneLine, printable, shellWord } from '../../spec/index.ts'
import { plural, table } from '../say.ts'

/** Returns what fuzzing found, as text; `again` is the command that a failure is repeated with. */
export function sayFuzz({ title, baseUrl, seed, requests, properties, skipped }: FuzzReport, again: string): string {
  const failed = properties.filter(({ failure }) => failure)
  const rows = properties.map((property) => [
    property.operation ?? 'all of them',
    property.kind,
    plural(property.runs, 'run'),
    Object.entries(property.statuses)
      .map(([status, count]) => `${status === '0' ? 'no answer' : status} ×${count}`)
      .join(', '),
    property.failure ? 'fails' : 'holds',
  ])
  const verdict =
    failed.length === 0
      ? `No violations in ${plural(requests, 'request')}, seed ${seed}.`
      : `${failed.length} of ${properties.length} properties failed in ${plural(requests, 'request')}, seed ${seed}.`
  const left = skipped.map(({ what, reason }) => `  ${what}: ${reason}`)
  return (
    printable(
      [
        `${oneLine(title)} at ${baseUrl}`,
        table(rows),
        ...(left.length > 0 ? [`Not drawn:\n${left.join('\n')}`] : []),
        ...failed.map((property) => failureText(property, `${again} --seed ${seed}`)),
        verdict,
      ].join('\n\n'),
    ) + '\n'
  )
}

/** More findings of one answer than this help nobody. */
const most = 5

function failureText({ operation, kind, failure }: PropertyReport, again: string): string {
  if (!failure) return ''
  const { violations, requests, curl, path, test } = failure
  return [
    ...requests,
    ...violations
      .slice(0, most)
      .flatMap(({ code, says, pointer, expected, received, place }) => [
        `  ${code}  ${says}`,
        `    ${pointer === '' ? '' : `${pointer}  `}expected ${expected} but received ${received}`,
        ...(place ? [`    documented in ${place.file}:${place.line}:${place.column}`] : []),
      ]),
    ...(violations.length > most ? [`  and ${violations.length - most} more`] : []),
    ...curl.map((command) => `  ${command}`),
    `  again: ${again} --kind ${kind}${operation === undefined ? '' : ` --operation ${shellWord(operation)}`} --path ${path}`,
    ...test.split('\n').map((line) => `  │ ${line}`.trimEnd()),
  ].join('\n')
}
