// Laws about the order of dates, decimals of amounts and repeated values.

import {
  decimalsOf,
  exponentOf,
  unitOf,
  readDay,
  readInstant,
  readNumber,
  readRate,
  readWords,
} from '../../spec/index.ts'
import type { Role, Binding, BusinessObject, Occurrence } from '../../spec/index.ts'
import { notAfterToday, order, each, sameEverywhere } from '../clauses.ts'
import { currencyAt, areDifferent, readAmountAt } from '../equation.ts'
import type { Clause, Law, LawContext } from '../law.ts'
import { shownJson } from '../violation.ts'

/** Returns an order of two dates for every entity that has both. */
const orderOfAny =
  (earlier: string, later: string, by: 'day' | 'moment'): Clause =>
  (form) =>
    order(`${form.entity}.${earlier}` as Role, '<=', `${form.entity}.${later}` as Role, by)(form)

export const datesAreInOrder: Law = {
  code: 'PF-DATES',
  says: 'issued ≤ due, created ≤ modified, nothing happens after today',
  about: 'any',
  needs: [],
  clauses: [
    order('invoice.issueDate', '<=', 'invoice.dueDate', 'day'),
    order('invoice.issueDate', '<=', 'invoice.paidAt', 'day'),
    order('invoice.issueDate', '<=', 'invoice.voidedAt', 'day'),
    order('invoice.issueDate', '<=', 'invoice.uncollectibleAt', 'day'),
    orderOfAny('period.start', 'period.end', 'day'),
    orderOfAny('createdAt', 'modifiedAt', 'moment'),
    orderOfAny('startAt', 'endAt', 'moment'),
    orderOfAny('rangeStart', 'rangeEnd', 'moment'),
    orderOfAny('lastSyncStartedAt', 'lastSyncAt', 'moment'),
    // What is planned, promised, agreed, asked for, or runs out may lie ahead.
    notAfterToday(),
  ],
}

/** BR-DEC-*. Amounts in minor units are whole numbers; amounts of an unknown currency are passed over. */
export const decimalsFitTheCurrency: Law = {
  code: 'BR-DEC',
  says: 'amounts have no more decimals than their currency',
  about: 'any',
  needs: [],
  clauses: [
    each({
      of: ({ term: { kind, allows } }) => kind === 'amount' && !allows?.includes('finer'),
      limit: (object, context) => ({ object, context }),
      holds: (raw, limit, binding) => {
        // Whole numbers fit every currency.
        const shown = Number.isSafeInteger(raw) ? undefined : decimalsOf(raw)
        const places = shown === undefined ? undefined : placesAt(binding, limit)
        return shown === undefined || places === undefined || shown <= places
      },
      describe: ({ binding, raw }, limit) => ({
        expected: isMinor(binding, limit.context)
          ? 'a whole number of minor units'
          : `at most ${placesAt(binding, limit)} decimals in ${currencyAt(limit.object, binding.term)}`,
        received: shownJson(raw),
      }),
    }),
  ],
}

const isMinor = (binding: Binding, { representation }: LawContext): boolean =>
  unitOf(binding, representation) === 'minor'

/** Returns how many decimals an amount may have, `undefined` where its currency is unknown. */
function placesAt(
  binding: Binding,
  { object, context }: { readonly object: BusinessObject; readonly context: LawContext },
): number | undefined {
  if (isMinor(binding, context)) return 0
  const currency = currencyAt(object, binding.term)
  return currency === '' ? undefined : exponentOf(currency)
}

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
    return areReadAlike(
      left,
      right,
      (occurrence) => readAmountAt(object, occurrence, context),
      (a, b) => !areDifferent(a, b, object, context),
    )
  if (kind === 'rate') return areReadAlike(left, right, readRate, Object.is)
  if (kind === 'quantity' || kind === 'ratio' || kind === 'count')
    return areReadAlike(left, right, readNumber, Object.is)
  if (kind === 'date' || (kind === 'instant' && (isPlainDay(left) || isPlainDay(right))))
    return areReadAlike(left, right, readDay, Object.is)
  if (kind === 'instant') return areReadAlike(left, right, readInstant, Object.is)
  if (kind === 'code') return areReadAlike(left, right, comparableWords, (a, b) => a.some((word) => b.includes(word)))
  return left.raw === right.raw
}

/** Values that cannot be read are left to conformance. */
function areReadAlike<T>(
  left: Occurrence,
  right: Occurrence,
  read: (occurrence: Occurrence) => T | undefined,
  same: (a: T, b: T) => boolean,
): boolean {
  const a = read(left)
  const b = read(right)
  return a === undefined || b === undefined || same(a, b)
}

function comparableWords({ binding, raw }: Occurrence): readonly string[] | undefined {
  const words = readWords(binding, raw)
  if (words.length === 0) return undefined
  // A word without a closed list may be written in two cases.
  return binding.term.words || binding.values ? words : words.map((word) => word.toUpperCase())
}

const isPlainDay = ({ raw }: Occurrence): boolean => typeof raw === 'string' && raw.length === 10
