import { failureMessage } from '../matchers/failure-message.ts'
import type { InspectedExchange } from '../exchange-inspector.ts'

/** Header that counts what was found wrong with a request and its answer. */
export const countHeader = 'x-proforma-violations'

/** Returns the problem details (RFC 9457) that stand in for an exchange that broke its contract. */
export function badGatewayOf({ request, violations }: Pick<InspectedExchange, 'request' | 'violations'>): string {
  const side = violations.some((violation) => violation.side === 'answer') ? 'answer' : 'request'
  return JSON.stringify({
    type: 'about:blank',
    title: 'Bad Gateway',
    status: 502,
    detail: failureMessage(`The ${side} breaks the contract: ${request}`, violations),
    violations: violations.slice(0, 100),
  })
}

/** Returns the problem details of an upstream that gave no answer. */
export const upstreamUnreachable = (base: string, reason: string): string =>
  JSON.stringify({
    type: 'about:blank',
    title: 'Bad Gateway',
    status: 502,
    detail: `Failed to reach ${base}: expected an answer but received ${reason}.`,
  })
