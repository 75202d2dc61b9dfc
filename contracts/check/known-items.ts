// Remembers objects that answers have shown, for the paths of later requests.

import { isObject, nameOf, resourcesOf, valueAt } from '../../spec/index.ts'
import type {
  Binding,
  BusinessObject,
  Model,
  Operation,
  Parameter,
  Resource,
  ResourceOperation,
} from '../../spec/index.ts'

/** An object of a resource, as an answer showed it or the caller named it. */
interface KnownItem {
  readonly id: unknown
  /** Values of the path parameters that name its parents, as they were asked with. */
  readonly parents: Readonly<Record<string, unknown>>
  readonly json?: unknown
}

/** The values of path parameters by name. */
export type PathValues = Readonly<Record<string, unknown>>

interface Place {
  readonly resource: Resource
  readonly does: ResourceOperation
}

/** A list of a million is not kept. */
const mostItems = 100

/** Objects that answers have shown, by the resource of the document that they belong to: items, actions and lists below them are asked for by these. */
export class KnownItems {
  /** The resources of the document. */
  readonly resources: readonly Resource[]
  /** Whether ids were given, and nothing in the document says what they are of: whatever has one open parameter is asked for them. */
  readonly areOfAnything: boolean
  readonly #places: ReadonlyMap<string, Place>
  readonly #invoices: Resource | undefined
  readonly #items = new Map<string, KnownItem[]>()
  readonly #idsByRole = new Map<string, Set<unknown>>()

  /** @param ids identities of invoices that the caller names; nothing else is known in the beginning */
  constructor(model: Model, ids: readonly string[] = []) {
    const { resources } = resourcesOf(model)
    this.resources = resources
    this.#places = new Map(
      resources.flatMap((resource) =>
        resource.operations.map((does) => [does.operation.id, { resource, does }] as const),
      ),
    )
    this.#invoices = resources.find(({ operations }) => operations.some(({ operation }) => operation.does === 'list'))
    for (const id of ids) if (this.#invoices) this.#keep(this.#invoices.name, { id, parents: {} })
    this.areOfAnything = ids.length > 0 && !this.#invoices && model.operations.every(({ does }) => does === undefined)
  }

  /** Takes note of what an answer of success shows. */
  see(operation: Operation, values: PathValues, json: unknown, root?: BusinessObject): void {
    for (const object of root?.within() ?? [])
      for (const { binding, raw } of object.occurrences) if (binding.term.kind === 'id') this.#idsOf(binding).add(raw)
    const { resource, does } = this.#places.get(operation.id) ?? {}
    if (!resource || !does?.answer) return
    const { path, wrap, many } = does.answer
    const held = valueAt(json, path)
    const shown = many ? (Array.isArray(held) ? held.map((element) => valueAt(element, wrap)) : []) : [held]
    const parents = pick(
      values,
      does.parents.map(({ parameter }) => parameter),
    )
    for (const item of shown) {
      if (!isObject(item)) continue
      // What was asked for by its id is known already.
      if (resource.identity && (many || !does.key))
        this.#keep(resource.name, { id: valueAt(item, resource.identity), parents, json: item })
      this.#seeRelations(resource, item)
    }
  }

  /** Returns values for path parameters of an operation, a set for each of so many objects; none where one of the parameters is not known. */
  valuesFor(operation: Operation, open: readonly Parameter[], most: number): readonly PathValues[] {
    const { resource, does } = this.#places.get(operation.id) ?? {}
    const key = does?.key?.in === 'path' ? open.find(({ name }) => name === does.key?.name) : undefined
    const starts =
      key && resource ? this.#valuesOf(resource.name, key.name, does?.key?.property) : this.#belowParents(does, open)
    const whole = starts.flatMap((start) => {
      const values: Record<string, unknown> = { ...start }
      for (const parameter of open) {
        const value = values[parameter.name] ?? this.#parentOf(does, parameter) ?? this.#anyOf(parameter)
        if (value === undefined) return []
        values[parameter.name] = value
      }
      return [
        pick(
          values,
          open.map(({ name }) => name),
        ),
      ]
    })
    return whole.slice(0, most)
  }

  /** Returns the id of an item of a resource that is known. */
  idOf(resource: string): unknown {
    return this.#items.get(resource)?.[0]?.id
  }

  /** Tells whether the parameter of an operation names the invoices that are listed. */
  namesInvoice(operation: Operation, { name, binding }: Parameter): boolean {
    if (binding) return binding.role === 'invoice.id'
    const place = this.#places.get(operation.id)
    if (place) return place.resource === this.#invoices && place.does.key?.name === name
    return operation.does !== undefined
  }

  #keep(resource: string, item: KnownItem): void {
    const known = this.#items.get(resource) ?? []
    this.#items.set(resource, known)
    const isKnown = known.some(
      ({ id, parents }) => id === item.id && JSON.stringify(parents) === JSON.stringify(item.parents),
    )
    if (item.id !== undefined && item.id !== null && !isKnown && known.length < mostItems) known.push(item)
  }

  /** What a property of an item names, or an object inside it is, belongs to another resource. */
  #seeRelations({ relations }: Resource, item: object): void {
    for (const { path, resource: name, property } of relations) {
      const identity = this.resources.find((candidate) => candidate.name === name)?.identity
      for (const target of walk(item, path)) {
        const id = property ? target : identity && valueAt(target, identity)
        if (!isObject(id)) this.#keep(name, { id, parents: {} })
      }
    }
  }

  /** The values that name each known item of a resource, and those of its parents. */
  #valuesOf(resource: string, parameter: string, property: readonly string[] | undefined): readonly PathValues[] {
    return (this.#items.get(resource) ?? []).map((item) => ({
      ...item.parents,
      [parameter]: nameOfItem(item, property),
    }))
  }

  /** Every item of the innermost parent that is known, with those around it. */
  #belowParents(does: ResourceOperation | undefined, open: readonly Parameter[]): readonly PathValues[] {
    const parent = does?.parents.findLast(({ parameter }) => open.some(({ name }) => name === parameter))
    const known =
      parent?.resource === undefined ? [] : this.#valuesOf(parent.resource, parent.parameter, parent.property)
    return known.length === 0 ? [{}] : known
  }

  /** A parent that is known: the first. */
  #parentOf(does: ResourceOperation | undefined, { name }: Parameter): unknown {
    const parent = does?.parents.find(({ parameter }) => parameter === name)
    const [item] = (parent?.resource !== undefined && this.#items.get(parent.resource)) || []
    return item && nameOfItem(item, parent?.property)
  }

  #anyOf({ binding }: Parameter): unknown {
    return binding?.term.kind === 'id' ? [...this.#idsOf(binding)][0] : undefined
  }

  #idsOf(binding: Binding): Set<unknown> {
    const role = nameOf(binding)
    const ids = this.#idsByRole.get(role) ?? new Set()
    this.#idsByRole.set(role, ids)
    return ids
  }
}

/** Returns what names an item: its value of a property, its id otherwise. */
const nameOfItem = ({ id, json }: KnownItem, property: readonly string[] | undefined): unknown =>
  (property && valueAt(json, property)) ?? id

const pick = (values: PathValues, names: readonly string[]): PathValues =>
  Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])))

/** Returns what stands at property names inside a value; `*` is every element of an array. */
function walk(value: unknown, [name, ...rest]: readonly string[]): readonly unknown[] {
  if (name === undefined) return value === undefined || value === null ? [] : [value]
  if (name === '*') return Array.isArray(value) ? value.flatMap((element) => walk(element, rest)) : []
  return isObject(value) && Object.hasOwn(value, name) ? walk(value[name], rest) : []
}
