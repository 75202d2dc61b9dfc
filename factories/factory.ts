// Factories: they build invoices and other bodies for tests, in the words of Fishery.

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
import type { Presentation } from './ledger/present.ts'
import { applyOverrides } from './override.ts'
import type { Override, Overrides } from './override.ts'
import { builtSchema } from './built-schema.ts'
import { pinsFrom } from './params.ts'
import type { InvoiceParams } from './params.ts'
import { fittingBooks } from './answers/fitting-books.ts'
import { presentationOf } from './answers/schema.ts'
import { traitOf } from './traits.ts'
import type { TraitName } from './traits.ts'

/** What a factory draws from. */
export interface FactoryOptions {
  /** The same seed gives the same invoices; 42 where missing. */
  readonly seed?: number | string
  /** How many invoices the books have. */
  readonly invoices?: number
  /** The day it is: statuses, payments and reminders follow from it. */
  readonly today: Day
  /** First day of the books: invoices are then the same for any number of them. The newest is of today where it is missing. */
  readonly epoch?: Day | undefined
  /** ISO 3166-1 alpha-2: where the seller lives, which decides its currency, calendar and tax; US where missing. */
  readonly seller?: string | undefined
  /** Percentages of invoices that come to something: `{ overdue: 20, draft: 5 }`. */
  readonly mix?: Mix | undefined
  /** How many invoices are issued on a day, and how that changes. */
  readonly pace?: Partial<Pace> | undefined
  /** ISO 4217 codes of the currencies that invoices are in. */
  readonly currencies?: readonly string[]
  /** Builds bodies of this schema instead of invoices: a name among the document's components, or a JSON Pointer. */
  readonly schema?: string
  /** Which optional properties bodies have: all, none, or those that real data has. */
  readonly optional?: Optional
}

/**
 * Builds invoices of one API, in Fishery's words. Methods that return a factory leave their own as it is; all of them take
 * the next invoice from one sequence.
 * @example
 * const invoices = factory('stuut', { seed: 42 })
 */
export interface Factory<T = Record<string, unknown>> {
  /**
   * Returns the next invoice.
   * @param params what is fixed, by the names of roles, amounts in major units; the rest is derived so that every law holds
   * @throws Failure naming the law where params contradict each other, or the name or value that is not understood.
   * @example invoices.build({ total: '121.00', status: 'overdue' }).amount_due // 12100
   */
  build(params?: InvoiceParams): T
  /**
   * Returns so many invoices, the next ones.
   * @throws Failure as `build` does.
   * @example invoices.buildList(3, { status: 'paid' }).map(({ status }) => status) // ['paid', 'paid', 'paid']
   */
  buildList(count: number, params?: InvoiceParams): T[]
  /**
   * Returns the invoice at a place of the ledger, from 0, whatever was built before.
   * @throws Failure as `build` does.
   * @example invoices.at(7).number === invoices.at(7).number // true
   */
  at(index: number, params?: InvoiceParams): T
  /**
   * Returns the next invoice as JSON text.
   * @throws Failure as `build` does.
   * @example JSON.parse(invoices.write({ currency: 'EUR' })).currency // 'EUR'
   */
  write(params?: InvoiceParams): string
  /**
   * Returns a factory whose invoices have these params; those of `build` win over them.
   * @example invoices.params({ currency: 'GBP' }).buildList(2).map(({ currency }) => currency) // ['GBP', 'GBP']
   */
  params(params: InvoiceParams): Factory<T>
  /**
   * Returns a factory whose invoices have these traits; later ones win, and params over traits.
   * @throws Failure for a name that is no trait, with the nearest that is.
   * @example invoices.traits('partiallyPaid', 'disputed').build().in_dispute // true
   */
  traits(...names: readonly TraitName[]): Factory<T>
  /**
   * Returns a factory over books that are drawn from other options; those not named stay.
   * @example invoices.transient({ currencies: ['JPY'] }).build().currency // 'JPY'
   */
  transient(options: Partial<FactoryOptions>): Factory<T>
  /**
   * Returns a factory that sets places of finished bodies, by property name or JSON Pointer (RFC 6901), to a value or to what a
   * function makes of the value there. What that breaks stays broken.
   * @throws Failure, when an invoice is built, for a place that is not there to be set.
   * @example invoices.override({ number: 'X-1', '/line_items/0/description': null }).build().number // 'X-1'
   */
  override(overrides: Overrides<T>): Factory<T>
  /**
   * Returns a factory that calls a function with each built invoice and its entry in the ledger.
   * @example invoices.afterBuild((invoice) => { invoice.currency = 'XTS' }).build().currency // 'XTS'
   */
  afterBuild(callback: (invoice: T, entry: Entry) => void): Factory<T>
  /**
   * Starts the sequence anew: the next invoice is the first.
   * @example [invoices.rewindSequence(), invoices.build().number === invoices.at(0).number][1] // true
   */
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

type Books = () => { readonly ledger: Ledger; readonly answers: Answers; readonly presentation: Presentation }

/** Returns books that are opened when first looked into. */
function openBooks(model: Model, options: FactoryOptions): Books {
  let opened: ReturnType<Books> | undefined
  return () => {
    if (!opened) {
      const ledger = ledgerOf({ ...fittingBooks(model), ...options })
      opened = {
        ledger,
        answers: answersOf(showing(model, options.optional), ledger),
        presentation: presentationOf(model),
      }
    }
    return opened
  }
}

function assemble<T>(model: Model, recipe: Recipe, sequence: { next: number }, books: Books): Factory<T> {
  const schema = builtSchema(model, recipe.options.schema)
  const entryAt = (index: number, params: InvoiceParams): Entry => {
    const { ledger, presentation } = books()
    const base = ledger.entry(index)
    const pins = [...recipe.params, params].map((one) => pinsFrom(one, one.currency ?? base.currency))
    const all = Object.assign({}, ...recipe.traits.map((name) => traitOf(name)(base)), ...pins) as ReturnType<
      typeof pinsFrom
    >
    if (Object.keys(all).length > 0 && model.bound.size === 0) throw mute(model, Object.keys(all))
    return present(
      Object.keys(all).length === 0
        ? base
        : amend(base, all, { party: ledger.party, profile: ledger.book.profile, converts: true }),
      presentation,
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
