import { invoicesIn, view } from '../../spec/index.ts'
import type { Fetch, Model, Operation, Pointer, Scope } from '../../spec/index.ts'
import { carriersOf, concealer } from '../check/credentials.ts'
import { exchange } from '../check/exchange.ts'
import type { CheckOptions } from '../check/options.ts'
import { compose } from '../check/request.ts'
import type { Composed } from '../check/request.ts'
import { breach } from '../check/rules.ts'
import type { Conformance } from '../conformance.ts'
import { judge } from '../judge.ts'
import type { Asked } from '../law.ts'
import type { Violation } from '../violation.ts'
import type { Draft } from './drafts.ts'

/** What a request is sent for. */
export type Aim = 'valid' | 'invalid' | 'read back'

/** What came of a drawn request. */
export interface Probed {
  readonly composed: Composed
  readonly status: number
  readonly isSuccess: boolean
  readonly violations: readonly Violation[]
  readonly json?: unknown
  /** Where the schema of an answer of success stands. */
  readonly schema?: Pointer
  /** The invoices of an answer of success. */
  readonly invoices: readonly Scope[]
}

/** Sends a drawn request and holds the answer against its aim, the document and the laws. */
export type Probe = (operation: Operation, draft: Draft, aim: Aim, asked?: Asked) => Promise<Probed>

/** Returns what sends drawn requests to a server. */
export function probeOf(model: Model, fetch: Fetch, conformance: Conformance, options: CheckOptions): Probe {
  const { timeout = 30_000, maxBytes = 20_000_000, tolerance, today, headers = {}, parameters = {} } = options
  const carriers = carriersOf(model)
  const conceal = concealer(headers, parameters, carriers)
  const concealed = (violation: Violation): Violation => ({ ...violation, pointer: conceal(violation.pointer), expected: conceal(violation.expected), received: conceal(violation.received) })

  return async (operation, draft, aim, asked) => {
    const { values, body, without } = draft
    const composed = compose(model, { operation, values, ...(without && { without }), ...(body !== undefined && { body }) }, options, carriers)
    const outcome = await exchange(fetch, composed, { timeout, maxBytes })
    if (outcome.kind !== 'answered') {
      const status = outcome.kind === 'broken' ? outcome.status : 0
      return { composed, status, isSuccess: false, invoices: [], violations: [concealed(breach('PF-ANSWER', outcome.kind === 'broken' ? 'a whole body of UTF-8' : 'an answer', outcome.reason))] }
    }
    const { answer } = outcome
    const { status } = answer
    const isSuccess = status >= 200 && status < 300
    const { violations, json } = conformance.read(operation, answer)
    const found = [...verdictOn(operation, draft, aim, status), ...violations]
    if (!isSuccess || json?.schema === undefined) return { composed, status, isSuccess, violations: found.map(concealed), invoices: [], ...(json && { json: json.value }) }
    const verdict = judge(model, json.schema, json.value, { ...(tolerance !== undefined && { tolerance }), ...(today !== undefined && { today }), ...(asked && { asked }) })
    return { composed, status, isSuccess, json: json.value, schema: json.schema, violations: [...found, ...verdict.violations].map(concealed), invoices: invoicesIn(view(model.shape(json.schema), json.value)) }
  }
}

/** A valid request may still name what is not there, or ask for what business does not allow, where the document says so. */
function verdictOn({ method, parameters, replies }: Operation, { flaw }: Draft, aim: Aim, status: number): readonly Violation[] {
  if (status >= 500) return [breach('PF-SERVER', 'a status below 500', String(status))]
  const isRefusal = status >= 400
  if (aim === 'invalid') return isRefusal ? [] : [{ ...breach('PF-REFUSE', 'a status of refusal (4xx)', String(status)), says: `what the document forbids is refused (${flaw ?? ''})` }]
  if (!isRefusal) return []
  const isDocumented = replies.some((reply) => reply.status === String(status))
  const names = parameters.some((parameter) => parameter.in === 'path')
  if (aim === 'valid' && names && (status === 404 || status === 410)) return []
  if (aim === 'valid' && isDocumented && method !== 'GET' && method !== 'HEAD' && status !== 401) return []
  return [breach('PF-OK', aim === 'valid' ? 'a status of success' : 'what was created', String(status))]
}
