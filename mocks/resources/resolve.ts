// Answers operations of resources: list, get, create, update, replace, delete and actions.

import { hashText } from '../../factories/index.ts'
import type { Item } from '../../factories/index.ts'
import { isObject, putAt, valueAt } from '../../spec/index.ts'
import type { Envelope, Resource, ResourceOperation, Shape } from '../../spec/index.ts'
import { writeAnswer as answerWith, Refusal } from '../context.ts'
import type { OperationAnswer, Context, Resolver } from '../context.ts'
import { etagOf, isKnown, utf8 } from '../http/body.ts'
import { clientUrl } from '../http/routes.ts'
import { ignoredHeader } from '../http/unknown-parameters.ts'
import { mediaFor } from '../representation/media.ts'
import { originOf, Collection, plainAnswers, servedBy } from './collection.ts'
import { bookedActs } from './booked.ts'
import { afterAction, inFirstState, staleIn, withMoments } from './actions.ts'
import type { Parents } from './collection.ts'
import { cutPage } from './page.ts'
import { conflictStatus, answerAround, answerWithItem, shownItem } from './respond.ts'
import { queryOf } from './query.ts'
import { withServersOwn, mergeSent, createFromSent, replaceBySent } from './written.ts'

/** One request to one resource. */
export interface Asked {
  readonly context: Context
  readonly resource: Resource
  readonly operation: ResourceOperation
  readonly collection: Collection
  readonly parents: Parents
  /** Where the items are invoices: what the ledger's own are written with. */
  readonly ledger?: Context
}

/** Answers an operation on a resource that the document itself tells of, or returns `undefined` for one that belongs to none. */
export function resourceResolver({ model, operation }: Pick<Context, 'model' | 'operation'>): Resolver | undefined {
  const found = servedBy(model).byOperation.get(operation.id)
  if (!found) return undefined
  const { resource, operation: own } = found
  return (context) => {
    const collection = new Collection(context, resource)
    const origin = originOf(model, resource)
    const asked: Asked = {
      context: { ...context, answers: plainAnswers(context) },
      resource,
      operation: own,
      collection,
      parents: parentsOf(context, own),
      ...(origin === 'invoice' && { ledger: context }),
    }
    return (asked.ledger ? { ...acts, ...booked } : acts)[own.does](asked)
  }
}

const acts: Readonly<Record<ResourceOperation['does'], (asked: Asked) => OperationAnswer>> = {
  list,
  get: (asked) => answerWithItem(asked, itemOf(asked)),
  create,
  update: (asked) => change(asked, (item, sent) => mergeSent(asked, item, sent)),
  replace: (asked) => change(asked, (item, sent) => replaceBySent(asked, item, sent)),
  delete: remove,
  action,
}

const booked = bookedActs({ itemOf, checkUnchanged, sentBy })

/** Returns the rows that the path's parents are. @throws Refusal 404 for a parent that does not exist. */
function parentsOf(context: Context, { parents }: ResourceOperation): Parents {
  const found: Record<string, number> = {}
  for (const { parameter, resource: name, property } of parents) {
    const resource = name === undefined ? undefined : servedBy(context.model).resources.find((one) => one.name === name)
    if (!resource) continue
    const value = context.values[parameter]
    const index = findIn(new Collection(context, resource), property ?? resource.identity, value)
    if (index === undefined) throw new Refusal(404, `There is no ${resource.noun} ${JSON.stringify(value)}.`)
    found[resource.name] = index
  }
  return found
}

/** Items that show no identity are told apart by their numbers alone. */
function findIn(collection: Collection, property: readonly string[] | undefined, value: unknown): number | undefined {
  if (property) return collection.find(property, value)
  const all = collection.indices()
  return all[hashText(String(value)) % Math.max(1, all.length)]
}

/** Returns the number of the item that a request names. @throws Refusal 404 where there is none. */
function indexOf({ context, resource, operation, collection, parents }: Asked): number {
  const { key } = operation
  const named = Object.keys(parents)
  if (!key) {
    // The only thing there is, or the only one of its parent.
    const [index] = collection.indices(parents)
    if (index === undefined) throw new Refusal(404, `There is no ${resource.noun}.`)
    return index
  }
  const value = key.in === 'body' ? valueAt(context.body, [key.name]) : context.values[key.name]
  const index = findIn(collection, key.property ?? resource.identity, value)
  if (index === undefined || named.some((name) => isOther(collection, index, name, parents[name] as number, resource)))
    throw new Refusal(404, `There is no ${resource.noun} ${JSON.stringify(value)}.`)
  return index
}

