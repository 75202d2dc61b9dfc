// Answers with items of a resource, in the form that the operation documents.

import { leafAt } from '../../factories/index.ts'
import type { Answers, Item } from '../../factories/index.ts'
import { isJson, isObject, putAt, usualReply, valueAt } from '../../spec/index.ts'
import type { Envelope, Resource, ResourceOperation, Shape } from '../../spec/index.ts'
import { writeAnswer as answerWith } from '../context.ts'
import type { OperationAnswer, Context } from '../context.ts'
import { baseHeader, clientUrl } from '../http/routes.ts'
import { csvOf } from '../representation/represent.ts'
import { shownInvoice } from './collection.ts'
import { envelopeFor, projectItem } from './envelope.ts'
import type { CutPage } from './page.ts'
import type { Asked } from './resolve.ts'
import { withSent } from './sent.ts'

/** Returns an item as an answer's schema shows it. */
export function shownItem(
  { context, resource, ledger }: Asked,
  { item: pointer, wrap }: Envelope,
  index: number,
  item: Item,
): unknown {
  const { model, answers } = context
  const own = ledger && ledger.business.find(index)
  const made: Answers = own
    ? {
        ...answers,
        build: (at, subject) =>
          at === pointer
            ? withSent(ledger, resource, index, at, shownInvoice(ledger, at, own))
            : answers.build(at, subject),
      }
    : answers
  const shown = projectItem(
    model,
    made,
    item,
    model.shape(pointer),
    model.shape(resource.schema),
    index % 4_294_967_296,
  )
  const told = isObject(shown) ? asJsonApi({ context, resource }, model.shape(pointer), item, shown) : shown
  if (wrap.length === 0) return told
  const element: Item = {}
  putAt(element, wrap, told)
  return element
}

/** A resource object of JSON:API 1.1 (7.2) says of which type it is, and where it is found. */
function asJsonApi(
  { context, resource }: Pick<Asked, 'context' | 'resource'>,
  shape: Shape,
  item: Item,
  shown: Item,
): Item {
  const { properties } = shape
  const type = properties.get('type')
  if (!type || !properties.has('id') || !(properties.has('attributes') || properties.has('relationships'))) return shown
  const { words, constant } = leafAt(context.model.document, type.pointer)
  const self = selfOf(context, resource, item)
  const links = isObject(shown.links) && properties.get('links')?.properties.has('self') ? shown.links : undefined
  return {
    ...shown,
    ...(!words && !constant && { type: resource.name.split('/').at(-1) ?? resource.name }),
    ...(links && self !== undefined && { links: { ...links, self } }),
  }
}

/** Returns the address at which an item is got, where the path asks for nothing that this request does not say. */
function selfOf({ values, request }: Context, { operations, identity }: Resource, item: Item): string | undefined {
  const get = operations.find(({ does, key }) => does === 'get' && key?.in === 'path')
  const id = identity && valueAt(item, identity)
  if (!get?.key || id === undefined) return undefined
  const { name } = get.key
  const path = get.operation.path.replace(/\{([^}]+)\}/g, (whole, parameter: string) => {
    const value = parameter === name ? id : values[parameter]
    return value === undefined ? whole : encodeURIComponent(String(value))
  })
  if (path.includes('{')) return undefined
  const { origin } = new URL(request.url)
  return `${origin}${request.headers.get(baseHeader) ?? ''}${path}`
}

/** Answers with one item, in the form the operation documents. */
export function answerWithItem(
  asked: Asked,
  { index, item }: { readonly index: number; readonly item: Item },
): OperationAnswer {
  const { operation } = asked
  const { answer: envelope } = operation
  const location = operation.does === 'create' ? locationOf(asked, item) : undefined
  const headers = location === undefined ? undefined : { location }
  if (!envelope) {
    const other = answerWith(asked.context, { key: index % 4_294_967_296 })
    return headers ? { ...other, headers: { ...other.headers, ...headers } } : other
  }
  const shown = shownItem(asked, envelope, index, item)
  const answered = answerAround(asked, envelope.many ? [shown] : shown, undefined, partsOf(asked, index))
  return headers ? { ...answered, headers: { ...answered.headers, ...headers } } : answered
}

