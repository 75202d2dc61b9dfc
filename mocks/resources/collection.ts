import { hashText, rowsOf } from '../../factories/index.ts'
import type { Item, Rows } from '../../factories/index.ts'
import { resourcesOf, valueAt, withoutRoles } from '../../spec/index.ts'
import type { Model, Resource, ResourceOperation, Resources } from '../../spec/index.ts'
import type { Answers } from '../../factories/index.ts'
import { answersFor } from '../answers-for.ts'
import type { Business } from '../state/business.ts'
import type { ApiInWorld } from '../context.ts'
import { booksFor } from './books.ts'
import { sentBelow } from './sent.ts'
import type { ItemEvent, ItemKind } from '../state/event.ts'

/** The resources of a model with the way from an operation to its own. */
export interface Served extends Resources {
  readonly byOperation: ReadonlyMap<string, { readonly resource: Resource; readonly operation: ResourceOperation }>
}

const served = new WeakMap<Model, Served>()

/** Returns the resources of a model, found once. */
export function servedBy(model: Model): Served {
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

const drawn = new WeakMap<Answers, Rows>()
const kept = new WeakMap<Business, WeakMap<Answers, Rows>>()

/** Rows of a document with roles depend on what has happened in a business, others on its ledger alone. */
function rowsFor(setting: ApiInWorld): Rows {
  const { model, business } = setting
  const answers = plainAnswers(setting)
  const ofBusiness = kept.get(business) ?? new WeakMap<Answers, Rows>()
  const store = model.bound.size > 0 ? ofBusiness : drawn
  if (model.bound.size > 0) kept.set(business, ofBusiness)
  const known = store.get(answers)
  if (known) return known
  const { resources } = servedBy(model)
  const rows = rowsOf({
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
  readonly #rows: Rows
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
      : all.filter((index) => wanted.every(([name, parent]) => this.parent(index, name) === parent))
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

  /** Returns the row of another resource that an item belongs to. */
  parent(index: number, name: string): number | undefined {
    const event = this.#last(index)
    if (event?.does !== 'put')
      return (
        sentBelow(this.#setting, this.resource, index)?.[name] ?? this.#rows.target(this.resource.name, index, name)
      )
    // What somebody wrote says itself to whom it belongs.
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

  /** Returns the number that the next created item gets, and what it holds before anybody says anything. */
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
