// Finds the resources of a document by paths, methods and schemas alone.

import type { Shape } from '../shape.ts'
import { groupsOf, keyOfPlace } from './groups.ts'
import { isKeyOf } from './key-names.ts'
import type { OperationDraft, OperationGroup, ModelParts } from './groups.ts'
import { identityOf, itemKeyOf, relationsOf } from './keys.ts'
import { nounOf } from './names.ts'
import { pagingOf } from './paging.ts'
import type { Segment } from './names.ts'
import { isWrapper, itemIn, itemsIn, namesMatch, overlap } from './places.ts'
import type { Related } from './keys.ts'
import type { Envelope, ParentKey, Resource, ResourceAct, ResourceOperation, Resources } from './resource.ts'

/** A group whose item is known. */
interface Grown extends OperationGroup {
  readonly item: Shape
}

/**
 * Returns the resources of a document, found by paths, methods and schemas alone: collections (`GET /invoices`), items
 * (`/invoices/{id}`), actions (`POST /invoices/{id}/void`), collections of a parent (`/customers/{id}/invoices`), single
 * things (`/organization`), and the same spelled as calls (`/getInvoiceList`). An operation that fits none is listed with
 * the reason.
 *
 * @example
 * resourcesOf(model).resources.map(({ name, identity }) => `${name} by ${identity?.join('.')}`)
 */
export function resourcesOf(model: ModelParts): Resources {
  const { groups, unknown } = groupsOf(model)
  const grown: Grown[] = []
  for (const group of groups) {
    const item = itemShapeOf(group)
    if (item) grown.push({ ...group, item })
    else for (const { operation } of group.drafts) unknown.push({ operation, why: 'its bodies hold no object to keep' })
  }
  const merged = mergeSame(grown)
  const named = namesFor(merged)
  const bare = merged.map((group, index): Related & { readonly group: Grown } => {
    const identity = identityOfGroup(model, group)
    return {
      group,
      name: named[index] as string,
      noun: group.noun,
      path: pathOf(group.at),
      singleton: group.singleton,
      schema: group.item.pointer,
      ...(identity && { identity }),
    }
  })
  const shapeOf = ({ schema }: Related): Shape => model.shape(schema)
  const resources = bare.map(({ group, ...own }): Resource => {
    const parents = (at: readonly Segment[]): ParentKey[] => parentsOf(model, at, bare)
    const operations = group.drafts.map((draft) => operationFor(model, draft, group, parents(draft.at)))
    const parent = parents(group.at).findLast(({ resource }) => resource !== undefined)?.resource
    return {
      ...own,
      ...(parent !== undefined && { parent }),
      operations,
      relations: relationsOf(model.document, group.item, own, bare, shapeOf),
    }
  })
  return { resources, unknown }
}

const pathOf = (at: readonly Segment[]): string => `/${at.map(({ text }) => text).join('/')}`

/** Returns the fullest shape of one item: what GET answers, else what lists hold, else what is answered to a create, else what is sent. */
function itemShapeOf({ drafts, noun }: OperationGroup): Shape | undefined {
  const list = drafts.find(({ does, answer }) => does === 'list' && answer)
  const get = drafts.find(({ does, answer }) => does === 'get' && answer)
  const listed = list?.answer && listItem(list.answer, noun, get?.answer && itemIn(get.answer, noun).shape)
  if (get?.answer) {
    const { shape } = itemIn(get.answer, noun, listed)
    if (shape.properties.size > 0) return shape
  }
  if (listed) return listed
  for (const does of ['create', 'replace', 'update'] as const) {
    const answered = drafts.find((draft) => draft.does === does && draft.answer)?.answer
    const { shape } = answered ? itemIn(answered, noun) : { shape: undefined }
    if (shape && shape.properties.size > 0) return shape
  }
  const sent = drafts.find(
    ({ does, body }) => body && (does === 'create' || does === 'replace' || does === 'update'),
  )?.body
  const { shape } = sent ? itemIn(sent, noun) : { shape: undefined }
  return shape && shape.properties.size > 0 ? shape : undefined
}

/** Returns the shape of what a list holds; where the whole item is known, that of the array that fits it best. */
function listItem(answer: Shape, noun: string, whole: Shape | undefined): Shape | undefined {
  const found = itemsIn(answer, noun, whole, { isList: true })
  if (!found) return undefined
  const items = found.place.shape.items as Shape
  return found.wrap.reduce<Shape>((shape, name) => shape.properties.get(name) ?? shape, items)
}

/** Puts together groups that keep the same thing: nested below a parent and by itself. */
function mergeSame(groups: readonly Grown[]): Grown[] {
  const kept: Grown[] = []
  const rank = (group: Grown): number => (group.drafts.some(({ does }) => does === 'get') ? 0 : 100) + group.at.length
  for (const group of [...groups].sort((left, right) => rank(left) - rank(right))) {
    const same = group.singleton
      ? -1
      : kept.findIndex(
          (other) =>
            !other.singleton &&
            other.noun === group.noun &&
            isComponent(group.item.pointer) &&
            itemsOf(other).some(({ pointer }) => pointer === group.item.pointer),
        )
    const other = kept[same]
    if (other) kept[same] = { ...other, drafts: [...other.drafts, ...group.drafts] }
    else kept.push(group)
  }
  return kept.sort(
    (left, right) => groups.findIndex(({ key }) => key === left.key) - groups.findIndex(({ key }) => key === right.key),
  )
}

