// Composes a request to an operation and its curl command.

import {
  headerText,
  isHeaderName,
  isJson,
  isObject,
  shellQuote,
  shellWord,
  uriComponent,
  uriText,
} from '../../spec/index.ts'
import type { Content, Model, Operation, Parameter } from '../../spec/index.ts'
import { mask, maskedHeader } from './credentials.ts'
import type { Carriers } from './credentials.ts'
import type { CheckOptions } from './options.ts'
import { sampleParameter } from '../samples.ts'

/** A body as it stands. */
export interface VerbatimBody {
  readonly text: string
  readonly type: string
  /** What stands for it in a command that repeats the request, where it is too long. */
  readonly told?: string
}

/** One request to make. */
export interface Ask {
  readonly operation: Operation
  /** Values by parameter name; required parameters that are missing here are filled in. */
  readonly values?: Readonly<Record<string, unknown>>
  /** Parameters to leave out although they are required. */
  readonly without?: readonly string[]
  readonly body?: unknown
  /** A body that is sent as it stands, instead. */
  readonly raw?: VerbatimBody
  /** Headers besides. */
  readonly headers?: Readonly<Record<string, string>>
  /** Leave the credentials out. */
  readonly isAnonymous?: boolean
}

/** A request in parts, and how it may be printed. */
export interface ComposedRequest {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body?: string
  /** Names of the document's parameters that are sent. */
  readonly parameters: readonly string[]
  /** What they are sent with. */
  readonly values: Readonly<Record<string, unknown>>
  /** `GET /v1/invoices?limit=5` */
  readonly line: string
  /** The curl command that repeats it, credentials masked. */
  readonly replay: string
}

/** Returns the request for an operation: parameters written in their style, credentials added. */
export function composeRequest(
  model: Model,
  ask: Ask,
  { baseUrl, headers = {}, parameters = {} }: CheckOptions,
  carriers: Carriers,
): ComposedRequest {
  const { operation, body, isAnonymous = false } = ask
  const values = valuesOf(model, ask, parameters)
  const stated = (place: Parameter['in']): Parameter[] =>
    operation.parameters.filter((parameter) => parameter.in === place && values[parameter.name] !== undefined)
  const path = stated('path').reduce(
    (text, { name }) => text.replaceAll(`{${uriText(name)}}`, uriComponent(String(values[name]))),
    uriText(operation.path),
  )
  const keys = isAnonymous
    ? []
    : Object.entries(parameters).filter(([name]) => carriers.queries.has(name.toLowerCase()))
  // A document may list a key among its parameters as well: what is a credential is sent as one, or not at all.
  const isKey = ({ in: place, name }: Parameter): boolean =>
    (place === 'query' ? carriers.queries : carriers.headers).has(name.toLowerCase())
  const query = [
    ...stated('query')
      .filter((parameter) => !isKey(parameter))
      .flatMap((parameter) => queryPairs(parameter, values[parameter.name])),
    ...keys,
  ]
  const sent = new Headers({ accept: 'application/json, */*;q=0.5' })
  for (const [name, value] of Object.entries(headers))
    if (!isAnonymous || !carriers.headers.has(name.toLowerCase())) sent.set(name, value)
  for (const [name, value] of Object.entries(ask.headers ?? {})) sent.set(name, value)
  for (const parameter of stated('header')) {
    const { name } = parameter
    if (!isHeaderName(name)) continue
    const isStated = statedFor(operation, name, parameters) !== undefined
    if (isKey(parameter) ? isStated && !isAnonymous : isStated || ask.values?.[name] !== undefined || !sent.has(name))
      sent.set(name, headerText(String(values[name])))
  }
  const content = bodyContent(operation)
  const type = ask.raw?.type ?? content?.mediaType ?? 'application/json'
  const text = ask.raw?.text ?? (body === undefined ? undefined : isForm(type) ? formText(body) : JSON.stringify(body))
  if (text !== undefined) sent.set('content-type', type)
  const masked = query.map(([name, value]): Pair => [name, carriers.queries.has(name.toLowerCase()) ? mask : value])
  const base = baseUrl.replace(/\/+$/, '')
  return {
    url: base + path + searchText(query),
    method: operation.method,
    headers: sent,
    ...(text !== undefined && { body: text }),
    values,
    parameters: operation.parameters.map(({ name }) => name).filter((name) => values[name] !== undefined),
    line: `${operation.method} ${path}${searchText(masked)}`,
    replay: curlCommand(operation.method, base + path + searchText(masked), sent, ask.raw?.told ?? text),
  }
}

