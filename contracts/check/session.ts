import { failure, invoicesIn, suggest, view } from '../../spec/index.ts'
import type { Fetch, Model, Operation, Scope } from '../../spec/index.ts'
import { conformance } from '../conformance.ts'
import type { Conformance } from '../conformance.ts'
import { judge } from '../judge.ts'
import type { Asked, Context, Law } from '../law.ts'
import { laws as allLaws, lawsFor } from '../laws.ts'
import type { Finding, Skip } from '../report.ts'
import { openTrace } from '../trace.ts'
import type { Trace } from '../trace.ts'
import type { Violation } from '../violation.ts'
import { carriersOf, concealer } from './credentials.ts'
import { exchange } from './exchange.ts'
import type { Outcome } from './exchange.ts'
import type { CheckOptions } from './options.ts'
import { compose } from './request.ts'
import type { Ask, Composed } from './request.ts'
import { breach } from './rules.ts'
import type { RuleCode } from './rules.ts'

/** What an answer has to be. */
export interface Expectation {
  readonly code: RuleCode
  /** For people: `404`. */
  readonly expected: string
  readonly allows: (status: number) => boolean
}

/** A valid request, which has to succeed. */
export const success: Expectation = { code: 'PF-OK', expected: 'a status of success', allows: (status) => status >= 200 && status < 300 }
/** A request that may be refused, as long as the refusal is documented. */
export const anything: Expectation = { code: 'PF-OK', expected: 'any documented status', allows: () => true }

/** One request and what came of it. */
export interface Exchange {
  readonly status?: number
  readonly isSuccess: boolean
  /** The body as JSON, where it was readable. */
  readonly json?: unknown
  /** The business objects of a successful answer. */
  readonly page?: Scope
  /** The request in one line, as it may be printed. */
  readonly request: string
  /** Adds what else was found wrong with the answer. */
  report(...violations: readonly Violation[]): void
}

/** One run of a check: sends requests, holds every answer against document and laws, and keeps what was found. */
export interface Session {
  readonly model: Model
  readonly options: CheckOptions
  readonly conformance: Conformance
  readonly laws: readonly Law[]
  readonly findings: readonly Finding[]
  readonly skipped: readonly Skip[]
  /** Requests by operation and status; `0` where no answer came. */
  readonly statuses: ReadonlyMap<string, ReadonlyMap<number, number>>
  /** What came in answers. */
  readonly trace: Trace
  /** Parameters sent, by operation. */
  readonly parameters: ReadonlyMap<string, ReadonlySet<string>>
  /** Objects judged, by code of the law. */
  readonly applied: ReadonlyMap<string, number>
  readonly invoices: number
  /** Returns what a term needs to be read outside a law. */
  context(body: unknown): Context
  /** @throws Failure where no server ever answered. */
  send(ask: Ask, how?: { readonly expect?: Expectation; readonly asked?: Asked }): Promise<Exchange>
  /** Judges a part of an answer that its own schema leaves open. */
  judge(schema: string, body: unknown, request: string): readonly Violation[]
  skip(what: string, reason: string): void
}

