// Law that an invoice's status agrees with its amounts and dates.

import { formatDay, isObject, readDay, readWords, resolve } from '../../spec/index.ts'
import type { BusinessObject, Day, Decimal, Occurrence, Role, Status } from '../../spec/index.ts'
import { areDifferent } from '../equation.ts'
import { clause } from '../law.ts'
import type { LawFinding, LawContext, Law } from '../law.ts'
import { dueOf, paidOf, totalOf } from '../terms.ts'
import { shownJson } from '../violation.ts'

/**
 * The status agrees with amounts and dates. Where one word of the API stands for several states (DUE: open, overdue,
 * processing), it is enough that one of them agrees.
 */
export const statusAgrees: Law = {
  code: 'PF-STATUS',
  says: 'the status agrees with what is due, with its dates and with its payments',
  about: 'invoice',
  needs: [['invoice.status', 'invoice.isPaid']],
  uses: [
    'invoice.due',
    'invoice.paid',
    'invoice.rounding',
    'invoice.withheld',
    'invoice.total',
    'invoice.dueDate',
    'invoice.paidAt',
    'invoice.voidedAt',
    'invoice.uncollectibleAt',
  ],
  clauses: [
    clause([], (invoice, context) => {
      const status = invoice.first('invoice.status')
      const words = status ? wordsOf(status) : []
      const facts = factsOf(invoice, context)
      if (!status || words.length === 0) return flagAlone(facts)
      if (words.some((word) => agrees(word, facts))) return []
      const cases = words.map((word) => contradictions(word, status, facts))
      return cases.reduce((fewest, findings) => (findings.length < fewest.length ? findings : fewest))
    }),
  ],
}

/** The states that a word stands for; those that the API has no word for are none of them, unless it means nothing else. */
function wordsOf({ binding, raw }: Occurrence): readonly Status[] {
  const words = readWords(binding, raw) as readonly Status[]
  const own = words.filter((word) => !binding.lacks?.includes(word))
  return own.length > 0 ? own : words
}

interface Facts {
  readonly due: Decimal | undefined
  /** Whether something is due or paid that is more than the tolerance, `undefined` where that is unknown. */
  readonly isDue: boolean | undefined
  readonly isBelowZero: boolean
  /** Whether a total of nothing is known to be asked for: nobody pays that on a day. */
  readonly isFree: boolean
  readonly hasPaid: boolean | undefined
  readonly total: Decimal | undefined
  readonly isPaid: Occurrence | undefined
  readonly isOverdue: boolean | undefined
  /** Whether it should long be called overdue; `undefined` where the API has no word of its own for that. */
  readonly isLate: boolean | undefined
  readonly dueDay: Day | undefined
  /** States that the API calls open. */
  readonly calledOpen: readonly string[]
  readonly hasPayments: boolean
  /** Whether these are stated, `undefined` where the document has no such role. */
  readonly paidAt: boolean | undefined
  readonly voidedAt: boolean | undefined
  readonly uncollectibleAt: boolean | undefined
}

function factsOf(invoice: BusinessObject, context: LawContext): Facts {
  const { today } = context
  const dueDate = invoice.first('invoice.dueDate')
  const dueDay = dueDate && readDay(dueDate)
  const due = dueOf(invoice, context)
  const paid = paidOf(invoice, context)
  const total = totalOf(invoice, context)
  return {
    due,
    isDue: due === undefined ? undefined : isOwed(due, total) && areDifferent(due, 0n, invoice, context),
    isBelowZero: due !== undefined && due < 0n && areDifferent(due, 0n, invoice, context),
    isFree: total === 0n,
    hasPaid: paid === undefined ? undefined : areDifferent(paid, 0n, invoice, context),
    total,
    isPaid: invoice.first('invoice.isPaid'),
    isOverdue: dueDay === undefined || today === undefined ? undefined : dueDay < today,
    // One day more: where the server is, today may have begun later.
    isLate:
      dueDay === undefined || today === undefined || !hasOverdue(invoice, context) ? undefined : dueDay < today - 1,
    dueDay,
    calledOpen: calledOpen(invoice),
    hasPayments: invoice.list('invoice.payments').length > 0,
    paidAt: isStated('invoice.paidAt', invoice, context),
    voidedAt: isStated('invoice.voidedAt', invoice, context),
    uncollectibleAt: isStated('invoice.uncollectibleAt', invoice, context),
  }
}

/** Returns whether an amount is still owed: more was paid than asked for where it has the other sign than the total (credit notes have totals below zero). */
const isOwed = (due: Decimal, total: Decimal | undefined): boolean =>
  total === undefined || total === 0n ? due > 0n : due > 0n === total > 0n && due !== 0n

