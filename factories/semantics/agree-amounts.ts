// Agreements about amounts: lines, totals and what is due, currencies, counts and pages.

import { isObject } from '../../spec/index.ts'
import { spoken } from './members.ts'
import type { Agreement, Members } from './members.ts'

const amountNames = {
  quantity: ['quantity', 'qty'],
  price: ['unit price', 'price', 'unit amount', 'unit cost', 'price per unit'],
  line: [
    'line total',
    'total',
    'total amount',
    'amount total',
    'net amount',
    'amount',
    'subtotal',
    'sub total',
    'net',
    'total price',
  ],
  subtotal: ['subtotal', 'sub total', 'net total', 'total net', 'net amount', 'item total'],
  tax: ['tax', 'tax amount', 'total tax', 'tax total', 'total tax amount', 'vat', 'vat amount'],
  shipping: ['shipping', 'shipping cost', 'shipping amount', 'shipping total', 'freight'],
  discount: ['discount', 'discount amount', 'total discount', 'discount total'],
  rate: ['tax rate', 'vat rate'],
  total: ['grand total', 'total', 'total amount', 'amount total', 'invoice total', 'total gross', 'gross amount'],
  paid: ['amount paid', 'paid amount', 'total paid', 'paid'],
  due: [
    'amount due',
    'due amount',
    'balance due',
    'amount remaining',
    'outstanding amount',
    'amount outstanding',
    'outstanding',
    'open amount',
    'balance',
    'due',
    'remaining',
  ],
} as const

type Part = keyof typeof amountNames
type Parts = Readonly<Partial<Record<Part, string>>>

const isSum = (text: string): boolean => /^-?\d+(?:\.\d+)?$/.test(text)

/** Returns a sum that is a number, or a text of digits. */
function readAmount(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && isSum(value) ? Number(value) : undefined
}

/** Writes a sum the way another is written. */
const like = (sum: number, value: unknown): unknown =>
  typeof value === 'string' ? sum.toFixed((/\.(\d+)$/.exec(value)?.[1] ?? '').length) : Math.round(sum * 100) / 100

function amountParts(all: readonly string[]): Parts {
  const byWords = new Map(all.toReversed().map((name) => [spoken(name), name]))
  return Object.fromEntries(
    Object.entries(amountNames).flatMap(([part, words]) => {
      const found = words.map((one) => byWords.get(one)).find((name) => name !== undefined)
      return found === undefined ? [] : [[part, found]]
    }),
  )
}

/** A line costs its quantity times its price; a bill is its lines, tax and all, and what is due is what has not been paid. */
export const sumsAgree: Agreement = (members) => {
  const parts = members.once(amountParts)
  if (parts.quantity !== undefined && parts.price !== undefined && parts.line !== undefined)
    return lineOf(members, parts)
  return parts.total !== undefined && (parts.subtotal ?? parts.tax ?? parts.due ?? parts.paid) !== undefined
    ? billOf(members, parts)
    : undefined
}

function lineOf(
  { value }: Members,
  { quantity = '', price = '', line = '', tax, rate }: Parts,
): Record<string, unknown> | undefined {
  const [count, each, stated] = [value[quantity], value[price], value[line]].map(readAmount)
  if (count === undefined || each === undefined || stated === undefined) return undefined
  // A whole number beside a price in decimals as a text counts cents.
  const isMinor =
    typeof value[line] === 'number' &&
    Number.isInteger(stated) &&
    typeof value[price] === 'string' &&
    value[price].includes('.')
  const net = isMinor ? Math.round(count * each * 100) : count * each
  const taxed =
    tax === undefined
      ? undefined
      : taxOf(net, readAmount(value[tax]), rate === undefined ? undefined : readAmount(value[rate]))
  return {
    [line]: like(net, value[line]),
    ...(tax !== undefined && taxed !== undefined && { [tax]: like(taxed, value[tax]) }),
  }
}

function billOf(members: Members, parts: Parts): Record<string, unknown> | undefined {
  const { value, names: all } = members
  const sum = (part: Part): number | undefined =>
    parts[part] === undefined ? undefined : readAmount(value[parts[part]])
  const stated = sum('total')
  if (stated === undefined) return undefined
  const changes: Record<string, unknown> = {}
  const set = (part: Part, amount: number): number => {
    const name = parts[part]
    if (name !== undefined && readAmount(value[name]) !== undefined) changes[name] = like(amount, value[name])
    return amount
  }
  const lines = all
    .map((name) => value[name])
    .flatMap((list) => (Array.isArray(list) ? [totalOf(list)] : []))
    .find((total) => total !== undefined)
  const net = sum('subtotal') === undefined ? lines : set('subtotal', lines ?? (sum('subtotal') as number))
  const rate = sum('rate')
  const unit = [net, stated, sum('tax')].every((one) => one === undefined || Number.isInteger(one)) ? 1 : 100
  const tax = net === undefined ? undefined : taxOf(net, sum('tax'), rate)
  const taxed = tax === undefined ? 0 : set('tax', Math.round(tax * unit) / unit)
  const discount = Math.min(sum('discount') ?? 0, net ?? 0)
  const total = net === undefined ? stated : set('total', net + taxed + (sum('shipping') ?? 0) - discount)
  const paid = paidOf(members.text(members.find('status', 'state', 'payment status')), total, sum('paid'), sum('due'))
  set('paid', paid)
  set('due', total - paid)
  return changes
}

