import type { Constraints } from '../factories/index.ts'
import { failure, suggest } from '../spec/index.ts'
import type { Faults } from './faults.ts'
import { scenarios } from './scenarios.ts'

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
