// Asks for single objects, unknown ids and unchanged objects.

import { replyFor } from '../../spec/index.ts'
import type { Binding, BusinessObject, Operation, Parameter } from '../../spec/index.ts'
import type { KnownItems, PathValues } from './known-items.ts'
import type { Listed } from './lists.ts'
import type { CheckOptions } from './options.ts'
import { statedFor } from './request.ts'
import type { Ask } from './request.ts'
import { mayBeAnything, breach } from './rules.ts'
import type { Expectation } from './rules.ts'
import type { CheckedExchange } from './run.ts'
import { shortText } from '../violation.ts'
import type { Session } from './session.ts'
import type { AskedFor } from '../law.ts'
import { noIdKnown, noIdKnownFor } from '../report.ts'
import { nilUuid, resolvedSchema, typeBesideNull } from '../samples.ts'

/** An object to ask for. */
export interface KnownInvoice {
  /** The invoice as a list or a claim showed it, where one did. */
  readonly listed?: Listed
  /** Given by the caller; wins over what the list shows. */
  readonly id?: string
}

/** Returns the path parameters of an operation whose values the caller does not state. */
export const openIn = (
  operation: Operation,
  { parameters = {} }: Pick<CheckOptions, 'parameters'> = {},
): readonly Parameter[] =>
  operation.parameters.filter(
    (parameter) => parameter.in === 'path' && statedFor(operation, parameter.name, parameters) === undefined,
  )

/** Returns the path parameter that names an invoice. */
export const idParameter = (
  operation: Operation,
  known: Pick<KnownItems, 'namesInvoice' | 'areOfAnything'>,
  options?: Pick<CheckOptions, 'parameters'>,
): Parameter | undefined => {
  const open = openIn(operation, options)
  const named = open.find((parameter) => known.namesInvoice(operation, parameter))
  return named ?? (known.areOfAnything && open.length === 1 ? open[0] : undefined)
}

/** Returns the id that a parameter takes: an object may have several, a number inside and a token outside. */
export function invoiceIdOf(object: BusinessObject, binding: Binding | undefined): unknown {
  const ids = object.all('invoice.id')
  return (ids.find((id) => id.binding.as === binding?.as) ?? ids[0])?.raw
}

/** One object to ask for: the values of the path, and the invoice that they name, where they name one. */
export interface ItemAsk {
  readonly values: PathValues
  readonly target?: KnownInvoice
}

/** Returns what to ask an operation for: invoices that are known, or objects that answers have shown. */
function itemsFor(session: Session, operation: Operation, targets: readonly KnownInvoice[]): readonly ItemAsk[] {
  const { known, options } = session
  const most = options.maxGets ?? 3
  const open = openIn(operation, options)
  const parameter = idParameter(operation, known, options)
  if (!parameter) return known.valuesFor(operation, open, most).map((values) => ({ values }))
  const others = open.filter((other) => other !== parameter)
  const [around] = others.length === 0 ? [{}] : known.valuesFor(operation, others, 1)
  if (!around) return []
  return targets.flatMap((target) => {
    const id = target.id ?? (target.listed && invoiceIdOf(target.listed.object, parameter.binding))
    return id === undefined ? [] : [{ values: { ...around, [parameter.name]: id }, target }]
  })
}

/** Asks for objects one by one; an invoice has to be the one asked for, and what its list entry said. Returns what was asked for. */
export async function checkGets(
  session: Session,
  operation: Operation,
  targets: readonly KnownInvoice[],
): Promise<readonly ItemAsk[]> {
  const items = itemsFor(session, operation, targets).slice(0, session.options.maxGets ?? 3)
  if (items.length === 0) session.skip(operation.id, reasonFor(session, operation))
  const parameter = idParameter(operation, session.known, session.options)
  for (const [index, { values, target }] of items.entries()) {
    const entry = target?.listed?.entry
    const asked: AskedFor =
      operation.does === 'get' && parameter ? { id: values[parameter.name], ...(entry !== undefined && { entry }) } : {}
    const ask = { operation, values }
    const exchange = await session.send(ask, { asked })
    if (index === 0) await checkCondition(session, ask, exchange)
  }
  return items
}

/** Returns why an operation cannot be asked for an object. */
function reasonFor({ known, options }: Session, operation: Operation): string {
  const open = openIn(operation, options)
  return open.length === 1 && idParameter(operation, known, options)
    ? noIdKnown
    : noIdKnownFor(open.map(({ name }) => name))
}

