import type { Fetch, Model, Operation, Parameter } from '../../spec/index.ts'
import type { AskedFor } from '../law.ts'
import { carriersOf, concealer } from './credentials.ts'
import type { Outcome } from './transport.ts'
import { knownItemsOf } from './known-items.ts'
import type { KnownItems } from './known-items.ts'
import { mustBeAdmitted, mustNotBeDelayed, breach } from './rules.ts'
import type { Expectation } from './rules.ts'
import type { CheckOptions } from './options.ts'
import { openRun } from './run.ts'
import type { CheckedExchange, CheckRun } from './run.ts'
import { connectivityOf, senderOf } from './transport.ts'
import { composeRequest } from './request.ts'
import type { Ask } from './request.ts'

/** One run of a check: sends requests, holds every answer against document and laws, and keeps what was found. */
export interface Session extends CheckRun {
  readonly options: CheckOptions
  /** Objects that answers have shown. */
  readonly known: KnownItems
  /** Takes credentials out of a text. */
  conceal(text: string): string
  /** @throws Failure where nobody is there. */
  send(ask: Ask, how?: Sending): Promise<CheckedExchange>
  /** Tells whether a request with credentials was answered with success: until one was, refusals prove nothing. */
  isWelcome(operation?: Operation): boolean
  /** @throws Failure where no server ever answered. */
  end(): void
}

/** What is sent for. */
interface Sending {
  readonly expect?: Expectation
  readonly asked?: AskedFor
  /** The parameter that is tried. */
  readonly parameter?: Parameter
}

/** Returns a session that nothing has been sent in. @throws Failure for an unknown law. */
export function openSession(model: Model, fetch: Fetch, options: CheckOptions): Session {
  const { headers = {}, parameters = {} } = options
  const carriers = carriersOf(model)
  const conceal = concealer(headers, parameters, carriers)
  const run = openRun(model, options, conceal)
  const dispatch = senderOf(fetch, options)
  const known = knownItemsOf(model, options.ids)
  let requests = 0
  const connectivity = connectivityOf(options.baseUrl, conceal)
  const welcome = new Set<string>()

  /** Who is asked to come later, or not known at all, has not been told what the request was for. */
  function expectedOf(
    status: number,
    { isAnonymous = false }: Ask,
    expect: Expectation | undefined,
  ): Expectation | undefined {
    if (status === 429) return mustNotBeDelayed
    return status === 401 && !isAnonymous && welcome.size === 0 ? mustBeAdmitted : expect
  }

  async function send(ask: Ask, { expect: wanted, asked, parameter }: Sending = {}): Promise<CheckedExchange> {
    const { operation } = ask
    const composed = composeRequest(model, ask, options, carriers)
    const { line: request, replay } = composed
    const outcome = await dispatch(composed)
    const status = outcome.kind === 'answered' ? outcome.answer.status : outcome.kind === 'broken' ? outcome.status : 0
    connectivity.see(outcome)
    run.count(operation, status, composed.parameters)
    requests++
    const held = { operation, request, replay, ...(parameter && { parameter }) }
    const expect = expectedOf(status, ask, wanted)
    const exchange =
      outcome.kind === 'answered'
        ? run.checkResponse({ ...held, answer: outcome.answer, ...(expect && { expect }), ...(asked && { asked }) })
        : lost(outcome, request, run.reporter(held, status))
    if (exchange.isSuccess && !ask.isAnonymous) {
      welcome.add(operation.id)
      known.see(operation, composed.values, exchange.json, exchange.page)
    }
    options.onProgress?.({
      operation: operation.id,
      request,
      ...(status > 0 && { status }),
      requests,
      violations: run.findings.length,
    })
    return exchange
  }

  return {
    ...run,
    get invoices() {
      return run.invoices
    },
    options,
    known,
    conceal,
    send,
    end: () => connectivity.end(),
    isWelcome: (operation) => (operation ? welcome.has(operation.id) : welcome.size > 0),
  }
}

function lost(
  outcome: Exclude<Outcome, { kind: 'answered' }>,
  request: string,
  report: CheckedExchange['report'],
): CheckedExchange {
  report(breach('PF-ANSWER', outcome.kind === 'broken' ? 'a whole body of UTF-8' : 'an answer', outcome.reason))
  return outcome.kind === 'broken'
    ? { status: outcome.status, isSuccess: false, request, report }
    : { isSuccess: false, request, report }
}
