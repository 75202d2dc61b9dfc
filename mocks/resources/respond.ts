import type { Answers, Item } from '../../factories/index.ts'
import { isJson, isObject, putAt, usualReply } from '../../spec/index.ts'
import type { Envelope, ResourceOperation } from '../../spec/index.ts'
import { answer as answerWith } from '../context.ts'
import type { Answer } from '../context.ts'
import { csvOf } from '../representation/csv.ts'
import { shownInvoice } from './books.ts'
import { envelopeFor } from './envelope.ts'
import { locationOf } from './location.ts'
import type { Cut } from './page.ts'
import { project } from './project.ts'
import type { Asked } from './resolve.ts'
import { withSent } from './sent.ts'

/** Returns an item as an answer's schema shows it. */
export function show(
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
  const shown = project(model, made, item, model.shape(pointer), model.shape(resource.schema), index % 4_294_967_296)
  if (wrap.length === 0) return shown
  const element: Item = {}
  putAt(element, wrap, shown)
  return element
}

/** Answers with one item, in the form the operation documents. */
export function respond(asked: Asked, { index, item }: { readonly index: number; readonly item: Item }): Answer {
  const { operation } = asked
  const { answer: envelope } = operation
  const location = operation.does === 'create' ? locationOf(asked, item) : undefined
  const headers = location === undefined ? undefined : { location }
  if (!envelope) {
    const other = answerWith(asked.context, { key: index % 4_294_967_296 })
    return headers ? { ...other, headers: { ...other.headers, ...headers } } : other
  }
  const shown = show(asked, envelope, index, item)
  const answered = reply(asked, envelope.many ? [shown] : shown, undefined, partsOf(asked, index))
  return headers ? { ...answered, headers: { ...answered.headers, ...headers } } : answered
}

/** Returns what of an invoice stands beside it in an answer, `{ header, lines, taxes }`, by name; nothing where the item is all there is. */
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
export function reply({ context, operation }: Asked, content: unknown, page?: Cut, beside: Item = {}): Answer {
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
export const conflict = ({ operation }: ResourceOperation): number =>
  operation.replies.some(({ status }) => status === '409')
    ? 409
    : operation.replies.some(({ status }) => status === '422')
      ? 422
      : 409
