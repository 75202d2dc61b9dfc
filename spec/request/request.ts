// Reads a whole request to an operation: parameters, body and problems.

import { hiddenValue, isConfidentialName } from '../confidential.ts'
import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import { bodyLimits } from '../limits.ts'
import type { BodyLimits } from '../limits.ts'
import type { Model } from '../model.ts'
import type { Operation, Parameter } from '../operation.ts'
import { TooMuchEffort, withinEffort } from '../pattern/effort.ts'
import { atPointer, join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import type { Matched } from '../router.ts'
import { engineOf } from '../schema/engine.ts'
import { readRequestBody } from './body.ts'
import type { RawBody } from './body.ts'
import { decodeComponent, parseCookies, parseQuery, valueReader } from './parameters.ts'
import type { QueryValues, ReadValue } from './parameters.ts'
import { toProblem } from './problem.ts'
import type { Flaw, Problem } from './problem.ts'

export type { Problem }

/** A request, taken apart. */
export interface RequestParts {
  /** Texts of the path parameters, decoded, as a router gives them. */
  readonly params: Readonly<Record<string, string>>
  /** Raw query, with or without `?`. */
  readonly query: string | URLSearchParams
  readonly headers: { get(name: string): string | null }
  /** Bytes are checked to be UTF-8. */
  readonly body?: RawBody
  readonly contentType?: string | null
  /** Of a JSON body. */
  readonly limits?: BodyLimits
}

/** What a request says, and what is wrong with it. */
export interface RequestReading {
  /** Typed values by parameter name, defaults filled in; absent parameters are absent. A path parameter wins over a namesake. */
  readonly values: Readonly<Record<string, unknown>>
  /** The body: parsed JSON, a form's fields, or the text of another documented type. */
  readonly body: unknown
  /** Empty when the request conforms. */
  readonly problems: readonly Problem[]
}

interface Reader {
  readonly parameter: Parameter
  readonly read: ReadValue
  readonly fallback: unknown
  /** A path parameter has the same name. */
  readonly isShadowed: boolean
  /** What it says is shown to nobody. */
  readonly isConfidential: boolean
}

interface Plan {
  readonly readers: readonly Reader[]
  readonly hasCookies: boolean
}

const plans = new WeakMap<Operation, Plan>()

/**
 * Returns what a request to an operation says. Unknown query parameters are passed over, all others are read by their style,
 * turned into what their schema says (`true` and `false` only, `5` but not `5.0` for an integer), and checked. One that takes too long to
 * check is a problem, too.
 */
export function readRequest(model: Model, operation: Operation, parts: RequestParts): RequestReading {
  try {
    return withinEffort(() => readParts(model, operation, parts))
  } catch (error) {
    if (!(error instanceof TooMuchEffort)) throw error
    const flaw = { pointer: '', code: 'effort', expected: 'values that can be checked in time', received: 'others' }
    return { values: {}, body: undefined, problems: [toProblem('body', 'body', flaw)] }
  }
}

function readParts(model: Model, operation: Operation, parts: RequestParts): RequestReading {
  const { readers, hasCookies } = planOf(model, operation)
  const query = parseQuery(parts.query)
  const cookies = hasCookies ? parseCookies(parts.headers.get('cookie')) : none
  const values: Record<string, unknown> = {}
  const problems: Problem[] = []
  const flaws: Flaw[] = []
  for (const reader of readers) {
    const value = valueOf(reader, parts, query, cookies, flaws)
    if (flaws.length > 0)
      for (const flaw of flaws.splice(0)) {
        const shown = reader.isConfidential && flaw.received !== '' ? { ...flaw, received: hiddenValue } : flaw
        problems.push(toProblem(reader.parameter.in, reader.parameter.name, shown))
      }
    if (value !== undefined && !reader.isShadowed) values[reader.parameter.name] = value
  }
  Object.assign(values, comparedIn(operation, query, values))
  const body = operation.body
    ? readRequestBody(
        model,
        operation,
        parts.body,
        parts.contentType ?? parts.headers.get('content-type'),
        problems,
        parts.limits ?? bodyLimits,
      )
    : undefined
  const told = toldByPath(model, operation, values, body)
  return told
    ? { values, body: { ...told, ...(body as object) }, problems: problems.filter((one) => !isTold(one, told)) }
    : { values, body, problems }
}

/** Comparisons that a client may write behind the name of a documented filter. */
const comparisons = /^(.+)\[(gt|gte|lt|lte|eq|from|to|after|before|since|until)\]$/

/** Returns the values of filters that are written as comparisons, `created_at[gt]=…`, though only `created_at` is documented. */
function comparedIn(
  { parameters }: Operation,
  query: QueryValues,
  read: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const compared: Record<string, Record<string, string>> = {}
  for (const [stated, [raw = '']] of query) {
    const [, name = '', comparison = ''] = comparisons.exec(stated) ?? []
    const parameter = parameters.find((one) => one.in === 'query' && one.name === name)
    if (!parameter || read[name] !== undefined || parameters.some((one) => one.name === stated)) continue
    if (parameter.binding && parameter.binding.role !== 'filter') continue
    const value = decodeComponent(raw)
    if (value !== undefined) compared[name] = { ...compared[name], [comparison]: value }
  }
  return compared
}

/** Returns the operation that a path belongs to: of several in one place, the first whose path parameters fit their schemas, else the first. */
export function fittingRoute(model: Model, matched: Matched): Matched {
  if (!matched.others) return matched
  const fits = ({ operation, params }: Matched): boolean => {
    const flaws: Flaw[] = []
    const parts = { params, query: '', headers: { get: () => null } }
    for (const reader of planOf(model, operation).readers)
      if (reader.parameter.in === 'path') valueOf(reader, parts, none, none, flaws)
    return flaws.length === 0
  }
  return [matched, ...matched.others].find(fits) ?? matched
}

const none: QueryValues = new Map()

function valueOf(
  { parameter, read, fallback }: Reader,
  parts: RequestParts,
  query: QueryValues,
  cookies: QueryValues,
  flaws: Flaw[],
): unknown {
  const value = read(
    parameter.in === 'query' ? query : parameter.in === 'cookie' ? cookies : single(parameter, parts),
    flaws,
  )
  if (value !== undefined || flaws.length > 0) return value
  if (parameter.required) flaws.push({ pointer: '', code: 'required', expected: 'a value', received: '' })
  return fallback
}

function single({ name, in: place }: Parameter, { params, headers }: RequestParts): QueryValues {
  const text = place === 'path' ? (Object.hasOwn(params, name) ? params[name] : undefined) : headers.get(name)
  return typeof text === 'string' ? new Map([[name, [text]]]) : none
}

/** Header parameters that OpenAPI leaves to other parts of the document (Parameter Object, `name`). */
const reserved = new Set(['accept', 'content-type', 'authorization'])

function planOf(model: Model, operation: Operation): Plan {
  const known = plans.get(operation)
  if (known) return known
  const inPath = new Set(operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name))
  const keys = new Set(Object.values(model.security).map(({ name }) => name?.toLowerCase()))
  const readers = operation.parameters
    .filter((parameter) => parameter.in !== 'header' || !reserved.has(parameter.name.toLowerCase()))
    .map((parameter): Reader => ({
      parameter,
      read: valueReader(model.document, parameter),
      fallback: defaultOf(model.document, parameter),
      isShadowed: parameter.in !== 'path' && inPath.has(parameter.name),
      isConfidential: isConfidentialName(parameter.name) || keys.has(parameter.name.toLowerCase()),
    }))
  const plan = { readers, hasCookies: readers.some(({ parameter }) => parameter.in === 'cookie') }
  plans.set(operation, plan)
  return plan
}

