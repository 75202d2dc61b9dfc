import { failure, suggest } from '../../spec/index.ts'
import { laws } from '../laws.ts'
import type { Violation } from '../violation.ts'
import { rules } from './rules.ts'

/** How much a law or a rule weighs: `warn` is reported but fails nothing, `off` is not even reported. */
export type Level = 'off' | 'warn' | 'error'

/** Parts of the contract that conformance holds, besides the laws and the rules of a check. */
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
export const codes: readonly string[] = [...laws.map(({ code }) => code), ...Object.keys(rules), ...conformanceCodes]

/** Returns a function that gives a violation the weight it was given, or nothing where it was turned off. @throws Failure for an unknown code. */
export function weighing(
  levels: Readonly<Record<string, Level>> = {},
): (violation: Violation) => Violation | undefined {
  const stranger = Object.keys(levels).find((code) => !codes.includes(code))
  if (stranger !== undefined)
    throw failure('weigh laws', {
      expected: 'codes of laws and rules',
      received: `"${stranger}"`,
      cure: suggest(stranger, codes),
    })
  return (violation) => {
    const level = levels[violation.code]
    if (level === undefined) return violation
    return level === 'off' ? undefined : { ...violation, severity: level === 'warn' ? 'warning' : 'error' }
  }
}
