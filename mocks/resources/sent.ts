// Keeps what clients sent about invoices that the books have no place for.

import { hashText } from '../../factories/index.ts'
import type { Item } from '../../factories/index.ts'
import { isObject } from '../../spec/index.ts'
import type { Pointer, Resource, Shape } from '../../spec/index.ts'
import type { ApiInWorld } from '../context.ts'
import type { ItemKind } from '../state/event.ts'
import { adopt, isReadOnly } from './written.ts'
import type { Parents } from './collection.ts'

/** What was sent: the item itself, the body around it, or which roles are shown as they were sent. */
type Part = 'item' | 'body' | 'shown'

/** Name under which a world keeps what clients have sent of a resource whose items come from the books. */
const kindOf = ({ model }: ApiInWorld, { name }: Resource, part: Part): ItemKind =>
  `${model.name} ${name}, ${part} as sent`

function lastSent(setting: ApiInWorld, resource: Resource, index: number, part: Part): Item | undefined {
  const event = setting.business.state.items(kindOf(setting, resource, part)).get(index)
  return event?.does === 'put' ? event.with.item : undefined
}

/** Keeps what a client has said of an invoice that the books have no place for. */
export function keepSent(
  setting: ApiInWorld,
  resource: Resource,
  index: number,
  { sent, parents, part = 'item' }: { readonly sent: Item; readonly parents?: Parents; readonly part?: Part },
): void {
  if (Object.keys(sent).length === 0 && Object.keys(parents ?? {}).length === 0) return
  const item = { ...lastSent(setting, resource, index, part), ...sent }
  const told = { item, ...(parents && { parents }) }
  setting.business.append({ on: kindOf(setting, resource, part), does: 'put', id: index, with: told })
}

/** Returns the rows that a created invoice belongs to, by the names of their resources. */
export function sentBelow(setting: ApiInWorld, resource: Resource, index: number): Parents | undefined {
  const event = setting.business.state.items(kindOf(setting, resource, 'item')).get(index)
  return event?.does === 'put' ? event.with.parents : undefined
}

/** Returns an invoice as a schema shows it, with what a client has said of it where no role says anything. */
export function withSent(
  setting: ApiInWorld,
  resource: Resource,
  index: number,
  at: Pointer,
  shown: Item,
  part: Part = 'item',
): Item {
  const sent = lastSent(setting, resource, index, part)
  if (!sent) return shown
  const { model, answers } = setting
  const roles = lastSent(setting, resource, index, 'shown')?.roles
  const asSent = new Set<unknown>(Array.isArray(roles) ? roles : [])
  const merge = (shape: Shape, own: unknown, stated: unknown): unknown => {
    const { binding } = shape
    if (binding && binding.anchor !== 'seller' && asSent.has(binding.role) && !isReadOnly(model, shape))
      return adopt({ model, answers, key: hashText(`${resource.name} ${index}`) }, shape, own, stated)
    if ((shape.binding && shape.properties.size === 0 && !shape.items) || isReadOnly(model, shape)) return own
    if (isObject(own) && isObject(stated)) {
      const result: Item = { ...own }
      for (const [name, value] of Object.entries(stated)) {
        const inner = shape.properties.get(name)
        const merged = inner && merge(inner, Object.hasOwn(own, name) ? own[name] : undefined, value)
        if (merged !== undefined)
          Object.defineProperty(result, name, { value: merged, writable: true, enumerable: true, configurable: true })
      }
      return result
    }
    if (!isBound(shape))
      return adopt({ model, answers, key: hashText(`${resource.name} ${index}`) }, shape, own, stated)
    const { items } = shape
    if (!items || !Array.isArray(own) || !Array.isArray(stated) || own.length !== stated.length) return own
    return own.map((element: unknown, position) => merge(items, element, stated[position]))
  }
  return merge(model.shape(at), shown, sent) as Item
}

/** Tells whether anything in a shape has a role. */
function isBound(shape: Shape, seen = new Set<Shape>()): boolean {
  if (seen.has(shape)) return false
  seen.add(shape)
  if (shape.binding || shape.keyed) return true
  return (
    [...shape.properties.values()].some((inner) => isBound(inner, seen)) ||
    (shape.items !== undefined && isBound(shape.items, seen))
  )
}