/** Tax is what its rate makes of the net, or else what is stated, where that is no more than taxes are. */
function taxOf(net: number, stated: number | undefined, rate: number | undefined): number | undefined {
  if (stated === undefined) return undefined
  if (rate !== undefined) return net * (rate > 1 ? rate / 100 : rate)
  return Math.sign(stated) * Math.sign(net) >= 0 && Math.abs(stated) <= Math.abs(net) * 0.3 ? stated : net * 0.2
}

/** What has been paid, as a status says it, or else as much as is stated. */
function paidOf(status: string | undefined, total: number, paid: number | undefined, due: number | undefined): number {
  const word = status?.toLowerCase() ?? ''
  if (/^(?:paid|settled|closed|completed?|succeeded)$/.test(word)) return total
  if (/^(?:draft|open|unpaid|overdue|sent|pending|issued|void|voided)$/.test(word)) return 0
  const stated = paid ?? (due === undefined ? total : total - due)
  const isPossible = total >= 0 ? stated >= 0 && stated <= total : stated <= 0 && stated >= total
  return isPossible ? stated : Math.round(total * 0.4)
}

/** Returns the sum of a list of lines, each of which has its own. */
function totalOf(list: readonly unknown[]): number | undefined {
  const totals = list.map((item) => {
    if (!isObject(item)) return undefined
    const { line, quantity, price } = amountParts(Object.keys(item))
    return line === undefined || quantity === undefined || price === undefined ? undefined : readAmount(item[line])
  })
  const known = totals.filter((total) => total !== undefined)
  return known.length > 0 && known.length === totals.length ? known.reduce((sum, total) => sum + total, 0) : undefined
}

const currencyNames = new Set(['currency', 'currency code', 'currency iso', 'iso currency code', 'invoice currency'])
/** What money is changed from and into may differ. */
const ownCurrency = new Set([
  'from',
  'to',
  'source',
  'target',
  'base',
  'quote',
  'original',
  'settlement',
  'exchange rate',
  'conversion',
])

const isCode = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z]{3}$/.test(value)

/** All money in an object is in its currency: its own, or the first that is stated inside it other than in a list. */
export const currenciesAgree: Agreement = ({ value }) => {
  const code = codeIn(value, 0)
  if (code === undefined) return undefined
  const changes: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    const changed = changedTo(code, name, member)
    if (changed !== member) changes[name] = changed
  }
  return changes
}

function codeIn(value: Readonly<Record<string, unknown>>, depth: number): string | undefined {
  for (const [name, member] of Object.entries(value))
    if (isCode(member) && currencyNames.has(spoken(name))) return member
  if (depth > 2) return undefined
  for (const [name, member] of Object.entries(value)) {
    const found = isObject(member) && !ownCurrency.has(spoken(name)) ? codeIn(member, depth + 1) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** Returns a member with other currencies; itself where none differs. */
function changedTo(code: string, name: string, member: unknown): unknown {
  if (ownCurrency.has(spoken(name))) return member
  if (isCode(member) && currencyNames.has(spoken(name)))
    return member === member.toLowerCase() ? code.toLowerCase() : code.toUpperCase()
  if (Array.isArray(member)) {
    const items = member.map((item: unknown) => (isObject(item) ? changedTo(code, '', item) : item))
    return items.some((item, index) => item !== member[index]) ? items : member
  }
  if (!isObject(member)) return member
  const entries = Object.entries(member).map(([inner, value]) => [inner, changedTo(code, inner, value)] as const)
  return entries.some(([inner, value]) => value !== member[inner]) ? Object.fromEntries(entries) : member
}

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
  return stated !== undefined && stated < done + failed ? changesOf([[total, done + failed]]) : undefined
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
  return changesOf([
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
  return changesOf([
    [typeof members.value[more ?? ''] === 'boolean' ? more : undefined, goesOn],
    [next, goesOn ? follower : null],
  ])
}

const changesOf = (pairs: readonly (readonly [name: string | undefined, value: unknown])[]): Record<string, unknown> =>
  Object.fromEntries(
    pairs.flatMap(([name, value]) => (name === undefined || value === undefined ? [] : [[name, value]])),
  )
