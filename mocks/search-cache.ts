import type { Context } from './context.ts'
import { finderOf } from './search.ts'
import type { Finder } from './search.ts'

const finders = new WeakMap<object, Finder>()

/** Returns the finder of an API over a business, one for all requests. */
export function finderFor({ business, answers }: Pick<Context, 'business' | 'answers'>): Finder {
  const known = finders.get(answers) ?? finderOf(business, answers)
  finders.set(answers, known)
  return known
}
