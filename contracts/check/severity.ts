import { failure, suggest } from '../../spec/index.ts'
import { laws } from '../laws.ts'
import type { Violation } from '../violation.ts'
import { checkRules } from './rules.ts'

/** How much a law or a rule weighs: `warn` is reported but fails nothing, `off` is not even reported. */
export type SeverityLevel = 'off' | 'warn' | 'error'

/** Parts of the contract that conformance holds, besides the laws and the checkRules of a check. */
const conformanceCodes = [
  'OAS-STATUS',
  'OAS-TYPE',
  'OAS-HEADER',
  'OAS-BODY',
  'OAS-JSON',
  'OAS-SCHEMA',
  'OAS-FIELD',
  'OAS-WRITEONLY',
  'OAS-DOCUMENT',
]

/** Codes of everything that can be found. */
export const violationCodes: readonly string[] = [
  ...laws.map(({ code }) => code),
  ...Object.keys(checkRules),
  ...conformanceCodes,
]

/** Returns a function that gives a violation the weight it was given, or nothing where it was turned off. @throws Failure for an unknown code. */
export function severityRules(
  levels: Readonly<Record<string, SeverityLevel>> = {},
): (violation: Violation) => Violation | undefined {
  const unknown = Object.keys(levels).find((code) => !violationCodes.includes(code))
  if (unknown !== undefined)
    throw failure('set severities', {
      expected: 'codes of laws and rules',
      received: `"${unknown}"`,
      cure: suggest(unknown, violationCodes),
    })
  return (violation) => {
    const level = levels[violation.code]
    if (level === undefined) return violation
    return level === 'off' ? undefined : { ...violation, severity: level === 'warn' ? 'warning' : 'error' }
  }
}
