import type { Violation } from '../violation.ts'

/** What a check holds against a server besides conformance and the laws. */
export const checkRules = {
  'PF-OK': 'a valid request succeeds',
  'PF-SERVER': 'the server does not fail',
  'PF-ANSWER': 'answers arrive in time, complete and as UTF-8',
  'PF-PAGES': 'pages do not overlap',
  'PF-SORT': 'a list is in the order asked for',
  'PF-FILTER': 'a list holds what was asked for, and only that',
  'PF-UNKNOWN': 'an unknown id is answered with 404',
  'PF-AUTH': 'missing credentials are answered with 401',
  'PF-REFUSE': 'a bad parameter is answered with 4xx',
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
