import { isObject } from '../../../spec/index.ts'
import { spoken } from '../members.ts'
import type { Agreement, Members } from '../members.ts'

const names = {
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

type Part = keyof typeof names
type Parts = Readonly<Partial<Record<Part, string>>>

const isSum = (text: string): boolean => /^-?\d+(?:\.\d+)?$/.test(text)

/** Returns a sum that is a number, or a text of digits. */
function read(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && isSum(value) ? Number(value) : undefined
}

/** Writes a sum the way another is written. */
const like = (sum: number, value: unknown): unknown =>
  typeof value === 'string' ? sum.toFixed((/\.(\d+)$/.exec(value)?.[1] ?? '').length) : Math.round(sum * 100) / 100

function partsOf(all: readonly string[]): Parts {
  const byWords = new Map(all.toReversed().map((name) => [spoken(name), name]))
  return Object.fromEntries(
    Object.entries(names).flatMap(([part, words]) => {
      const found = words.map((one) => byWords.get(one)).find((name) => name !== undefined)
      return found === undefined ? [] : [[part, found]]
    }),
  )
}

/** A line costs its quantity times its price; a bill is its lines, tax and all, and what is due is what has not been paid. */
export const sumsAgree: Agreement = (members) => {
  const parts = members.once(partsOf)
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
  const [count, each, stated] = [value[quantity], value[price], value[line]].map(read)
  if (count === undefined || each === undefined || stated === undefined) return undefined
  // A whole number beside a price in decimals as a text counts cents.
  const isMinor =
    typeof value[line] === 'number' &&
    Number.isInteger(stated) &&
    typeof value[price] === 'string' &&
    value[price].includes('.')
  const net = isMinor ? Math.round(count * each * 100) : count * each
  const taxed =
    tax === undefined ? undefined : taxOf(net, read(value[tax]), rate === undefined ? undefined : read(value[rate]))
  return {
    [line]: like(net, value[line]),
    ...(tax !== undefined && taxed !== undefined && { [tax]: like(taxed, value[tax]) }),
  }
}

function billOf(members: Members, parts: Parts): Record<string, unknown> | undefined {
  const { value, names: all } = members
  const sum = (part: Part): number | undefined => (parts[part] === undefined ? undefined : read(value[parts[part]]))
  const stated = sum('total')
  if (stated === undefined) return undefined
  const changes: Record<string, unknown> = {}
  const set = (part: Part, amount: number): number => {
    const name = parts[part]
    if (name !== undefined && read(value[name]) !== undefined) changes[name] = like(amount, value[name])
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
    const { line, quantity, price } = partsOf(Object.keys(item))
    return line === undefined || quantity === undefined || price === undefined ? undefined : read(item[line])
  })
  const known = totals.filter((total) => total !== undefined)
  return known.length > 0 && known.length === totals.length ? known.reduce((sum, total) => sum + total, 0) : undefined
}
