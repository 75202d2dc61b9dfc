import type { Business } from './state/business.ts'
import { currencyName, facetOf, sortFacetOf } from './facets.ts'
import type { FacetName, Looking } from './facets.ts'
import type { Condition } from './filter.ts'

/** What to look for, and in which order. */
interface Search {
  readonly conditions: readonly Condition[]
  readonly sortBy?: FacetName | undefined
  readonly descending: boolean
}

/** Finds invoices by facets. Results are kept until something changes, so that paging through them costs nothing. */
export interface Finder {
  /** Returns the indices of all invoices that match, in order. Newest first where nothing else is asked for. */
  find(search: Search): Uint32Array
}

/** Results kept at once. */
const remembered = 24

/** Results in which so few invoices have changed are mended; with more, they are found anew. */
const few = 64

interface Result {
  readonly indices: Uint32Array
  /** Of the invoices. */
  readonly version: number
}

/** Returns the finder of an API over a business. */
export function finderOf(setting: Looking): Finder {
  const { business } = setting
  const results = new Map<string, Result>()
  let day = business.today
  let books = business.books
  return {
    find(search) {
      const { state } = business
      if (day !== business.today || books !== business.books) results.clear()
      day = business.today
      books = business.books
      const name = describe(search)
      const known = results.get(name)
      if (known?.version === state.invoiceVersion) return known.indices
      const touched = known && state.changedSince(known.version)
      const indices =
        known && touched && touched.length <= few
          ? mended(setting, search, known.indices, touched)
          : run(setting, search)
      results.delete(name)
      if (results.size >= remembered) results.delete(results.keys().next().value as string)
      results.set(name, { indices, version: state.invoiceVersion })
      return indices
    },
  }
}

const describe = ({ conditions, sortBy, descending }: Search): string =>
  JSON.stringify([conditions.map(({ text }) => text), sortBy?.role, sortBy?.anchor, descending])

/** Returns what tells whether an invoice that there is matches. */
function matcher(setting: Looking, conditions: readonly Condition[]): (index: number) => boolean {
  if (conditions.length === 0) return () => true
  const currency = facetOf(setting, currencyName)
  const tests = conditions.map(({ name, holds }) => ({ facet: facetOf(setting, name), holds }))
  return (index) => tests.every(({ facet, holds }) => holds(facet(index), index, currency))
}

function run(setting: Looking, { conditions, sortBy, descending }: Search): Uint32Array {
  const all = existing(setting.business)
  const matching = conditions.length === 0 ? all : all.filter(matcher(setting, conditions))
  if (!sortBy) return descending ? matching : matching.reverse()
  const keys = new Map<number, unknown>()
  const facet = sortFacetOf(setting, sortBy)
  for (const index of matching) keys.set(index, facet(index))
  return matching.toSorted(orderBy((index) => keys.get(index), descending))
}

/** Returns a result in which the invoices that have changed since have come, gone and moved: all others stay in their order. */
function mended(
  setting: Looking,
  { conditions, sortBy, descending }: Search,
  indices: Uint32Array,
  touched: readonly number[],
): Uint32Array {
  const changed = new Set(touched)
  const matches = matcher(setting, conditions)
  const order = sortBy
    ? orderBy(sortFacetOf(setting, sortBy), descending)
    : (left: number, right: number): number => (descending ? right - left : left - right)
  const kept = indices.filter((index) => !changed.has(index))
  const added = [...changed].filter((index) => setting.business.has(index) && matches(index)).toSorted(order)
  const result = new Uint32Array(kept.length + added.length)
  let from = 0
  for (const [count, index] of added.entries()) {
    const place = placeOf(kept, index, order)
    result.set(kept.subarray(from, place), from + count)
    result[place + count] = index
    from = place
  }
  result.set(kept.subarray(from), from + added.length)
  return result
}

/** Returns how many come before. */
function placeOf(indices: Uint32Array, index: number, order: (left: number, right: number) => number): number {
  let [low, high] = [0, indices.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (order(indices[middle] as number, index) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Every invoice there is, newest first. */
function existing(business: Business): Uint32Array {
  const { ledger, state } = business
  const drawn = ledger.issued
  const indices = new Uint32Array(state.created.length + drawn)
  let length = 0
  for (const index of state.created.toReversed()) if (business.has(index)) indices[length++] = index
  const gone = new Set([...state.changed()].filter((index) => index < drawn && !business.has(index)))
  for (let index = drawn - 1; index >= 0; index--) if (!gone.has(index)) indices[length++] = index
  return indices.subarray(0, length)
}

/** Invoices without a value come last either way; equal ones keep the newest first. */
function orderBy(keyOf: (index: number) => unknown, descending: boolean): (left: number, right: number) => number {
  const sign = descending ? -1 : 1
  return (left, right) => {
    const first = keyOf(left)
    const second = keyOf(right)
    if (first === second) return right - left
    if (first === undefined || first === null) return 1
    if (second === undefined || second === null) return -1
    return (first as number) < (second as number) ? -sign : sign
  }
}
