// Judges answers one by one and collects the findings of a check.

import { Failure, failure, invoicesIn, readByRole, suggest } from '../../spec/index.ts'
import type { BusinessObject, Day, Model, Operation, Parameter, Pointer } from '../../spec/index.ts'
import { conformance } from '../conformance.ts'
import type { ReceivedAnswer, Conformance } from '../conformance.ts'
import { judgeObject } from '../judge.ts'
import type { AskedFor, LawContext, Law } from '../law.ts'
import { laws as allLaws, lawsFor } from '../laws.ts'
import type { ReportedViolation, Skip } from '../report.ts'
import { personalDataOf } from '../mask/people.ts'
import type { PersonalData } from '../mask/people.ts'
import { concealed } from './credentials.ts'
import { openTraffic } from '../traffic.ts'
import type { Traffic } from '../traffic.ts'
import { shortText, statusText } from '../violation.ts'
import type { Violation } from '../violation.ts'
import { mustSucceed, documentViolations, severityRules, breach, checkRules, withoutProvoked } from './rules.ts'
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

/** A request, as findings about it are told. */
export interface ReportedRequest {
  readonly operation: Operation
  /** In one line, credentials masked. */
  readonly request: string
  /** What repeats it, credentials masked. */
  readonly replay: string
  /** The parameter that the request tries: what it shows is the parameter’s. */
  readonly parameter?: Parameter
}

/** An answer to be held against document and laws. */
interface ReceivedResponse extends ReportedRequest {
  readonly answer: ReceivedAnswer
  /** A status of success, unless given. */
  readonly expect?: Expectation
  readonly asked?: AskedFor
}

/** How a run is judged. */
export type RunOptions = Omit<CheckOptions, 'baseUrl'>

/** One run of a check: holds answers against document and laws, and keeps everything that it finds. */
export class CheckRun {
  readonly model: Model
  /** Takes credentials out of a text. */
  readonly conceal: (text: string) => string
  /** Hides people of answers in what is printed. */
  readonly people: PersonalData
  readonly conformance: Conformance
  readonly laws: readonly Law[]
  readonly findings: ReportedViolation[]
  readonly skipped: Skip[]
  /** What came in answers. */
  readonly traffic: Traffic
  /** Requests by operation and status; `0` where no answer came. */
  readonly statuses = new Map<string, Map<number, number>>()
  /** Parameters sent, by operation. */
  readonly parameters = new Map<string, ReadonlySet<string>>()
  /** Objects judged, by code of the law. */
  readonly applied = new Map<string, number>()
  /** Invoices seen, each once: those that state an id by it. */
  readonly #invoices = new Set<string>()
  readonly #tolerance: number
  readonly #today: Day | undefined
  readonly #withSeverity: (violation: Violation) => Violation | undefined