/** Returns where the schemas stand that requests to a model are held against. */
export function judgedSchemas(model: Model): readonly Pointer[] {
  const engine = engineOf(model.document, { direction: 'request' })
  for (const operation of model.operations) {
    planOf(model, operation)
    for (const { schema } of operation.body?.content ?? []) if (schema !== undefined) engine.at(schema)
  }
  return engine.asked()
}

function defaultOf(document: Document, { schema }: Parameter): unknown {
  const beside = atPointer(document, schema)
  if (isObject(beside) && beside.default !== undefined) return beside.default
  const { value } = resolve(document, schema)
  return isObject(value) ? value.default : undefined
}

/**
 * Returns the status that an operation answers to problems: 415 for a wrong media type, 413 for a body beyond its
 * limits, else the documented one of 400 and 422, else 400.
 */
export function statusOf(operation: Operation, problems: readonly Problem[]): number {
  if (problems.some(({ code }) => code === 'mediaType')) return 415
  if (problems.some(({ code }) => code === 'depth' || code === 'length' || code === 'effort')) return 413
  const documented = (status: string): boolean => operation.replies.some((reply) => reply.status === status)
  return !documented('400') && documented('422') ? 422 : 400
}

/** Returns what the path says of an item that the body would only repeat: clients that name it once are understood. */
export function toldByPath(
  { document }: Model,
  operation: Operation,
  values: Readonly<Record<string, unknown>>,
  body: unknown,
): Record<string, unknown> | undefined {
  if (!isObject(body)) return undefined
  const told = operation.parameters
    .filter(({ in: place, name }) => place === 'path' && values[name] !== undefined)
    .flatMap(({ name, binding }) =>
      (operation.body?.content ?? []).flatMap(({ schema }) => {
        const { value } = schema === undefined ? { value: undefined } : resolve(document, schema)
        if (!isObject(value) || !isObject(value.properties) || !Array.isArray(value.required)) return []
        return Object.entries(value.properties)
          .filter(
            ([own, stated]) =>
              !Object.hasOwn(body, own) && (value.required as unknown[]).includes(own) && isSame(own, stated),
          )
          .map(([own]) => [own, values[name]] as const)

        function isSame(own: string, stated: unknown): boolean {
          const role = isObject(stated) ? stated['x-role'] : undefined
          return own === name || (binding !== undefined && role === binding.role)
        }
      }),
    )
  return told.length === 0 ? undefined : Object.fromEntries(told)
}

/** Tells whether a problem is that something is missing which the path says. */
const isTold = ({ in: place, pointer, code }: Problem, told: Readonly<Record<string, unknown>>): boolean =>
  place === 'body' && code === 'required' && Object.keys(told).some((name) => pointer === join('', name))

/** The seam of everything that answers: handlers, servers, Prism, proxies and live APIs are each a `Fetch`. */
export type Fetch = (request: Request) => Promise<Response>
