import type { Drift, DriftKind } from '../drift.ts'
import { plural } from './groups.ts'

/** Each kind of drift in words, in the order in which reports list them. */
export const driftKinds: Readonly<Record<DriftKind, string>> = {
  'unknown-field': 'Seen, but not documented',
  'new-word': 'Words that the document lacks',
  null: 'Nulls that the document does not allow',
  format: 'Formats that always hold',
  'unseen-field': 'Documented, but never seen',
  'unseen-word': 'Words that never came',
  type: 'Types that are narrower than documented',
}

/** What answers have and the document lacks comes first: the rest may just not have come yet. */
export const isLacking = ({ kind }: Drift): boolean => kind === 'unknown-field' || kind === 'new-word' || kind === 'null' || kind === 'format'

/** Returns `3 of 50` for what came, `never in 50` for what did not. */
export const often = ({ count, of }: Drift): string => (count === 0 ? `never in ${of}` : `${count} of ${of}`)

/** Lines for each kind. */
const most = 8

/** A line of an answer that began with `::` would be a command to GitHub Actions. */
export const oneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')

/** Returns the drift as lines of text: what the document lacks one by one, the rest as a sum; none where there is none. */
export function driftText(drift: readonly Drift[]): readonly string[] {
  const order = Object.values(driftKinds)
  const lacking = drift.filter(isLacking)
  const rest = drift.filter((item) => !isLacking(item))
  if (drift.length === 0) return []
  return [
    'Drift:',
    ...[...Map.groupBy(lacking, ({ kind }) => driftKinds[kind])].sort(([left], [right]) => order.indexOf(left) - order.indexOf(right)).flatMap(([title, items]) => [
      `  ${title}:`, ...items.slice(0, most).map(line), ...(items.length > most ? [`    and ${items.length - most} more`] : []),
    ]),
    ...(rest.length > 0 ? [`  ${plural(rest.length, 'place')} of the document ${rest.length === 1 ? 'allows' : 'allow'} more than came; the JSON and HTML reports list them`] : []),
  ].map(oneLine)
}

const line = (item: Drift): string =>
  `    ${item.says}  ${item.schema}${item.place ? ` (${item.place.file}:${item.place.line})` : ''}, ${often(item)}, first at ${item.example.pointer || 'the whole body'} of ${item.example.request}`
