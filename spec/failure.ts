// Errors for users (`Failure`) and mistakes in documents (`Diagnostic`), each as one sentence.

import type { Locate, Place } from './document.ts'
import type { Pointer } from './pointer.ts'
import { oneLine, printable } from './quote.ts'

/** An error that is the user's to mend: shown as one sentence, without a stack. */
export class Failure extends Error {
  override readonly name = 'Failure'
  /** What was expected and received, where the sentence was made of such. */
  readonly parts?: FailureParts
  constructor(message: string, parts?: FailureParts) {
    super(message)
    if (parts) this.parts = parts
  }
}

/** Parts of the house sentence. */
export interface FailureParts {
  readonly expected: string
  readonly received: string
  /** What to do about it, a whole sentence. */
  readonly cure?: string
}

/**
 * Returns an error in the house style: *Failed to ⟨what⟩: expected ⟨x⟩ but received ⟨y⟩. ⟨Cure⟩* Its parts may quote a document: the
 * sentence is one line that does nothing to a terminal.
 * @example throw failure('read "x.yaml"', { expected: 'a mapping', received: 'a list' })
 */
export const failure = (what: string, { expected, received, cure }: FailureParts): Failure =>
  new Failure(
    printable(oneLine(`Failed to ${what}: expected ${expected} but received ${received}.${cure ? ` ${cure}` : ''}`)),
    { expected, received, ...(cure !== undefined && { cure }) },
  )

/** Returns what some work comes to. @throws Failure where it goes deeper than the stack, as with a hostile document. */
export function withinReason<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError)
      throw failure(what, { expected: 'a document that does not nest so deep', received: error.message })
    throw error
  }
}

/** Returns a sentence that offers the candidate closest to a mistyped word, or lists them all. */
export function suggest(word: string, candidates: readonly string[]): string {
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance)
  return best && best.distance <= Math.max(2, word.length / 3)
    ? `Did you mean ${JSON.stringify(best.candidate)}?`
    : `Known are: ${candidates.join(', ')}.`
}

/** Levenshtein's distance, on words short enough for a plain table. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (const [index, letter] of Array.from(left.slice(0, 64)).entries()) {
    row = row.reduce<number[]>((next, above, column) => {
      const substituted = (row[column - 1] ?? Infinity) + (letter === right[column - 1] ? 0 : 1)
      next.push(column === 0 ? index + 1 : Math.min(above + 1, (next[column - 1] ?? Infinity) + 1, substituted))
      return next
    }, [])
  }
  return row.at(-1) ?? 0
}

/** A mistake in a document. What cannot be read is taken for not said; all else that the document says holds. */
export interface Diagnostic extends FailureParts {
  /** Where it stands in the document. */
  readonly pointer: Pointer
  /** Ids of the operations that are left out because of it: what to send to them cannot be read. */
  readonly loses: readonly string[]
  /** Where it stands in a file, if that is not where the document as a whole says: text that is not well-formed is no part of it. */
  readonly place?: Place
}

/** A diagnostic, and the ids of the operations whose answers it concerns. */
export type ToldDiagnostic = Diagnostic & { readonly concerns?: readonly string[] }

/** Returns a diagnostic as a sentence with its file, line and column, where they are known. */
export function sentenceOf({ pointer, loses, concerns = [], ...parts }: ToldDiagnostic, locate: Locate): string {
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

/** Returns diagnostics as sentences: the first ones, and how many more there are. */
export function sentencesOf(diagnostics: readonly ToldDiagnostic[], locate: Locate, most = 20): readonly string[] {
  const rest = diagnostics.length - most
  return [
    ...diagnostics.slice(0, most).map((fault) => sentenceOf(fault, locate)),
    ...(rest > 0 ? [`${rest} more places cannot be read.`] : []),
  ]
}
