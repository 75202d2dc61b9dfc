import { Failure, failure, invoicesIn, readByRole, suggest } from '../../spec/index.ts'
import type { BusinessObject, Model, Operation, Parameter } from '../../spec/index.ts'
import { conformance } from '../conformance.ts'
import type { ReceivedAnswer, Conformance } from '../conformance.ts'
import { judgeObject } from '../judge.ts'
import type { AskedFor, LawContext, Law } from '../law.ts'
import { laws as allLaws, lawsFor } from '../laws.ts'
import type { ReportedViolation, Skip } from '../report.ts'
import { personalDataOf } from '../mask/people.ts'
import type { PersonalData } from '../mask/people.ts'
import { openTraffic } from '../traffic.ts'
import type { Traffic } from '../traffic.ts'
import { shortText, statusText } from '../violation.ts'
import type { Violation } from '../violation.ts'
import { mustSucceed, documentViolations, severityRules, breach, checkRules } from './rules.ts'
import type { Expectation } from './rules.ts'
import type { CheckOptions } from './options.ts'
import { lawTurnedOff, requestUnreadable } from '../report.ts'

/** One answer and what came of it. */
export interface CheckedExchange {
  readonly status?: number
  readonly isSuccess: boolean
  /** The body as JSON, where it was readable. */
  readonly json?: unknown
  /** The business objects of a successful answer. */
  readonly page?: BusinessObject
  /** The request in one line, as it may be printed. */
  readonly request: string
  readonly headers?: Headers
  /** Adds what else was found wrong with the answer. */
  report(...violations: readonly Violation[]): void
}

/** An answer to be received against document and laws. */
interface ReceivedResponse {
  readonly operation: Operation
  /** In one line, credentials masked. */
  readonly request: string
  /** What repeats it, credentials masked. */
  readonly replay: string
  readonly answer: ReceivedAnswer
  /** The parameter that the request tries: what it shows is the parameter’s. */
  readonly parameter?: Parameter
  /** A status of success, unless given. */
  readonly expect?: Expectation
  readonly asked?: AskedFor
}

/** How a run is judged. */
export type RunOptions = Omit<CheckOptions, 'baseUrl'>

/** Everything that a run has found so far. */
export interface CheckRun {
  readonly model: Model
  /** Hides people of answers in what is printed. */
  readonly people: PersonalData
  readonly conformance: Conformance
  readonly laws: readonly Law[]
  readonly findings: readonly ReportedViolation[]
  readonly skipped: readonly Skip[]
  /** What came in answers. */
  readonly traffic: Traffic
  /** Requests by operation and status; `0` where no answer came. */
  readonly statuses: ReadonlyMap<string, ReadonlyMap<number, number>>
  /** Parameters sent, by operation. */
  readonly parameters: ReadonlyMap<string, ReadonlySet<string>>
  /** Objects judged, by code of the law. */
  readonly applied: ReadonlyMap<string, number>
  readonly invoices: number
  /** Returns what a term needs to be read outside a law. */
  context(body: unknown): LawContext
  /** Notes a request, its parameters and the status that came, 0 for none. */
  count(operation: Operation, status: number, parameters?: readonly string[]): void
  /** Holds an answer against document and laws. */
  checkResponse(received: ReceivedResponse): CheckedExchange
  /** Returns what adds findings about a request. */
  reporter(
    received: Pick<ReceivedResponse, 'operation' | 'request' | 'replay' | 'parameter'>,
    status?: number,
  ): CheckedExchange['report']
  /** Judges a part of an answer that its own schema leaves open. */
  judge(schema: string, body: unknown, request: string): readonly Violation[]
  skip(what: string, reason: string): void
}

