// Reads from path and method what each operation does, and groups operations by collection.

import type { Model } from '../model.ts'
import { isJson, replyFor, successOf } from '../operation.ts'
import type { Operation } from '../operation.ts'
import type { Shape } from '../shape.ts'
import { isKeyOf, keyInRequest } from './key-names.ts'
import { nounOf, singularOf, wordsOf, callOf, pathPattern, segmentsOf } from './names.ts'
import type { Segment } from './names.ts'
import { itemsIn } from './places.ts'
import type { ResourceAct } from './resource.ts'

/** What of a model resources are found in. */
export type ModelParts = Pick<Model, 'document' | 'operations' | 'shape'>

/** An operation with what its path says of it. */
export interface OperationDraft {
  readonly operation: Operation
  readonly does: ResourceAct
  readonly verb?: string
  /** Segments of the collection. */
  readonly at: readonly Segment[]
  /** Parameter of the path that names the item. */
  readonly parameter?: string
  readonly answer: Shape | undefined
  readonly body: Shape | undefined
}

/** Operations that belong together. */
export interface OperationGroup {
  readonly key: string
  readonly noun: string
  readonly at: readonly Segment[]
  readonly singleton: boolean
  readonly drafts: readonly OperationDraft[]
}

/** Returns the noun of the last fixed word of a path. */
const nounIn = (at: readonly Segment[]): string =>
  nounOf(at.findLast(({ parameter }) => parameter === undefined)?.text ?? '')

/** Returns the shape of an operation's JSON answer of success; where none is documented as success, that of `default`. */
function answerShape({ shape }: ModelParts, operation: Operation): Shape | undefined {
  const reply = successOf(operation) ?? replyFor(operation, 200)
  const schema = reply?.content.find(({ mediaType }) => isJson(mediaType) || /\*/.test(mediaType))?.schema
  return schema === undefined ? undefined : shape(schema)
}

function bodyShape({ shape }: ModelParts, operation: Operation): Shape | undefined {
  const schema = operation.body?.content.find((content) => content.schema !== undefined)?.schema
  return schema === undefined ? undefined : shape(schema)
}

/** Methods by which a call may do what its name says. */
const methodsOf = {
  list: ['GET', 'QUERY', 'POST'],
  search: ['GET', 'QUERY', 'POST'],
  get: ['GET', 'POST'],
  create: ['POST', 'PUT'],
  update: ['POST', 'PUT', 'PATCH'],
  delete: ['POST', 'DELETE'],
} as const satisfies Record<string, readonly string[]>

/** Tells whether a method asks and changes nothing; QUERY says in its body what it asks for (OpenAPI 3.2). */
const isReading = (method: string): boolean => method === 'GET' || method === 'QUERY'

