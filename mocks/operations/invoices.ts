// What operations do to invoices: list, get, create, update, delete, sync, pay, void.

import { Failure, isJson, readWords } from '../../spec/index.ts'
import type { Entry, Pins, Page } from '../../factories/index.ts'
import { writeAnswer, invoiceOf, valueFor, Refusal, parameterFor } from '../context.ts'
import type { Context, Resolver } from '../context.ts'
import { cursorAt, readCursor } from '../resources/page.ts'
import { pinsOf } from './pins.ts'
import type { Business } from '../state/business.ts'
import type { FacetName } from './finder.ts'
import { conditionsOf } from './filter.ts'
import { finderFor } from './finder.ts'

/** Answers one invoice. */
export const getInvoice: Resolver = (context) => {
  const nulls = valueFor(context, 'answer.includeNull')
  return writeAnswer(context, { invoice: invoiceOf(context), ...(typeof nulls === 'boolean' && { nulls }) })
}

/** Creates an invoice from what the body states; the rest is derived. */
export const createInvoice: Resolver = (context) => {
  const invoice = lawful(context, () => context.business.create(pinsInBody(context)))
  return writeAnswer(context, { invoice })
}

/** Changes an invoice; sums follow. */
export const updateInvoice: Resolver = (context) => {
  const before = invoiceOf(context)
  const pins = pinsInBody(context, before)
  return writeAnswer(context, { invoice: lawful(context, () => context.business.amend(before, pins)) })
}

export const deleteInvoice: Resolver = (context) => {
  const invoice = invoiceOf(context)
  context.business.delete(invoice)
  return writeAnswer(context, { invoice })
}

/** Brings an invoice up to date with the accounting system: the next list shows it. */
export const syncInvoice: Resolver = (context) =>
  writeAnswer(context, { invoice: context.business.sync(invoiceOf(context)) })

/** States in which an invoice can be paid. */
export const payable: readonly Entry['status'][] = ['open', 'overdue', 'processing', 'uncollectible']

/** Settles an invoice in full. */
export const payInvoice: Resolver = (context) => {
  const before = invoiceOf(context)
  if (!payable.includes(before.status)) throw new Refusal(400, 'Invoice is not due')
  return writeAnswer(context, { invoice: lawful(context, () => settle(context.business, before)) })
}

/** Pays what is owed of an invoice, now. @throws Failure naming the law that this breaks */
export const settle = (business: Business, invoice: Entry): Entry =>
  business.amend(invoice, { status: 'paid', paidAt: business.tick() })

/** Voids an invoice for which no money has arrived. */
export const voidInvoice: Resolver = (context) => {
  const before = invoiceOf(context)
  if (before.status === 'void') return writeAnswer(context, { invoice: before })
  if (before.paid !== 0) throw new Refusal(400, 'An invoice for which money has arrived cannot be voided')
  return writeAnswer(context, {
    invoice: lawful(context, () =>
      context.business.amend(before, { status: 'void', voidedAt: context.business.tick() }),
    ),
  })
}

/** Returns the pins in a request's body. */
export function pinsInBody(context: Context, before?: Entry): Pins {
  const schema = context.operation.body?.content.find(({ mediaType }) => isJson(mediaType))?.schema
  return schema === undefined || context.body === undefined ? {} : pinsOf(context, schema, context.body, before)
}

/** What breaks a law is the client's to mend: 422 where the document has it, else 400. */
export function lawful<T>({ operation }: Pick<Context, 'operation'>, change: () => T): T {
  try {
    return change()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Refusal(unlawful(operation), error.message)
  }
}

/** Returns the status for what is well-formed and cannot be. */
export const unlawful = ({ replies }: Context['operation']): number =>
  replies.some(({ status }) => status === '422') ? 422 : 400

/** Answers a page of invoices: filtered, sorted and cut by the API's own parameters. */
export const listInvoices: Resolver = (context) => {
  const { business } = context
  const found = finderFor(context).find({
    conditions: conditionsOf(context),
    sortBy: sortOf(context),
    descending: isDescending(context),
  })
  const { offset, size, page } = pageOf(context, found)
  const invoices = Array.from(found.subarray(offset, offset + size), (index) => business.find(index) as Entry)
  return writeAnswer(context, { page: { ...page, invoices } })
}

function sortOf(context: Context): FacetName | undefined {
  const parameter = parameterFor(context.operation, 'sort.by')
  const value = parameter && context.values[parameter.name]
  const role =
    value === undefined
      ? undefined
      : Object.entries(parameter?.binding?.values ?? {}).find(([, word]) => word === value)?.[0]
  return role === undefined ? undefined : context.model.vocabulary.parse(role)
}

/** Unsorted lists are newest first; a default order counts only with something to sort by. */
function isDescending(context: Context): boolean {
  const parameter = parameterFor(context.operation, 'sort.order')
  const value = parameter && context.values[parameter.name]
  const isAsked =
    parameter !== undefined &&
    (sortOf(context) !== undefined || new URL(context.request.url).searchParams.has(parameter.name))
  if (!isAsked || value === undefined || !parameter.binding) return sortOf(context) === undefined
  return readWords(parameter.binding, value).includes('desc')
}

interface PageOfInvoices {
  readonly offset: number
  readonly size: number
  readonly page: Omit<Page, 'invoices'>
}

/** Page size where the document states no default. */
const usual = 50

function pageOf(context: Context, found: Uint32Array): PageOfInvoices {
  const total = found.length
  const isWhole = valueFor(context, 'page.unlimited') === true
  const size = isWhole ? Math.max(1, total) : Number(valueFor(context, 'page.size') ?? usual)
  if (parameterFor(context.operation, 'page.cursor')) return byCursor(context, found, size)
  const parameter = parameterFor(context.operation, 'page.number')
  const number =
    Number((parameter && context.values[parameter.name]) ?? parameter?.binding?.base ?? 0) -
    (parameter?.binding?.base ?? 0)
  return { offset: number * size, size, page: { number, size, total } }
}

function byCursor(context: Context, found: Uint32Array, size: number): PageOfInvoices {
  const offset = startOf(context, found)
  const total = found.length
  return {
    offset,
    size,
    page: {
      size,
      total,
      ...(offset + size < total && { nextCursor: cursorAt(found, offset + size) }),
      ...(offset > 0 && { previousCursor: cursorAt(found, Math.max(0, offset - size)) }),
    },
  }
}

/** Returns where the page begins that a request asks for by a cursor: 0 without one. @throws Refusal 400 for a text that is none. */
export function startOf(context: Context, items: readonly number[] | Uint32Array): number {
  const cursor = valueFor(context, 'page.cursor')
  const start = cursor === undefined || cursor === '' ? 0 : readCursor(items, String(cursor))
  if (start !== undefined) return start
  throw new Refusal(
    400,
    `Parameter "${parameterFor(context.operation, 'page.cursor')?.name}": expected a cursor of an earlier page but received ${JSON.stringify(cursor)}.`,
  )
}
