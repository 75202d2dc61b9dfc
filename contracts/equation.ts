// Reads amounts of objects and builds clauses that an amount is a sum.

import { currencyOf, exponentOf, formatDecimal, fromMinor, readAmount, unitOf } from '../spec/index.ts'
import type { BusinessObject, Decimal, Occurrence, Role, Term } from '../spec/index.ts'
import { noFindings } from './law.ts'
import type { LawContext, Clause } from './law.ts'

/** Returns the currency of an amount, upper case; the empty text where the body states none. A whole payment may be in one of its own. */
export function currencyAt(object: BusinessObject, { currency }: Pick<Term, 'currency'>): string {
  const own = currency as Role | undefined
  const raw = own && (object.first(own) ?? object.parent?.first(own))?.raw
  if (typeof raw === 'string') return raw.toUpperCase()
  return currencyAround(object)
}

const currencies = new WeakMap<BusinessObject, string>()

/** Every amount asks for it. */
function currencyAround(object: BusinessObject): string {
  const invoice = object.nearest('invoice')
  if (!invoice) return ''
  const known = currencies.get(invoice)
  if (known !== undefined) return known
  const stated = currencyOf(invoice)
  currencies.set(invoice, stated)
  return stated
}

/** Returns the amount an occurrence states in major units, exactly; `undefined` where it is not readable. */
export const readAmountAt = (
  object: BusinessObject,
  occurrence: Occurrence,
  { representation }: LawContext,
): Decimal | undefined => readAmount(occurrence, currencyAt(object, occurrence.binding.term), representation)

/** Returns the amount an object states for a role, at its first place; `undefined` where it states none. */
export function amountAt(object: BusinessObject, role: Role, context: LawContext): Decimal | undefined {
  const occurrence = object.first(role)
  return occurrence && readAmountAt(object, occurrence, context)
}

/** Returns an amount as the API would write it at a place: `12100` in minor units, `121.00` in major. */
export function spellAmount(
  amount: Decimal,
  object: BusinessObject,
  { binding }: Pick<Occurrence, 'binding'>,
  { representation }: LawContext,
): string {
  const exponent = exponentOf(currencyAt(object, binding.term))
  return unitOf(binding, representation) === 'minor'
    ? formatDecimal(amount * 10n ** BigInt(exponent))
    : formatDecimal(amount, exponent)
}

/** Tells whether two amounts differ by more than the tolerance. */
export function areDifferent(
  left: Decimal,
  right: Decimal,
  object: BusinessObject,
  { tolerance }: LawContext,
): boolean {
  return left !== right && gapOf(left, right) > fromMinor(tolerance, exponentOf(currencyAround(object)))
}

/** Returns by how much two amounts differ. */
export const gapOf = (left: Decimal, right: Decimal): Decimal => (left > right ? left - right : right - left)

/** Returns the number of decimal places of an object's invoice. */
export const exponentAt = (object: BusinessObject): number => exponentOf(currencyAround(object))

/** A term of an equation: an amount or several, in major units, exactly; `undefined` where one is unknown. */
type SumTerm = (object: BusinessObject, context: LawContext) => Decimal | readonly (Decimal | undefined)[] | undefined

/** What an amount is the sum of. */
export interface EquationTerms {
  readonly plus: readonly SumTerm[]
  readonly minus?: readonly SumTerm[]
  /** Roles that stand in its place: of objects that have a place for one of them, this equation is not held. */
  readonly unless?: readonly Role[]
  /** An object that leaves the amount out states 0. */
  readonly isOptional?: boolean
  /** Tells whether an object may state 0 instead. */
  readonly orNothing?: (object: BusinessObject) => boolean
  /** Tells whether an amount is right although it differs from the sum by so much: rounding explains the gap, which is positive. */
  readonly isRounded?: (gap: Decimal, object: BusinessObject, context: LawContext) => boolean
  /** Returns what to add to the expected amount, for people. */
  readonly because?: (object: BusinessObject) => string
}

/** The amount that an object states for a role. */
export const amount =
  (role: Role) =>
  (object: BusinessObject, context: LawContext): Decimal | undefined =>
    amountAt(object, role, context)

const fewestTerms = 2
const mostTerms = 6

/**
 * The amount of a role is a sum. Where a term is unknown, nothing is judged.
 * @example equation('invoice.total', { plus: [amount('invoice.subtotal'), amount('invoice.tax')] })
 */
export const equation =
  (
    role: Role,
    {
      plus,
      minus = [],
      unless = [],
      isOptional = false,
      orNothing = () => false,
      isRounded = () => false,
      because = () => '',
    }: EquationTerms,
  ): Clause =>
  (form) => {
    if (!form.roles.has(role)) return undefined
    return (object, context) => {
      const occurrence = object.first(role)
      if ((!occurrence && !isOptional) || unless.some((each) => object.form.roles.has(each))) return undefined
      const received = occurrence ? readAmountAt(object, occurrence, context) : 0n
      const added = plus.flatMap((term) => term(object, context))
      const taken = minus.flatMap((term) => term(object, context))
      if (received === undefined || !areKnown(added) || !areKnown(taken)) return undefined
      const expected = sumUp(added) - sumUp(taken)
      if (received === 0n && orNothing(object)) return noFindings
      if (!areDifferent(received, expected, object, context) || isRounded(gapOf(received, expected), object, context))
        return noFindings
      const written = occurrence ?? placeOf(object, role)
      const write = (value: Decimal): string => spellAmount(value, object, written, context)
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
  object.form.statements.flatMap(({ byRole }) => byRole.get(role) ?? noFindings)[0] as Pick<Occurrence, 'binding'>

const areKnown = (terms: readonly (Decimal | undefined)[]): terms is readonly Decimal[] =>
  terms.every((term) => term !== undefined)

const sumUp = (terms: readonly Decimal[]): Decimal => terms.reduce((sum, term) => sum + term, 0n)

/** ` (100.00 + 21.00 − 5.00)`; zeros are left out, a long sum is told by its length. */
function formula(plus: readonly Decimal[], minus: readonly Decimal[], write: (amount: Decimal) => string): string {
  const added = plus.filter((term) => term !== 0n)
  const taken = minus.filter((term) => term !== 0n)
  if (added.length + taken.length < fewestTerms) return ''
  if (added.length > mostTerms) return ` (the sum of ${plus.length})`
  return ` (${[added.map(write).join(' + ') || '0', ...taken.map(write)].join(' − ')})`
}
