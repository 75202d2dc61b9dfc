// Defines scenarios and the built-in ones.

import type { Constraints } from '../../factories/index.ts'
import { failure, suggest } from '../../spec/index.ts'
import type { Faults } from '../faults.ts'

/** A named state of the world: how many invoices there are, what they have in common, what goes wrong. What it does not say stays. */
export interface Scenario {
  /** One sentence. */
  readonly says: string
  readonly invoices?: number
  readonly constraints?: Constraints
  readonly faults?: Faults
}

/** Scenarios by name. */
export type Scenarios = Readonly<Record<string, Scenario>>

/** A scenario that comes with the package. */
export type ScenarioName = keyof typeof scenarios

/** Tells whether a scenario changes the books, not only what goes wrong on the way. */
export const hasBooks = ({ invoices, constraints }: Scenario): boolean =>
  invoices !== undefined || constraints !== undefined

/** Returns the scenario of a name, one's own first. @throws Failure with a suggestion. */
export function scenarioOf(name: string, own: Scenarios = {}): Scenario {
  if (Object.hasOwn(own, name)) return own[name] as Scenario
  if (Object.hasOwn(scenarios, name)) return scenarios[name as ScenarioName]
  const names = [...Object.keys(own), ...Object.keys(scenarios)]
  throw failure(`find scenario ${JSON.stringify(name.slice(0, 80))}`, {
    expected: 'a scenario',
    received: 'none of that name',
    cure: suggest(name.slice(0, 80), names) || `Known are: ${names.join(', ')}.`,
  })
}

/** The scenarios that come with the package. */
export const scenarios = {
  empty: { says: 'No invoices at all.', invoices: 0 },
  single: { says: 'One invoice.', invoices: 1 },
  overdue: {
    says: 'All invoices are overdue: by a day, by months, some with a part paid, some disputed.',
    constraints: { newest: 31, span: 150, longestTerms: 30, isUnsettled: true },
  },
  'partially-paid': {
    says: 'Of all invoices a part is paid, a tenth to nine tenths.',
    constraints: { newest: 8, span: 150, isUnsettled: true, part: [10, 90] },
  },
  'multi-currency': {
    says: 'Customers are billed in eight currencies, all about as often.',
    constraints: { mixesCurrencies: true },
  },
  disputed: {
    says: 'All invoices are disputed, open or overdue.',
    constraints: { newest: 8, span: 150, isUnsettled: true, isDisputed: true },
  },
  huge: { says: 'A million invoices.', invoices: 1_000_000 },
  slow: {
    says: 'Answers take most of a second, some of them several.',
    faults: { latency: { median: 800, most: 8000 } },
  },
  flaky: {
    says: 'One request in five fails: with a 5xx, a connection that is cut, or an answer that ends in the middle.',
    faults: { latency: [20, 200], errors: { rate: 0.1, statuses: [500, 502, 503] }, resets: 0.05, truncations: 0.05 },
  },
  'rate-limited': {
    says: 'Five requests pass, then two are refused with 429.',
    faults: { limit: { passes: 5, refuses: 2, retryAfter: 1 } },
  },
  unauthorized: { says: 'Every request is refused with 401.', faults: { status: 401 } },
  'server-error': { says: 'Every request is answered with 500.', faults: { status: 500 } },
  malformed: { says: 'Answers of success break their schema.', faults: { isMalformed: true } },
} as const satisfies Readonly<Record<string, Scenario>>
