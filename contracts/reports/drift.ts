// Writes drift as text.

import type { Drift, DriftKind } from '../drift.ts'
import { counted } from './groups.ts'

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
export const isLacking = ({ kind }: Drift): boolean =>
  kind === 'unknown-field' || kind === 'new-word' || kind === 'null' || kind === 'format'

/** Returns `3 of 50` for what came, `never in 50` for what did not. */
export const often = ({ count, of }: Drift): string => (count === 0 ? `never in ${of}` : `${count} of ${of}`)

/** Lines for each kind. */
const most = 8

/**
 * Returns the drift as lines of text: what came and does not fit the document one by one, the rest (formats that always hold, places
 * that allow more than came) as sums in one line; none where there is none.
 */
export function driftText(drift: readonly Drift[]): readonly string[] {
  const order = Object.values(driftKinds)
  const told = drift.filter((item) => isLacking(item) && item.kind !== 'format')
  const rest = calm(drift)
  if (told.length === 0) return rest === '' ? [] : [`Drift: ${rest}`]
  return [
    'Drift:',
    ...[...Map.groupBy(told, ({ kind }) => driftKinds[kind])]
      .sort(([left], [right]) => order.indexOf(left) - order.indexOf(right))
      .flatMap(([title, items]) => [
        `  ${title}:`,
        ...items.slice(0, most).map(line),
        ...(items.length > most ? [`    and ${items.length - most} more`] : []),
      ]),
    ...(rest === '' ? [] : [`  ${rest}`]),
  ]
}

/** Nothing of this is wrong. */
function calm(drift: readonly Drift[]): string {
  const formats = drift.filter(({ kind }) => kind === 'format').length
  const wide = drift.filter((item) => !isLacking(item)).length
  const sums = [
    formats > 0
      ? `${counted(formats, 'text')} always ${formats === 1 ? 'has' : 'have'} a format that is not documented`
      : '',
    wide > 0 ? `${counted(wide, 'place')} of the document ${wide === 1 ? 'allows' : 'allow'} more than came` : '',
  ].filter((sum) => sum !== '')
  return sums.length === 0
    ? ''
    : `${sums.join(', ')} (--report json=… or html=… lists them${formats > 0 ? ', --update-overlay writes formats' : ''})`
}

const line = (item: Drift): string =>
  `    ${item.says}  ${item.schema}${item.place ? ` (${item.place.file}:${item.place.line})` : ''}, ${often(item)}, first at ${item.example.pointer || 'the whole body'} of ${item.example.request}`