/** Returns a session that nothing has been sent in. @throws Failure for an unknown law. */
export function openSession(model: Model, fetch: Fetch, options: CheckOptions): Session {
  const { timeout = 30_000, maxBytes = 20_000_000, tolerance = 0, today, headers = {}, parameters = {} } = options
  const carriers = carriersOf(model)
  const conceal = concealer(headers, parameters, carriers)
  const documented = conformance(model)
  const trace = openTrace(model.document, documented)
  const sent = new Map<string, Set<string>>()
  const laws = chosen(model, options.laws)
  const findings: Finding[] = []
  const skipped: Skip[] = []
  const statuses = new Map<string, Map<number, number>>()
  const applied = new Map<string, number>()
  let invoices = 0
  let requests = 0
  let isReachable = false

  function weigh(schema: string, body: unknown, asked?: Asked): readonly Violation[] {
    const verdict = judge(model, schema, body, { laws, tolerance, ...(today !== undefined && { today }), ...(asked && { asked }) })
    for (const [code, count] of Object.entries(verdict.applied)) applied.set(code, (applied.get(code) ?? 0) + count)
    return verdict.violations
  }

  function reporter({ operation }: Ask, { line, replay }: Composed, status: number): Exchange['report'] {
    const place = model.locate(operation.pointer)
    return (...violations) => {
      for (const violation of violations) {
        findings.push({
          ...(place && { place }), ...violation, expected: conceal(violation.expected), received: conceal(violation.received), pointer: conceal(violation.pointer),
          operation: operation.id, request: line, ...(status > 0 && { status }), replay,
        })
      }
    }
  }

  async function send(ask: Ask, { expect = success, asked }: { expect?: Expectation; asked?: Asked } = {}): Promise<Exchange> {
    const composed = compose(model, ask, options, carriers)
    const outcome = await exchange(fetch, composed, { timeout, maxBytes })
    const status = outcome.kind === 'answered' ? outcome.answer.status : outcome.kind === 'broken' ? outcome.status : 0
    if (status > 0) isReachable = true
    else if (!isReachable && outcome.kind === 'silent') throw unreachable(options.baseUrl, conceal(outcome.reason))
    const counts = statuses.get(ask.operation.id) ?? new Map<number, number>()
    statuses.set(ask.operation.id, counts.set(status, (counts.get(status) ?? 0) + 1))
    requests++
    sent.set(ask.operation.id, new Set([...(sent.get(ask.operation.id) ?? []), ...composed.parameters]))
    const report = reporter(ask, composed, status)
    const result = outcome.kind === 'answered' ? hold(ask.operation, composed.line, outcome, expect, asked, report) : lost(outcome, composed.line, report)
    options.onProgress?.({ operation: ask.operation.id, request: composed.line, ...(status > 0 && { status }), requests, violations: findings.length })
    return result
  }

  function hold(operation: Operation, request: string, { answer }: Extract<Outcome, { kind: 'answered' }>, expect: Expectation, asked: Asked | undefined, report: Exchange['report']): Exchange {
    const { status } = answer
    const isSuccess = status >= 200 && status < 300
    const reading = documented.read(operation, answer)
    if (status >= 500) report(breach('PF-SERVER', 'a status below 500', String(status)))
    else if (!expect.allows(status)) report(breach(expect.code, expect.expected, String(status)))
    report(...reading.violations)
    const { json } = reading
    if (!json) return { status, isSuccess, request, report }
    if (json.schema !== undefined) trace.read(json.schema, json.value, request)
    if (!isSuccess || json.schema === undefined) return { status, isSuccess, json: json.value, request, report }
    report(...weigh(json.schema, json.value, asked))
    const page = view(model.shape(json.schema), json.value)
    invoices += invoicesIn(page).length
    return { status, isSuccess, json: json.value, page, request, report }
  }

  return {
    model, options, conformance: documented, laws, findings, skipped, statuses, applied, trace, parameters: sent,
    get invoices() { return invoices },
    context: (body) => ({ bound: model.bound, representation: model.representation, locate: model.locate, body, tolerance, ...(today !== undefined && { today }) }),
    send,
    judge(schema, body, request) {
      trace.read(schema, body, request)
      return weigh(schema, body)
    },
    skip: (what, reason) => void skipped.push({ what, reason }),
  }
}

function lost(outcome: Exclude<Outcome, { kind: 'answered' }>, request: string, report: Exchange['report']): Exchange {
  report(breach('PF-ANSWER', outcome.kind === 'broken' ? 'a whole body of UTF-8' : 'an answer', outcome.reason))
  return outcome.kind === 'broken' ? { status: outcome.status, isSuccess: false, request, report } : { isSuccess: false, request, report }
}

function chosen(model: Model, codes: readonly string[] | undefined): readonly Law[] {
  const known = allLaws.map(({ code }) => code)
  const stranger = codes?.find((code) => !known.includes(code))
  if (stranger !== undefined) throw failure('choose laws', { expected: 'codes of laws', received: `"${stranger}"`, cure: suggest(stranger, known) })
  const fitting = lawsFor(model)
  return codes ? fitting.filter(({ code }) => codes.includes(code)) : fitting
}

const unreachable = (baseUrl: string, reason: string): Error =>
  failure(`reach ${baseUrl}`, { expected: 'an answer', received: reason, cure: 'Is the server running, and is the URL right?' })
