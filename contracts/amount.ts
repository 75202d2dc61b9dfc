import { currencyOf, exponentOf, formatDecimal, fromMinor, readAmount, unitOf } from '../spec/index.ts'
import type { BusinessObject, Decimal, Occurrence, Role, Term } from '../spec/index.ts'
import type { LawContext } from './law.ts'

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
export const readAt = (
  object: BusinessObject,
  occurrence: Occurrence,
  { representation }: LawContext,
): Decimal | undefined => readAmount(occurrence, currencyAt(object, occurrence.binding.term), representation)

/** Returns the amount an object states for a role, at its first place; `undefined` where it states none. */
export function stated(object: BusinessObject, role: Role, context: LawContext): Decimal | undefined {
  const occurrence = object.first(role)
  return occurrence && readAt(object, occurrence, context)
}

/** Returns an amount as the API would write it at a place: `12100` in minor units, `121.00` in major. */
export function spell(
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
export function differ(left: Decimal, right: Decimal, object: BusinessObject, { tolerance }: LawContext): boolean {
  return left !== right && gapOf(left, right) > fromMinor(tolerance, exponentOf(currencyAround(object)))
}

/** Returns by how much two amounts differ. */
export const gapOf = (left: Decimal, right: Decimal): Decimal => (left > right ? left - right : right - left)

/** Returns the number of decimal places of an object's invoice. */
export const exponentAt = (object: BusinessObject): number => exponentOf(currencyAround(object))
