// Judges requests and answers that pass through a proxy.

import { isAuthorised, isCredentialName, isJson, lostIn, readRequest, routerOf, replyFor } from '../spec/index.ts'
import type { Model, Operation, Parameter, Problem, RequestReading, Router } from '../spec/index.ts'
import { carriersOf, concealed, concealing, mask, secretsIn } from './check/credentials.ts'
import type { Carriers } from './check/credentials.ts'
import { conformance } from './conformance.ts'
import type { Conformance } from './conformance.ts'
import { judge } from './judge.ts'
import type { JudgeOptions } from './judge.ts'
import type { AskedFor } from './law.ts'
import { personalDataOf } from './mask/people.ts'
import type { PersonalData } from './mask/people.ts'
import { shownJson } from './violation.ts'
import type { Violation } from './violation.ts'

/** A request and its answer, as they passed by. */
export interface HttpExchange {
  readonly method: string
  /** Path and query, the document's own: `/v1/invoices?limit=5`. */
  readonly target: string
  readonly headers: Headers
  /** Missing where there was none. */
  readonly body?: Uint8Array | string
  /** Missing where none came. */
  readonly answer?: HttpAnswer
}

/** A request while it passes; only headers that somebody looks for are read. */
interface HttpRequest extends Pick<HttpExchange, 'method' | 'target' | 'body'> {
  readonly headers: Pick<Headers, 'get'>
}

/** An answer that passed by. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  /** Missing where it was not read: too large, or no text. */
  readonly body?: string
}

/** A violation, and whose it is. */
export interface ExchangeViolation extends Violation {
  readonly side: 'request' | 'answer'
}

/** What was noticed of an exchange. */
export interface InspectedExchange {
  readonly operation?: Operation
  /** `GET /v1/invoices?limit=5`; credentials are masked. */
  readonly request: string
  readonly status?: number
  readonly violations: readonly ExchangeViolation[]
}

/** Holds what passes by against a document and the laws, in both directions. */
export interface ExchangeInspector {
  /** Returns what is wrong with a request; its answer is left alone. */
  request(asking: HttpRequest): InspectedExchange
  /** Returns what is wrong with a request and its answer. */
  exchange(passing: HttpExchange): InspectedExchange
  /** Returns how many violations the head of an answer to a request shows: status, content type, headers. */
  head(
    operation: Operation,
    answer: Pick<HttpAnswer, 'status'> & Pick<HttpRequest, 'headers'>,
    asking: Pick<HttpRequest, 'headers'>,
  ): number
}

/** How to judge what passes by. */
export interface ExchangeInspectorOptions extends Pick<JudgeOptions, 'laws' | 'tolerance' | 'today'> {
  /** Shows values as they came, people and secrets included; otherwise only their form is shown. */
  readonly showValues?: boolean
}

/** Compiles an inspector of exchanges with an API. @throws Failure, when asked, for a schema that cannot be compiled. */
export const exchangeInspector = (model: Model, options: ExchangeInspectorOptions = {}): ExchangeInspector =>
  new DocumentInspector(model, options)

/** A request as it was understood. */
interface ReadRequest {
  readonly noticed: InspectedExchange
  readonly reading?: RequestReading
}

/** Inspects exchanges by one document; keeps what is compiled of it. */
class DocumentInspector implements ExchangeInspector {
  readonly #model: Model
  readonly #options: ExchangeInspectorOptions
  readonly #router: Router
  readonly #isLost: (method: string, path: string) => boolean
  readonly #documented: Conformance
  readonly #carriers: Carriers
  /** Knows no person: hides what an address shows by its form. */
  readonly #nobody: PersonalData

  constructor(model: Model, options: ExchangeInspectorOptions) {
    this.#model = model
    this.#options = options
    this.#router = routerOf(model.operations)
    this.#isLost = lostIn(model)
    this.#documented = conformance(model)
    this.#carriers = carriersOf(model)
    this.#nobody = personalDataOf(model, options)
  }

  readonly request = (asking: HttpRequest): InspectedExchange => this.#read(asking).noticed

