// Pages of lists by the parameters of an API: numbers, offsets, cursors, links.

import type { PageFact, ResourceOperation } from '../../spec/index.ts'
import { Refusal } from '../context.ts'

/** A part of a list, and what an envelope says of it. */
export interface CutPage {
  readonly indices: readonly number[]
  readonly facts: Readonly<Partial<Record<PageFact, unknown>>>
  /** Addresses of other pages, for `Link` headers (RFC 8288). */
  readonly links: Readonly<Partial<Record<'next' | 'prev' | 'first' | 'last', string>>>
}

/** What a list is cut by. */
interface Cutting {
  readonly operation: ResourceOperation
  readonly values: Readonly<Record<string, unknown>>
  /** Address of the request, for links to other pages. */
  readonly url: string
  /** Returns the number of the item that a cursor names, where cursors are identities. */
  readonly indexOf: (identity: unknown) => number | undefined
  /** Returns the identity of an item, for cursors that are identities. */
  readonly identityOf: (index: number) => unknown
}

/** Cuts a list into the page that a request asks for, each item on exactly one page. @throws Refusal 400 for a cursor that is none. */
export function cutPage(all: readonly number[], cutting: Cutting): CutPage {
  const { operation, values, url } = cutting
  const paging = operation.paging
  if (!paging) return { indices: all, facts: {}, links: {} }
  const { parameters, base, usual, most } = paging
  const given = (name: keyof typeof parameters): unknown => {
    const parameter = parameters[name]
    return parameter && values[parameter.name]
  }
  const pages = Object.keys(parameters).length > 0
  const stated = Number(given('size'))
  const size = pages
    ? Math.max(1, Math.min(Number.isInteger(stated) && stated > 0 ? stated : usual, most ?? Infinity))
    : Math.max(1, all.length)
  const start = startOf(all, size, given, base, cutting)
  const end = Math.min(start + size, all.length)
  const indices = all.slice(start, end)
  const hasNext = end < all.length
  const number = Math.floor(start / size)
  const count = Math.ceil(all.length / size)
  const address = (at: number): string => addressOf(cutting, at, size, all)
  // A link that leads back to the same page would be followed for ever.
  const { cursor, number: page, offset, after, from } = parameters
  const leads = [cursor, page, offset, after, from].some((parameter) => parameter !== undefined)
  const next = hasNext && leads ? address(end) : undefined
  const previous = start > 0 ? address(Math.max(0, start - size)) : undefined
  const lastStart = Math.max(0, (count - 1) * size)
  return {
    indices,
    facts: {
      total: all.length,
      pages: count,
      number: number + base,
      size,
      count: indices.length,
      offset: start,
      hasMore: hasNext,
      hasPrevious: start > 0,
      isLast: !hasNext,
      isFirst: start === 0,
      nextNumber: hasNext ? number + 1 + base : null,
      previousNumber: start > 0 ? number - 1 + base : null,
      nextCursor: hasNext ? nextCursorOf(all, end, cutting) : null,
      previousCursor: start > 0 ? cursorAt(all, Math.max(0, start - size)) : null,
      nextLink: next ?? null,
      previousLink: previous ?? null,
      selfLink: url,
      firstLink: address(0),
      lastLink: address(lastStart),
    },
    links: {
      ...(next !== undefined && { next }),
      ...(previous !== undefined && { prev: previous }),
      ...(pages && all.length > 0 && { first: address(0), last: address(lastStart) }),
    },
  }
}

/** What a client sends to get the next page: a cursor, an offset, or the identity of the item before or on it. */
function nextCursorOf(all: readonly number[], end: number, { operation, identityOf }: Cutting): unknown {
  const { cursor, offset, after, from } = operation.paging?.parameters ?? {}
  if (cursor) return cursorAt(all, end)
  if (offset) return String(end)
  if (after) return identityOf(all[end - 1] as number)
  return from ? identityOf(all[end] as number) : cursorAt(all, end)
}

