import { amend, present } from '../../factories/index.ts'
import type { Entry, Ledger, Presentation } from '../../factories/index.ts'
import { Failure, failure, secondsPerDay } from '../../spec/index.ts'
import type { Instant } from '../../spec/index.ts'
import { pinsFor } from '../liken.ts'
import type { Likeness } from '../liken.ts'

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
export const eveningOf = ({ today }: Ledger): Instant => today * secondsPerDay + 64_800

/**
 * Returns the invoices of each scenario, from the newest of the ledger on, none in two scenarios; what asks for nothing special
 * is shown among all of them. A scenario for which the ledger is too small is left out.
 * @throws Failure for an unknown trait or param, or where no invoice can be so.
 */
export function scenesOf(
  ledger: Ledger,
  terms: Presentation,
  scenarios: Readonly<Record<string, ExampleScenario>>,
): ExampleScene[] {
  const newest = newestOf(ledger)
  const chosen = Object.entries(scenarios).map(([name, scenario]) => ({
    name,
    scenario,
    own: choose(ledger, newest, name, scenario).map((entry) => present(entry, terms)),
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