/** Opens a run that has found nothing yet. @throws Failure for an unknown law. */
export function openRun(model: Model, options: RunOptions, conceal: (text: string) => string): CheckRun {
  const { tolerance = 0, today, levels = {}, mode = 'documented' } = options
  const documented = conformance(model, { mode })
  const people = personalDataOf(model, options)
  const traffic = openTraffic(model.document, documented)
  const withSeverity = severityRules(levels)
  const wanted = chosen(model, options.laws)
  const laws = wanted.filter(({ code }) => levels[code] !== 'off')
  const skipped: Skip[] = [
    ...model.lost.map(({ id }) => ({ what: id, reason: requestUnreadable })),
    ...wanted
      .filter((law) => !laws.includes(law))
      .map(({ code, says }) => ({ what: `${code} (${says})`, reason: lawTurnedOff })),
  ]
  const statuses = new Map<string, Map<number, number>>()
  const parameters = new Map<string, Set<string>>()
  const applied = new Map<string, number>()
  const findings: ReportedViolation[] = documentViolations(model, model.diagnostics)
    .flatMap((fault) => withSeverity(fault) ?? [])
    .map((fault) => ({ ...fault, operation: '', request: '', replay: '' }))
  let invoices = 0

  const reporter: CheckRun['reporter'] = ({ operation, request, replay, parameter }, status = 0) => {
    return (...violations) => {
      for (const found of violations) {
        const violation = withSeverity(found)
        if (!violation) continue
        // A body that breaks a law is not the parameter's fault.
        const tried = Object.hasOwn(checkRules, violation.code) ? parameter : undefined
        const place = (tried && model.locate(tried.pointer)) ?? model.locate(operation.pointer)
        findings.push({
          ...(place && { place }),
          ...people.violation({
            ...violation,
            expected: conceal(violation.expected),
            received: conceal(violation.received),
            pointer: conceal(violation.pointer),
          }),
          operation: operation.id,
          ...(tried && { parameter: tried.name }),
          request: people.hideUrl(request),
          ...(status > 0 && { status }),
          replay: people.hideUrl(replay),
        })
      }
    }
  }

  function judgeAll(root: BusinessObject, body: unknown, asked?: AskedFor): readonly Violation[] {
    const verdict = judgeObject(model, root, body, {
      laws,
      tolerance,
      ...(today !== undefined && { today }),
      ...(asked && { asked }),
    })
    for (const [code, number] of Object.entries(verdict.applied)) applied.set(code, (applied.get(code) ?? 0) + number)
    return verdict.violations
  }

  function checkResponse(received: ReceivedResponse): CheckedExchange {
    const { operation, answer, request, expect = mustSucceed } = received
    people.seeAnswer(operation, answer)
    const report = reporter(received, answer.status)
    const { status, headers } = answer
    const isSuccess = status >= 200 && status < 300
    const common = { status, isSuccess, request, headers, report }
    if (status >= 500) report(breach('PF-SERVER', 'a status below 500', statusText(answer)))
    else if (!expect.allows(status)) report(breach(expect.code, expect.expected, receivedOf(answer)))
    if (expect.isBare?.(status)) return common
    try {
      return { ...common, ...read(operation, received, isSuccess, report) }
    } catch (error) {
      report(unreadableAnswer(error))
      return common
    }
  }

  function skip(what: string, reason: string): void {
    const index = skipped.findIndex((known) => known.what === what && known.reason === reason)
    const { count = 1 } = skipped[index] ?? {}
    if (index < 0) skipped.push({ what, reason })
    else skipped[index] = { what, reason, count: count + 1 }
  }

  function read(
    operation: Operation,
    { answer, request, asked }: ReceivedResponse,
    isSuccess: boolean,
    report: CheckedExchange['report'],
  ): Pick<CheckedExchange, 'json' | 'page'> {
    const { json, violations, notJudged = [] } = documented.read(operation, answer)
    report(...violations)
    for (const reason of notJudged) skip(`${operation.id} ${answer.status}`, reason)
    if (!json) return {}
    if (json.schema === undefined) return { json: json.value }
    traffic.read(json.schema, json.value, request)
    if (!isSuccess) return { json: json.value }
    const page = readByRole(model.shape(json.schema), json.value)
    report(...judgeAll(page, json.value, asked))
    invoices += invoicesIn(page).length
    return { json: json.value, page }
  }

  return {
    model,
    people,
    conformance: documented,
    laws,
    findings,
    skipped,
    traffic,
    statuses,
    parameters,
    applied,
    get invoices() {
      return invoices
    },
    context: (body) => ({
      bound: model.bound,
      representation: model.representation,
      locate: model.locate,
      document: model.document,
      body,
      tolerance,
      ...(today !== undefined && { today }),
    }),
    count({ id }, status, sent = []) {
      const counts = statuses.get(id) ?? new Map<number, number>()
      statuses.set(id, counts.set(status, (counts.get(status) ?? 0) + 1))
      parameters.set(id, new Set([...(parameters.get(id) ?? []), ...sent]))
    },
    checkResponse,
    reporter,
    judge(schema, body, request) {
      traffic.read(schema, body, request)
      return judgeAll(readByRole(model.shape(schema), body), body)
    },
    skip,
  }
}

/** Returns a status of an answer in words: where a redirect leads, how long to wait, what the body says of an error. */
export function receivedOf(answer: ReceivedAnswer): string {
  const { status, headers } = answer
  const location = status >= 300 && status < 400 ? headers.get('location') : null
  if (location !== null) return `${status}, a redirect to ${shortText(location)}, which is not followed`
  const later = status === 429 ? headers.get('retry-after') : null
  return later === null ? statusText(answer) : `${status}, Retry-After ${shortText(later)}`
}

/** Returns the violation that an error tells of: a schema that no validator takes or a body that nests without end must not end a whole run. @throws what is our own mistake. */
export function unreadableAnswer(error: unknown): Violation {
  const common = { severity: 'error', pointer: '' } as const
  if (error instanceof Failure)
    return {
      ...common,
      code: 'OAS-DOCUMENT',
      says: 'the document can be read',
      expected: 'a schema to hold the answer against',
      received: error.message,
    }
  if (error instanceof RangeError)
    return {
      ...common,
      code: 'OAS-JSON',
      says: 'the body is JSON',
      expected: 'a body that can be read',
      received: 'one that nests too deep',
    }
  throw error
}

function chosen(model: Model, codes: readonly string[] | undefined): readonly Law[] {
  const known = allLaws.map(({ code }) => code)
  const unknown = codes?.find((code) => !known.includes(code))
  if (unknown !== undefined)
    throw failure('choose laws', {
      expected: 'codes of laws',
      received: `"${unknown}"`,
      cure: suggest(unknown, known),
    })
  const fitting = lawsFor(model)
  return codes ? fitting.filter(({ code }) => codes.includes(code)) : fitting
}
