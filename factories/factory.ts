import { at, failure, isJson, isObject, showing, split, successOf } from '../spec/index.ts'
import type { Day, Model, Optional, Pointer } from '../spec/index.ts'
import { answersOf } from './answers.ts'
import type { Answers } from './answers.ts'
import { amend } from './ledger/amend.ts'
import type { Entry } from './ledger/entry.ts'
import { ledgerOf } from './ledger/ledger.ts'
import type { Ledger } from './ledger/ledger.ts'
import { present } from './ledger/present.ts'
import { pinsFrom } from './params.ts'
import type { InvoiceParams } from './params.ts'
import { termsOf } from './terms.ts'
import { traitOf } from './traits.ts'
import type { TraitName } from './traits.ts'

/** A value for a place of a built invoice, or a function of what stands there. */
export type Override<V = unknown> = string | number | boolean | null | readonly unknown[] | object | ((value: V, entry: Entry) => unknown)

/** Overrides by property name, or by JSON Pointer (RFC 6901). */
export type Overrides<T> = { readonly [Name in keyof T]?: Override<T[Name]> } & { readonly [pointer: `/${string}`]: Override }

/** What a factory draws from. */
export interface FactoryOptions {
  readonly seed?: number | string
  readonly invoices?: number
  readonly today: Day
  readonly currencies?: readonly string[]
  /** Which optional properties invoices have: all, none, or those that real data has. */
  readonly optional?: Optional
}

/** Builds invoices of one API, in Fishery's words. Modifiers return new factories; the sequence is shared. */
export interface Factory<T = Record<string, unknown>> {
  /** Returns the next invoice. @throws Failure naming the law where params contradict each other. */
  build(params?: InvoiceParams): T
  /** Returns so many invoices. */
  buildList(count: number, params?: InvoiceParams): T[]
  /** Returns the invoice at a place of the ledger, whatever was built before. */
  at(index: number, params?: InvoiceParams): T
  /** Returns the next invoice as JSON text. */
  write(params?: InvoiceParams): string
  /** Returns a factory whose invoices have these params. */
  params(params: InvoiceParams): Factory<T>
  /** Returns a factory whose invoices have these traits; later ones win. */
  traits(...names: readonly TraitName[]): Factory<T>
  /** Returns a factory over books drawn from other options. */
  transient(options: Partial<FactoryOptions>): Factory<T>
  /** Returns a factory that sets places of the body afterwards, by JSON Pointer or property name. What they break stays broken. */
  override(overrides: Overrides<T>): Factory<T>
  /** Returns a factory that calls a function with each built invoice and its entry. */
  afterBuild(callback: (invoice: T, entry: Entry) => void): Factory<T>
  /** Starts the sequence anew. */
  rewindSequence(): void
}

interface Recipe {
  readonly options: FactoryOptions
  readonly params: readonly InvoiceParams[]
  readonly traits: readonly TraitName[]
  readonly overrides: readonly Readonly<Record<string, Override>>[]
  readonly callbacks: readonly ((invoice: never, entry: Entry) => void)[]
}

/** Returns the factory of a model's invoices. */
export function factoryOf<T = Record<string, unknown>>(model: Model, options: FactoryOptions): Factory<T> {
  return assemble(model, { options, params: [], traits: [], overrides: [], callbacks: [] }, { next: 0 }, openBooks(model, options))
}

type Books = () => { readonly ledger: Ledger; readonly answers: Answers }

/** Returns books that are opened when first looked into. */
function openBooks(model: Model, options: FactoryOptions): Books {
  let opened: ReturnType<Books> | undefined
  return () => {
    if (!opened) {
      const ledger = ledgerOf(options)
      opened = { ledger, answers: answersOf(showing(model, options.optional), ledger) }
    }
    return opened
  }
}

function assemble<T>(model: Model, recipe: Recipe, sequence: { next: number }, books: Books): Factory<T> {
  const schema = invoiceSchema(model)
  const entryAt = (index: number, params: InvoiceParams): Entry => {
    const { ledger } = books()
    const base = ledger.entry(index)
    const pins = [...recipe.params, params].map((one) => pinsFrom(one, one.currency ?? base.currency))
    const all = Object.assign({}, ...recipe.traits.map((name) => traitOf(name)(base)), ...pins) as ReturnType<typeof pinsFrom>
    return present(Object.keys(all).length === 0 ? base : amend(base, all, { party: ledger.party, profile: ledger.book.profile }), termsOf(model))
  }
  const finish = (entry: Entry): T => {
    const body = recipe.overrides.reduce((built, overrides) => applyOverrides(built, overrides, entry), books().answers.build(schema, { invoice: entry }))
    for (const callback of recipe.callbacks) callback(body as never, entry)
    return body as T
  }
  const next = (): number => sequence.next++ % Math.max(1, books().ledger.size)
  const derive = (changes: Partial<Recipe>): Factory<T> => assemble(model, { ...recipe, ...changes }, sequence, changes.options ? openBooks(model, changes.options) : books)
  const build = (params: InvoiceParams = {}): T => finish(entryAt(next(), params))
  return {
    build,
    buildList: (count, params) => Array.from({ length: count }, () => build(params)),
    at: (index, params = {}) => finish(entryAt(index, params)),
    write: (params = {}) => (recipe.overrides.length + recipe.callbacks.length > 0 ? JSON.stringify(build(params)) : books().answers.write(schema, { invoice: entryAt(next(), params) })),
    params: (params) => derive({ params: [...recipe.params, params] }),
    traits: (...names) => derive({ traits: [...recipe.traits, ...names.map((name) => (traitOf(name), name))] }),
    transient: (options) => derive({ options: { ...recipe.options, ...options } }),
    override: (overrides) => derive({ overrides: [...recipe.overrides, overrides] }),
    afterBuild: (callback) => derive({ callbacks: [...recipe.callbacks, callback] }),
    rewindSequence() {
      sequence.next = 0
    },
  }
}

/** The schema of one invoice: what `get` answers. */
function invoiceSchema(model: Model): Pointer {
  const operation = model.operations.find(({ does }) => does === 'get')
  const schema = operation && successOf(operation)?.content.find(({ mediaType }) => isJson(mediaType))?.schema
  if (schema !== undefined) return schema
  throw failure(`build invoices of ${model.name}`, { expected: 'an operation with x-operation: get that answers JSON', received: 'none', cure: 'Say in an overlay which operation answers one invoice.' })
}

function applyOverrides(body: unknown, overrides: Readonly<Record<string, Override>>, entry: Entry): unknown {
  for (const [place, override] of Object.entries(overrides)) {
    const steps = place.startsWith('/') ? split(place) : [place]
    const parent = at(body, steps.slice(0, -1).map((step) => `/${step}`).join(''))
    const last = steps.at(-1) as string
    if (!isObject(parent) && !Array.isArray(parent)) throw failure(`override ${place}`, { expected: 'a place of the invoice', received: 'nothing there' })
    const before = (parent as Record<string, unknown>)[last]
    const value: unknown = typeof override === 'function' ? (override as (value: unknown, entry: Entry) => unknown)(before, entry) : override
    Object.defineProperty(parent, last, { value, writable: true, enumerable: true, configurable: true })
  }
  return body
}
