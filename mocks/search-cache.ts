import type { Looking } from './facets.ts'
import { finderOf } from './search.ts'
import type { Finder } from './search.ts'

const finders = new WeakMap<object, Finder>()

/** Returns the finder of an API over a business, one for all requests. */
export function finderFor(setting: Looking): Finder {
  const known = finders.get(setting.answers) ?? finderOf(setting)
  finders.set(setting.answers, known)
  return known
}
