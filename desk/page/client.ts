// Calls the server: control calls and API operations.

import { signal } from '@preact/signals'
import type { AnswerVerdict, ApiSummary, Credential, OperationFacts } from '../calls.ts'

const key = 'proforma-desk-world'

/** Name of the world that is looked at; empty for the first. */
export const selectedWorld = signal(recall())

/** Looks at another world. */
export function selectWorld(name: string): void {
  selectedWorld.value = name
  try {
    sessionStorage.setItem(key, name)
  } catch {
    // A browser may keep nothing.
  }
}

function recall(): string {
  try {
    return sessionStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

const base = '/__proforma'

/** A refusal of the server, in its own words. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
}

/** Returns what the server said when it refused, or that it said nothing. */
export const refusalOf = (error: unknown): string =>
  error instanceof ControlError ? error.message : 'The server does not answer.'

/** Calls the server and returns its JSON. @throws ControlError; TypeError where the server is away */
export async function callControl<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  const response = await fetch(base + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(selectedWorld.value !== '' && { 'x-proforma-world': selectedWorld.value }),
    },
    ...(method !== 'GET' && method !== 'DELETE' && { body: JSON.stringify(body ?? {}) }),
  })
  const json: unknown = await response.json()
  if (response.ok) return json as T
  const { detail } = json as { detail?: unknown }
  throw new ControlError(typeof detail === 'string' ? detail : `The server answered ${response.status}.`)
}

/** A request to an operation. */
export interface OperationCall {
  readonly operation: OperationFacts
  /** Texts of parameters by place and name: `query limit`. */
  readonly values: Readonly<Record<string, string>>
  readonly body?: string
  readonly mediaType?: string
}

/** What came of it. */
export interface ApiAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly contentType: string
  readonly text: string
  readonly ms: number
}

/** Returns where a parameter is kept among values. */
export const parameterKey = (place: string, name: string): string => `${place} ${name}`

/** Returns path and query of a call, credentials included. */
export function urlOf({ prefix }: Pick<ApiSummary, 'prefix'>, { operation, values }: OperationCall): string {
  const path = operation.path.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = values[parameterKey('path', name)] ?? ''
    return value === '' ? whole : encodeURIComponent(value)
  })
  const query = [
    ...operation.parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name }) => [name, values[parameterKey('query', name)] ?? ''] as const),
    ...operation.credentials.filter((one) => one.in === 'query').map(({ name, value }) => [name, value] as const),
  ].filter(([, value]) => value !== '')
  const search = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
  return prefix + path + (search === '' ? '' : `?${search}`)
}

/** Returns the header fields of a call that a page may set. */
export function headerFields({
  operation,
  values,
  body,
  mediaType,
}: OperationCall): readonly (readonly [string, string])[] {
  const own = operation.parameters
    .filter((parameter) => parameter.in === 'header')
    .map(({ name }) => [name, values[parameterKey('header', name)] ?? ''] as const)
    .filter(([, value]) => value !== '')
  const credentials = operation.credentials
    .filter((one: Credential) => one.in === 'header')
    .map(({ name, value }) => [name, value] as const)
  return [
    ...credentials,
    ...own,
    ...(body === undefined || body === '' ? [] : [['Content-Type', mediaType ?? 'application/json'] as const]),
    ...(selectedWorld.value === '' ? [] : [['X-Proforma-World', selectedWorld.value] as const]),
  ]
}

/** Calls an operation. @param isBrowsing leaves it out of the log. @throws TypeError where the server is away, or cut the connection */
export async function callApi(
  api: Pick<ApiSummary, 'prefix'>,
  call: OperationCall,
  isBrowsing = false,
): Promise<ApiAnswer> {
  const headers = new Headers()
  for (const [name, value] of headerFields(call)) headers.set(name, value)
  return sendRequest(urlOf(api, call), call.operation.method, headers, call.body, isBrowsing)
}

/** Sends any request to this server. */
export async function sendRequest(
  path: string,
  method: string,
  headers: Headers,
  body: string | undefined,
  isBrowsing = false,
): Promise<ApiAnswer> {
  if (isBrowsing) headers.set('X-Proforma-Desk', 'browse')
  const start = performance.now()
  const response = await fetch(path, {
    method,
    headers,
    cache: 'no-store',
    ...(body !== undefined && body !== '' && method !== 'GET' && method !== 'HEAD' && { body }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: [...response.headers],
    contentType: response.headers.get('content-type') ?? '',
    text,
    ms: performance.now() - start,
  }
}

/** Characters of an answer that the server reads: its requests have a limit. */
const mostRead = 700_000

/** Returns what roles, laws and the schema say of an answer. @throws ControlError for one that is too long to be sent back */
export async function judgeAnswer(
  api: string,
  operation: string,
  { status, contentType, text }: ApiAnswer,
): Promise<AnswerVerdict> {
  if (text.length > mostRead)
    throw new ControlError('The answer is too long to be held against the laws here: ask for less.')
  return callControl<AnswerVerdict>('/read', 'POST', { api, operation, status, contentType, body: text })
}

/** Returns a text as JSON, `undefined` where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
