// Lists the rules of a check beside the laws and weighs their violations.

import { failure, suggest } from '../../spec/index.ts'
import type { Diagnostic, Model } from '../../spec/index.ts'
import { laws } from '../laws.ts'
import type { Violation } from '../violation.ts'

/** What a check holds against a server besides conformance and the laws. */
export const checkRules = {
  'PF-OK': 'a valid request succeeds',
  'PF-SERVER': 'the server does not fail',
  'PF-ANSWER': 'answers arrive in time, complete and as UTF-8',
  'PF-PAGES': 'pages do not overlap',
  'PF-NUMBER': 'a seller gives each of its invoices a number of its own',
  'PF-SORT': 'a list is in the order asked for',
  'PF-FILTER': 'a list holds what was asked for, and only that',
  'PF-UNKNOWN': 'an unknown id is answered with 404',
  'PF-AUTH': 'missing credentials are answered with 401',
  'PF-REFUSE': 'what the document forbids is answered with 4xx',
  'PF-ETAG': 'an object that has not changed is answered with 304',
  'PF-WRITE': 'a write does what it says, and nothing else',
  'PF-GRAPHQL': 'a documented GraphQL operation answers without errors',
} as const

export type RuleCode = keyof typeof checkRules

/** Returns the violation of a rule. */
export const breach = (code: RuleCode, expected: string, received: string, pointer = ''): Violation => ({
  code,
  says: checkRules[code],
  severity: 'error',
  pointer,
  expected,
  received,
})

/** What an answer has to be. */
export interface Expectation {
  readonly code: RuleCode
  /** For people: `404`. */
  readonly expected: string
  readonly allows: (status: number) => boolean
  /** Statuses of HTTP itself that no document needs to list, and that have no body. */
  readonly isBare?: (status: number) => boolean
}

/** A valid request, which has to succeed. */
export const mustSucceed: Expectation = {
  code: 'PF-OK',
  expected: 'a status of success',
  allows: (status) => status >= 200 && status < 300,
}
/** A request to somebody who knows who asks. */
export const mustBeAdmitted: Expectation = {
  code: 'PF-OK',
  expected: 'credentials that are accepted',
  allows: () => false,
}
/** A request that was not too many. */
export const mustNotBeDelayed: Expectation = {
  code: 'PF-OK',
  expected: 'an answer, not to be asked later',
  allows: () => false,
}
/** A request with a flaw. */
export const mustBeRefused: Expectation = {
  code: 'PF-REFUSE',
  expected: 'a status of refusal (4xx)',
  allows: (status) => status >= 400 && status < 500,
}
/** A request that may be refused, as long as the refusal is documented. */
export const mayBeAnything: Expectation = { code: 'PF-OK', expected: 'any documented status', allows: () => true }

/** What is asked for a refusal: rules that hold where the request itself is wrong. */
const provoking: readonly RuleCode[] = ['PF-REFUSE', 'PF-UNKNOWN', 'PF-AUTH']

/** What HTTP has for such requests (RFC 9110, 15.5); documents often leave it to HTTP. */
const usualRefusals = [400, 401, 403, 404, 405, 422]

export const refusalSays = 'the status of a refusal is documented'

/** Returns the violations of an answer; that a document lists no status for what it forbids is no more than a warning. */
export const withoutProvoked = (
  violations: readonly Violation[],
  { code }: Expectation,
  status: number,
): readonly Violation[] =>
  violations.map((violation) =>
    violation.code === 'OAS-STATUS' && provoking.includes(code) && usualRefusals.includes(status)
      ? { ...violation, says: refusalSays, severity: 'warning' }
      : violation,
  )

/** How much a law or a rule weighs: `warn` is reported but fails nothing, `off` is not even reported. */
export type SeverityLevel = 'off' | 'warn' | 'error'

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

/** What is said of every fault of a document. */
const documentFault = { code: 'OAS-DOCUMENT', says: 'the document can be read', severity: 'error' } as const

/** Faults that are told one by one: more of them help nobody. */
const mostFaults = 100

/** Returns what cannot be read of a document as violations, each with its place there; beyond a hundred, the last one tells how many more there are. */
export function documentViolations({ locate }: Model, diagnostics: readonly Diagnostic[]): readonly Violation[] {
  const told = diagnostics.slice(0, mostFaults).map(({ pointer, expected, received, cure }): Violation => {
    const place = locate(pointer)
    return {
      ...documentFault,
      pointer,
      expected,
      received: cure === undefined ? received : `${received} (${cure.replace(/\.$/, '')})`,
      ...(place && { place }),
    }
  })
  const rest = diagnostics.length - told.length
  return rest > 0
    ? [...told, { ...documentFault, pointer: '', expected: 'no place that cannot be read', received: `${rest} more` }]
    : told
}
