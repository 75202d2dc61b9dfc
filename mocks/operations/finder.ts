// Lists of invoices: filtered and sorted, and what has been read for that is kept.

import type { Entry, Ledger } from '../../factories/index.ts'
import { exponentOf, unitsOf, entityOf, statuses, termOf } from '../../spec/index.ts'
import type { Model, Anchor, Entity, RoleName } from '../../spec/index.ts'
import { Business } from '../state/business.ts'
import { AnswerContext, paidColumn, present, statusColumn, roleValueOf, within } from '../../factories/index.ts'
import type { Setting } from '../context.ts'
import type { Condition } from './filter.ts'

/** What to look for, and in which order. */
interface Search {
  readonly conditions: readonly Condition[]
  readonly sortBy?: FacetName | undefined
  readonly descending: boolean
}

const everything: Search = { conditions: [], descending: true }

/** Most results that a finder keeps. */
const mostResults = 24

/** Most values of invoices that a finder keeps. */
const mostValues = 500_000

/** Results in which so few invoices have changed are mended; with more, they are found anew. */
const few = 512

interface Result {
  readonly indices: Uint32Array
  /** Of the invoices. */
  readonly version: number
}

type Order = (left: number, right: number) => number

/**
 * Finds invoices by facets, for one API over one business on one day. What has been read of an invoice is kept until something happens
 * to that invoice; a result is kept, and mended where a few invoices have changed. Where nothing has happened to an invoice, what has
 * been read of it is shared by all businesses over the same ledger.
 */
export class Finder {
  readonly ledger: Ledger
  readonly business: Business
  /** Of the ledger as it was drawn; `undefined` where this is that. */
  readonly drawn: Finder | undefined
  readonly #looking: Looking
  readonly #facets = new Map<string, Facet>()
  readonly #values = new Map<string, Map<number, unknown>>()
  #count = 0
  #version: number
  readonly #results = new Map<string, Result>()

  constructor({ business, answers, presentation, model }: Looking, drawn?: Finder) {
    this.#looking = { business, answers, presentation, model }
    this.ledger = business.ledger
    this.business = business
    this.drawn = drawn
    this.#version = business.state.invoiceVersion
  }

