// The items of a resource in a world: drawn rows, or rows of the books, and what was written since.

import { hashText, ResourceRows, identityForm, leafAt, present } from '../../factories/index.ts'
import type { Item, Answers, RowSource, Entry } from '../../factories/index.ts'
import { resourcesOf, valueAt, withoutRoles, isObject } from '../../spec/index.ts'
import type { Model, Resource, ResourceOperation, Resources, Binding, Pointer, Shape } from '../../spec/index.ts'
import { answersFor } from '../context.ts'
import type { Business } from '../state/business.ts'
import type { ApiInWorld } from '../context.ts'
import type { ItemEvent, ItemKind } from '../state/event.ts'
import { finderFor } from '../operations/finder.ts'
import { sentBelow, withSent } from './sent.ts'

/** The resources of a model with the way from an operation to its own. */
interface ServedResources extends Resources {
  readonly byOperation: ReadonlyMap<string, { readonly resource: Resource; readonly operation: ResourceOperation }>
}

const served = new WeakMap<Model, ServedResources>()

/** Returns the resources of a model, found once. */
export function servedBy(model: Model): ServedResources {
  const known = served.get(model)
  if (known) return known
  const found = resourcesOf(model)
  const byOperation = new Map(
    found.resources.flatMap((resource) =>
      resource.operations.map((operation) => [operation.operation.id, { resource, operation }] as const),
    ),
  )
  const made = { ...found, byOperation }
  served.set(model, made)
  return made
}

const drawn = new WeakMap<Answers, ResourceRows>()
const kept = new WeakMap<Business, WeakMap<Answers, ResourceRows>>()

/** Rows of a document with roles depend on what has happened in a business, others on its ledger alone. */
function rowsFor(setting: ApiInWorld): ResourceRows {
  const { model, business } = setting
  const answers = plainAnswers(setting)
  const ofBusiness = kept.get(business) ?? new WeakMap<Answers, ResourceRows>()
  const store = model.bound.size > 0 ? ofBusiness : drawn
  if (model.bound.size > 0) kept.set(business, ofBusiness)
  const known = store.get(answers)
  if (known) return known
  const { resources } = servedBy(model)
  const rows = new ResourceRows({
    model: withoutRoles(model),
    resources,
    answers,
    key: hashText(String(business.books.options.seed)),
    books: booksFor(setting, resources),
    ...(model.representation.rows && { counts: model.representation.rows }),
  })
  store.set(answers, rows)
  return rows
}

/** Outside of the books a schema stands for a row of its own, whatever roles it has in an invoice. */
export const plainAnswers = ({
  model,
  business,
  answers,
}: Pick<ApiInWorld, 'model' | 'business' | 'answers'>): Answers =>
  model.bound.size === 0 ? answers : answersFor(withoutRoles(model), business.ledger)

/** Created items have numbers from here on; drawn ones stay below. */
const firstCreated = 2 ** 40

const itemIn = (event: ItemEvent): Item | undefined => (event.does === 'put' ? event.with.item : undefined)

/** Rows of parent resources that a path names, by the resource's name. */
export type Parents = Readonly<Record<string, number>>

/** The items of one resource in one world. */
export class Collection {
  readonly resource: Resource
  readonly #rows: ResourceRows
  readonly #kind: ItemKind
  readonly #setting: ApiInWorld

  constructor(setting: ApiInWorld, resource: Resource) {
    this.resource = resource
    this.#setting = setting
    this.#rows = rowsFor(setting)
    this.#kind = `${setting.model.name} ${resource.name}`
  }

  /** Returns the numbers of all items below some parents, those created last first. */
  indices(parents: Parents = {}): readonly number[] {
    const { singleton, parent } = this.resource
    const above = parent === undefined ? undefined : parents[parent]
    if (singleton && above !== undefined) {
      const only = this.#rows.only(above)
      return this.#isGone(only) ? [] : [only]
    }
    const all = [
      ...this.#created().reverse(),
      ...this.#rows.indices(this.resource.name).filter((index) => !this.#isGone(index)),
    ]
    const wanted = Object.entries(parents)
    return wanted.length === 0
      ? all
      : all.filter((index) => wanted.every(([name, parent]) => this.isBelow(index, name, parent)))
  }

  /** Returns an item as it stands, or `undefined` where there is none. */
  item(index: number): Item | undefined {
    const event = this.#last(index)
    return event ? itemIn(event) : this.#rows.row(this.resource.name, index)
  }