/** Methods that say by themselves what they do; any other one is an action of its own name. */
const standard = new Set(['GET', 'QUERY', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** Words of a path that ask for items by something else than their key. */
const searching = /^(?:search|find|query|lookup|filter|by[-_]?\w+)$/i

/** Words of a path that say only how a collection is shown: `/accounts/pagination` lists accounts. */
const showing = /^(?:pagination|paginated|paged|pages?)$/i

const collectionOf = ({ method }: Operation, segments: readonly Segment[]): readonly Segment[] =>
  method === 'GET' && segments.length > 1 && showing.test(segments.at(-1)?.text ?? '')
    ? segments.slice(0, -1)
    : segments

const isPlural = (text: string): boolean => {
  const last = wordsOf(text).at(-1) ?? ''
  return singularOf(last) !== last
}

/** An operation with the segments of its path and the shapes of its bodies. */
interface PathReading {
  readonly operation: Operation
  readonly segments: readonly Segment[]
  /** Its path with parameters unnamed. */
  readonly place: string
  readonly answer: Shape | undefined
  readonly body: Shape | undefined
}

/** Operations put together by collection, and those that no rule understands. */
interface Groups {
  readonly groups: OperationGroup[]
  readonly unknown: { operation: Operation; why: string }[]
}

/** Reads what each operation does from its path and method, and puts together those of one collection. */
export const groupsOf = (model: ModelParts): Groups => new PathReader(model).group()

/** Tells whether a path ends in the key of an item. */
const endsInKey = ({ segments }: PathReading): boolean =>
  segments.at(-1)?.parameter !== undefined && segments.length > 1 && !searching.test(segments.at(-2)?.text ?? '')

/** Reads paths beside each other: what one says depends on which others there are. */
class PathReader {
  private readonly all: readonly PathReading[]
  /** Places that have items below them. */
  private readonly collections: ReadonlySet<string>
  /** Places whose GET answers items. */
  private readonly lists: ReadonlySet<string>

  constructor(model: ModelParts) {
    this.all = model.operations
      .filter(({ method }) => !['OPTIONS', 'HEAD', 'TRACE'].includes(method))
      .map((operation) => {
        const segments = collectionOf(operation, segmentsOf(operation.path))
        return {
          operation,
          segments,
          place: pathPattern(segments),
          answer: answerShape(model, operation),
          body: bodyShape(model, operation),
        }
      })
    this.collections = new Set(this.all.filter(endsInKey).map(({ segments }) => pathPattern(segments.slice(0, -1))))
    this.lists = new Set(
      this.all.filter((one) => isReading(one.operation.method) && this.holdsItems(one)).map(({ place }) => place),
    )
  }

  private holdsItems({ segments, place, answer }: PathReading): boolean {
    const last = segments.findLast(({ parameter }) => parameter === undefined)
    const names = [nounOf(last?.text ?? ''), callOf(last?.text ?? '').noun]
    return (
      answer !== undefined &&
      names.some(
        (noun) =>
          itemsIn(answer, noun, undefined, { isList: this.collections.has(place) && !this.isItem(place, answer) }) !==
          undefined,
      )
    )
  }

  /** `GET /accounts?externalKey=…` may answer the account itself, whatever this.lists it has. */
  private isItem(place: string, { pointer }: Shape): boolean {
    return this.all.some(
      (other) =>
        endsInKey(other) &&
        other.operation.method === 'GET' &&
        other.answer?.pointer === pointer &&
        pathPattern(other.segments.slice(0, -1)) === place,
    )
  }

  /** `POST /invoices/{id}/payments` that answers the invoice itself changes it, and keeps nothing of its own. */
  private answersAbove({ segments, answer }: PathReading): boolean {
    const item = pathPattern(segments.slice(0, -1))
    return (
      answer !== undefined &&
      this.all.some(
        ({ place, operation, answer: own }) =>
          operation.method === 'GET' && place === item && own?.pointer === answer.pointer,
      )
    )
  }

  /** `/bills/{id}`: what is done to one item. */
  private keyedDraft(one: PathReading, last: Segment): OperationDraft {
    const { operation, segments, answer, body } = one
    const { method } = operation
    const base = { operation, answer, body }
    const at = segments.slice(0, -1)
    const parameter = last.parameter as string
    if (last.verb !== undefined) return { ...base, does: 'action', verb: last.verb, at, parameter }
    // `/usage/customer/{customer_id}`: the only usage of a customer.
    if (
      method === 'GET' &&
      !this.all.some((other) => other.place === pathPattern(at)) &&
      this.all.some(
        (other) =>
          endsInKey(other) &&
          pathPattern(other.segments.slice(0, -1)) !== pathPattern(at) &&
          isKeyOf(parameter, nounIn(other.segments)),
      )
    )
      return { ...base, does: 'get', at: segments }
    if (!standard.has(method)) return { ...base, does: 'action', verb: method.toLowerCase(), at, parameter }
    return { ...base, does: itemAct(one), at, parameter }
  }

  private draftOf(one: PathReading): OperationDraft | string {
    const { operation, segments, place, answer, body } = one
    const { method } = operation
    const last = segments.at(-1)
    const base = { operation, answer, body }
    if (!last) return 'it has no path'
    if (endsInKey(one)) return this.keyedDraft(one, last)
    const above = segments.slice(0, -1)
    if (last.parameter !== undefined)
      return method === 'GET' ? { ...base, does: 'list', at: above.slice(0, -1) } : 'its path names no collection'
    if (last.verb !== undefined) return { ...base, does: 'action', verb: last.verb, at: segments }
    const call = callOf(last.text)
    const isCalled =
      call.does !== undefined && call.noun !== '' && (methodsOf[call.does] as readonly string[]).includes(method)
    if (isCalled && this.lists.has(place) && !this.collections.has(place) && !this.collections.has(pathPattern(above)))
      return this.callDraft(one, call)
    if (this.collections.has(place) || this.lists.has(place)) {
      if (isReading(method)) return { ...base, does: this.holdsItems(one) ? 'list' : 'get', at: segments }
      if (method === 'POST' || (method === 'PUT' && this.collections.has(place)))
        return { ...base, does: 'create', at: segments }
      return { ...base, does: 'action', verb: method.toLowerCase(), at: segments }
    }
    const key = above.at(-1)?.parameter
    if (key !== undefined && this.collections.has(pathPattern(above.slice(0, -1)))) {
      if (method === 'GET' || this.all.some((other) => other.place === place && other.operation.method === 'GET'))
        return { ...base, does: singletonAct(method), at: segments }
      if (method === 'POST' && isPlural(last.text) && !this.answersAbove(one))
        return { ...base, does: 'create', at: segments }
      return { ...base, does: 'action', verb: last.text, at: above.slice(0, -1), parameter: key }
    }
    const abovePlace = pathPattern(above)
    if (this.collections.has(abovePlace) || this.lists.has(abovePlace)) {
      if (
        this.holdsItems(one) &&
        (isReading(method) || searching.test(last.text) || callOf(last.text).does === 'search')
      )
        return { ...base, does: 'list', at: above }
      return { ...base, does: 'action', verb: last.text, at: above }
    }
    if (isCalled) return this.callDraft(one, call)
    const asked = this.askedAside(one)
    if (asked) return { ...base, does: 'list', at: asked }
    if (method === 'POST' && isPlural(last.text)) return { ...base, does: 'create', at: segments }
    if (
      method === 'GET' ||
      this.all.some((other) => other.place === place && other.operation.method === 'GET') ||
      method === 'PUT' ||
      method === 'PATCH'
    )
      return { ...base, does: singletonAct(method), at: segments }
    return 'neither path nor method says what it does'
  }

  /** `/query` beside `/invoice/{id}`: lists what stands in its answer, where that has no list of its own. */
  private askedAside({ operation, segments, answer }: PathReading): readonly Segment[] | undefined {
    const above = segments.slice(0, -1)
    if (!isReading(operation.method) || !answer || !searching.test(segments.at(-1)?.text ?? '')) return undefined
    return this.all
      .filter((other) => endsInKey(other) && other.operation.method === 'GET')
      .map((other) => other.segments.slice(0, -1))
      .find(
        (at) =>
          at.length === segments.length &&
          pathPattern(at.slice(0, -1)) === pathPattern(above) &&
          !this.lists.has(pathPattern(at)) &&
          itemsIn(answer, nounIn(at)) !== undefined,
      )
  }

  /** `/search-invoices`, `/getInvoice`: what is done stands in the path. */
  private callDraft(one: PathReading, { does, noun }: ReturnType<typeof callOf>): OperationDraft | string {
    const { operation, segments, answer, body } = one
    const above = segments.slice(0, -1)
    const sibling = this.all.find(
      (other) =>
        other !== one &&
        pathPattern(other.segments.slice(0, above.length)) === pathPattern(above) &&
        this.collections.has(pathPattern(other.segments.slice(0, above.length + 1))) &&
        nounOf(other.segments[above.length]?.text ?? '') === noun,
    )
    const at = sibling ? sibling.segments.slice(0, above.length + 1) : [...above, { text: noun }]
    const base = { operation, answer, body, at }
    if (
      does === 'search' ||
      does === 'list' ||
      (does === 'get' && answer && itemsIn(answer, noun) && !keyInRequest(operation, body, noun))
    )
      return answer && itemsIn(answer, noun) ? { ...base, does: 'list' } : 'its answer holds no list'
    return { ...base, does: does ?? 'action' }
  }

  group(): Groups {
    const unknown: { operation: Operation; why: string }[] = []
    const byKey = new Map<string, OperationDraft[]>()
    for (const one of this.all) {
      const draft = this.draftOf(one)
      if (typeof draft === 'string') {
        unknown.push({ operation: one.operation, why: draft })
        continue
      }
      const key = keyOfPlace(draft.at)
      byKey.set(key, [...(byKey.get(key) ?? []), draft])
    }
    const groups = [...byKey].map(([key, drafts]): OperationGroup => {
      const at = (drafts.find(({ does }) => does === 'list') ?? drafts[0])?.at ?? []
      const singleton =
        drafts.every(
          ({ does, parameter }) =>
            does !== 'list' && does !== 'create' && parameter === undefined && !isCall(does, drafts),
        ) && drafts.some(({ does }) => does === 'get' || does === 'replace' || does === 'update')
      return { key, noun: nounIn(at), at, singleton, drafts }
    })
    return { groups, unknown }
  }
}

/** Singular and plural are one place: `/services` and `/service/{id}`. */
export const keyOfPlace = (at: readonly Segment[]): string =>
  at.at(-1)?.parameter === undefined
    ? `${pathPattern(at.slice(0, -1))}/${nounOf(at.at(-1)?.text ?? '')}`
    : pathPattern(at)

/** Calls name their item in the query or the body. */
const isCall = (does: ResourceAct, drafts: readonly OperationDraft[]): boolean =>
  does === 'get' && drafts.some(({ operation, body, at }) => keyInRequest(operation, body, nounIn(at)))

function itemAct({
  operation: { method },
  answer,
  body,
}: {
  operation: Operation
  answer: Shape | undefined
  body: Shape | undefined
}): ResourceAct {
  if (isReading(method)) return 'get'
  if (method === 'DELETE') return 'delete'
  if (method === 'PUT') return 'replace'
  if (method === 'PATCH') return 'update'
  return (body ?? answer) ? 'update' : 'action'
}

const singletonAct = (method: string): ResourceAct =>
  method === 'GET' ? 'get' : method === 'DELETE' ? 'delete' : method === 'PUT' ? 'replace' : 'update'