  /** Returns the indices of all invoices that match, in order. Newest first where nothing else is asked for. */
  find(search: Search): Uint32Array {
    const { invoiceVersion: version } = this.#looking.business.state
    const name = nameOf(search)
    const known = this.#results.get(name)
    if (known?.version === version) return known.indices
    this.#forgetChanged()
    const indices = this.#mended(search, known) ?? this.#found(search)
    this.#results.delete(name)
    if (this.#results.size >= mostResults) this.#results.delete(this.#results.keys().next().value as string)
    this.#results.set(name, { indices, version })
    return indices
  }

  /** Returns a function that reads a value of each invoice once and keeps it under a name; `undefined` where there is no invoice. */
  keep<T>(name: string, read: (entry: Entry) => T): (index: number) => T | undefined {
    this.#forgetChanged()
    const values = this.#values.get(name) ?? new Map<number, unknown>()
    this.#values.set(name, values)
    const drawn = this.drawn?.keep(name, read)
    return (index) => {
      if (drawn && this.#isAsDrawn(index)) return drawn(index)
      if (values.has(index)) return values.get(index) as T | undefined
      const entry = this.#looking.business.find(index)
      const value = entry && read(entry)
      if (++this.#count > mostValues) this.#forget()
      values.set(index, value)
      return value
    }
  }

  /** Returns the facet of a role: from the ledger's columns where they have it, else from the invoices themselves. */
  #facet(name: FacetName): Facet {
    const text = `${name.role} ${name.anchor ?? ''}`
    const known = this.#facets.get(text)
    if (known) return known
    const light = this.drawn ? this.drawn.#facet(name) : lightFacet(this.#looking, name)
    const kept = this.keep(text, readerOf(this.#looking, name))
    const facet: Facet = light ? (index) => (this.#isAsDrawn(index) ? light(index) : kept(index)) : kept
    this.#facets.set(text, facet)
    return facet
  }

  /** Returns the sort key of a role: amounts as the API writes them, so that 900 yen come after 100 dollars in major units. */
  #sortKey(name: FacetName): Facet {
    const facet = this.#facet(name)
    if (name.term.kind !== 'amount' || this.#looking.model.representation.amount === 'minor') return facet
    const currency = this.#facet(currencyName)
    return (index) => {
      const minor = facet(index) as number | undefined
      return minor === undefined ? undefined : minor / unitsOf(exponentOf(currency(index) as string))
    }
  }

  #isAsDrawn(index: number): boolean {
    return index < this.ledger.size && this.#looking.business.state.changesOf(index).length === 0
  }

  #forgetChanged(): void {
    const { state } = this.#looking.business
    if (state.invoiceVersion === this.#version) return
    const touched = state.changedSince(this.#version)
    this.#version = state.invoiceVersion
    if (!touched) return this.#forget()
    for (const values of this.#values.values()) for (const index of touched) if (values.delete(index)) this.#count--
  }

  #forget(): void {
    for (const values of this.#values.values()) values.clear()
    this.#count = 0
  }

  /** Returns a predicate: whether an existing invoice meets all conditions. */
  #matcher(conditions: readonly Condition[]): (index: number) => boolean {
    if (conditions.length === 0) return () => true
    const currency = this.#facet(currencyName)
    const tests = conditions.map(({ name, holds }) => ({ facet: this.#facet(name), holds }))
    return (index) => tests.every(({ facet, holds }) => holds(facet(index), index, currency))
  }

  #found(search: Search): Uint32Array {
    const { conditions, sortBy, descending } = search
    const all = search === everything ? existing(this.#looking.business) : this.find(everything)
    const matching = conditions.length === 0 ? all : all.filter(this.#matcher(conditions))
    if (!sortBy) return descending ? matching : matching.toReversed()
    const keys = new Map<number, unknown>()
    const key = this.#sortKey(sortBy)
    for (const index of matching) keys.set(index, key(index))
    return matching.toSorted(orderBy((index) => keys.get(index), descending))
  }

  /** Returns an earlier result, or that of the ledger as drawn, with the few invoices that have changed since in their new places. */
  #mended(search: Search, known: Result | undefined): Uint32Array | undefined {
    const { state } = this.#looking.business
    const since = known && state.changedSince(known.version)
    if (known && since && since.length <= few) return this.#withChanged(search, known.indices, since)
    return this.drawn && state.changedCount <= few
      ? this.#withChanged(search, this.drawn.find(search), [...state.changed()])
      : undefined
  }

  #withChanged(search: Search, indices: Uint32Array, touched: readonly number[]): Uint32Array {
    const { conditions, sortBy, descending } = search
    const { business } = this.#looking
    const changed = new Set(touched)
    const matches = this.#matcher(conditions)
    const order: Order = sortBy
      ? orderBy(this.#sortKey(sortBy), descending)
      : (left, right) => (descending ? right - left : left - right)
    const kept = indices.filter((index) => !changed.has(index))
    const added = [...changed].filter((index) => business.has(index) && matches(index)).toSorted(order)
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
}

const nameOf = ({ conditions, sortBy, descending }: Search): string =>
  JSON.stringify([conditions.map(({ text }) => text), sortBy?.role, sortBy?.anchor, descending])

/** Returns the place of an index in a sorted list. */
function placeOf(indices: Uint32Array, index: number, order: Order): number {
  let [low, high] = [0, indices.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (order(indices[middle] as number, index) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Returns the indices of all invoices there are, newest first. */
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
function orderBy(keyOf: (index: number) => unknown, descending: boolean): Order {
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

/** Businesses in which something has happened and whose finders are kept. */
const mostBusinesses = 64

const drawnFinders = new WeakMap<Ledger, Map<Model, Finder>>()
const ownFinders = new Map<Business, Map<Model, Finder>>()

/**
 * Returns the finder of an API over a business, one for all requests. Businesses in which nothing has happened share that of their
 * ledger; of the others, the latest few keep theirs.
 */
export function finderFor(looking: Looking): Finder {
  const { model, business } = looking
  const drawn = drawnFinder(looking)
  if (business.state.changedCount === 0) return drawn
  const finders = ownFinders.get(business) ?? new Map<Model, Finder>()
  ownFinders.delete(business)
  ownFinders.set(business, finders)
  if (ownFinders.size > mostBusinesses) ownFinders.delete(ownFinders.keys().next().value as Business)
  const known = finders.get(model)
  if (known?.ledger === business.ledger) return known
  const made = new Finder(looking, drawn)
  finders.set(model, made)
  return made
}

function drawnFinder(looking: Looking): Finder {
  const { ledger } = looking.business
  const finders = drawnFinders.get(ledger) ?? new Map<Model, Finder>()
  drawnFinders.set(ledger, finders)
  const known = finders.get(looking.model) ?? new Finder({ ...looking, business: new Business(ledger) })
  finders.set(looking.model, known)
  return known
}

/** What an invoice is sorted and filtered by: a number, a word, a flag, a list of them for its parts; `undefined` where it has none. */
export type Facet = (index: number) => unknown

/** A role, and whose party it is about. */
export interface FacetName extends Pick<RoleName, 'role' | 'term'> {
  readonly anchor?: Anchor | undefined
}

/** The currency of an invoice. */
const currencyName: FacetName = { role: 'invoice.currency', term: termOf('invoice.currency') }

/** What facets are read with. */
type Looking = Pick<Setting, 'business' | 'answers' | 'presentation' | 'model'>

/** Returns the facet of a role that the ledger's columns tell of every drawn invoice, so that a million of them can be sorted. */
function lightFacet({ business, presentation }: Looking, { role, anchor }: FacetName): Facet | undefined {
  const { ledger, today } = business
  const columns = ledger.columns(presentation.rounding)
  const day =
    (column: Int32Array): Facet =>
    (index) =>
      column[index]
  const other = presentation.direction === 'payable' ? 'seller' : 'buyer'
  if (anchor === other && role === 'party.id') return (index) => columns.customer[index]
  if (anchor === other && role === 'party.name') return (index) => ledger.party(columns.customer[index] as number).name
  if (anchor !== undefined) return undefined
  switch (role) {
    case 'invoice.status': {
      const codes = statusColumn(columns, today)
      return (index) => statuses[codes[index] as number]
    }
    case 'invoice.issueDate':
      return day(columns.issueDay)
    case 'invoice.dueDate':
      return day(columns.dueDay)
    case 'invoice.total':
    case 'invoice.payable':
      return (index) => columns.total[index]
    case 'invoice.paid':
    case 'invoice.due': {
      const paid = paidColumn(columns, today)
      return role === 'invoice.paid'
        ? (index) => paid[index]
        : (index) => (columns.total[index] as number) - (paid[index] as number)
    }
    case 'invoice.currency':
      return (index) => ledger.book.profile(columns.customer[index] as number).currency
    case 'invoice.direction':
      return () => presentation.direction ?? 'receivable'
    default:
      return undefined
  }
}

/** Compiles a reader of a role's value in an invoice. */
function readerOf({ business, answers, presentation, model }: Looking, name: FacetName): (entry: Entry) => unknown {
  const get = roleValueOf(name)
  const path = name.anchor === undefined ? model.vocabulary.pathTo(entityOf(name.role)) : undefined
  return (entry) => {
    const context = new AnswerContext(business.ledger, answers.identities, true)
    return within(context, 'invoice', present(entry, presentation), (moved) =>
      path?.length ? collect(moved, path, get) : get(moved),
    )
  }
}

/** Returns the values of all parts at the end of a path. */
function collect(
  context: AnswerContext,
  [step, ...rest]: readonly RoleName[],
  get: (context: AnswerContext) => unknown,
): unknown[] {
  if (step === undefined) return [get(context)]
  const parts = [roleValueOf(step)(context)].flat().filter((part) => part !== undefined && part !== null)
  return parts.flatMap((part) => within(context, step.term.of as Entity, part, (moved) => collect(moved, rest, get)))
}
