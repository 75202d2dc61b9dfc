import { spoken } from '../members.ts'
import type { Agreement, Members } from '../members.ts'

const lists = (members: Members): string[] => members.names.filter((name) => Array.isArray(members.value[name]))
const lengthOf = (members: Members, name: string): number => (members.value[name] as readonly unknown[]).length

/** `invoice_count` is the length of `invoices`, and `count` that of the only list. */
export const countsAgree: Agreement = (members) => {
  const changes: Record<string, unknown> = {}
  const all = lists(members)
  for (const name of members.names) {
    if (members.number(name) === undefined) continue
    const words = spoken(name)
    const [, of] = /^(?:number of |num )?(.+?)(?: count)?$/.exec(words) ?? []
    const list =
      all.find((candidate) => of !== words && spoken(candidate) === of) ??
      (words === 'count' && all.length === 1 ? all[0] : undefined)
    if (list !== undefined) changes[name] = lengthOf(members, list)
  }
  return changes
}

const totals = [
  'total item',
  'total record',
  'total result',
  'total count',
  'total element',
  'total entry',
  'total row',
  'total',
] as const
const pages = ['total page', 'page count', 'number of page', 'last page'] as const
const sizes = ['page size', 'per page', 'limit', 'size', 'page limit', 'items per page'] as const
const nexts = [
  'next cursor',
  'next page',
  'next page token',
  'next',
  'next url',
  'next token',
  'continuation token',
  'end cursor',
  'cursor',
] as const
const mores = ['has more', 'has next', 'has next page', 'more'] as const

/** Of all items, some are done and some have failed, but no more than there are. */
export const progressAgrees: Agreement = (members) => {
  const total = members.find('total item', 'total record', 'total row', 'total')
  const done =
    members.number(members.find('processed item', 'processed record', 'processed', 'completed item', 'succeeded')) ?? 0
  const failed = members.number(members.find('failed item', 'failed record', 'failed', 'failure count')) ?? 0
  const stated = members.number(total)
  return stated !== undefined && stated < done + failed ? named([[total, done + failed]]) : undefined
}

/** What the members of a page are called. */
interface Course {
  readonly total: string | undefined
  readonly count: string | undefined
  readonly size: string | undefined
  readonly number: string | undefined
  readonly more: string | undefined
  readonly next: string | undefined
}

/** Returns what a page is made of; `undefined` for what is no page. */
function courseOf(members: Members): Course | undefined {
  const total = members.find(...totals)
  const course = {
    total,
    count: members.find(...pages),
    size: members.find(...sizes),
    number: members.find('current page', 'page number', 'page'),
    more: members.find(...mores),
    next: members.find(...nexts),
  }
  const isSure =
    course.count !== undefined ||
    course.number !== undefined ||
    course.more !== undefined ||
    (total !== undefined && spoken(total) !== 'total')
  return isSure ? course : undefined
}

/** Pages hold the items there are, and the number of pages is that of all items. */
export const pagesAgree: Agreement = (members) => {
  const course = courseOf(members)
  if (!course) return undefined
  const { total, count, size, number } = course
  const [stated, perPage, last, page] = [total, size, count, number].map((name) => members.number(name))
  const items = Math.max(0, ...lists(members).map((name) => lengthOf(members, name)))
  const rows = perPage === undefined ? undefined : Math.max(1, items, perPage)
  const all = stated === undefined ? undefined : Math.max(items, stated)
  const end =
    all !== undefined && rows !== undefined
      ? Math.max(1, Math.ceil(all / rows))
      : last === undefined
        ? undefined
        : Math.max(1, last)
  return named([
    [size, rows],
    [total, all],
    [count, last === undefined ? undefined : end],
    [number, page === undefined ? undefined : Math.min(page, end ?? page)],
  ])
}

/** There is a next page where more are to come: where pages are counted these tell, elsewhere the cursor does. */
export const coursesAgree: Agreement = (members) => {
  const course = courseOf(members)
  if (!course) return undefined
  const { total, count, size, number, more, next } = course
  const [all, rows, page] = [total, size, number].map((name) => members.number(name))
  const last = members.number(count) ?? (all !== undefined && rows !== undefined ? Math.ceil(all / rows) : undefined)
  const stated = next === undefined ? undefined : members.value[next]
  const goesOn =
    last !== undefined && page !== undefined
      ? page < last
      : next === undefined
        ? undefined
        : stated !== null && stated !== ''
  if (goesOn === undefined) return undefined
  const cursor = stated === null && /(?:cursor|token)$/i.test(next ?? '') ? btoa(`page:${(page ?? 1) + 1}`) : stated
  const follower = typeof stated === 'number' && page !== undefined ? page + 1 : cursor
  return named([
    [typeof members.value[more ?? ''] === 'boolean' ? more : undefined, goesOn],
    [next, goesOn ? follower : null],
  ])
}

const named = (pairs: readonly (readonly [name: string | undefined, value: unknown])[]): Record<string, unknown> =>
  Object.fromEntries(
    pairs.flatMap(([name, value]) => (name === undefined || value === undefined ? [] : [[name, value]])),
  )