  /**
   * Opens a run that has found nothing yet but what is wrong with the document.
   * @throws Failure for an unknown law or code.
   */
  constructor(model: Model, options: RunOptions, conceal: (text: string) => string) {
    this.model = model
    this.conceal = conceal
    const { tolerance = 0, today, levels = {}, mode = 'documented' } = options
    this.#tolerance = tolerance
    this.#today = today
    this.#withSeverity = severityRules(levels)
    this.conformance = conformance(model, { mode })
    this.people = personalDataOf(model, options)
    this.traffic = openTraffic(model.document, this.conformance)
    const chosen = chosenLaws(model, options.laws)
    this.laws = chosen.filter(({ code }) => levels[code] !== 'off')
    this.skipped = [
      ...model.lost.map(({ id }) => ({ what: id, reason: requestUnreadable })),
      ...chosen
        .filter((law) => !this.laws.includes(law))
        .map(({ code, says }) => ({ what: `${code} (${says})`, reason: lawTurnedOff })),
    ]
    this.findings = documentViolations(model, model.diagnostics)
      .flatMap((fault) => this.#withSeverity(fault) ?? [])
      .map((fault) => ({ ...fault, operation: '', request: '', replay: '' }))
  }

  /** How many invoices were seen. */
  get invoices(): number {
    return this.#invoices.size
  }

  /** Returns what a term needs to be read outside a law. */
  context(body: unknown): LawContext {
    const { bound, representation, locate, document } = this.model
    const today = this.#today
    return {
      bound,
      representation,
      locate,
      document,
      body,
      tolerance: this.#tolerance,
      ...(today !== undefined && { today }),
    }
  }

  /** Notes a request, its parameters and the status that came, 0 for none. */
  count({ id }: Operation, status: number, sent: readonly string[] = []): void {
    const counts = this.statuses.get(id) ?? new Map<number, number>()
    this.statuses.set(id, counts.set(status, (counts.get(status) ?? 0) + 1))
    this.parameters.set(id, new Set([...(this.parameters.get(id) ?? []), ...sent]))
  }

  /** Notes what was not judged, and why; the same reason is counted. */
  skip(what: string, reason: string): void {
    const index = this.skipped.findIndex((known) => known.what === what && known.reason === reason)
    const { count = 1 } = this.skipped[index] ?? {}
    if (index < 0) this.skipped.push({ what, reason })
    else this.skipped[index] = { what, reason, count: count + 1 }
  }

  /** Returns a function that adds findings about a request: weighed, credentials and people taken out. */
  reporter(
    { operation, request, replay, parameter }: ReportedRequest,
    status = 0,
  ): (...violations: readonly Violation[]) => void {
    const { model, people, conceal } = this
    return (...violations) => {
      for (const found of violations) {
        const violation = this.#withSeverity(found)
        if (!violation) continue
        // A body that breaks a law is not the parameter's fault.
        const tried = Object.hasOwn(checkRules, violation.code) ? parameter : undefined
        const place = (tried && model.locate(tried.pointer)) ?? model.locate(operation.pointer)
        this.findings.push({
          ...(place && { place }),
          ...people.violation(concealed(violation, conceal)),
          operation: operation.id,
          ...(tried && { parameter: tried.name }),
          request: people.hideUrl(request),
          ...(status > 0 && { status }),
          replay: people.hideUrl(replay),
        })
      }
    }
  }

  /** Holds an answer against what was expected of it, against the document, and where it is one of success against the laws. */
  checkResponse(received: ReceivedResponse): CheckedExchange {
    const { operation, answer, request, expect = mustSucceed } = received
    const { status, headers } = answer
    this.people.seeAnswer(operation, answer)
    const report = this.reporter(received, status)
    const isSuccess = status >= 200 && status < 300
    const common = { status, isSuccess, request, headers, report }
    if (status >= 500 && !expect.isBare?.(status)) report(breach('PF-SERVER', 'a status below 500', statusText(answer)))
    else if (!expect.allows(status)) report(breach(expect.code, expect.expected, receivedOf(answer)))
    if (expect.isBare?.(status)) return common
    try {
      return { ...common, ...this.#read(received, isSuccess, report) }
    } catch (error) {
      report(unreadableAnswer(error))
      return common
    }
  }

  /** Judges a part of an answer that its own schema leaves open. */
  judge(schema: Pointer, body: unknown, request: string): readonly Violation[] {
    this.traffic.read(schema, body, request)
    return this.#judgeAll(readByRole(this.model.shape(schema), body), body)
  }

  #read(
    { operation, answer, request, asked, expect = mustSucceed }: ReceivedResponse,
    isSuccess: boolean,
    report: CheckedExchange['report'],
  ): Pick<CheckedExchange, 'json' | 'page'> {
    const { json, violations: found, notJudged = [] } = this.conformance.read(operation, answer)
    const violations = withoutProvoked(found, expect, answer.status)
    const page =
      isSuccess && json?.schema !== undefined ? readByRole(this.model.shape(json.schema), json.value) : undefined
    report(...(page ? violations.map((violation) => withInvoice(violation, page)) : violations))
    for (const reason of notJudged) this.skip(`${operation.id} ${answer.status}`, reason)
    if (!json) return {}
    if (json.schema === undefined) return { json: json.value }
    this.traffic.read(json.schema, json.value, request)
    if (!page) return { json: json.value }
    report(...this.#judgeAll(page, json.value, asked))
    for (const invoice of invoicesIn(page))
      this.#invoices.add(JSON.stringify(invoice.first('invoice.id')?.raw ?? [request, invoice.pointer]))
    return { json: json.value, page }
  }

  #judgeAll(root: BusinessObject, body: unknown, asked?: AskedFor): readonly Violation[] {
    const today = this.#today
    const { violations, applied } = judgeObject(this.model, root, body, {
      laws: this.laws,
      tolerance: this.#tolerance,
      ...(today !== undefined && { today }),
      ...(asked && { asked }),
    })
    for (const [code, count] of Object.entries(applied)) this.applied.set(code, (this.applied.get(code) ?? 0) + count)
    return violations
  }
}

/** Returns a violation with the invoice in which it stands, if it does in one. */
function withInvoice(violation: Violation, page: BusinessObject): Violation {
  const around = invoicesIn(page).find(({ pointer }) => violation.pointer.startsWith(`${pointer}/`))
  return around ? { ...violation, invoice: around.pointer } : violation
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

function chosenLaws(model: Model, codes: readonly string[] | undefined): readonly Law[] {
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