  /** Returns the number of the item whose property has a value. */
  find(property: readonly string[], value: unknown): number | undefined {
    const index = this.#rows.find(this.resource.name, property, value)
    if (index !== undefined && !this.#isGone(index) && String(valueAt(this.item(index), property)) === String(value))
      return index
    return this.#written().find((at) => String(valueAt(this.item(at), property)) === String(value))
  }

  /** Tells whether an item stands below a row of another resource. Parties of the books stand below each company or connection: invoices there name any of them. */
  isBelow(index: number, name: string, parent: number): boolean {
    const isOfBooks = (resource: Resource | undefined): boolean =>
      resource !== undefined && originOf(this.#setting.model, resource) !== undefined
    const isShared =
      index < firstCreated &&
      originOf(this.#setting.model, this.resource) === 'party' &&
      !isOfBooks(servedBy(this.#setting.model).resources.find((one) => one.name === name))
    return isShared || this.#parent(index, name) === parent
  }

  /** Returns the row of another resource that an item belongs to. */
  #parent(index: number, name: string): number | undefined {
    const event = this.#last(index)
    if (event?.does !== 'put')
      return (
        sentBelow(this.#setting, this.resource, index)?.[name] ?? this.#rows.target(this.resource.name, index, name)
      )
    // A written item names its parent itself.
    for (const { path, resource, property } of this.resource.relations) {
      if (resource !== name || property === undefined || path.includes('*')) continue
      const value = valueAt(event.with.item, path)
      const found = value === undefined || value === null ? undefined : this.#sibling(name)?.find(property, value)
      if (found !== undefined) return found
    }
    return (
      event.with.parents?.[name] ??
      (index >= firstCreated ? undefined : this.#rows.target(this.resource.name, index, name))
    )
  }

  /** Returns the number of the next created item, and the item as it is drawn. */
  draft(): { readonly index: number; readonly item: Item } {
    const last = this.#numbers.at(-1) ?? 0
    const index = last < firstCreated ? firstCreated : last + 1
    return { index, item: this.#rows.row(this.resource.name, index) }
  }

  /** Keeps an item as it stands. */
  put(index: number, item: Item, parents?: Parents): void {
    const before = this.#last(index)
    const known = parents ?? (before?.does === 'put' ? before.with.parents : undefined)
    const told = { item, ...(known && { parents: known }) }
    this.#setting.business.append({ on: this.#kind, does: 'put', id: index, with: told })
  }

  remove(index: number): void {
    this.#setting.business.append({ on: this.#kind, does: 'delete', id: index })
  }

  #sibling(name: string): Collection | undefined {
    const resource = servedBy(this.#setting.model).resources.find((one) => one.name === name)
    return resource && new Collection(this.#setting, resource)
  }

  #isGone(index: number): boolean {
    return this.#last(index)?.does === 'delete'
  }

  get #events(): ReadonlyMap<number, ItemEvent> {
    return this.#setting.business.state.items(this.#kind)
  }

  #last(index: number): ItemEvent | undefined {
    return this.#events.get(index)
  }

  get #numbers(): readonly number[] {
    return this.#setting.business.state.itemNumbers(this.#kind)
  }

  /** Returns the numbers of the items that something happened to and that still exist. */
  #written(): number[] {
    return this.#numbers.filter((index) => !this.#isGone(index))
  }

  #created(): number[] {
    return this.#written().filter((index) => index >= firstCreated)
  }
}

/** What of the books a resource shows. */
type Origin = 'invoice' | 'party'

/** Returns which resource's items come from the ledger: that whose identity is an invoice's, be it its number, or a customer's. */
export function originOf({ shape }: ApiInWorld['model'], { schema, identity }: Resource): Origin | undefined {
  const role = identity && bindingAt(shape(schema), identity)?.role
  return role === 'invoice.id' || role === 'invoice.number' ? 'invoice' : role === 'party.id' ? 'party' : undefined
}

const bindingAt = (shape: Shape, path: readonly string[]): Binding | undefined =>
  path.reduce<Shape | undefined>((inner, name) => (name === '*' ? inner?.items : inner?.properties.get(name)), shape)
    ?.binding

/** Returns the books of the resources that show what the ledger holds, by their name. */
function booksFor(setting: ApiInWorld, resources: readonly Resource[]): ReadonlyMap<string, RowSource> {
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
export const shownInvoice = ({ answers, presentation }: ApiInWorld, pointer: Pointer, entry: Entry): Item =>
  asItem(answers.build(pointer, { invoice: present(entry, presentation) }))

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
