import { identityForm, leafAt, present } from '../../factories/index.ts'
import type { RowSource, Entry, Item } from '../../factories/index.ts'
import { isObject, valueAt } from '../../spec/index.ts'
import type { Binding, Pointer, Resource, Shape } from '../../spec/index.ts'
import type { ApiInWorld } from '../context.ts'
import { finderFor } from '../search.ts'
import { withSent } from './sent.ts'

/** What of the books a resource shows. */
export type Origin = 'invoice' | 'party'

/** Returns which resource's items come from the ledger: that whose identity is an invoice's, be it its number, or a customer's. */
export function originOf({ shape }: ApiInWorld['model'], { schema, identity }: Resource): Origin | undefined {
  const role = identity && bindingAt(shape(schema), identity)?.role
  return role === 'invoice.id' || role === 'invoice.number' ? 'invoice' : role === 'party.id' ? 'party' : undefined
}

const bindingAt = (shape: Shape, path: readonly string[]): Binding | undefined =>
  path.reduce<Shape | undefined>((inner, name) => (name === '*' ? inner?.items : inner?.properties.get(name)), shape)
    ?.binding

/** Returns the books of the resources that show what the ledger holds, by their name. */
export function booksFor(setting: ApiInWorld, resources: readonly Resource[]): ReadonlyMap<string, RowSource> {
  const found = resources.flatMap((resource) => {
    const origin = originOf(setting.model, resource)
    return origin ? [{ resource, origin }] : []
  })
  const parties = new Set(found.flatMap(({ resource, origin }) => (origin === 'party' ? [resource.name] : [])))
  return new Map(
    found.map(({ resource, origin }) => [
      resource.name,
      origin === 'invoice' ? invoiceBook(setting, resource, parties) : partyBook(setting, resource),
    ]),
  )
}

/** Returns an invoice as a schema shows it. */
export const shownInvoice = ({ answers, terms }: ApiInWorld, pointer: Pointer, entry: Entry): Item =>
  asItem(answers.build(pointer, { invoice: present(entry, terms) }))

const asItem = (value: unknown): Item => (isObject(value) ? value : {})

function invoiceBook(setting: ApiInWorld, resource: Resource, parties: ReadonlySet<string>): RowSource {
  const { business, model } = setting
  const listed = asLongAs(business, () =>
    remembering(() => Array.from(finderFor(setting).find({ conditions: [], sortBy: undefined, descending: true }))),
  )
  const indices = (): readonly number[] => listed(0)
  const items = asLongAs(business, () =>
    remembering((index) => {
      const entry = business.find(index)
      if (!entry) return {}
      return withSent(setting, resource, index, resource.schema, shownInvoice(setting, resource.schema, entry))
    }),
  )
  const item = (index: number): Item => items(index)
  return {
    indices,
    item,
    find: finderIn(setting, resource, indices, item),
    target: (index, other) => (parties.has(other) ? business.find(index)?.buyer.key : undefined),
    says: saysIn(model.shape(resource.schema)),
  }
}

function partyBook(setting: ApiInWorld, resource: Resource): RowSource {
  const { business, model, answers } = setting
  // Those that invoices point at are always there; more of them have none.
  const count = (): number => Math.max(business.ledger.book.customers, model.representation.rows?.[resource.name] ?? 0)
  const indices = (): number[] => [...Array(count()).keys()]
  const item = remembering((index): Item =>
    asItem(answers.build(resource.schema, { party: business.ledger.party(index) })),
  )
  return {
    indices,
    item,
    find: finderIn(setting, resource, indices, item),
    target: () => undefined,
    says: saysIn(model.shape(resource.schema)),
  }
}

/** Returns a function that is made anew whenever something happens in a business. */
function asLongAs<T>(business: ApiInWorld['business'], make: () => (index: number) => T): (index: number) => T {
  let version = business.version
  let made = make()
  return (index) => {
    if (version !== business.version) [version, made] = [business.version, make()]
    return made(index)
  }
}

/** Rows that are kept once made. */
const most = 2000

function remembering<T>(make: (index: number) => T): (index: number) => T {
  const known = new Map<number, T>()
  return (index) => {
    const before = known.get(index)
    if (before !== undefined) return before
    if (known.size >= most) known.clear()
    const made = make(index)
    known.set(index, made)
    return made
  }
}

/** Identities lead back to their rows without a search. */
function finderIn(
  { model, answers }: ApiInWorld,
  { schema }: Resource,
  indices: () => readonly number[],
  item: (index: number) => Item,
): RowSource['find'] {
  return (property, value) => {
    const shape = property.reduce<Shape | undefined>((inner, name) => inner?.properties.get(name), model.shape(schema))
    if (shape?.binding?.term.kind === 'id') {
      const { kind, form, prefix } = identityForm(
        shape.binding,
        leafAt(model.document, shape.pointer),
        model.representation,
      )
      return answers.identities.decode(kind, value, form, prefix)
    }
    return indices().find((index) => String(valueAt(item(index), property)) === String(value))
  }
}

const saysIn =
  (root: Shape): RowSource['says'] =>
  (path) =>
    bindingAt(root, path) !== undefined