/** Tells whether an item belongs to another parent than the path says. */
const isOther = (collection: Collection, index: number, name: string, parent: number, resource: Resource): boolean =>
  (resource.parent === name || resource.relations.some((relation) => relation.resource === name)) &&
  !collection.isBelow(index, name, parent)

function itemOf(asked: Asked): { readonly index: number; readonly item: Item } {
  const index = indexOf(asked)
  const item = asked.collection.item(index)
  if (!item) throw new Refusal(404, `There is no ${asked.resource.noun}.`)
  return { index, item }
}

function list(asked: Asked): OperationAnswer {
  const { context, resource, operation, collection, parents } = asked
  const criteria = isObject(context.body) ? context.body : {}
  const { tests, scopes, order, states, ignored } = queryOf(context.model, resource, operation, context.values, {
    criteria,
    areBooked: asked.ledger !== undefined,
  })
  let indices = collection.indices(parents)
  if (states) indices = indices.filter((index) => states.has(context.business.find(index)?.status ?? ''))
  if (tests.length > 0 || scopes.length > 0 || order) {
    const items = indices.map((index) => ({ index, item: collection.item(index) as Item }))
    const within = items.filter(({ item }) => scopes.every((test) => test(item)))
    const kept = (within.length > 0 ? within : items).filter(({ item }) => tests.every((test) => test(item)))
    if (order) kept.sort((left, right) => order(left.item, right.item))
    indices = kept.map(({ index }) => index)
  }
  const identity = resource.identity
  const page = cutPage(indices, {
    operation,
    values: context.values,
    url: clientUrl(context.request).href,
    indexOf: (value) => (identity ? collection.find(identity, value) : undefined),
    identityOf: (index) => (identity ? valueAt(collection.item(index), identity) : undefined),
  })
  const answer = answerAround(
    asked,
    page.indices.map((index) => shownItem(asked, operation.answer as Envelope, index, collection.item(index) as Item)),
    page,
  )
  return ignored.length === 0
    ? answer
    : { ...answer, headers: { ...answer.headers, [ignoredHeader]: ignored.map(encodeURIComponent).join(', ') } }
}

function create(asked: Asked): OperationAnswer {
  const { context, resource, operation, collection, parents } = asked
  const { model, business } = context
  const shape = model.shape(resource.schema)
  const sent = sentBy(asked)
  const { index, item } = collection.draft()
  const related = inFirstState(model, shape, item)
  for (const [name, parent] of Object.entries(parents)) relate(asked, related, name, parent)
  const made = withMoments(model, shape, createFromSent(asked, related, sent), business.tick())
  const { identity } = resource
  if (
    identity &&
    valueAt(sent, identity) !== undefined &&
    collection.find(identity, valueAt(sent, identity)) !== undefined
  )
    throw new Refusal(
      conflictStatus(operation),
      `There is a ${resource.noun} ${JSON.stringify(valueAt(sent, identity))} already.`,
    )
  collection.put(index, made, parents)
  return answerWithItem(asked, { index, item: made })
}

/** A created item shows the keys of the parents that it was created below. */
function relate({ context, resource }: Asked, item: Item, name: string, parent: number): void {
  const other = servedBy(context.model).resources.find((one) => one.name === name)
  const row = other && new Collection(context, other).item(parent)
  for (const { path, resource: target, property } of resource.relations)
    if (row && target === name && property && path.length === 1 && !path.includes('*'))
      putAt(item, path, valueAt(row, property))
}

function change(asked: Asked, apply: (item: Item, sent: Item) => Item): OperationAnswer {
  const { context, resource, collection } = asked
  const { index, item } = itemOf(asked)
  checkUnchanged(asked, index, item)
  const shape = context.model.shape(resource.schema)
  const sent = sentBy(asked)
  const stale = staleIn(shape, item, sent)
  if (stale !== undefined)
    throw new Refusal(
      conflictStatus(asked.operation),
      `Expected "${stale}" to be ${JSON.stringify(item[stale])} but received ${JSON.stringify(sent[stale])}: the ${resource.noun} has been changed meanwhile.`,
    )
  const changed = withMoments(
    context.model,
    shape,
    withServersOwn(asked, item, apply(item, sent)),
    context.business.tick(),
    item,
  )
  collection.put(index, changed)
  return answerWithItem(asked, { index, item: changed })
}

