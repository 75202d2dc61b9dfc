// Merges what a client sent into an item: create, merge, replace.

import { hashText, compileSampler, leafAt } from '../../factories/index.ts'
import type { Item, Answers, Sampler } from '../../factories/index.ts'
import { isObject, resolve } from '../../spec/index.ts'
import type { Resource, ResourceOperation, Shape, Model } from '../../spec/index.ts'
import type { Context } from '../context.ts'
import { discriminatorAt } from './envelope.ts'

/** One write to one resource. */
interface Asked {
  readonly context: Context
  readonly resource: Resource
  readonly operation: ResourceOperation
}

/** RFC 7396: null removes what may be absent, objects merge, everything else replaces. */
export function mergeSent(asked: Asked, item: Item, sent: Item): Item {
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
export function replaceBySent(asked: Asked, item: Item, sent: Item): Item {
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
export function createFromSent(asked: Asked, drawn: Item, sent: Item): Item {
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
  return withServersOwn(asked, result, adoptedBy(asked, result, sent))
}

/** Returns a changed item with the properties that only the server sets as they were, and without unknown ones. */
export function withServersOwn(
  { context, resource }: Pick<Asked, 'context' | 'resource'>,
  before: Item,
  after: Item,
): Item {
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

/** Tells whether only the server sets the value at a place: `readOnly`. */
export function isReadOnly({ document }: Context['model'], { pointer }: Shape): boolean {
  const { value } = resolve(document, pointer)
  return isObject(value) && value.readOnly === true
}

/** `__proto__` is a name like any other. */
const define = (target: Item, name: string, value: unknown): void =>
  void Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })

/** Puts what clients send into items, in the item's own types. */
interface Adoption {
  readonly model: Model
  readonly answers: Answers
  /** Seed of what must be there and was not sent. */
  readonly key: number
  /** What an object holds under names of the client's own stays beside what is sent (RFC 7396), `null` removes it. */
  readonly isMerging?: boolean
}

/**
 * Returns a value as the item keeps it: what was sent where the item's schema takes it, written as the schema writes it
 * (`12.5` as `"12.5"`, a day as its midnight), and what stood there before where it cannot be taken. Objects and elements of
 * arrays that lack something get it drawn.
 */
export function adopt(adoption: Adoption, shape: Shape, before: unknown, sent: unknown): unknown {
  const { model } = adoption
  const leaf = leafAt(model.document, shape.pointer)
  if (sent === null) return leaf.nullable ? null : before
  if (Array.isArray(sent))
    return shape.items
      ? sent.map((element) => adopt(adoption, shape.items as Shape, undefined, element))
      : accepted(model, shape, before, sent)
  if (!isObject(sent)) return accepted(model, shape, before, sent)
  if (shape.properties.size === 0) {
    if (!leaf.types.has('object')) return before
    if (adoption.isMerging !== true || !isObject(before)) return sent
    return Object.fromEntries(Object.entries({ ...before, ...sent }).filter(([, value]) => value !== null))
  }
  const base = isObject(before) ? before : requiredOf(adoption, shape)
  const tag = discriminatorAt(model.document, shape.pointer)
  const result: Record<string, unknown> = { ...base }
  for (const [name, value] of Object.entries(sent)) {
    const inner = shape.properties.get(name)
    const kept = inner ? adopt(adoption, inner, Object.hasOwn(result, name) ? result[name] : undefined, value) : value
    if (!inner && !isOpen(model, shape) && name !== tag) continue
    if (kept !== undefined)
      Object.defineProperty(result, name, { value: kept, writable: true, enumerable: true, configurable: true })
  }
  if (tag === undefined || accepts(model, shape.pointer, result)) return result
  // What was drawn for another branch of the choice stays out of this one.
  return accepts(model, shape.pointer, sent) ? sent : before
}

/** Returns the required properties of an object, drawn. */
function requiredOf({ model, answers, key }: Adoption, shape: Shape): Record<string, unknown> {
  const names = new Set(requiredIn(model, shape.pointer))
  if (names.size === 0) return {}
  const drawn = answers.build(shape.pointer, { key })
  return isObject(drawn) ? Object.fromEntries(Object.entries(drawn).filter(([name]) => names.has(name))) : {}
}

/** Returns the names of the properties that an object must have, those of every `allOf` included. */
export function requiredIn(model: Model, pointer: string, depth = 0): string[] {
  const { pointer: here, value } = resolve(model.document, pointer)
  if (!isObject(value) || depth > 8) return []
  const own = Array.isArray(value.required) ? (value.required as string[]) : []
  return Array.isArray(value.allOf)
    ? [...own, ...value.allOf.flatMap((_, at) => requiredIn(model, `${here}/allOf/${at}`, depth + 1))]
    : own
}

/** Tells whether an object may have properties that its schema does not name. */
export function isOpen({ document }: Model, { pointer }: Shape): boolean {
  const { value } = resolve(document, pointer)
  return isObject(value) && value.additionalProperties !== undefined && value.additionalProperties !== false
}

const samplers = new WeakMap<Model, Map<string, Sampler>>()

function accepts(model: Model, pointer: string, value: unknown): boolean {
  const known = samplers.get(model) ?? new Map<string, Sampler>()
  samplers.set(model, known)
  const sampler = known.get(pointer) ?? compileSampler(model.document, pointer)
  known.set(pointer, sampler)
  return sampler.accepts(value)
}

function accepted(model: Model, shape: Shape, before: unknown, sent: unknown): unknown {
  return candidatesFor(model, shape, sent).find((value) => accepts(model, shape.pointer, value)) ?? before
}

function* candidatesOf(model: Model, shape: Shape, sent: unknown): Generator {
  yield sent
  const { types } = leafAt(model.document, shape.pointer)
  if (typeof sent === 'number' || typeof sent === 'boolean') if (types.has('string')) yield String(sent)
  if (typeof sent !== 'string') return
  if ((types.has('number') || types.has('integer')) && /^-?\d+(?:\.\d+)?$/.test(sent)) yield Number(sent)
  if (types.has('boolean') && /^(?:true|false)$/.test(sent)) yield sent === 'true'
  if (/^\d{4}-\d{2}-\d{2}$/.test(sent)) yield `${sent}T00:00:00Z`
  if (/^\d{4}-\d{2}-\d{2}T/.test(sent)) yield sent.slice(0, 10)
}

const candidatesFor = (model: Model, shape: Shape, sent: unknown): unknown[] => [...candidatesOf(model, shape, sent)]