/** Returns the shapes in which a group's operations show its item. */
const itemsOf = ({ drafts, noun, item }: Grown): Shape[] => [
  item,
  ...drafts.flatMap(({ does, answer }) => {
    const listed = does === 'list' && answer ? listItem(answer, noun, item) : undefined
    return listed ? [listed] : []
  }),
]

const isComponent = (pointer: string): boolean => /^\/(?:components\/schemas|definitions)\/[^/]+$/.test(pointer)

/** Names resources by their last fixed word; those that share it take that of their parent as well, or their whole path. */
function namesFor(groups: readonly OperationGroup[]): string[] {
  const short = (group: OperationGroup, count: number): string =>
    group.at
      .filter(({ parameter }) => parameter === undefined)
      .slice(-count)
      .map(({ text }) => text)
      .join('/')
  return groups.map((group) => {
    for (const count of [1, 2, 3]) {
      const name = short(group, count)
      if (groups.every((other) => other === group || short(other, count) !== name)) return name
    }
    return pathOf(group.at).slice(1)
  })
}

function identityOfGroup(model: ModelParts, { drafts, item, noun }: Grown): readonly string[] | undefined {
  const parameter =
    drafts.find(({ does, parameter: name }) => does === 'get' && name !== undefined)?.parameter ??
    drafts.find(({ parameter: name }) => name !== undefined)?.parameter
  return identityOf(model.document, item, parameter, noun)
}

function parentsOf(
  model: ModelParts,
  at: readonly Segment[],
  all: readonly (Related & { readonly group: Grown })[],
): ParentKey[] {
  return at.flatMap(({ parameter }, index): ParentKey[] => {
    if (parameter === undefined) return []
    const key = keyOfPlace(at.slice(0, index))
    const parent = all.find(({ group }) =>
      group.drafts.some((draft) => draft.parameter !== undefined && keyOfPlace(draft.at) === key),
    )
    if (!parent) {
      // `/payments/invoice/{invoiceId}`: the parameter itself says whose key it is.
      const named = all.find(({ noun, identity, singleton }) => !singleton && identity && isKeyOf(parameter, noun))
      return [named ? { parameter, resource: named.name, property: named.identity } : { parameter }]
    }
    const property = identityOf(model.document, parent.group.item, parameter, parent.noun)
    return [{ parameter, resource: parent.name, ...(property && { property }) }]
  })
}

function operationFor(
  model: ModelParts,
  draft: OperationDraft,
  group: Grown,
  parents: readonly ParentKey[],
): ResourceOperation {
  const { operation, verb, answer, body } = draft
  const { noun, item } = group
  // `/invoices/byNumber/{invoiceNumber}` that answers an invoice gets it, whatever lists stand in it.
  const isOne = draft.does === 'list' && answer?.pointer === item.pointer
  const does = isOne ? 'get' : draft.does
  const named = isOne ? operation.parameters.findLast((one) => one.in === 'path')?.name : draft.parameter
  const key = itemKeyOf(model.document, operation, named, body, group)
  const answered = answer && envelopeOf(does, answer, noun, item)
  const sent =
    body && (does === 'create' || does === 'update' || does === 'replace') ? sentIn(body, noun, item) : undefined
  return {
    operation,
    does,
    parents,
    ...(verb !== undefined && { verb }),
    ...(key && does !== 'list' && does !== 'create' && { key }),
    ...(answered && { answer: answered }),
    ...(sent && { request: { path: sent.path, wrap: [], many: sent.many, item: sent.shape.pointer } }),
    ...(does === 'list' &&
      answer &&
      answered && {
        paging: pagingOf(model.document, operation.parameters, answer, { path: answered.path, shape: answer }),
      }),
  }
}

/** Returns where a request holds the item: the body itself, unless nearly nothing stands beside what is named after the item. */
function sentIn(body: Shape, noun: string, item: Shape): ReturnType<typeof itemIn> {
  const found = itemIn(body, noun, item)
  const name = found.path.at(-1)
  const isNamed = name !== undefined && (nounOf(name) === noun || isWrapper(name) || namesMatch(name, noun))
  return body.properties.size <= 2 || isNamed ? found : { path: [], shape: body, many: false }
}

/** Returns where an answer holds the item or items, or `undefined` where it holds something else. */
function envelopeOf(does: ResourceAct, answer: Shape, noun: string, item: Shape): Envelope | undefined {
  if (does === 'list') {
    const found = itemsIn(answer, noun, item, { isList: true })
    if (!found) return undefined
    const inner = found.wrap.reduce<Shape>(
      (shape, name) => shape.properties.get(name) ?? shape,
      found.place.shape.items as Shape,
    )
    return { path: found.place.path, wrap: found.wrap, many: true, item: inner.pointer }
  }
  const { path, shape, many } = itemIn(answer, noun, item)
  // Actions and deletes may answer anything; the others answer the item if anything.
  if (overlap(shape, item) < (does === 'get' ? 0 : 0.5)) return undefined
  return shape.properties.size > 0 ? { path, wrap: [], many, item: shape.pointer } : undefined
}
