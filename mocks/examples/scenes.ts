// Chooses invoices for the named examples of a document.

import { amend, present } from '../../factories/index.ts'
import type { Entry, Ledger, Presentation, Page, Pins, Subject } from '../../factories/index.ts'
import { Failure, failure, secondsPerDay, isObject, resolve } from '../../spec/index.ts'
import type { Instant, Intake, Model, Operation, OperationRole } from '../../spec/index.ts'
import { pinsFor } from '../edit.ts'
import type { Likeness } from '../edit.ts'
import { claimed, leaseIn } from '../operations/intake.ts'
import { parameterFor } from '../context.ts'
import { messagesOn } from '../operations/messages.ts'

/** A named state that examples show. */
export interface ExampleScenario extends Likeness {
  /** Invoices that are so; 2 where missing. */
  readonly invoices?: number
}

/** Invoices of one name, as an API puts them. */
export interface ExampleScene {
  readonly name: string
  /** What a list shows, newest first. */
  readonly invoices: readonly Entry[]
  /** What is shown by itself: one of them. */
  readonly invoice?: Entry
}

/** What examples show unless told otherwise. The first is what tools show first: invoices as they come, with all the others. */
export const usualScenarios = {
  default: {},
  overdue: { traits: ['overdue'] },
  paid: { traits: ['paid'] },
  'partially-paid': { traits: ['partiallyPaid'] },
  disputed: { traits: ['disputed'] },
  void: { traits: ['void'] },
  'multi-currency': { traits: ['multiCurrency'] },
  empty: { invoices: 0 },
} as const satisfies Record<string, ExampleScenario>

/** Candidates that are tried for one place. */
const patience = 50

/** Returns the evening of a ledger's day: the moment at which all that examples tell has just happened. */
const eveningOf = ({ today }: Ledger): Instant => today * secondsPerDay + 64_800

/**
 * Returns the invoices of each scenario, from the newest of the ledger on, none in two scenarios; what asks for nothing special
 * is shown among all of them. A scenario for which the ledger is too small is left out.
 * @throws Failure for an unknown trait or param, or where no invoice can be so.
 */
export function scenesOf(
  ledger: Ledger,
  presentation: Presentation,
  scenarios: Readonly<Record<string, ExampleScenario>>,
): ExampleScene[] {
  const newest = newestOf(ledger)
  const chosen = Object.entries(scenarios).map(([name, scenario]) => ({
    name,
    scenario,
    own: choose(ledger, newest, name, scenario).map((entry) => present(entry, presentation)),
  }))
  const all = byNewest(chosen.flatMap(({ own }) => own))
  return chosen.flatMap(({ name, scenario, own }): ExampleScene[] => {
    const [invoice] = byNewest(own)
    if (scenario.invoices === 0) return [{ name, invoices: [] }]
    return invoice ? [{ name, invoices: isPlain(scenario) ? all : byNewest(own), invoice }] : []
  })
}

const isPlain = ({ traits = [], params = {} }: ExampleScenario): boolean =>
  traits.length === 0 && Object.keys(params).length === 0
const byNewest = (entries: readonly Entry[]): Entry[] => entries.toSorted((left, right) => right.index - left.index)

function* newestOf(ledger: Ledger): Generator<Entry, undefined, void> {
  for (let index = ledger.issued - 1; index >= 0; index--) yield ledger.entry(index)
}

function choose(
  ledger: Ledger,
  newest: Generator<Entry, undefined, void>,
  name: string,
  { invoices = 2, ...likeness }: ExampleScenario,
): Entry[] {
  const found: Entry[] = []
  let reason: Failure | undefined
  for (let tries = 0; found.length < invoices && tries < patience * invoices; tries++) {
    const { value: entry } = newest.next()
    if (!entry) break
    const made = liken(ledger, entry, likeness)
    if (made instanceof Failure) reason = made
    else found.push(made)
  }
  if (found.length === 0 && reason)
    throw failure(`show "${name}"`, { expected: 'invoices that can be so', received: 'none', cure: reason.message })
  return found
}

