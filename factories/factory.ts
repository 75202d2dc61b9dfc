import { failure, showing } from '../spec/index.ts'
import type { Day, Model, Optional } from '../spec/index.ts'
import { answersOf } from './answers/answers.ts'
import type { Answers } from './answers/answers.ts'
import { amend } from './ledger/amend.ts'
import type { Entry } from './ledger/entry.ts'
import type { Pace } from './ledger/issue-days.ts'
import { ledgerOf } from './ledger/ledger.ts'
import type { Mix } from './ledger/constraints.ts'
import type { Ledger } from './ledger/ledger.ts'
import { present } from './ledger/present.ts'
import { applyOverrides } from './override.ts'
import type { Override, Overrides } from './override.ts'
import { builtSchema } from './built-schema.ts'
import { pinsFrom } from './params.ts'
import type { InvoiceParams } from './params.ts'
import { presentationOf } from './answers/schema.ts'
import { traitOf } from './traits.ts'
import type { TraitName } from './traits.ts'

/** What a factory draws from. */
export interface FactoryOptions {
  readonly seed?: number | string
  readonly invoices?: number
  readonly today: Day
  /** First day of the books: invoices are then the same for any number of them. The newest is of today where it is missing. */
  readonly epoch?: Day | undefined
  /** ISO 3166-1 alpha-2: where the seller lives, which decides its currency, calendar and tax; US where missing. */
  readonly seller?: string | undefined
  /** Percentages of invoices that come to something: `{ overdue: 20, draft: 5 }`. */
  readonly mix?: Mix | undefined
  /** How many invoices are issued on a day, and how that changes. */
  readonly pace?: Partial<Pace> | undefined
  readonly currencies?: readonly string[]
  /** Builds bodies of this schema instead of invoices: a name among the document's components, or a JSON Pointer. */
  readonly schema?: string
  /** Which optional properties bodies have: all, none, or those that real data has. */
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
  return assemble(
    model,
    { options, params: [], traits: [], overrides: [], callbacks: [] },
    { next: 0 },
    openBooks(model, options),
  )
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
  const schema = builtSchema(model, recipe.options.schema)
  const entryAt = (index: number, params: InvoiceParams): Entry => {
    const { ledger } = books()
    const base = ledger.entry(index)
    const pins = [...recipe.params, params].map((one) => pinsFrom(one, one.currency ?? base.currency))
    const all = Object.assign({}, ...recipe.traits.map((name) => traitOf(name)(base)), ...pins) as ReturnType<
      typeof pinsFrom
    >
    if (Object.keys(all).length > 0 && model.bound.size === 0) throw mute(model, Object.keys(all))
    return present(
      Object.keys(all).length === 0 ? base : amend(base, all, { party: ledger.party, profile: ledger.book.profile }),
      presentationOf(model),
    )
  }
  const finish = (entry: Entry): T => {
    const body = recipe.overrides.reduce(
      (built, overrides) => applyOverrides(built, overrides, entry),
      books().answers.build(schema, { invoice: entry }),
    )
    for (const callback of recipe.callbacks) callback(body as never, entry)
    return body as T
  }
  const next = (): number => sequence.next++ % Math.max(1, books().ledger.issued)
  const derive = (changes: Partial<Recipe>): Factory<T> =>
    assemble(model, { ...recipe, ...changes }, sequence, changes.options ? openBooks(model, changes.options) : books)
  const build = (params: InvoiceParams = {}): T => finish(entryAt(next(), params))
  return {
    build,
    buildList: (count, params) => Array.from({ length: count }, () => build(params)),
    at: (index, params = {}) => finish(entryAt(index, params)),
    write: (params = {}) =>
      recipe.overrides.length + recipe.callbacks.length > 0
        ? JSON.stringify(build(params))
        : books().answers.write(schema, { invoice: entryAt(next(), params) }),
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

function mute({ name }: Model, params: readonly string[]): Error {
  const cure = 'Bind roles in an overlay, or set places with override.'
  return failure(`build a body of ${name}`, {
    expected: 'roles that say which of its parts are meant',
    received: `none, and params for ${params.join(', ')}`,
    cure,
  })
}
