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

const most = 25

/** Returns the drift as text: what the document lacks line by line, the rest as a sum; the empty text where there is none. */
export function driftText(drift: readonly Drift[]): string {
  const lacking = drift.filter(isLacking)
  const rest = drift.filter((item) => !isLacking(item))
  if (drift.length === 0) return ''
  return [
    'Drift:',
    ...lacking.slice(0, most).map((item) => `  ${item.schema}  ${item.says} (${often(item)}, first at ${item.example.request} ${item.example.pointer})${item.place ? `  ${item.place.file}:${item.place.line}` : ''}`),
    ...(lacking.length > most ? [`  and ${lacking.length - most} more`] : []),
    ...(rest.length > 0 ? [`  ${plural(rest.length, 'documented thing')} never came: fields, words or types; the JSON and HTML reports list them`] : []),
  ].join('\n')
}
