// Law about sizes, counts and links of pages.

import { readNumber } from '../../spec/index.ts'
import type { BusinessObject, Occurrence, Role } from '../../spec/index.ts'
import { clause } from '../law.ts'
import type { LawFinding, LawContext, Law } from '../law.ts'

/** The page envelope: size, count, total, number of pages, and whether there is a next one. */
export const pageAgreesWithItems: Law = {
  code: 'PF-PAGE',
  says: 'the page envelope agrees with its items and with what was asked for',
  about: 'page',
  needs: [['page.items', 'page.messages']],
  uses: ['page.number', 'page.size', 'page.total', 'page.count', 'page.pages', 'page.next'],
  clauses: [
    clause([], (page, context) => {
      const list = (['page.items', 'page.messages'] as const).find((name) => page.has(name))
      if (!list || page.parent) return undefined
      const facts = factsOf(page, page.list(list).length, context)
      return [...asked(page, facts), ...counted(page, facts), ...followed(page, facts, context)]
    }),
  ],
}

interface Facts {
  readonly items: number
  readonly size: number | undefined
  readonly total: number | undefined
  /** Number of items before this page. */
  readonly before: number | undefined
  readonly number: number | undefined
  readonly request: LawContext['asked']
}

function factsOf(page: BusinessObject, items: number, { asked: request }: LawContext): Facts {
  const numbered = page.first('page.number')
  const size = request?.size ?? numberAt(page, 'page.size')
  const number = request?.number ?? numberAt(page, 'page.number')
  const base = request?.base ?? numbered?.binding.base ?? 1
  return {
    items,
    size,
    total: numberAt(page, 'page.total'),
    number,
    before: size === undefined || number === undefined ? undefined : (number - base) * size,
    request,
  }
}

function numberAt(page: BusinessObject, role: Role): number | undefined {
  const occurrence = page.first(role)
  const value = occurrence && readNumber(occurrence)
  return value === undefined ? undefined : Number(value) / 1e12
}

function asked(page: BusinessObject, { items, request }: Facts): readonly LawFinding[] {
  if (!request) return []
  const size =
    request.size !== undefined && items > request.size
      ? [{ at: page.pointer, expected: `at most ${request.size} items`, received: String(items) }]
      : []
  return [...size, ...exactly(page, 'page.number', request.number)]
}

function counted(page: BusinessObject, { items, size, total, before }: Facts): readonly LawFinding[] {
  const room =
    total === undefined || before === undefined || size === undefined
      ? undefined
      : Math.min(size, Math.max(0, total - before))
  const there =
    room === undefined ? Math.max(items, before === undefined || items === 0 ? 0 : before + items) : undefined
  const at = page.first('page.total')
  return [
    ...exactly(page, 'page.count', items),
    ...(at && total !== undefined && there !== undefined && total < there
      ? [{ at, expected: `at least ${there}`, received: String(total) }]
      : []),
    ...(at && room !== undefined && room !== items
      ? [
          {
            at,
            expected: `a total that leaves ${items} items to this page`,
            received: `${total}, which leaves ${room}`,
          },
        ]
      : []),
    ...(total !== undefined && size ? exactly(page, 'page.pages', pagesOf(page, total, size)) : []),
  ]
}

/** An empty list has no page, or one that is empty. */
const pagesOf = (page: BusinessObject, total: number, size: number): number =>
  total === 0 && numberAt(page, 'page.pages') === 1 ? 1 : Math.ceil(total / size)

function followed(
  page: BusinessObject,
  { total, before, items, number }: Facts,
  { bound }: LawContext,
): readonly LawFinding[] {
  const next = page.first('page.next')
  if (before === undefined || number === undefined) return []
  if (next && items === 0)
    return [{ at: next, expected: 'no next page after an empty one', received: String(next.raw) }]
  if (total === undefined) return exactly(page, 'page.next', number + 1)
  if (before + items >= total)
    return next ? [{ at: next, expected: 'no next page after the last', received: String(next.raw) }] : []
  if (next || !bound.has('page.next')) return exactly(page, 'page.next', number + 1)
  return [{ at: page.pointer, expected: `a next page, ${number + 1}`, received: 'none' }]
}

function exactly(page: BusinessObject, role: Role, expected: number | undefined): readonly LawFinding[] {
  const at: Occurrence | undefined = page.first(role)
  const received = numberAt(page, role)
  return !at || expected === undefined || received === undefined || received === expected
    ? []
    : [{ at, expected: String(expected), received: String(received) }]
}
