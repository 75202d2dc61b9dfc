// Sends a drawn request and judges the answer by the aim of the request.

import { invoicesIn, readByRole } from '../../spec/index.ts'
import type { BusinessObject, Fetch, Model, Operation, Pointer } from '../../spec/index.ts'
import { carriersOf, concealed, concealer } from '../check/credentials.ts'
import { mustNotBeDelayed, severityRules, breach } from '../check/rules.ts'
import type { CheckOptions } from '../check/options.ts'
import { connectivityOf, senderOf, silence } from '../check/transport.ts'
import type { Unanswered } from '../check/transport.ts'
import { receivedOf, unreadableAnswer } from '../check/run.ts'
import { composeRequest } from '../check/request.ts'
import type { ComposedRequest } from '../check/request.ts'
import type { ReceivedAnswer, Conformance } from '../conformance.ts'
import { judge } from '../judge.ts'
import type { AskedFor } from '../law.ts'
import { lawsFor } from '../laws.ts'
import { personalDataOf } from '../mask/people.ts'
import type { Violation } from '../violation.ts'

/** A request as it is drawn and shrunk. */
export interface DrawnRequest {
  readonly values: Readonly<Record<string, unknown>>
  readonly body?: unknown
  /** Required parameters that are left out. */
  readonly without?: readonly string[]
  /** What is wrong with it: `query limit: maximum`. */
  readonly flaw?: string
}

/** What a request is sent for. */
export type Aim = 'valid' | 'invalid' | 'read back'

/** What came of a drawn request. */
export interface Probed {
  readonly composed: ComposedRequest
  readonly status: number
  readonly isSuccess: boolean
  /** No answer came, or not the whole of it. */
  readonly isLost?: boolean
  readonly violations: readonly Violation[]
  readonly json?: unknown
  /** Where the schema of an answer of success stands. */
  readonly schema?: Pointer
  /** The invoices of an answer of success. */
  readonly invoices: readonly BusinessObject[]
}

/** Returns what else is wrong with the body of an answer of success. */
export type Examine = (json: unknown) => readonly Violation[]

/** Sends a drawn request and holds the answer against its aim, the document and the laws. */
export type Probe = (
  operation: Operation,
  draft: DrawnRequest,
  aim: Aim,
  asked?: AskedFor,
  examine?: Examine,
) => Promise<Probed>

/** Returns what sends drawn requests to a server, as patiently as a check does. The severity of a law applies; what is turned off is not judged. */
export function probeOf(model: Model, fetch: Fetch, conformance: Conformance, options: CheckOptions): Probe {
  const { headers = {}, parameters = {}, levels = {} } = options
  const carriers = carriersOf(model)
  const conceal = concealer(headers, parameters, carriers)
  const severity = severityRules(levels)
  const dispatch = senderOf(fetch, options)
  const connectivity = connectivityOf(options.baseUrl, conceal)
  const people = personalDataOf(model, options)
  const read = answerReader(model, conformance, options)
  const weighed = (violations: readonly Violation[]): readonly Violation[] =>
    violations
      .flatMap((violation) => severity(violation) ?? [])
      .map((violation) => people.violation(concealed(violation, conceal)))

  return async (operation, draft, aim, asked, examine) => {
    const { values, body, without } = draft
    const composed = composeRequest(
      model,
      { operation, values, ...(without && { without }), ...(body !== undefined && { body }) },
      options,
      carriers,
    )
    connectivity.see()
    const outcome = await dispatch(composed)
    connectivity.see(outcome)
    if (outcome.kind !== 'answered') return { composed, ...lost(outcome), violations: weighed([silence(outcome)]) }
    const { answer } = outcome
    people.seeAnswer(operation, answer)
    const isSuccess = answer.status >= 200 && answer.status < 300
    const found = read(operation, answer, isSuccess, asked)
    const examined = isSuccess ? (examine?.(found.json) ?? []) : []
    const violations = weighed([...verdictOn(operation, draft, aim, answer), ...found.violations, ...examined])
    return { composed, status: answer.status, isSuccess, ...found, violations }
  }
}

const lost = (outcome: Unanswered): Pick<Probed, 'status' | 'isSuccess' | 'isLost' | 'invoices'> => ({
  status: outcome.kind === 'broken' ? outcome.status : 0,
  isSuccess: false,
  isLost: true,
  invoices: [],
})

type ReadAnswer = Pick<Probed, 'violations' | 'json' | 'schema' | 'invoices'>

/** Returns what holds answers against document and laws. */
function answerReader(
  model: Model,
  conformance: Conformance,
  { tolerance, today, levels = {} }: CheckOptions,
): (operation: Operation, answer: ReceivedAnswer, isSuccess: boolean, asked: AskedFor | undefined) => ReadAnswer {
  const laws = lawsFor(model).filter(({ code }) => levels[code] !== 'off')
  return (operation, answer, isSuccess, asked) => {
    try {
      const { violations, json } = conformance.read(operation, answer)
      if (!isSuccess || json?.schema === undefined)
        return { violations, invoices: [], ...(json && { json: json.value }) }
      const verdict = judge(model, json.schema, json.value, {
        laws,
        ...(tolerance !== undefined && { tolerance }),
        ...(today !== undefined && { today }),
        ...(asked && { asked }),
      })
      return {
        violations: [...violations, ...verdict.violations],
        json: json.value,
        schema: json.schema,
        invoices: invoicesIn(readByRole(model.shape(json.schema), json.value)),
      }
    } catch (error) {
      return { violations: [unreadableAnswer(error)], invoices: [] }
    }
  }
}

/** A valid request may still name what is not there, or ask for what business does not allow, where the document says so. */
function verdictOn(
  { method, parameters, replies }: Operation,
  { flaw }: DrawnRequest,
  aim: Aim,
  answer: ReceivedAnswer,
): readonly Violation[] {
  const { status } = answer
  const received = receivedOf(answer)
  if (status >= 500) return [breach('PF-SERVER', 'a status below 500', received)]
  if (status === 429) return [breach(mustNotBeDelayed.code, mustNotBeDelayed.expected, received)]
  const isRefusal = status >= 400
  if (aim === 'invalid')
    return isRefusal
      ? []
      : [
          {
            ...breach('PF-REFUSE', 'a status of refusal (4xx)', received),
            says: `what the document forbids is refused (${flaw ?? ''})`,
          },
        ]
  if (!isRefusal) return []
  const isDocumented = replies.some((reply) => reply.status === String(status))
  const names = parameters.some((parameter) => parameter.in === 'path')
  if (aim === 'valid' && names && (status === 404 || status === 410)) return []
  if (aim === 'valid' && isDocumented && method !== 'GET' && method !== 'HEAD' && status !== 401) return []
  return [breach('PF-OK', aim === 'valid' ? 'a status of success' : 'what was created', received)]
}
