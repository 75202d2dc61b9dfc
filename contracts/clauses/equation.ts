import type { BusinessObject, Decimal, Occurrence, Role } from '../../spec/index.ts'
import { differ, gapOf, readAt, spell, stated } from '../amount.ts'
import { none } from '../law.ts'
import type { Clause, LawContext } from '../law.ts'

/** A term of an equation: an amount or several, in major units, exactly; `undefined` where one is unknown. */
type Term = (object: BusinessObject, context: LawContext) => Decimal | readonly (Decimal | undefined)[] | undefined

/** What an amount is the sum of. */
export interface EquationTerms {
  readonly plus: readonly Term[]
  readonly minus?: readonly Term[]
  /** Roles that stand in its place: of objects that have a place for one of them, this equation is not held. */
  readonly unless?: readonly Role[]
  /** An object that leaves the amount out states 0. */
  readonly isOptional?: boolean
  /** Tells whether an amount is right although it differs from the sum by so much: rounding explains the gap, which is positive. */
  readonly isRounded?: (gap: Decimal, object: BusinessObject, context: LawContext) => boolean
  /** Returns what to add to the expected amount, for people. */
  readonly because?: (object: BusinessObject) => string
}

/** The amount that an object states for a role. */
export const amount =
  (role: Role) =>
  (object: BusinessObject, context: LawContext): Decimal | undefined =>
    stated(object, role, context)

const fewest = 2
const most = 6

/**
 * The amount of a role is a sum. Where a term is unknown, nothing is judged.
 * @example equation('invoice.total', { plus: [amount('invoice.subtotal'), amount('invoice.tax')] })
 */
export const equation =
  (
    role: Role,
    { plus, minus = [], unless = [], isOptional = false, isRounded = () => false, because = () => '' }: EquationTerms,
  ): Clause =>
  (form) => {
    if (!form.roles.has(role)) return undefined
    return (object, context) => {
      const occurrence = object.first(role)
      if ((!occurrence && !isOptional) || unless.some((each) => object.form.roles.has(each))) return undefined
      const received = occurrence ? readAt(object, occurrence, context) : 0n
      const added = plus.flatMap((term) => term(object, context))
      const taken = minus.flatMap((term) => term(object, context))
      if (received === undefined || !areKnown(added) || !areKnown(taken)) return undefined
      const expected = total(added) - total(taken)
      if (!differ(received, expected, object, context) || isRounded(gapOf(received, expected), object, context))
        return none
      const written = occurrence ?? placeOf(object, role)
      const write = (value: Decimal): string => spell(value, object, written, context)
      return [
        {
          at: occurrence ?? object.pointer,
          expected: write(expected) + formula(added, taken, write) + because(object),
          received: occurrence ? write(received) : `no ${role}, which is 0`,
        },
      ]
    }
  }

/** Returns how an amount that is left out would have been written. */
const placeOf = (object: BusinessObject, role: Role): Pick<Occurrence, 'binding'> =>
  object.form.statements.flatMap(({ byRole }) => byRole.get(role) ?? none)[0] as Pick<Occurrence, 'binding'>

const areKnown = (terms: readonly (Decimal | undefined)[]): terms is readonly Decimal[] =>
  terms.every((term) => term !== undefined)

const total = (terms: readonly Decimal[]): Decimal => terms.reduce((sum, term) => sum + term, 0n)

/** ` (100.00 + 21.00 − 5.00)`; zeros are left out, a long sum is told by its length. */
function formula(plus: readonly Decimal[], minus: readonly Decimal[], write: (amount: Decimal) => string): string {
  const added = plus.filter((term) => term !== 0n)
  const taken = minus.filter((term) => term !== 0n)
  if (added.length + taken.length < fewest) return ''
  if (added.length > most) return ` (the sum of ${plus.length})`
  return ` (${[added.map(write).join(' + ') || '0', ...taken.map(write)].join(' − ')})`
}