/** Returns how the body of an operation is sent: as JSON, or where it documents none as a form. */
export const bodyContent = ({ body }: Pick<Operation, 'body'>): Content | undefined =>
  body?.content.find(({ mediaType }) => isJson(mediaType)) ?? body?.content.find(({ mediaType }) => isForm(mediaType))

const isForm = (mediaType: string): boolean => /^application\/x-www-form-urlencoded\b/i.test(mediaType)

/** Returns a value as a form: `lines[0][price]=12&currency=EUR`; null is left empty. */
const formText = (value: unknown): string => new URLSearchParams(formPairs('', value)).toString()

const formPairs = (name: string, value: unknown): [string, string][] =>
  typeof value !== 'object' || value === null
    ? [[name, String(value ?? '')]]
    : Object.entries(value).flatMap(([key, inner]) => formPairs(name === '' ? key : `${name}[${key}]`, inner))

function valuesOf(
  { document }: Model,
  { operation, values = {}, without = [] }: Ask,
  parameters: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const wanted = operation.parameters.filter(({ name }) => !without.includes(name))
  return Object.fromEntries(
    wanted.map((parameter) => {
      const { name, required } = parameter
      const known = values[name] ?? statedFor(operation, name, parameters)
      return [name, known ?? (required ? sampleParameter(document, parameter) : undefined)]
    }),
  )
}

/** Returns the value that the caller states for a parameter: for this operation (`getClient.id`), or for all that have it. */
export const statedFor = (
  { id }: Operation,
  name: string,
  parameters: Readonly<Record<string, string>>,
): string | undefined => parameters[`${id}.${name}`] ?? parameters[name]

type Pair = readonly [name: string, value: string]

/** A query parameter’s pairs in its style (OpenAPI 3.1, Style Values). */
function queryPairs({ name, style, explode }: Parameter, value: unknown): Pair[] {
  if (style === 'content') return [[name, JSON.stringify(value)]]
  if (Array.isArray(value))
    return explode
      ? value.map((item): Pair => [name, String(item)])
      : [[name, value.map(String).join(style === 'pipeDelimited' ? '|' : ',')]]
  if (!isObject(value)) return [[name, String(value)]]
  const fields = Object.entries(value).map(([field, item]): Pair => [
    style === 'deepObject' ? `${name}[${field}]` : field,
    String(item),
  ])
  return style === 'deepObject' || explode ? fields : [[name, fields.flat().join(',')]]
}

const searchText = (query: readonly Pair[]): string =>
  query.length === 0
    ? ''
    : `?${query.map(([name, value]) => `${uriComponent(name)}=${value === mask ? value : uriComponent(value)}`).join('&')}`

/** Returns the curl command for a request; headers that carry credentials are masked, the address is taken as it is. */
export function curlCommand(
  method: string,
  url: string,
  headers: Iterable<readonly [name: string, value: string]>,
  body: string | undefined,
): string {
  const shown = [...headers]
    .filter(([name]) => name !== 'accept')
    .map(([name, value]) => `-H ${shellQuote(`${name}: ${maskedHeader(name, value)}`)}`)
  return [
    'curl',
    ...(method === 'GET' ? [] : ['-X', shellWord(method)]),
    shellQuote(uriText(url)),
    ...shown,
    ...(body === undefined ? [] : ['-d', shellQuote(body)]),
  ].join(' ')
}