  readonly exchange = (passing: HttpExchange): InspectedExchange => {
    const { noticed, reading } = this.#read(passing)
    const { answer } = passing
    const { operation } = noticed
    if (!answer) return noticed
    if (!operation) return { ...noticed, status: answer.status }
    const found = this.#judgeAnswer(operation, passing, answer, reading).map((violation): ExchangeViolation => ({
      ...violation,
      side: 'answer',
    }))
    const violations = [...noticed.violations, ...this.#concealed(found, passing, operation)]
    return { ...noticed, status: answer.status, violations }
  }

  readonly head: ExchangeInspector['head'] = (operation, { status, headers }, asking) =>
    isRevalidated(operation, status, asking.headers)
      ? 0
      : this.#documented.read(operation, { status, headers, body: '', method: 'HEAD' }).violations.length

  #read(asking: HttpRequest): ReadRequest {
    const { method, target, headers, body } = asking
    const [path, query] = split(target)
    const request = this.#nobody.hideUrl(`${method} ${path}${maskedQuery(query, this.#carriers)}`)
    const matched = this.#router.match(method, path)
    if (!matched || 'methodNotAllowed' in matched)
      return { noticed: { request, violations: this.#undocumented(method, path, matched?.methodNotAllowed) } }
    const { operation, params } = matched
    const reading = readRequest(this.#model, operation, {
      params,
      query,
      headers,
      ...(body !== undefined && { body }),
    })
    const found = [
      ...(isAuthorised(this.#model, operation, { headers, query }) ? [] : [withoutCredentials(operation)]),
      ...reading.problems.map((problem) => violationOf(this.#model, operation, problem)),
    ]
    const violations = this.#concealed(found, asking, operation)
    return { noticed: { operation, request, violations }, reading }
  }

  #undocumented(method: string, path: string, allowed?: readonly string[]): readonly ExchangeViolation[] {
    // It is documented, only nobody can read how.
    if (this.#isLost(method, path)) return []
    const [expected, received] = allowed
      ? [allowed.join(' or '), method]
      : ['a documented path', this.#nobody.hideUrl(shownJson(path))]
    return [requestBreach('the operation is documented', expected, received)]
  }

  #judgeAnswer(
    operation: Operation,
    asking: HttpRequest,
    { status, headers, body }: HttpAnswer,
    asked: RequestReading | undefined,
  ): readonly Violation[] {
    if (isRevalidated(operation, status, asking.headers)) return []
    // Of a body that was not read nothing is known, as of one that was not asked for.
    const { violations, json } = this.#documented.read(operation, {
      status,
      headers,
      body: body ?? '',
      method: body === undefined ? 'HEAD' : asking.method,
    })
    if (status < 200 || status > 299 || json?.schema === undefined) return violations
    const options = { ...this.#options, asked: askedBy(operation, asked) }
    return [...violations, ...judge(this.#model, json.schema, json.value, options).violations]
  }

  /** A caller's own credentials may come back in an answer, and so may people. */
  #concealed(
    violations: readonly ExchangeViolation[],
    { target, headers, body, answer }: HttpRequest & Partial<Pick<HttpExchange, 'answer'>>,
    operation: Operation,
  ): readonly ExchangeViolation[] {
    if (violations.length === 0) return violations
    const query = new URLSearchParams(split(target)[1])
    const carried = [...this.#carriers.headers].map((name) => [name, headers.get(name) ?? ''] as const)
    const conceal = concealing(secretsIn(carried, query, this.#carriers))
    const people = personalDataOf(this.#model, this.#options)
    const content = operation.body?.content.find(({ mediaType }) => isJson(mediaType))
    if (body !== undefined)
      people.seeText(typeof body === 'string' ? body : new TextDecoder().decode(body), content?.schema)
    for (const [name, value] of query) people.seeField(name, value)
    if (answer) people.seeAnswer(operation, answer)
    return violations.map((violation) => people.violation(concealed(violation, conceal)))
  }
}

const split = (target: string): readonly [path: string, query: string] => {
  const at = target.indexOf('?')
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)]
}

function maskedQuery(query: string, { queries }: Carriers): string {
  if (query === '') return ''
  const pairs = query.split('&').map((pair) => {
    const [name = ''] = pair.split('=')
    return queries.has(name.toLowerCase()) ? `${name}=${mask}` : pair
  })
  return `?${pairs.join('&')}`
}

const requestBreach = (says: string, expected: string, received: string): ExchangeViolation => ({
  code: 'OAS-REQUEST',
  says,
  severity: 'error',
  pointer: '',
  expected,
  received,
  side: 'request',
})

const withoutCredentials = ({ security }: Operation): ExchangeViolation =>
  requestBreach('the request carries the credentials that are documented', security.flat().join(' or '), 'none of them')

function violationOf(
  { locate }: Model,
  { parameters, pointer }: Operation,
  { in: side, name, pointer: at, expected, received }: Problem,
): ExchangeViolation {
  const parameter: Parameter | undefined = parameters.find(
    (candidate) => candidate.name === name && candidate.in === side,
  )
  const place = locate(parameter?.pointer ?? `${pointer}/requestBody`)
  return {
    code: 'OAS-REQUEST',
    says: 'the request has the form that is documented',
    severity: 'error',
    side: 'request',
    pointer: at,
    expected: side === 'body' ? expected : `${side} ${name}: ${expected}`,
    received: received === '' ? 'nothing' : isCredentialName(name) ? mask : received,
    ...(place && { place }),
  }
}

/** What the answer has to agree with, as far as the request says it. */
function askedBy({ does, parameters }: Operation, reading: RequestReading | undefined): AskedFor {
  const valueOf = (role: string): unknown => {
    const name = parameters.find(({ binding }) => binding?.role === role)?.name
    return name === undefined ? undefined : reading?.values[name]
  }
  const base = parameters.find(({ binding }) => binding?.role === 'page.number')?.binding?.base ?? 1
  const [number, size, id] = [
    valueOf('page.number'),
    valueOf('page.size'),
    does === 'get' ? valueOf('invoice.id') : undefined,
  ]
  return {
    ...(typeof number === 'number' && { number, base }),
    ...(typeof size === 'number' && { size }),
    ...(id !== undefined && { id }),
  }
}

/** Tells whether a request asks for an answer only where it has changed (RFC 9110, 13.1). */
export const isConditional = (headers: Pick<Headers, 'get'>): boolean =>
  (headers.get('if-none-match') ?? headers.get('if-modified-since')) !== null

/** Tells whether an answer is a 304 that a document says nothing about: caches ask for it by themselves, and HTTP says all there is to say. */
export const isPlain304 = (operation: Operation, status: number): boolean =>
  status === 304 && replyFor(operation, status)?.status !== '304'

/** Tells whether it is one that was asked for. */
const isRevalidated = (operation: Operation, status: number, asked: Pick<Headers, 'get'>): boolean =>
  isPlain304(operation, status) && isConditional(asked)
