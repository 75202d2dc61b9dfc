// Checks recorded exchanges without sending requests.

import { failure, lostIn, parseDecimal, routerOf } from '../spec/index.ts'
import type { Matched, Model, Operation } from '../spec/index.ts'
import { carriersOf, concealing, mask, secretsIn } from './check/credentials.ts'
import type { Carriers } from './check/credentials.ts'
import { mayBeAnything } from './check/rules.ts'
import { CheckRun } from './check/run.ts'
import type { RunOptions } from './check/run.ts'
import { curlCommand } from './check/request.ts'
import { reportOf } from './check/summary.ts'
import type { AskedFor } from './law.ts'
import type { Report } from './report.ts'
import { isPlain304 } from './exchange-inspector.ts'

/** An exchange as it was recorded. */
export interface RecordedExchange {
  readonly method: string
  /** Absolute, or from the root of the server. */
  readonly url: string
  /** Of the request. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly status: number
  readonly answerHeaders: readonly (readonly [name: string, value: string])[]
  /** Missing where the recording left it out. */
  readonly body?: string
  /** operationId, where that is known. */
  readonly operation?: string
  /** Why it belongs to no operation, where that is known. */
  readonly reason?: string
  /** What shows it again, instead of the request: a command. */
  readonly replay?: string
}

/** Options of {@link checkRecorded}. */
export interface RecordedOptions extends RunOptions {
  /** What the report calls the source: the name of a file. */
  readonly source: string
}

/**
 * Holds recorded exchanges against a document and the laws, without a request.
 * @throws Failure where none of them is of the document, or a law is unknown.
 */
export function checkRecorded(model: Model, recorded: readonly RecordedExchange[], options: RecordedOptions): Report {
  const carriers = carriersOf(model)
  const run = new CheckRun(model, options, concealing(credentialsIn(recorded, carriers)))
  const find = finderOf(model.operations)
  const isLost = isLostIn(model)
  let found = 0
  for (const one of recorded) {
    const matched = find(one)
    if (matched) {
      found++
      checkExchange(run, matched, one, carriers)
    } else
      run.skip(
        `${one.method} ${pathOf(one.url)}`,
        isLost(one)
          ? 'its operation cannot be read in the document'
          : (one.reason ?? 'the document has no such operation'),
      )
  }
  if (found === 0 && model.lost.length === 0)
    throw failure(`check ${options.source}`, {
      expected: `exchanges of ${model.title}`,
      received: recorded.length === 0 ? 'none at all' : `${recorded.length} of something else`,
    })
  return reportOf(run, {
    baseUrl: options.source,
    ...(options.today !== undefined && { today: options.today }),
  })
}

function credentialsIn(recorded: readonly RecordedExchange[], carriers: Carriers): readonly string[] {
  const credentials = recorded.flatMap(({ headers, url }) =>
    secretsIn(
      headers.filter(([name]) => carriers.headers.has(name.toLowerCase())),
      queryOf(url),
      carriers,
    ),
  )
  return [...new Set(credentials)]
}

/** Returns what tells whether the document has the operation of an exchange, only in a way that cannot be read. */
function isLostIn(model: Model): (one: RecordedExchange) => boolean {
  const isLost = lostIn(model)
  return ({ method, url, operation }) =>
    suffixesOf(pathOf(url)).some((suffix) => isLost(method.toUpperCase(), suffix)) ||
    model.lost.some(({ id }) => id === operation)
}

function checkExchange(run: CheckRun, matched: Matched, one: RecordedExchange, carriers: Carriers): void {
  const { operation, params } = matched
  const { method, url, headers, status, body } = one
  run.people.seeAnswer(undefined, { status: 0, headers: headersOf(headers) })
  const query = queryOf(url)
  const address = pathOf(url) + maskedQuery(query, carriers)
  const request = `${method} ${address}`
  run.count(operation, status, [...Object.keys(params), ...query.map(([name]) => name)])
  if (body === undefined && status !== 204 && status !== 304)
    return run.skip(request, 'the recording left its body out')
  run.checkResponse({
    operation,
    request,
    replay: one.replay ?? curlCommand(method, originOf(url) + address, headers.filter(isWorthRepeating), undefined),
    expect: isPlain304(operation, status) ? { ...mayBeAnything, isBare: () => true } : mayBeAnything,
    asked: askedOf(matched, one),
    answer: { status, headers: headersOf(one.answerHeaders), body: body ?? '', method },
  })
}

function maskedQuery(query: ReturnType<typeof queryOf>, { queries }: Carriers): string {
  const pairs = query.map(
    ([name, value]) =>
      `${encodeURIComponent(name)}=${queries.has(name.toLowerCase()) ? mask : encodeURIComponent(value)}`,
  )
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

/** A client adds the others by itself. */
const isWorthRepeating = ([name]: readonly [string, string]): boolean =>
  !/^(?::|host$|content-length$|connection$)/i.test(name)

const cut = (url: string): { readonly origin: string; readonly path: string; readonly query: string } => {
  const [, origin = '', path = '', query = ''] =
    /^([a-z][a-z\d+.-]*:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/is.exec(url) ?? []
  return { origin: origin.replace(/\/\/[^@]*@/, '//'), path: path || '/', query }
}
const originOf = (url: string): string => cut(url).origin
const pathOf = (url: string): string => cut(url).path
const queryOf = (url: string): readonly (readonly [string, string])[] => [...new URLSearchParams(cut(url).query)]

/** A body is held as it was decoded; what a recording says of its transfer is no longer true. */
function headersOf(pairs: RecordedExchange['answerHeaders']): Headers {
  const headers = new Headers()
  for (const [name, value] of pairs) {
    try {
      if (!name.startsWith(':')) headers.append(name, value)
    } catch {
      // Browsers record headers that fetch would not let through.
    }
  }
  return headers
}

/** The document's paths may follow a base path that a recording does not mark. */
const suffixesOf = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(1)
    .map((_, index, steps) => `/${steps.slice(index).join('/')}`)

function finderOf(operations: readonly Operation[]): (one: RecordedExchange) => Matched | undefined {
  const router = routerOf(operations)
  const known = new Map(operations.map((operation) => [operation.id, operation]))
  return ({ method, url, operation: id }) => {
    const operation = id === undefined ? undefined : known.get(id)
    for (const suffix of suffixesOf(pathOf(url))) {
      const matched = router.match(method.toUpperCase(), suffix)
      if (matched && 'operation' in matched && (operation ?? matched.operation) === matched.operation) return matched
    }
    return operation && { operation, params: {} }
  }
}

/** What the address says was asked for. */
function askedOf({ operation, params }: Matched, { url }: RecordedExchange): AskedFor {
  if (operation.does === 'get') {
    const parameter = operation.parameters.find(
      ({ in: place, binding }) => place === 'path' && binding?.role === 'invoice.id',
    )
    const id = parameter && params[parameter.name]
    return id === undefined ? {} : { id }
  }
  if (operation.does !== 'list') return {}
  const query = new Map(queryOf(url))
  const size = numberOf(operation, 'page.size', query)
  const number = numberOf(operation, 'page.number', query)
  const base = operation.parameters.find(({ binding }) => binding?.role === 'page.number')?.binding?.base
  return { ...(size !== undefined && { size }), ...(number !== undefined && base !== undefined && { number, base }) }
}

function numberOf({ parameters }: Operation, role: string, query: ReadonlyMap<string, string>): number | undefined {
  const name = parameters.find(({ binding }) => binding?.role === role)?.name
  const text = name === undefined ? undefined : query.get(name)
  return text !== undefined && parseDecimal(text) !== undefined ? Number(text) : undefined
}
