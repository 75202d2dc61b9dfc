import { readDay, readInstant, readNumber, readRate, readWords } from '../../spec/index.ts'
import type { BusinessObject, Occurrence } from '../../spec/index.ts'
import { differ, readAt } from '../amount.ts'
import { sameEverywhere } from '../clauses/same-everywhere.ts'
import type { LawContext, Law } from '../law.ts'

/** A value that stands at several places of one object is the same everywhere: the currency on each line, a status in code and in words. */
export const repeatedValuesAgree: Law = {
  code: 'PF-AGREE',
  says: 'a value stated at several places is the same everywhere',
  about: 'any',
  needs: [],
  clauses: [
    sameEverywhere({
      kinds: ['amount', 'quantity', 'rate', 'ratio', 'count', 'date', 'instant', 'code', 'text', 'flag'],
      areSame,
      expected: (home, pointer) => `the same as ${home} at ${pointer}`,
    }),
  ],
}

function areSame(left: Occurrence, right: Occurrence, object: BusinessObject, context: LawContext): boolean {
  const { kind } = left.binding.term
  if (kind === 'amount')
    return compare(
      left,
      right,
      (occurrence) => readAt(object, occurrence, context),
      (a, b) => !differ(a, b, object, context),
    )
  if (kind === 'rate') return compare(left, right, readRate, Object.is)
  if (kind === 'quantity' || kind === 'ratio' || kind === 'count') return compare(left, right, readNumber, Object.is)
  if (kind === 'date' || (kind === 'instant' && (isPlainDay(left) || isPlainDay(right))))
    return compare(left, right, readDay, Object.is)
  if (kind === 'instant') return compare(left, right, readInstant, Object.is)
  if (kind === 'code') return compare(left, right, wordsOf, (a, b) => a.some((word) => b.includes(word)))
  return left.raw === right.raw
}

/** Values that cannot be read are left to conformance. */
function compare<T>(
  left: Occurrence,
  right: Occurrence,
  read: (occurrence: Occurrence) => T | undefined,
  same: (a: T, b: T) => boolean,
): boolean {
  const a = read(left)
  const b = read(right)
  return a === undefined || b === undefined || same(a, b)
}

function wordsOf({ binding, raw }: Occurrence): readonly string[] | undefined {
  const words = readWords(binding, raw)
  if (words.length === 0) return undefined
  // A word without a closed list may be written in two cases.
  return binding.term.words || binding.values ? words : words.map((word) => word.toUpperCase())
}

const isPlainDay = ({ raw }: Occurrence): boolean => typeof raw === 'string' && raw.length === 10