/** Returns the parts of an invoice that an answer has beside it, `{ header, lines, taxes }`, by name; empty where the item is all there is. */
function partsOf({ context, resource, operation: { answer: envelope }, ledger }: Asked, index: number): Item {
  const [first] = envelope?.path ?? []
  const invoice = ledger?.business.find(index)
  const schema = usualReply(context.operation).reply?.content.find(({ mediaType }) => isJson(mediaType))?.schema
  if (!ledger || !invoice || first === undefined || schema === undefined) return {}
  const parts = [...ledger.model.shape(schema).properties].filter(([name, { binding }]) => name !== first && binding)
  if (parts.length === 0) return {}
  const whole = withSent(ledger, resource, index, schema, shownInvoice(ledger, schema, invoice), 'body')
  return Object.fromEntries(parts.flatMap(([name]) => (whole[name] === undefined ? [] : [[name, whole[name]]])))
}

/** Writes an answer of success around its content, with what else stands there. */
export function answerAround(
  { context, operation }: Asked,
  content: unknown,
  page?: CutPage,
  beside: Item = {},
): OperationAnswer {
  const { model, answers } = context
  const documented = usualReply(context.operation).reply
  const media = documented?.content.find(({ mediaType }) => isJson(mediaType) || mediaType.includes('*'))
  const isRange = !/^\d+$/.test(documented?.status ?? '')
  const status = isRange && operation.does === 'create' ? 201 : usualReply(context.operation).status
  const sent = context.media
  if (!media?.schema || !operation.answer || !sent) return answerWith(context, {})
  if (sent.type.endsWith('/csv') && Array.isArray(content))
    return { status, mediaType: sent.type, text: csvOf(content) }
  // Another representation of the same thing may have another schema.
  const isSame =
    sent.content === media ||
    (sent.content.schema !== undefined &&
      model.shape(sent.content.schema).pointer === model.shape(media.schema).pointer)
  if (!isJson(sent.type) || !isSame) return answerWith(context, {})
  const body = envelopeFor(model, answers, model.shape(media.schema), {
    status,
    path: operation.answer.path,
    content,
    ...(operation.paging && { paging: operation.paging }),
    ...(page && { facts: page.facts }),
  })
  if (isObject(body)) Object.assign(body, beside)
  const link = Object.entries(page?.links ?? {})
    .map(([rel, address]) => `<${address}>; rel="${rel}"`)
    .join(', ')
  const total = documented?.headers.find(({ name }) => /total/i.test(name))
  return {
    status,
    mediaType: sent.type,
    text: JSON.stringify(body),
    headers: {
      ...(page && link !== '' && documented?.headers.some(({ name }) => name.toLowerCase() === 'link') && { link }),
      ...(page && total && { [total.name.toLowerCase()]: String(page.facts.total) }),
    },
  }
}

/** Returns the status of a refusal because of what stands in the way: 409 or 422, as the document has it. */
export const conflictStatus = ({ operation }: ResourceOperation): number =>
  operation.replies.some(({ status }) => status === '409')
    ? 409
    : operation.replies.some(({ status }) => status === '422')
      ? 422
      : 409

/** Returns the address of a created item, where the answer documents the header (RFC 9110, 10.2.2). */
function locationOf({ context, resource }: Asked, item: Item): string | undefined {
  const documented = usualReply(context.operation).reply?.headers.some(({ name }) => name.toLowerCase() === 'location')
  const id = resource.identity && valueAt(item, resource.identity)
  if (!documented || id === undefined) return undefined
  const { origin, pathname } = clientUrl(context.request)
  return `${origin}${pathname.replace(/\/$/, '')}/${encodeURIComponent(String(id))}`
}
