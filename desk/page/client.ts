import type { ApiSummary, BodyReading, Credential, OperationFacts } from '../calls.ts'
import { world } from './world-name.ts'

const base = '/__proforma'

/** A refusal of the server, in its own words. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** Calls the server and returns its JSON. @throws Refused; TypeError where the server is away */
export async function control<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  const response = await fetch(base + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(world.value !== '' && { 'x-proforma-world': world.value }),
    },
    ...(method !== 'GET' && method !== 'DELETE' && { body: JSON.stringify(body ?? {}) }),
  })
  const json: unknown = await response.json()
  if (response.ok) return json as T
  const { detail } = json as { detail?: unknown }
  throw new Refused(typeof detail === 'string' ? detail : `The server answered ${response.status}.`)
}

/** A request to an operation. */
export interface Call {
  readonly operation: OperationFacts
  /** Texts of parameters by place and name: `query limit`. */
  readonly values: Readonly<Record<string, string>>
  readonly body?: string
  readonly mediaType?: string
}

/** What came of it. */
export interface Answered {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly contentType: string
  readonly text: string
  readonly ms: number
}

/** Returns where a parameter is kept among values. */
export const slot = (place: string, name: string): string => `${place} ${name}`

/** Returns path and query of a call, credentials included. */
export function pathOf({ prefix }: Pick<ApiSummary, 'prefix'>, { operation, values }: Call): string {
  const path = operation.path.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = values[slot('path', name)] ?? ''
    return value === '' ? whole : encodeURIComponent(value)
  })
  const query = [
    ...operation.parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name }) => [name, values[slot('query', name)] ?? ''] as const),
    ...operation.credentials.filter((one) => one.in === 'query').map(({ name, value }) => [name, value] as const),
  ].filter(([, value]) => value !== '')
  const search = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
  return prefix + path + (search === '' ? '' : `?${search}`)
}

/** Returns the header fields of a call that a page may set. */
export function headersOf({ operation, values, body, mediaType }: Call): readonly (readonly [string, string])[] {
  const own = operation.parameters
    .filter((parameter) => parameter.in === 'header')
    .map(({ name }) => [name, values[slot('header', name)] ?? ''] as const)
    .filter(([, value]) => value !== '')
  const credentials = operation.credentials
    .filter((one: Credential) => one.in === 'header')
    .map(({ name, value }) => [name, value] as const)
  return [
    ...credentials,
    ...own,
    ...(body === undefined || body === '' ? [] : [['Content-Type', mediaType ?? 'application/json'] as const]),
    ...(world.value === '' ? [] : [['X-Proforma-World', world.value] as const]),
  ]
}

/** Calls an operation. @param isBrowsing leaves it out of the log. @throws TypeError where the server is away, or cut the connection */
export async function callApi(api: Pick<ApiSummary, 'prefix'>, call: Call, isBrowsing = false): Promise<Answered> {
  const headers = new Headers()
  for (const [name, value] of headersOf(call)) headers.set(name, value)
  return send(pathOf(api, call), call.operation.method, headers, call.body, isBrowsing)
}

/** Sends any request to this server. */
export async function send(
  path: string,
  method: string,
  headers: Headers,
  body: string | undefined,
  isBrowsing = false,
): Promise<Answered> {
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

/** Returns what roles, laws and the schema say of an answer. @throws Refused for one that is too long to be sent back */
export async function readBody(
  api: string,
  operation: string,
  { status, contentType, text }: Answered,
): Promise<BodyReading> {
  if (text.length > mostRead)
    throw new Refused('The answer is too long to be held against the laws here: ask for less.')
  return control<BodyReading>('/read', 'POST', { api, operation, status, contentType, body: text })
}

/** Returns a text as JSON, `undefined` where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
