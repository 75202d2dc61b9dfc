// Remembers objects that answers have shown, for the paths of later requests.

import { isObject, nameOf, resourcesOf, valueAt } from '../../spec/index.ts'
import type { BusinessObject, Model, Operation, Parameter, Resource, ResourceOperation } from '../../spec/index.ts'

/** An object of a resource, as an answer showed it or the caller named it. */
interface KnownItem {
  readonly id: unknown
  /** Values of the path parameters that name its parents, as they were asked with. */
  readonly parents: Readonly<Record<string, unknown>>
  readonly json?: unknown
}

/** The values of path parameters by name. */
export type PathValues = Readonly<Record<string, unknown>>

/** Objects that answers have shown, by the resource of the document that they belong to: items, actions and lists below them are asked for by these. */
export interface KnownItems {
  /** Takes note of what an answer of success shows. */
  see(operation: Operation, values: PathValues, json: unknown, root?: BusinessObject): void
  /** Returns values for path parameters of an operation, a set for each of so many objects; none where one of the parameters is not known. */
  valuesFor(operation: Operation, open: readonly Parameter[], most: number): readonly PathValues[]
  /** Returns the id of an item of a resource that is known. */
  idOf(resource: string): unknown
  /** The resources of the document. */
  readonly resources: readonly Resource[]
  /** Whether ids were given, and nothing in the document says what they are of: whatever has one open parameter is asked for them. */
  readonly areOfAnything: boolean
  /** Tells whether the parameter of an operation names the invoices that are listed. */
  namesInvoice(operation: Operation, parameter: Parameter): boolean
}

interface Place {
  readonly resource: Resource
  readonly does: ResourceOperation
}

/** A list of a million is not kept. */
const mostItems = 100

/** Returns a register of objects that knows only invoices with the ids given. */
export function knownItemsOf(model: Model, ids: readonly string[] = []): KnownItems {
  const { resources } = resourcesOf(model)
  const places = new Map<string, Place>(
    resources.flatMap((resource) =>
      resource.operations.map((does) => [does.operation.id, { resource, does }] as const),
    ),
  )
  const items = new Map<string, KnownItem[]>()
  const byRole = new Map<string, Set<unknown>>()
  const invoices = resources.find(({ operations }) => operations.some(({ operation }) => operation.does === 'list'))
  if (invoices && ids.length > 0)
    items.set(
      invoices.name,
      ids.map((id) => ({ id, parents: {} })),
    )

  function keep({ name }: Pick<Resource, 'name'>, item: KnownItem): void {
    const known = items.get(name) ?? []
    items.set(name, known)
    const isKnown = known.some(
      ({ id, parents }) => id === item.id && JSON.stringify(parents) === JSON.stringify(item.parents),
    )
    if (item.id !== undefined && item.id !== null && !isKnown && known.length < mostItems) known.push(item)
  }

  function see(operation: Operation, values: PathValues, json: unknown, root?: BusinessObject): void {
    for (const object of root?.within() ?? [])
      for (const { binding, raw } of object.occurrences)
        if (binding.term.kind === 'id') byRole.set(nameOf(binding), (byRole.get(nameOf(binding)) ?? new Set()).add(raw))
    const place = places.get(operation.id)
    if (!place?.does.answer) return
    const { resource, does } = place
    const { path, wrap, many } = does.answer as NonNullable<typeof does.answer>
    const held = valueAt(json, path)
    const shown = many ? (Array.isArray(held) ? held.map((element) => valueAt(element, wrap)) : []) : [held]
    const parents = Object.fromEntries(
      does.parents.flatMap(({ parameter }) =>
        values[parameter] === undefined ? [] : [[parameter, values[parameter]]],
      ),
    )
    for (const item of shown) {
      if (!isObject(item)) continue
      // What was asked for by its id is known already.
      if (resource.identity && (many || !does.key))
        keep(resource, { id: valueAt(item, resource.identity), parents, json: item })
      for (const { path: steps, resource: name, property } of resource.relations)
        for (const target of walk(item, steps)) {
          const identity = resources.find((candidate) => candidate.name === name)?.identity
          const id = property ? target : identity && valueAt(target, identity)
          if (!isObject(id)) keep({ name }, { id, parents: {} })
        }
    }
  }

  function valuesFor(operation: Operation, open: readonly Parameter[], most: number): readonly PathValues[] {
    const { resource, does } = places.get(operation.id) ?? {}
    const key = does?.key?.in === 'path' ? open.find(({ name }) => name === does.key?.name) : undefined
    const starts: readonly PathValues[] =
      key && resource
        ? (items.get(resource.name) ?? []).map(({ id, parents, json }) => ({
            ...parents,
            [key.name]: (does?.key?.property && valueAt(json, does.key.property)) ?? id,
          }))
        : belowParents(does, open)
    const whole = starts.flatMap((start) => {
      const values: Record<string, unknown> = { ...start }
      for (const parameter of open) {
        const value = values[parameter.name] ?? parentOf(does, parameter) ?? roleOf(parameter)
        if (value === undefined) return []
        values[parameter.name] = value
      }
      return [Object.fromEntries(open.map(({ name }) => [name, values[name]]))]
    })
    return whole.slice(0, most)
  }

  /** Every item of the innermost parent that is known, with those around it. */
  function belowParents(does: ResourceOperation | undefined, open: readonly Parameter[]): readonly PathValues[] {
    const parent = does?.parents.findLast(({ parameter }) => open.some(({ name }) => name === parameter))
    const known = (parent?.resource !== undefined && items.get(parent.resource)) || []
    if (!parent || known.length === 0) return [{}]
    return known.map(({ id, parents, json }) => ({
      ...parents,
      [parent.parameter]: (parent.property && valueAt(json, parent.property)) ?? id,
    }))
  }

  /** A parent that is known: the first. */
  function parentOf(does: ResourceOperation | undefined, { name }: Parameter): unknown {
    const parent = does?.parents.find(({ parameter }) => parameter === name)
    const [item] = (parent?.resource !== undefined && items.get(parent.resource)) || []
    return item && ((parent?.property && valueAt(item.json, parent.property)) ?? item.id)
  }

  const roleOf = ({ binding }: Parameter): unknown =>
    binding?.term.kind === 'id' ? [...(byRole.get(nameOf(binding)) ?? [])][0] : undefined

  return {
    see,
    valuesFor,
    resources,
    idOf: (name) => items.get(name)?.[0]?.id,
    areOfAnything: ids.length > 0 && !invoices && model.operations.every(({ does }) => does === undefined),
    namesInvoice(operation, { name, binding }) {
      if (binding) return binding.role === 'invoice.id'
      const place = places.get(operation.id)
      if (place) return place.resource === invoices && place.does.key?.name === name
      return operation.does !== undefined
    },
  }
}

/** Returns what stands at property names inside a value; `*` is every element of an array. */
function walk(value: unknown, [name, ...rest]: readonly string[]): readonly unknown[] {
  if (name === undefined) return value === undefined || value === null ? [] : [value]
  if (name === '*') return Array.isArray(value) ? value.flatMap((element) => walk(element, rest)) : []
  return isObject(value) && Object.hasOwn(value, name) ? walk(value[name], rest) : []
}
