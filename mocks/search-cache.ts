import type { Model } from '../spec/index.ts'
import { Business } from './state/business.ts'
import type { Looking } from './facets.ts'
import { finderOf } from './search.ts'
import type { Finder } from './search.ts'

/** Businesses in which something has happened and whose lists are remembered. */
const remembered = 64

const drawn = new WeakMap<object, Map<Model, Finder>>()
const changed = new Map<Business, Map<Model, Finder>>()

/**
 * Returns the finder of an API over a business, one for all requests. Businesses in which nothing has happened share that of their
 * ledger; of the others, the latest few keep theirs.
 */
export function finderFor(setting: Looking): Finder {
  const { model, business } = setting
  const isAsDrawn = business.state.changedCount === 0
  const finders = isAsDrawn ? shared(business) : own(business)
  const known =
    finders.get(model) ?? finderOf(isAsDrawn ? { ...setting, business: new Business(business.ledger) } : setting)
  finders.set(model, known)
  return known
}

function shared({ ledger }: Business): Map<Model, Finder> {
  const finders = drawn.get(ledger) ?? new Map<Model, Finder>()
  drawn.set(ledger, finders)
  return finders
}

function own(business: Business): Map<Model, Finder> {
  const finders = changed.get(business) ?? new Map<Model, Finder>()
  changed.delete(business)
  changed.set(business, finders)
  if (changed.size > remembered) changed.delete(changed.keys().next().value as Business)
  return finders
}
