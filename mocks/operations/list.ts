import type { Entry, Page } from '../../factories/index.ts'
import { readWords } from '../../spec/index.ts'
import { answer, parameterFor, valueFor } from '../context.ts'
import type { Context, Resolver } from '../context.ts'
import { cursorAt, readCursor } from '../cursor.ts'
import type { FacetName } from '../facets.ts'
import { conditionsOf } from '../filter.ts'
import { Refusal } from '../refusal.ts'
import { finderFor } from '../search.ts'

/** Answers a page of invoices: filtered, sorted and cut by the API's own parameters. */
export const listInvoices: Resolver = (context) => {
  const { business } = context
  const found = finderFor(context).find({
    conditions: conditionsOf(context),
    sortBy: sortOf(context),
    descending: isDescending(context),
  })
  const { offset, size, page } = cut(context, found)
  const invoices = Array.from(found.subarray(offset, offset + size), (index) => business.find(index) as Entry)
  return answer(context, { page: { ...page, invoices } })
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

interface Cut {
  readonly offset: number
  readonly size: number
  readonly page: Omit<Page, 'invoices'>
}

/** Page size where the document states no default. */
const usual = 50

function cut(context: Context, found: Uint32Array): Cut {
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

function byCursor(context: Context, found: Uint32Array, size: number): Cut {
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
