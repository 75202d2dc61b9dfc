import { hashText } from '../../factories/index.ts'
import type { Item } from '../../factories/index.ts'
import { isObject, resolve } from '../../spec/index.ts'
import type { Resource, ResourceOperation, Shape } from '../../spec/index.ts'
import type { Context } from '../context.ts'
import { adopt, isOpen, requiredIn } from './adopt.ts'

/** One write to one resource. */
interface Asked {
  readonly context: Context
  readonly resource: Resource
  readonly operation: ResourceOperation
}

/** RFC 7396: null removes what may be absent, objects merge, everything else replaces. */
export function merged(asked: Asked, item: Item, sent: Item): Item {
  const taken = adoptedBy(asked, item, sent, true)
  const required = new Set(requiredIn(asked.context.model, asked.resource.schema))
  for (const [name, value] of Object.entries(sent))
    if (value === null && taken[name] !== null && !required.has(name)) delete taken[name]
  return taken
}

const adoptedBy = (
  { context: { model, answers }, resource }: Asked,
  before: Item,
  sent: Item,
  isMerging = false,
): Item =>
  adopt({ model, answers, key: hashText(resource.name), isMerging }, model.shape(resource.schema), before, sent) as Item

/** What the request could have stated and has not is gone; what only the server sets stays. */
export function replaced(asked: Asked, item: Item, sent: Item): Item {
  const { context, operation, resource } = asked
  const { model } = context
  const shape = model.shape(operation.request?.item ?? resource.schema)
  const required = new Set(requiredIn(model, resource.schema))
  const result: Item = {}
  for (const [name, value] of Object.entries(item)) {
    const isSettable = shape.properties.has(name) && !isReadOnly(model, shape.properties.get(name) as Shape)
    if (!isSettable || required.has(name) || Object.hasOwn(sent, name)) define(result, name, value)
  }
  return adoptedBy(asked, result, sent)
}

/** Returns a created item: what was sent in place of what was drawn, as far as the item has a property for it. */
export function overlaid(asked: Asked, drawn: Item, sent: Item): Item {
  const { context, resource, operation } = asked
  const { model } = context
  const own = model.shape(resource.schema)
  const stated = operation.request ? model.shape(operation.request.item) : own
  const required = new Set(requiredIn(model, resource.schema))
  const result: Item = {}
  for (const [name, value] of Object.entries(drawn)) {
    // What could have been stated and was not is not made up, unless it must be there.
    const isSettable = stated.properties.has(name) && !isReadOnly(model, stated.properties.get(name) as Shape)
    const isIdentity = resource.identity?.[0] === name
    if (!isSettable || required.has(name) || isIdentity) define(result, name, value)
  }
  return kept(asked, result, adoptedBy(asked, result, sent))
}

/** What nobody but the server sets, identities above all, stays; what the item has no property for is not kept. */
export function kept({ context, resource }: Pick<Asked, 'context' | 'resource'>, before: Item, after: Item): Item {
  const { model } = context
  const shape = model.shape(resource.schema)
  const takesAll = shape.properties.size === 0 || isOpen(model, shape)
  const result: Item = {}
  for (const [name, value] of Object.entries(after)) {
    const inner = shape.properties.get(name)
    if (!inner && !takesAll && !Object.hasOwn(before, name)) continue
    const isServers = inner !== undefined && isReadOnly(model, inner)
    if (!isServers || Object.hasOwn(before, name)) define(result, name, isServers ? before[name] : value)
  }
  return result
}

/** Tells whether nobody but the server sets what stands at a place. */
export function isReadOnly({ document }: Context['model'], { pointer }: Shape): boolean {
  const { value } = resolve(document, pointer)
  return isObject(value) && value.readOnly === true
}

/** `__proto__` is a name like any other. */
const define = (target: Item, name: string, value: unknown): void =>
  void Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