function remove(asked: Asked): OperationAnswer {
  const { index, item } = itemOf(asked)
  checkUnchanged(asked, index, item)
  asked.collection.remove(index)
  return answerWithItem(asked, { index, item })
}

function action(asked: Asked): OperationAnswer {
  const { context, resource, operation, collection } = asked
  if (!operation.key) return batch(asked) ?? answerWith(context, {})
  const { index, item } = itemOf(asked)
  const shape = context.model.shape(resource.schema)
  const now = context.business.tick()
  const done = acted(context.model, shape, item, operation.verb ?? '', now)
  const isChanged = JSON.stringify(done) !== JSON.stringify(item)
  const after = isChanged ? withMoments(context.model, shape, done, now, item) : item
  if (isChanged) collection.put(index, after)
  return answerWithItem(asked, { index, item: after })
}

/** Does to each of several items, which the body names by their identities, what the action says: `POST /articles/batch_delete`. */
function batch(asked: Asked): OperationAnswer | undefined {
  const { context, resource, operation, collection } = asked
  const verb = /^(?:batch|bulk|mass)[-_ ]?(\w+)$|^(\w+?)[-_](?:batch|bulk|many|all)$/i.exec(operation.verb ?? '')
  const identities = isObject(context.body) ? Object.values(context.body).find(areIdentities) : context.body
  if (!verb || !areIdentities(identities)) return undefined
  const shape = context.model.shape(resource.schema)
  const done = identities.map((identity) => {
    const index = findIn(collection, resource.identity, identity)
    const item = index === undefined ? undefined : collection.item(index)
    if (index === undefined || !item)
      throw new Refusal(404, `There is no ${resource.noun} ${JSON.stringify(identity)}.`)
    return { index, item }
  })
  const name = verb[1] ?? verb[2] ?? ''
  const isRemoval = /^(?:delete|remove|destroy)$/i.test(name)
  const now = context.business.tick()
  const after = done.map(({ index, item }) => {
    if (isRemoval) collection.remove(index)
    const changed = isRemoval ? item : acted(context.model, shape, item, name, now)
    if (JSON.stringify(changed) === JSON.stringify(item)) return { index, item }
    const whole = withMoments(context.model, shape, changed, now, item)
    collection.put(index, whole)
    return { index, item: whole }
  })
  const { answer: envelope } = operation
  return envelope?.many
    ? answerAround(
        asked,
        after.map(({ index, item }) => shownItem(asked, envelope, index, item)),
      )
    : answerWith(context, {})
}

/** What an action changes of a resource object of JSON:API stands in its attributes. */
function acted(model: Context['model'], shape: Shape, item: Item, verb: string, now: number): Item {
  const done = afterAction(model, shape, item, verb, now)
  const attributes = shape.properties.get('attributes')
  return attributes && isObject(item.attributes)
    ? { ...done, attributes: afterAction(model, attributes, item.attributes, verb, now) }
    : done
}

const areIdentities = (value: unknown): value is readonly (string | number)[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one: unknown) => typeof one === 'string' || typeof one === 'number')

/** A client that says which version it changes is refused where that is no longer the present one (RFC 9110, 13.1.1). */
function checkUnchanged(asked: Asked, index: number, item: Item): void {
  const stated = asked.context.request.headers.get('if-match')
  if (stated === null || stated === '*') return
  const get = asked.resource.operations.find(({ does, answer: held }) => does === 'get' && held)
  if (!get) return
  const media = mediaFor(asked.context.model, get.operation, null)
  const operation = { ...asked.context, operation: get.operation, media: media === 'none' ? undefined : media }
  const { text } = answerWithItem({ ...asked, context: operation, operation: get }, { index, item })
  if (text !== undefined && !isKnown(stated, etagOf(utf8(text))))
    throw new Refusal(412, `The ${asked.resource.noun} has been changed meanwhile.`)
}

/** Returns the item in a request's body. */
function sentBy({ context, operation }: Asked): Item {
  const sent = valueAt(context.body, operation.request?.path ?? [])
  const item: unknown = Array.isArray(sent) ? sent[0] : sent
  return isObject(item) ? item : {}
}
