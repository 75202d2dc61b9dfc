import { formatDay, readDay, readWords } from '../../spec/index.ts'
import type { Decimal, Occurrence, Role, Scope, Status } from '../../spec/index.ts'
import { defineLaw } from '../law.ts'
import type { Claim, Context } from '../law.ts'
import { dueOf, paidOf, totalOf } from '../terms.ts'
import { show } from '../violation.ts'

/**
 * The status agrees with amounts and dates. Where one word of the API stands for several states (DUE: open, overdue,
 * processing), it is enough that one of them agrees.
 */
export const statusAgrees = defineLaw({
  code: 'PF-STATUS',
  says: 'the status agrees with what is due, with its dates and with its payments',
  scope: 'invoice',
  needs: [['invoice.status', 'invoice.isPaid']],
  judge(invoice, context) {
    const status = invoice.first('invoice.status')
    const words = status ? (readWords(status.binding, status.raw) as readonly Status[]) : []
    const facts = factsOf(invoice, context)
    if (!status || words.length === 0) return flagAlone(facts)
    const cases = words.map((word) => contradictions(word, status, facts))
    return cases.reduce((fewest, claims) => (claims.length < fewest.length ? claims : fewest))
  },
})

interface Facts {
  readonly due: Decimal | undefined
  readonly paid: Decimal | undefined
  readonly total: Decimal | undefined
  readonly isPaid: Occurrence | undefined
  readonly isOverdue: boolean | undefined
  readonly dueDay: string
  readonly hasPayments: boolean
  /** Whether a role is stated, `undefined` where the document has no such role. */
  readonly has: (role: Role) => boolean | undefined
}

function factsOf(invoice: Scope, context: Context): Facts {
  const { today, bound } = context
  const dueDate = invoice.first('invoice.dueDate')
  const dueDay = dueDate && readDay(dueDate)
  return {
    due: dueOf(invoice, context),
    paid: paidOf(invoice, context),
    total: totalOf(invoice, context),
    isPaid: invoice.first('invoice.isPaid'),
    isOverdue: dueDay === undefined || today === undefined ? undefined : dueDay < today,
    dueDay: dueDay === undefined ? '' : formatDay(dueDay),
    hasPayments: invoice.list('invoice.payments').length > 0,
    has: (role) => (bound.has(role) ? invoice.first(role) !== undefined : undefined),
  }
}

/** What each status asks for; a clause whose facts are unknown asks nothing. */
function contradictions(word: Status, status: Occurrence, facts: Facts): readonly Claim[] {
  const { due, paid, isPaid, isOverdue, dueDay, hasPayments, has } = facts
  const owes = word !== 'draft' && word !== 'paid' && word !== 'void'
  const clauses: readonly (readonly [broken: boolean, received: string])[] = [
    [word === 'paid' && due !== undefined && due !== 0n, 'an amount that is still due'],
    [word === 'paid' && has('invoice.paidAt') === false, 'no date of payment'],
    [owes && due === 0n, 'nothing that is due'],
    [word === 'overdue' && due !== undefined && due < 0n, 'less than nothing due'],
    [(owes || word === 'draft') && has('invoice.paidAt') === true, 'a date of payment'],
    [word === 'overdue' && isOverdue === false, `a due date that has not passed (${dueDay})`],
    [word === 'void' && has('invoice.voidedAt') === false, 'no date of voiding'],
    [word === 'uncollectible' && has('invoice.uncollectibleAt') === false, 'no date of write-off'],
    [word === 'draft' && ((paid !== undefined && paid !== 0n) || hasPayments), 'a payment'],
  ]
  const broken = clauses.filter(([isBroken]) => isBroken).map(([, received]): Claim => ({ at: status, expected: wanted[word], received: `${show(status.raw)} with ${received}` }))
  const flag = isPaid !== undefined && typeof isPaid.raw === 'boolean' && isPaid.raw !== (word === 'paid')
  return flag ? [...broken, { at: isPaid, expected: `${word === 'paid'}, as the status is ${show(status.raw)}`, received: show(isPaid.raw) }] : broken
}

const wanted: Readonly<Record<Status, string>> = {
  draft: 'a draft without payment',
  open: 'something due and no date of payment',
  processing: 'something due and no date of payment',
  overdue: 'something due since before today and no date of payment',
  paid: 'nothing due and a date of payment',
  void: 'a date of voiding',
  uncollectible: 'something due and a date of write-off',
}

/** Without a readable status, the flag must still agree with what is due. */
function flagAlone({ isPaid, due, total }: Facts): readonly Claim[] | undefined {
  if (!isPaid || typeof isPaid.raw !== 'boolean' || due === undefined) return undefined
  if (isPaid.raw && due !== 0n) return [{ at: isPaid, expected: 'false, as something is due', received: 'true' }]
  if (!isPaid.raw && due === 0n && total !== 0n) return [{ at: isPaid, expected: 'true, as nothing is due', received: 'false' }]
  return []
}
