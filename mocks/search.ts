import { visibleOn } from '../factories/index.ts'
import type { Business } from './business.ts'
import { facetOf, sortFacetOf } from './facets.ts'
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

/** Returns the finder of an API over a business. */
export function finderOf(setting: Looking): Finder {
  const { business } = setting
  const results = new Map<string, Uint32Array>()
  let version = ''
  return {
    find(search) {
      const now = `${business.store.version} ${business.today}`
      if (now !== version) results.clear()
      version = now
      const name = describe(search)
      const known = results.get(name)
      if (known) return known
      const found = run(setting, search)
      if (results.size >= remembered) results.delete(results.keys().next().value as string)
      results.set(name, found)
      return found
    },
  }
}

const describe = ({ conditions, sortBy, descending }: Search): string =>
  JSON.stringify([conditions.map(({ text }) => text), sortBy?.role, sortBy?.anchor, descending])

function run(setting: Looking, { conditions, sortBy, descending }: Search): Uint32Array {
  const currency = facetOf(setting, { role: 'invoice.currency' })
  const tests = conditions.map(({ name, holds }) => ({ facet: facetOf(setting, name), holds }))
  const matching = existing(setting.business).filter((index) =>
    tests.every(({ facet, holds }) => holds(facet(index), index, currency)),
  )
  if (!sortBy) return descending ? matching : matching.reverse()
  return sorted(matching, sortFacetOf(setting, sortBy), descending)
}

/** Every invoice there is, newest first. */
function existing(business: Business): Uint32Array {
  const { ledger, store, today } = business
  const drawn = visibleOn(ledger.columns(), today)
  const changed = [...store.changed()]
  const gone = new Set(changed.filter((index) => business.find(index) === undefined))
  const extra = changed.filter((index) => index >= drawn && !gone.has(index)).toSorted((left, right) => right - left)
  const indices = new Uint32Array(extra.length + drawn)
  indices.set(extra)
  let length = extra.length
  for (let index = drawn - 1; index >= 0; index--) if (!gone.has(index)) indices[length++] = index
  return indices.subarray(0, length)
}

/** Invoices without a value come last either way; equal ones keep the newest first. */
function sorted(indices: Uint32Array, facet: (index: number) => unknown, descending: boolean): Uint32Array {
  const keys = new Map<number, unknown>()
  for (const index of indices) keys.set(index, facet(index))
  const sign = descending ? -1 : 1
  return indices.toSorted((left, right) => {
    const first = keys.get(left)
    const second = keys.get(right)
    if (first === second) return right - left
    if (first === undefined || first === null) return 1
    if (second === undefined || second === null) return -1
    return (first as number) < (second as number) ? -sign : sign
  })
}
