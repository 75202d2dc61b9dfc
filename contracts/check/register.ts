import { Failure, failure, invoicesIn, readByRole, suggest } from '../../spec/index.ts'
import type { BusinessObject, Model, Operation, Parameter } from '../../spec/index.ts'
import { conformance } from '../conformance.ts'
import type { Answer, Conformance } from '../conformance.ts'
import { judgeObject } from '../judge.ts'
import type { Asked, Context, Law } from '../law.ts'
import { laws as allLaws, lawsFor } from '../laws.ts'
import type { Finding, Skip } from '../report.ts'
import { peopleOf } from '../mask/people.ts'
import type { People } from '../mask/people.ts'
import { openTrace } from '../trace.ts'
import type { Trace } from '../trace.ts'
import { short, toldBy } from '../violation.ts'
import type { Violation } from '../violation.ts'
import { success } from './expectation.ts'
import { faultsOf } from './faults.ts'
import type { Expectation } from './expectation.ts'
import { weighing } from './levels.ts'
import type { CheckOptions } from './options.ts'
import { unread } from './reasons.ts'
import { breach, rules } from './rules.ts'

/** One answer and what came of it. */
export interface Exchange {
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

/** An answer to be held against document and laws. */
interface Held {
  readonly operation: Operation
  /** In one line, credentials masked. */
  readonly request: string
  /** What repeats it, credentials masked. */
  readonly replay: string
  readonly answer: Answer
  /** The parameter that the request tries: what it shows is the parameter’s. */
  readonly parameter?: Parameter
  /** A status of success, unless given. */
  readonly expect?: Expectation
  readonly asked?: Asked
}

/** How a run is judged. */
export type Judging = Omit<CheckOptions, 'baseUrl'>

/** Everything that a run has found so far. */
export interface Register {
  readonly model: Model
  /** Hides people of answers in what is printed. */
  readonly people: People
  readonly conformance: Conformance
  readonly laws: readonly Law[]
  readonly findings: readonly Finding[]
  readonly skipped: readonly Skip[]
  /** What came in answers. */
  readonly trace: Trace
  /** Requests by operation and status; `0` where no answer came. */
  readonly statuses: ReadonlyMap<string, ReadonlyMap<number, number>>
  /** Parameters sent, by operation. */
  readonly parameters: ReadonlyMap<string, ReadonlySet<string>>
  /** Objects judged, by code of the law. */
  readonly applied: ReadonlyMap<string, number>
  readonly invoices: number
  /** Returns what a term needs to be read outside a law. */
  context(body: unknown): Context
  /** Notes a request, its parameters and the status that came, 0 for none. */
  count(operation: Operation, status: number, parameters?: readonly string[]): void
  /** Holds an answer against document and laws. */
  hold(held: Held): Exchange
  /** Returns what adds findings about a request. */
  reporter(held: Pick<Held, 'operation' | 'request' | 'replay' | 'parameter'>, status?: number): Exchange['report']
  /** Judges a part of an answer that its own schema leaves open. */
  judge(schema: string, body: unknown, request: string): readonly Violation[]
  skip(what: string, reason: string): void
}

/** Returns a register with nothing in it. @throws Failure for an unknown law. */
export function openRegister(model: Model, options: Judging, conceal: (text: string) => string): Register {
  const { tolerance = 0, today, levels = {}, mode = 'documented' } = options
  const documented = conformance(model, { mode })
  const people = peopleOf(model, options)
  const trace = openTrace(model.document, documented)
  const weigh = weighing(levels)
  const wanted = chosen(model, options.laws)
  const laws = wanted.filter(({ code }) => levels[code] !== 'off')
  const skipped: Skip[] = [
    ...model.lost.map(({ id }) => ({ what: id, reason: unread })),
    ...wanted
      .filter((law) => !laws.includes(law))
      .map(({ code, says }) => ({ what: `${code} (${says})`, reason: 'it is turned off' })),
  ]
  const statuses = new Map<string, Map<number, number>>()
  const parameters = new Map<string, Set<string>>()
  const applied = new Map<string, number>()
  const findings: Finding[] = faultsOf(model, model.faults)
    .flatMap((fault) => weigh(fault) ?? [])
    .map((fault) => ({ ...fault, operation: '', request: '', replay: '' }))
  let invoices = 0

  const reporter: Register['reporter'] = ({ operation, request, replay, parameter }, status = 0) => {
    return (...violations) => {
      for (const found of violations) {
        const violation = weigh(found)
        if (!violation) continue
        // A body that breaks a law is not the parameter's fault.
        const tried = Object.hasOwn(rules, violation.code) ? parameter : undefined
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

  function judgeAll(root: BusinessObject, body: unknown, asked?: Asked): readonly Violation[] {
    const verdict = judgeObject(model, root, body, {
      laws,
      tolerance,
      ...(today !== undefined && { today }),
      ...(asked && { asked }),
    })
    for (const [code, number] of Object.entries(verdict.applied)) applied.set(code, (applied.get(code) ?? 0) + number)
    return verdict.violations
  }

  function hold(held: Held): Exchange {
    const { operation, answer, request, expect = success } = held
    people.seeAnswer(operation, answer)
    const report = reporter(held, answer.status)
    const { status, headers } = answer
    const isSuccess = status >= 200 && status < 300
    const common = { status, isSuccess, request, headers, report }
    if (status >= 500) report(breach('PF-SERVER', 'a status below 500', toldBy(answer)))
    else if (!expect.allows(status)) report(breach(expect.code, expect.expected, receivedOf(answer)))
    if (expect.isBare?.(status)) return common
    try {
      return { ...common, ...read(operation, held, isSuccess, report) }
    } catch (error) {
      report(unreadable(error))
      return common
    }
  }

  function read(
    operation: Operation,
    { answer, request, asked }: Held,
    isSuccess: boolean,
    report: Exchange['report'],
  ): Pick<Exchange, 'json' | 'page'> {
    const { json, violations } = documented.read(operation, answer)
    report(...violations)
    if (!json) return {}
    if (json.schema === undefined) return { json: json.value }
    trace.read(json.schema, json.value, request)
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
    trace,
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
      body,
      tolerance,
      ...(today !== undefined && { today }),
    }),
    count({ id }, status, sent = []) {
      const counts = statuses.get(id) ?? new Map<number, number>()
      statuses.set(id, counts.set(status, (counts.get(status) ?? 0) + 1))
      parameters.set(id, new Set([...(parameters.get(id) ?? []), ...sent]))
    },
    hold,
    reporter,
    judge(schema, body, request) {
      trace.read(schema, body, request)
      return judgeAll(readByRole(model.shape(schema), body), body)
    },
    skip: (what, reason) => void skipped.push({ what, reason }),
  }
}

/** Returns a status of an answer in words: where a redirect leads, how long to wait, what the body says of an error. */
export function receivedOf(answer: Answer): string {
  const { status, headers } = answer
  const location = status >= 300 && status < 400 ? headers.get('location') : null
  if (location !== null) return `${status}, a redirect to ${short(location)}, which is not followed`
  const later = status === 429 ? headers.get('retry-after') : null
  return later === null ? toldBy(answer) : `${status}, Retry-After ${short(later)}`
}

/** Returns the violation that an error tells of: a schema that no validator takes or a body that nests without end must not end a whole run. @throws what is our own mistake. */
export function unreadable(error: unknown): Violation {
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
  const stranger = codes?.find((code) => !known.includes(code))
  if (stranger !== undefined)
    throw failure('choose laws', {
      expected: 'codes of laws',
      received: `"${stranger}"`,
      cure: suggest(stranger, known),
    })
  const fitting = lawsFor(model)
  return codes ? fitting.filter(({ code }) => codes.includes(code)) : fitting
}