function liken(ledger: Ledger, entry: Entry, likeness: Likeness): Entry | Failure {
  const pins = pinsFor(entry, likeness)
  if (Object.keys(pins).length === 0) return entry
  try {
    return amend(entry, pins, { party: ledger.party, profile: ledger.book.profile, at: eveningOf(ledger) })
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
}

/** What an example is made from. */
interface Telling {
  readonly model: Model
  readonly operation: Operation
  readonly ledger: Ledger
  readonly scene: ExampleScene
}

type Tell = (invoice: Entry, telling: Telling) => Subject | undefined

/** Seconds for which a claim holds. */
const lease = 300

/** What operations on one invoice answer; `undefined` where the invoice is past that. */
const single: Partial<Record<OperationRole, Tell>> = {
  get: (invoice) => ({ invoice }),
  create: (invoice) => ({ invoice }),
  update: (invoice) => ({ invoice }),
  delete: (invoice) => ({ invoice }),
  submit: (invoice) => ({ invoice: { ...invoice, intake: 'pendingFirst' } }),
  sync: (invoice, { ledger }) => ({
    invoice: { ...invoice, syncStatus: 'synced', syncedAt: eveningOf(ledger), modifiedAt: eveningOf(ledger) },
  }),
  pay: (invoice, { ledger }) =>
    invoice.due > 0 && invoice.status !== 'void' && invoice.status !== 'draft'
      ? after(ledger, invoice, { status: 'paid', paidAt: eveningOf(ledger) })
      : undefined,
  void: (invoice, { ledger }) =>
    invoice.paid === 0 && invoice.status !== 'void'
      ? after(ledger, invoice, { status: 'void', voidedAt: eveningOf(ledger) })
      : undefined,
  acknowledge: (invoice) => moved(invoice, 'claimed', 'pendingResult'),
  settle: (invoice) => moved(invoice, 'pendingResult', 'processed'),
  message: (invoice) => ({ message: messagesOn(invoice).at(-1) }),
}

/** What operations on many answer. */
const plural: Partial<Record<OperationRole, (telling: Telling) => Page>> = {
  list: ({ scene: { invoices }, ...telling }) => ({
    invoices,
    number: 0,
    size: Math.max(invoices.length, sizeOf(telling)),
    total: invoices.length,
  }),
  claim: ({ scene: { invoices }, ledger }) => ({
    leases: invoices.map((invoice) => ({
      ...leaseIn(claimed({ leases: new Map() }, invoice.index, eveningOf(ledger) + lease)),
      invoice: { ...invoice, intake: 'claimed' },
    })),
  }),
  messages: ({ scene: { invoice } }) => ({ messages: invoice ? messagesOn(invoice) : [], filters: {} }),
  changes: ({ scene: { invoices }, ledger }) => {
    const messages = invoices
      .flatMap((invoice) => messagesOn(invoice))
      .toSorted((left, right) => left.recordedAt - right.recordedAt || left.key - right.key)
    return { messages, since: messages[0]?.recordedAt ?? eveningOf(ledger), timezone: 'UTC', filters: {} }
  },
}

/** Returns the objects that an operation's answer is written from for a scene, or `undefined` where it shows no invoice. */
export function subjectOf(telling: Telling): Subject | undefined {
  const {
    operation: { does },
    scene: { name, invoice },
  } = telling
  // An operation without a role has one example for all scenes.
  if (!does) return name === 'default' ? {} : undefined
  const page = plural[does]?.(telling)
  if (page) return { page }
  return invoice && single[does]?.(invoice, telling)
}

function sizeOf({ model, operation }: Pick<Telling, 'model' | 'operation'>): number {
  const parameter = parameterFor(operation, 'page.size')
  const schema = parameter && resolve(model.document, parameter.schema).value
  return isObject(schema) && typeof schema.default === 'number' ? schema.default : 50
}

const after = ({ party, book }: Ledger, invoice: Entry, pins: Pins): Subject => ({
  invoice: amend(invoice, pins, { party, profile: book.profile }),
})

const moved = (invoice: Entry, from: Intake, to: Intake): Subject => ({
  invoice: { ...invoice, intake: to },
  transition: { from, to, ok: true, success: true, debug: false },
})
