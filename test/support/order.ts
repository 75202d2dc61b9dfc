import { dayOf, parseDecimal, parseInstant } from '../../spec/index.ts'
import type { Anchor, BusinessObject, Model, Role, Term } from '../../spec/index.ts'

/** A role, and whose party it is about. */
export interface Name {
  readonly role: Role
  readonly anchor?: Anchor
  readonly term: Term
}

/** Returns the values of a role in an invoice, as the answer spells them; what is still due may have to be worked out. */
export function valuesOf(model: Model, invoice: BusinessObject, { role, anchor }: Name): readonly unknown[] {
  const entity = role.split('.')[0] as string
  const homes = anchor
    ? invoice.list(anchor)
    : entity === 'invoice'
      ? [invoice]
      : within(invoice).filter((object) => object.entity === entity)
  const values = homes.flatMap((object) =>
    object
      .all(role)
      .slice(0, 1)
      .map(({ raw }) => raw),
  )
  if (values.length > 0 || role !== 'invoice.due' || model.bound.has(role)) return values
  const total = numberOf(invoice.first('invoice.total')?.raw ?? invoice.first('invoice.payable')?.raw)
  const paid = numberOf(invoice.first('invoice.paid')?.raw)
  return total === undefined || paid === undefined ? [] : [total - paid]
}

const within = (object: BusinessObject): BusinessObject[] =>
  [...object.children.values()].flat().flatMap((child) => [child, ...within(child)])

const numberOf = (raw: unknown): number | undefined => {
  const decimal = parseDecimal(raw)
  return decimal === undefined ? undefined : Number(decimal) / 1e12
}

/** Returns a value as a number where its role is one of numbers or dates, else as a text. */
export function comparable(value: unknown, { kind }: Pick<Term, 'kind'>): number | string {
  if (kind === 'date' || kind === 'instant') return parseInstant(value) ?? dayOf(0, 0, 0)
  return kind === 'text' || kind === 'id' || kind === 'code' ? String(value) : (numberOf(value) ?? NaN)
}

/** Returns the order of a role; invoices that lack it may stand anywhere. */
export const compareAt =
  (model: Model, name: Name, direction: 'asc' | 'desc') =>
  (left: BusinessObject, right: BusinessObject): number => {
    const [a, b] = [left, right].map((invoice) => valuesOf(model, invoice, name)[0])
    if (a === undefined || b === undefined) return 0
    const [one, two] = [comparable(a, name.term), comparable(b, name.term)]
    const order = one < two ? -1 : one > two ? 1 : 0
    return direction === 'asc' ? order : -order
  }
