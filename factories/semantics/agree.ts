// Makes values without roles agree with each other, as `customer_id` with the `id` of the `customer`.

import type { Pools } from '../ledger/pools.ts'
import { isObject } from '../../spec/index.ts'
import { countsAgree, coursesAgree, currenciesAgree, pagesAgree, progressAgrees, sumsAgree } from './agree-amounts.ts'
import {
  filesAgree,
  keysAgree,
  localesAgree,
  peopleAgree,
  phonesAgree,
  placesAgree,
  slugsAgree,
  taxesAgree,
} from './agree-identity.ts'
import { answersAgree, flagsAgree, orderAgrees, statesAgree } from './agree-states.ts'
import { Members } from './members.ts'
import type { Agreement } from './members.ts'

/** What is known of a value that is to agree with itself. */
export interface AgreeOptions {
  /** Tells whether a value satisfies its schema. Without it everything is kept that the agreements say. */
  readonly accepts?: (value: unknown) => boolean
  /** Names of the outermost object whose values are settled elsewhere: the others follow them. */
  readonly fixed?: ReadonlySet<string>
  /** What streets are drawn from; without it, streets stay as they are. */
  readonly pools?: Pools
}

const agreements: readonly Agreement[] = [
  keysAgree,
  orderAgrees,
  peopleAgree,
  placesAgree,
  phonesAgree,
  countsAgree,
  progressAgrees,
  pagesAgree,
  coursesAgree,
  flagsAgree,
  filesAgree,
  answersAgree,
  localesAgree,
  slugsAgree,
  taxesAgree,
  currenciesAgree,
  sumsAgree,
  statesAgree,
]

/**
 * Returns a value in which what belongs together agrees: `x_id` with `x.id`, start with end, created with modified, names with
 * e-mail addresses, a town with its region, counts with lists, pages with totals, flags with their moments. Members are neither
 * added nor taken away. An agreement that would break the schema is left out; the value given is not changed.
 * @example agree(sampler.sample(random), { accepts: sampler.accepts })
 */
export function agree(value: unknown, { accepts, fixed = noNames, pools }: AgreeOptions = {}): unknown {
  const touched = new Set<string>()
  const whole = mend(value, { fixed, path: '', touched, skipped: noNames, pools })
  if (whole === value || !accepts || accepts(whole)) return whole
  // Some of them break the schema: they are found by halves, since most do not.
  const skipped = new Set(touched)
  let kept = value
  const settle = (changes: readonly string[]): void => {
    for (const change of changes) skipped.delete(change)
    const next = mend(value, { fixed, path: '', touched: new Set(), skipped, pools })
    if (accepts(next)) {
      kept = next
      return
    }
    for (const change of changes) skipped.add(change)
    if (changes.length === 1) return
    const middle = Math.ceil(changes.length / 2)
    settle(changes.slice(0, middle))
    settle(changes.slice(middle))
  }
  settle([...touched])
  return kept
}

const noNames: ReadonlySet<string> = new Set()

interface Pass {
  readonly fixed: ReadonlySet<string>
  /** Where the value stands. */
  readonly path: string
  /** Receives what was changed: a path and the number of an agreement. */
  readonly touched: Set<string>
  /** What is not to be changed. */
  readonly skipped: ReadonlySet<string>
  readonly pools: Pools | undefined
}

/** Applies agreements from the inside out; what needs no change stays the same object. */
function mend(value: unknown, { fixed, path, touched, skipped, pools }: Pass): unknown {
  const inside = (member: unknown, name: string | number): unknown =>
    typeof member === 'object' && member !== null
      ? mend(member, { fixed: noNames, path: `${path}/${name}`, touched, skipped, pools })
      : member
  if (Array.isArray(value)) {
    const items = value.map(inside)
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (!isObject(value)) return value
  const inner = Object.entries(value).flatMap(([name, member]) =>
    fixed.has(name) ? [] : [[name, inside(member, name)] as const],
  )
  let object = changed(value, inner)
  const members = new Members(object, fixed)
  for (const [index, agreement] of agreements.entries()) {
    const changes = agreement(members, pools)
    const change = `${path} ${index}`
    if (!changes || skipped.has(change)) continue
    const next = changed(
      object,
      Object.entries(changes).filter(([name]) => !fixed.has(name) && Object.hasOwn(object, name)),
    )
    if (next !== object) touched.add(change)
    members.value = object = next
  }
  return object
}

/** Returns the object with other members, or itself where they are what they were. */
function changed(
  object: Record<string, unknown>,
  changes: readonly (readonly [name: string, value: unknown])[],
): Record<string, unknown> {
  const others = changes.filter(([name, value]) => object[name] !== value)
  if (others.length === 0) return object
  const copy = { ...object }
  // `__proto__` is a name like any other.
  for (const [name, value] of others)
    Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true })
  return copy
}