function startOf(
  all: readonly number[],
  size: number,
  given: (name: 'number' | 'offset' | 'cursor' | 'after' | 'from' | 'before') => unknown,
  base: number,
  { operation, indexOf }: Cutting,
): number {
  const cursor = given('cursor')
  if (cursor !== undefined && cursor !== null && cursor !== '') {
    const start = readCursor(all, String(cursor))
    if (start !== undefined) return start
    throw new Refusal(
      400,
      `Parameter "${operation.paging?.parameters.cursor?.name}": expected a cursor of an earlier page but received ${JSON.stringify(cursor)}.`,
    )
  }
  const after = given('after')
  if (after !== undefined && after !== '')
    return positionOf(all, after, indexOf, operation.paging?.parameters.after?.name) + 1
  const from = given('from')
  if (from !== undefined && from !== '') return positionOf(all, from, indexOf, operation.paging?.parameters.from?.name)
  const before = given('before')
  if (before !== undefined && before !== '')
    return Math.max(0, positionOf(all, before, indexOf, operation.paging?.parameters.before?.name) - size)
  const offset = Number(given('offset'))
  if (Number.isInteger(offset) && offset > 0) return offset
  const number = Number(given('number'))
  return Number.isInteger(number) && number > base ? (number - base) * size : 0
}

function positionOf(
  all: readonly number[],
  identity: unknown,
  indexOf: Cutting['indexOf'],
  name: string | undefined,
): number {
  const index = indexOf(identity)
  const position = index === undefined ? -1 : all.indexOf(index)
  if (position >= 0) return position
  const start = readCursor(all, String(identity))
  if (start !== undefined) return start - 1
  throw new Refusal(
    400,
    `Parameter "${name}": expected the identity of an item of this list but received ${JSON.stringify(identity)}.`,
  )
}

/** Returns the address of the page that begins at a place. */
function addressOf(
  { operation, url, identityOf }: Cutting,
  start: number,
  size: number,
  all: readonly number[],
): string {
  const address = new URL(url)
  const { parameters = {}, base = 1 } = operation.paging ?? {}
  const set = (name: string | undefined, value: string | number): void => {
    if (name !== undefined) address.searchParams.set(name, String(value))
  }
  if (parameters.cursor) {
    if (start === 0) address.searchParams.delete(parameters.cursor.name)
    else set(parameters.cursor.name, cursorAt(all, start))
  } else if (parameters.number) set(parameters.number.name, Math.floor(start / size) + base)
  else if (parameters.offset) set(parameters.offset.name, start)
  else {
    const { after, from } = parameters
    const name = (after ?? from)?.name
    if (name !== undefined && start === 0) address.searchParams.delete(name)
    else if (name !== undefined) set(name, after ? cursorAt(all, start) : String(identityOf(all[start] as number)))
  }
  if (parameters.size) set(parameters.size.name, size)
  return address.href
}

/**
 * Cursors of lists. A cursor names the items on both sides of the place where a page begins, so that no item comes twice and none
 * is skipped while others come and go, and the place itself in case both neighbours have gone.
 */

/** Items by number: their indices or keys, in the order of the list, each once. */
type Items = readonly number[] | Uint32Array

/**
 * Returns the cursor of the page that begins at a place of a list.
 *
 * @example cursorAt([9, 8, 7], 1) // 'MS45Ljg', for place 1, after item 9, before item 8
 */
export const cursorAt = (items: Items, start: number): string =>
  btoa([start, items[start - 1] ?? '', items[start] ?? ''].join('.'))
    .replaceAll('=', '')
    .replaceAll('+', '-')
    .replaceAll('/', '_')

/**
 * Returns the place in a list at which the page of a cursor begins, by the list as it is now.
 *
 * @returns `undefined` for a text that is no cursor.
 */
export function readCursor(items: Items, cursor: string): number | undefined {
  const match = /^(\d+)\.(\d*)\.(\d*)$/.exec(decoded(cursor))
  if (!match) return undefined
  const [, start, before, next] = match
  if (before === '') return 0
  const last = items.indexOf(Number(before))
  if (last >= 0) return last + 1
  const first = next === '' ? -1 : items.indexOf(Number(next))
  return first >= 0 ? first : Math.min(Number(start), items.length)
}

function decoded(cursor: string): string {
  try {
    return atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}
