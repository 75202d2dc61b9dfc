import { failure } from '../../spec/index.ts'
import type { Fetch, Model } from '../../spec/index.ts'
import type { Asked } from '../law.ts'
import { carriersOf, concealer } from './credentials.ts'
import type { Outcome } from './exchange.ts'
import type { Expectation } from './expectation.ts'
import type { CheckOptions } from './options.ts'
import { openRegister } from './register.ts'
import type { Exchange, Register } from './register.ts'
import { compose } from './request.ts'
import type { Ask } from './request.ts'
import { breach } from './rules.ts'
import { senderOf } from './sender.ts'

/** One run of a check: sends requests, holds every answer against document and laws, and keeps what was found. */
export interface Session extends Register {
  readonly options: CheckOptions
  /** Takes credentials out of a text. */
  conceal(text: string): string
  /** @throws Failure where no server ever answered. */
  send(ask: Ask, how?: { readonly expect?: Expectation; readonly asked?: Asked }): Promise<Exchange>
}

/** Returns a session that nothing has been sent in. @throws Failure for an unknown law. */
export function openSession(model: Model, fetch: Fetch, options: CheckOptions): Session {
  const { headers = {}, parameters = {} } = options
  const carriers = carriersOf(model)
  const conceal = concealer(headers, parameters, carriers)
  const register = openRegister(model, options, conceal)
  const dispatch = senderOf(fetch, options)
  let requests = 0
  let isReachable = false

  async function send(ask: Ask, { expect, asked }: { expect?: Expectation; asked?: Asked } = {}): Promise<Exchange> {
    const { operation } = ask
    const composed = compose(model, ask, options, carriers)
    const { line: request, replay } = composed
    const outcome = await dispatch(composed)
    const status = outcome.kind === 'answered' ? outcome.answer.status : outcome.kind === 'broken' ? outcome.status : 0
    if (status > 0) isReachable = true
    else if (!isReachable && outcome.kind === 'silent') throw unreachable(options.baseUrl, conceal(outcome.reason))
    register.count(operation, status, composed.parameters)
    requests++
    const held = { operation, request, replay }
    const exchange = outcome.kind === 'answered'
      ? register.hold({ ...held, answer: outcome.answer, ...(expect && { expect }), ...(asked && { asked }) })
      : lost(outcome, request, register.reporter(held, status))
    options.onProgress?.({ operation: operation.id, request, ...(status > 0 && { status }), requests, violations: register.findings.length })
    return exchange
  }

  return { ...register, get invoices() { return register.invoices }, options, conceal, send }
}

function lost(outcome: Exclude<Outcome, { kind: 'answered' }>, request: string, report: Exchange['report']): Exchange {
  report(breach('PF-ANSWER', outcome.kind === 'broken' ? 'a whole body of UTF-8' : 'an answer', outcome.reason))
  return outcome.kind === 'broken' ? { status: outcome.status, isSuccess: false, request, report } : { isSuccess: false, request, report }
}

const unreachable = (baseUrl: string, reason: string): Error =>
  failure(`reach ${baseUrl}`, { expected: 'an answer', received: reason, cure: 'Is the server running, and is the URL right?' })