/** A 404, or where that is not documented any refusal. */
const mustBeMissing = ({ replies }: Operation): Expectation => {
  const isDocumented = replies.some(({ status }) => status === '404')
  return isDocumented ? { code: 'PF-UNKNOWN', expected: '404', allows: (status) => status === 404 } : anyRefusal
}

const anyRefusal: Expectation = {
  code: 'PF-UNKNOWN',
  expected: 'a status of refusal',
  allows: (status) => status >= 400 && status < 500,
}

/** Asks for an object that is not there: for an invoice, or for what is like one that is known. */
export async function checkUnknown(session: Session, operation: Operation, items: readonly ItemAsk[]): Promise<void> {
  const open = openIn(operation, session.options)
  const named = idParameter(operation, session.known, session.options)
  const parameter = named ?? open.at(-1)
  const [first] = items
  if (!parameter || (!first && (!named || open.length > 1))) return
  const unknown = unknownId(session, parameter, first?.values[parameter.name])
  await session.send(
    { operation, values: { ...first?.values, [parameter.name]: unknown } },
    { expect: named ? mustBeMissing(operation) : anyRefusal, parameter },
  )
}

/** An id of the same form as a known one, so that it is well formed but belongs to nothing. */
function unknownId(
  { model: { document, representation } }: Session,
  { binding, schema }: Parameter,
  known: unknown,
): unknown {
  const stated = resolvedSchema(document, schema)
  if (stated.format === 'uuid' || (binding?.as ?? representation.id) === 'uuid') return nilUuid
  if (typeBesideNull(stated) === 'integer') return typeof stated.maximum === 'number' ? stated.maximum : 2_147_483_647
  const text = typeof known === 'string' || typeof known === 'number' ? String(known) : 'unknown'
  const body = text.includes('_') ? text.slice(text.indexOf('_') + 1) : text
  const unlike = (digit: string): string =>
    text.slice(0, text.length - body.length) +
    body.replace(/[0-9]/g, digit).replace(/[a-z]/g, 'z').replace(/[A-Z]/g, 'Z')
  return unlike('0') === text ? unlike('9') : unlike('0')
}

/**
 * Where an answer carries an entity tag, asks for the same again unless it has changed: 304 (RFC 9110, 13.1.2). A server that
 * answers in full costs only time, so that is a warning; an object that did change in between is none. One that answers 304 to any
 * entity tag keeps what has changed from those who ask.
 */
export async function checkCondition(
  session: Session,
  ask: Ask,
  { isSuccess, headers, json }: CheckedExchange,
): Promise<void> {
  const tag = headers?.get('etag')
  if (!isSuccess || !tag || ask.operation.method !== 'GET') return
  const isDocumented = replyFor(ask.operation, 304)?.status === '304'
  const exchange = await session.send(
    { ...ask, headers: { 'if-none-match': tag } },
    {
      expect: {
        code: 'PF-ETAG',
        expected: '304',
        allows: (status) => status === 304 || (status >= 200 && status < 300),
        isBare: (status) => status === 304 && !isDocumented,
      },
    },
  )
  if (exchange.status === 304) await checkOther(session, ask)
  const other = exchange.isSuccess ? exchange.headers?.get('etag') : undefined
  if (other && other !== tag && JSON.stringify(exchange.json) === JSON.stringify(json))
    exchange.report({
      ...breach('PF-ETAG', `${shortText(tag)}, as before`, shortText(other)),
      says: 'an object that has not changed has the same entity tag',
      severity: 'warning',
    })
  if (other === tag)
    exchange.report({ ...breach('PF-ETAG', '304', `${exchange.status} with the same entity tag`), severity: 'warning' })
}

/** Asks for an entity tag that the object has never had. */
async function checkOther(session: Session, ask: Ask): Promise<void> {
  const exchange = await session.send(
    { ...ask, headers: { 'if-none-match': '"proforma-never-sent"' } },
    { expect: { ...mayBeAnything, isBare: (status) => status === 304 } },
  )
  if (exchange.status === 304)
    exchange.report({
      ...breach('PF-ETAG', 'a full answer', '304'),
      says: 'an entity tag that the object never had is answered in full',
    })
}
