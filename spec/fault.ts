import type { Locate, Place } from './document.ts'
import { failure } from './failure.ts'
import type { FailureParts } from './failure.ts'
import type { Pointer } from './pointer.ts'
import { oneLine, printable } from './quote.ts'

/** A mistake in a document. What cannot be read is taken for not said; all else that the document says holds. */
export interface Fault extends FailureParts {
  /** Where it stands in the document. */
  readonly pointer: Pointer
  /** Ids of the operations that are left out because of it: what to send to them cannot be read. */
  readonly loses: readonly string[]
  /** Where it stands in a file, if that is not where the document as a whole says: text that is not well-formed is no part of it. */
  readonly place?: Place
}

/** A fault, and the ids of the operations whose answers it concerns, where somebody wants to know. */
export type ToldFault = Fault & { readonly concerns?: readonly string[] }

/** Returns a fault as a sentence with its file, line and column, where they are known. */
export function sentenceOf({ pointer, loses, concerns = [], ...parts }: ToldFault, locate: Locate): string {
  const place = parts.place ?? locate(pointer)
  const found = place && `${place.file}:${place.line}:${place.column}`
  const { message } = failure(`read ${parts.place ? found : `${pointer}${found ? ` (${found})` : ''}`}`, parts)
  return printable(oneLine(`${message}${named('Left out', loses)}${named('In answers of', concerns)}`))
}

const named = (says: string, ids: readonly string[]): string =>
  ids.length === 0
    ? ''
    : ` ${says}: ${ids.slice(0, mostNames).join(', ')}${ids.length > mostNames ? ` and ${ids.length - mostNames} more` : ''}.`

const mostNames = 10

/** Returns faults as sentences: the first ones, and how many more there are. */
export function sentencesOf(faults: readonly ToldFault[], locate: Locate, most = 20): readonly string[] {
  const rest = faults.length - most
  return [
    ...faults.slice(0, most).map((fault) => sentenceOf(fault, locate)),
    ...(rest > 0 ? [`${rest} more places cannot be read.`] : []),
  ]
}