/** Where the API has no word for a state, its word for open may stand for that as well. */
function calledOpen(invoice: BusinessObject): readonly string[] {
  const values = invoice.first('invoice.status')?.binding.values
  return ['open', ...['processing', 'uncollectible'].filter((word) => values && values[word] === values.open)]
}

/** Tells whether the API has a word for `overdue` that does not mean `open` as well. */
function hasOverdue(invoice: BusinessObject, { document }: LawContext): boolean {
  const status = invoice.first('invoice.status')
  if (!status) return false
  const { values } = status.binding
  if (values) return values.overdue !== undefined && values.overdue !== null && values.overdue !== values.open
  const schema = status.schema === undefined ? undefined : resolve(document, status.schema).value
  return isObject(schema) && Array.isArray(schema.enum) && schema.enum.includes('overdue')
}

const isStated = (role: Role, invoice: BusinessObject, { bound }: LawContext): boolean | undefined =>
  bound.has(role) ? invoice.raw(role) !== undefined : undefined

const owes = (word: Status): boolean => word !== 'draft' && word !== 'paid' && word !== 'void'

interface Contradiction {
  readonly breaks: (word: Status, facts: Facts) => boolean
  readonly received: (facts: Facts) => string
}

/** What each status asks for; a clause whose facts are unknown asks nothing. */
const contradictionsByStatus: readonly Contradiction[] = [
  { breaks: (word, { isDue }) => word === 'paid' && isDue === true, received: () => 'an amount that is still due' },
  {
    breaks: (word, { paidAt, isFree }) => word === 'paid' && paidAt === false && !isFree,
    received: () => 'no date of payment',
  },
  { breaks: (word, { due, isFree }) => owes(word) && due === 0n && !isFree, received: () => 'nothing that is due' },
  {
    breaks: (word, { isBelowZero }) => word === 'overdue' && isBelowZero,
    received: () => 'less than nothing due',
  },
  {
    breaks: (word, { calledOpen, isLate, isDue }) => calledOpen.includes(word) && isLate === true && isDue === true,
    received: ({ dueDay }) =>
      `a due date that has passed (${formatDay(dueDay as Day)}), for which there is another word`,
  },
  {
    breaks: (word, { paidAt }) => (owes(word) || word === 'draft') && paidAt === true,
    received: () => 'a date of payment',
  },
  {
    breaks: (word, { isOverdue }) => word === 'overdue' && isOverdue === false,
    received: ({ dueDay }) => `a due date that has not passed (${formatDay(dueDay as Day)})`,
  },
  { breaks: (word, { voidedAt }) => word === 'void' && voidedAt === false, received: () => 'no date of voiding' },
  {
    breaks: (word, { uncollectibleAt }) => word === 'uncollectible' && uncollectibleAt === false,
    received: () => 'no date of write-off',
  },
  {
    breaks: (word, { hasPaid, hasPayments }) => word === 'draft' && (hasPaid === true || hasPayments),
    received: () => 'a payment',
  },
]

const isWrongFlag = (word: Status, { isPaid }: Facts): boolean =>
  typeof isPaid?.raw === 'boolean' && isPaid.raw !== (word === 'paid')

const agrees = (word: Status, facts: Facts): boolean =>
  !isWrongFlag(word, facts) && !contradictionsByStatus.some(({ breaks }) => breaks(word, facts))

function contradictions(word: Status, status: Occurrence, facts: Facts): readonly LawFinding[] {
  const broken = contradictionsByStatus.filter(({ breaks }) => breaks(word, facts))
  const findings = broken.map(({ received }): LawFinding => ({
    at: status,
    expected: wantedByStatus[word],
    received: `${shownJson(status.raw)} with ${received(facts)}`,
  }))
  const { isPaid } = facts
  return isPaid && isWrongFlag(word, facts)
    ? [
        ...findings,
        {
          at: isPaid,
          expected: `${word === 'paid'}, as the status is ${shownJson(status.raw)}`,
          received: shownJson(isPaid.raw),
        },
      ]
    : findings
}

const wantedByStatus: Readonly<Record<Status, string>> = {
  draft: 'a draft without payment',
  open: 'something due, not before today, and no date of payment',
  processing: 'something due and no date of payment',
  overdue: 'something due since before today and no date of payment',
  paid: 'nothing due and a date of payment',
  void: 'a date of voiding',
  uncollectible: 'something due and a date of write-off',
}

/** Without a readable status, the flag must still agree with what is due. */
function flagAlone({ isPaid, due, isDue, total }: Facts): readonly LawFinding[] | undefined {
  if (!isPaid || typeof isPaid.raw !== 'boolean' || due === undefined) return undefined
  if (isPaid.raw && isDue) return [{ at: isPaid, expected: 'false, as something is due', received: 'true' }]
  if (!isPaid.raw && due === 0n && total !== 0n)
    return [{ at: isPaid, expected: 'true, as nothing is due', received: 'false' }]
  return []
}
