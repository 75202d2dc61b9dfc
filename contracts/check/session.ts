// Sends requests to a server and judges each answer.

import type { Fetch, Model, Operation, Parameter } from '../../spec/index.ts'
import type { ReceivedAnswer } from '../conformance.ts'
import type { AskedFor } from '../law.ts'
import { carriersOf, concealer } from './credentials.ts'
import type { Carriers } from './credentials.ts'
import { KnownItems } from './known-items.ts'
import { mustBeAdmitted, mustNotBeDelayed } from './rules.ts'
import type { Expectation } from './rules.ts'
import type { CheckOptions } from './options.ts'
import { CheckRun } from './run.ts'
import type { CheckedExchange, ReportedRequest } from './run.ts'
import { connectivityOf, senderOf, silence } from './transport.ts'
import type { Connectivity, Outcome, Unanswered } from './transport.ts'
import { composeRequest } from './request.ts'
import type { Ask, ComposedRequest } from './request.ts'

/** What is sent for. */
interface Sending {
  readonly expect?: Expectation
  readonly asked?: AskedFor
  /** The parameter that is tried. */
  readonly parameter?: Parameter
}

/** A run that asks a server: sends requests, holds every answer against document and laws, and keeps what was found. */
export class Session extends CheckRun {
  readonly options: CheckOptions
  /** Objects that answers have shown. */
  readonly known: KnownItems
  readonly #carriers: Carriers
  readonly #dispatch: (composed: ComposedRequest) => Promise<Outcome>
  readonly #connectivity: Connectivity
  /** Operations that answered a request with credentials with success. */
  readonly #welcome = new Set<string>()
  #requests = 0
  /** Answers to the request at hand that asked to come back later. */
  #delays: ReceivedAnswer[] = []

  /** Opens a session that nothing has been sent in. @throws Failure for an unknown law. */
  constructor(model: Model, fetch: Fetch, options: CheckOptions) {
    const { headers = {}, parameters = {}, baseUrl, ids } = options
    const carriers = carriersOf(model)
    const conceal = concealer(headers, parameters, carriers)
    super(model, options, conceal)
    this.options = options
    this.known = new KnownItems(model, ids)
    this.#carriers = carriers
    this.#dispatch = senderOf(fetch, options, (answer) => this.#delays.push(answer))
    this.#connectivity = connectivityOf(baseUrl, conceal)
  }

  /** Sends a request and holds its answer. @throws Failure where nobody is there. */
  async send(ask: Ask, { expect: wanted, asked, parameter }: Sending = {}): Promise<CheckedExchange> {
    const { operation } = ask
    const composed = composeRequest(this.model, ask, this.options, this.#carriers)
    const { line: request, replay } = composed
    this.#delays = []
    const outcome = await this.#dispatch(composed)
    const status = outcome.kind === 'answered' ? outcome.answer.status : outcome.kind === 'broken' ? outcome.status : 0
    this.#connectivity.see(outcome)
    this.count(operation, status, composed.parameters)
    this.#requests++
    const held = { operation, request, replay, ...(parameter && { parameter }) }
    for (const delay of this.#delays) this.#checkDelay(held, delay)
    const expect = this.#expectedOf(status, ask, wanted)
    const exchange =
      outcome.kind === 'answered'
        ? this.checkResponse({ ...held, answer: outcome.answer, ...(expect && { expect }), ...(asked && { asked }) })
        : lost(outcome, request, this.reporter(held, status))
    if (exchange.isSuccess && !ask.isAnonymous) {
      this.#welcome.add(operation.id)
      this.known.see(operation, composed.values, exchange.json, exchange.page)
    }
    this.options.onProgress?.({
      operation: operation.id,
      request,
      ...(status > 0 && { status }),
      requests: this.#requests,
      violations: this.findings.length,
    })
    return exchange
  }

  /** Tells whether a request with credentials was answered with success: until one was, refusals prove nothing. */
  isWelcome(operation?: Operation): boolean {
    return operation ? this.#welcome.has(operation.id) : this.#welcome.size > 0
  }

  /** @throws Failure where no server ever answered. */
  end(): void {
    this.#connectivity.end()
  }

  /** What says when to come back has the headers that are documented. */
  #checkDelay(held: ReportedRequest, answer: ReceivedAnswer): void {
    const { violations } = this.conformance.read(held.operation, answer)
    this.reporter(held, answer.status)(...violations.filter(({ code }) => code === 'OAS-HEADER'))
  }

  /** A client that is asked to come later, or is not known at all, has not been told what the request was for. */
  #expectedOf(status: number, { isAnonymous = false }: Ask, expect: Expectation | undefined): Expectation | undefined {
    if (status === 429) return mustNotBeDelayed
    return status === 401 && !isAnonymous && this.#welcome.size === 0 ? mustBeAdmitted : expect
  }
}

function lost(outcome: Unanswered, request: string, report: CheckedExchange['report']): CheckedExchange {
  report(silence(outcome))
  return outcome.kind === 'broken'
    ? { status: outcome.status, isSuccess: false, request, report }
    : { isSuccess: false, request, report }
}
