// Compares item values with what a filter states.

import type { Item } from '../../factories/index.ts'
import { valueAt } from '../../spec/index.ts'

/** Keeps an item or not. */
export type Test = (item: Item) => boolean

/** How a value is compared with what a request states. */
export type Comparison = 'equals' | 'gte' | 'gt' | 'lte' | 'lt' | 'contains' | 'not' | 'starts'

/** Words that name a comparison, alone or beside the name of a property. */
export const comparisons: Readonly<Record<string, Comparison>> = {
  eq: 'equals',
  is: 'equals',
  in: 'equals',
  equals: 'equals',
  gte: 'gte',
  ge: 'gte',
  from: 'gte',
  since: 'gte',
  min: 'gte',
  minimum: 'gte',
  start: 'gte',
  begin: 'gte',
  onorafter: 'gte',
  desde: 'gte',
  von: 'gte',
  ab: 'gte',
  dal: 'gte',
  depuis: 'gte',
  vanaf: 'gte',
  hasta: 'lte',
  bis: 'lte',
  tot: 'lte',
  gt: 'gt',
  after: 'gt',
  greater: 'gt',
  lte: 'lte',
  le: 'lte',
  to: 'lte',
  until: 'lte',
  max: 'lte',
  maximum: 'lte',
  end: 'lte',
  lt: 'lt',
  before: 'lt',
  less: 'lt',
  like: 'contains',
  contains: 'contains',
  search: 'contains',
  match: 'contains',
  ne: 'not',
  neq: 'not',
  not: 'not',
  starts: 'starts',
}

/** Returns a test that compares what stands at a property with a stated value, or with any of several. */
export function comparing(path: readonly string[], comparison: Comparison, stated: unknown): Test {
  const wanted = Array.isArray(stated)
    ? stated
    : typeof stated === 'string' && stated.includes(',') && comparison === 'equals'
      ? [stated, ...stated.split(',')]
      : [stated]
  return (item) => {
    const value = valueAt(item, path)
    const values = Array.isArray(value) ? value : [value]
    if (comparison === 'not') return !values.some((one) => wanted.some((other) => isEqual(one, other)))
    return values.some((one) => wanted.some((other) => holds(one, comparison, other)))
  }
}

function holds(value: unknown, comparison: Comparison, stated: unknown): boolean {
  if (value === undefined || value === null) return false
  if (comparison === 'equals') return isEqual(value, stated)
  if (comparison === 'contains') return String(value).toLowerCase().includes(String(stated).toLowerCase())
  if (comparison === 'starts') return String(value).toLowerCase().startsWith(String(stated).toLowerCase())
  const difference = compare(value, stated)
  if (difference === undefined) return false
  if (comparison === 'gte') return difference >= 0
  if (comparison === 'gt') return difference > 0
  return comparison === 'lte' ? difference <= 0 : difference < 0
}

const isEqual = (value: unknown, stated: unknown): boolean =>
  value !== null &&
  value !== undefined &&
  (String(value).toLowerCase() === String(stated).toLowerCase() ||
    (isDay(stated) && String(value).startsWith(String(stated))))

const isDay = (value: unknown): boolean => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)

/** Numbers by size, moments by time, texts by letters; a day that is stated covers all of its moments. */
function compare(value: unknown, stated: unknown): number | undefined {
  if (typeof value === 'number') {
    const number = Number(stated)
    if (!Number.isNaN(number)) return value - number
    const moment = Date.parse(String(stated))
    return Number.isNaN(moment) ? undefined : value - moment / (value > 1e11 ? 1 : 1000)
  }
  const [own, other] = [String(value), String(stated)]
  if (isDay(other)) return own.slice(0, 10) < other ? -1 : own.slice(0, 10) > other ? 1 : 0
  const [one, two] = [Date.parse(own), Date.parse(other)]
  if (/^\d{4}-/.test(own) && !Number.isNaN(one) && !Number.isNaN(two)) return one - two
  if (/^-?\d+(?:\.\d+)?$/.test(own) && /^-?\d+(?:\.\d+)?$/.test(other)) return Number(own) - Number(other)
  return own < other ? -1 : own > other ? 1 : 0
}

/** Returns a test for items that hold a text anywhere. */
export const containing = (text: string): Test => {
  const wanted = text.toLowerCase()
  const has = (value: unknown, depth: number): boolean =>
    typeof value === 'string' || typeof value === 'number'
      ? String(value).toLowerCase().includes(wanted)
      : typeof value === 'object' &&
        value !== null &&
        depth < 3 &&
        Object.values(value).some((inner) => has(inner, depth + 1))
  return (item) => has(item, 0)
}

/** Returns in which order two values stand, negative where the first comes first; amounts as texts are in the order of numbers. */
export function orderOfValues(left: unknown, right: unknown): number {
  const [one, other] = [numberIn(left), numberIn(right)]
  if (one !== undefined && other !== undefined) return one - other
  return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0
}

const numberIn = (value: unknown): number | undefined =>
  typeof value === 'number'
    ? value
    : typeof value === 'string' && /^-?\d{1,15}(?:\.\d+)?$/.test(value)
      ? Number(value)
      : undefined
