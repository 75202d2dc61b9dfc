// Turns exchanges into masked recordings and parses them again.

import { failure, isJson, isObject, replyFor } from '../spec/index.ts'
import type { Model, Operation } from '../spec/index.ts'
import { carriersOf, mask } from './check/credentials.ts'
import { maskerOf } from './mask/masker.ts'
import type { InspectedExchange, HttpExchange } from './exchange-inspector.ts'

/** An exchange as it is kept in a file: people and secrets masked. */
export interface Recording {
  /** operationId, where the document has the operation. */
  readonly operation?: string
  readonly request: {
    readonly method: string
    readonly path: string
    /** Sorted by name, without `?`; parameters that carry credentials are left out. */
    readonly query?: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: unknown
  }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    /** JSON, or a text where it is none; missing where there was none, or it was not read. */
    readonly body?: unknown
  }
}

/** Makes recordings of exchanges, and of requests that ask for one again. */
export interface ExchangeRecorder {
  /** Returns what is kept of an exchange, or `undefined` where no answer came. */
  record(noticed: InspectedExchange, passing: HttpExchange): Recording | undefined
  /** Returns what would be kept of a request. */
  request(operation: Operation | undefined, passing: HttpExchange): Recording['request']
}

/** Headers that say how to read a body, and nothing about anybody. */
const plain = [
  'accept',
  'content-type',
  'prefer',
  'if-none-match',
  'if-modified-since',
  'etag',
  'last-modified',
  'cache-control',
  'retry-after',
  'vary',
  'content-language',
]

/** Returns a recorder for an API. @param options.salt makes masks differ from everybody else's */
export function exchangeRecorder(model: Model, options: { readonly salt?: string } = {}): ExchangeRecorder {
  const masker = maskerOf(model, options)
  const carriers = carriersOf(model)

  function request(
    operation: Operation | undefined,
    { method, target, headers, body }: HttpExchange,
  ): Recording['request'] {
    const at = target.includes('?') ? target.indexOf('?') : target.length
    const query = masker.query(operation, target.slice(at + 1))
    const credentials = Object.fromEntries(
      [...carriers.headers].filter((name) => headers.has(name)).map((name) => [name, mask]),
    )
    const content = operation?.body?.content.find(({ mediaType }) => isJson(mediaType))
    const text = typeof body === 'string' ? body : body && new TextDecoder().decode(body)
    return {
      method,
      path: masker.path(operation, target.slice(0, at)),
      ...(query !== '' && { query }),
      headers: { ...maskedHeaders(only(headers, plain)), ...credentials },
      ...(text !== undefined && text !== '' && { body: bodyOf(content?.schema, text, headers) }),
    }
  }

  function record({ operation }: InspectedExchange, passing: HttpExchange): Recording | undefined {
    const { answer } = passing
    if (!answer) return undefined
    const { status, headers, body } = answer
    const reply = operation && replyFor(operation, status)
    const schema = reply?.content.find(({ mediaType }) => isJson(mediaType))?.schema
    const documented =
      reply?.headers
        .map(({ name }) => name.toLowerCase())
        .filter((name) => name !== 'location' && name !== 'set-cookie') ?? []
    return {
      ...(operation && { operation: operation.id }),
      request: request(operation, passing),
      response: {
        status,
        headers: maskedHeaders({ ...only(headers, documented), ...only(headers, plain) }),
        ...(body !== undefined && body !== '' && { body: bodyOf(schema, body, headers) }),
      },
    }
  }

  function bodyOf(schema: string | undefined, text: string, headers: Headers): unknown {
    const value = parsed(text)
    return value === text ? masker.text(text, headers.get('content-type') ?? '') : masker.body(schema, value)
  }

  const maskedHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, masker.header(name, value)]))

  return { record, request }
}

const only = (headers: Headers, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    [...new Set(names)].flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** Returns the name of a recording's file: `0007-listInvoices.json`. */
export const recordingName = (number: number, { operation = 'unknown' }: Pick<Recording, 'operation'>): string =>
  `${String(number).padStart(4, '0')}-${operation.replace(/[^\w.-]+/g, '-').slice(0, 100)}.json`

/** Returns the recording that a file holds. @throws Failure for what is no recording, naming the file. */
export function parseRecording(text: string, file: string): Recording {
  const value = parsed(text)
  const { request, response } = isObject(value) ? value : {}
  const isWhole =
    isObject(request) &&
    typeof request.method === 'string' &&
    typeof request.path === 'string' &&
    isObject(response) &&
    Number.isInteger(response.status)
  if (!isWhole)
    throw failure(`read ${file}`, {
      expected: 'a recording: { request: { method, path }, response: { status } }',
      received: isObject(value) ? 'other JSON' : 'something else',
    })
  return value as Recording
}
