import type { ApiSummary } from '../calls.ts'
import { headersOf, pathOf } from './client.ts'
import type { Call } from './client.ts'

/** Ways to write a request. */
export const languages = ['curl', 'fetch', 'Vitest'] as const
export type Language = (typeof languages)[number]

/** Returns a request as a program that makes it. */
export function snippetOf(language: Language, api: Pick<ApiSummary, 'name' | 'prefix'>, call: Call): string {
  const url = location.origin + pathOf(api, call)
  const headers = headersOf(call)
  const { method } = call.operation
  const body = call.body === '' ? undefined : call.body
  if (language === 'curl')
    return [
      `curl${method === 'GET' || (method === 'POST' && body !== undefined) ? '' : ` -X ${method}`}`,
      ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
      ...(body === undefined ? [] : [`-d ${quoted(compact(body))}`]),
      quoted(url),
    ].join(' \\\n  ')
  if (language === 'fetch') return `${fetching(url, method, headers, body)}\nconst body = await response.json()`
  const { pathname, search } = new URL(url)
  const own = pathname.slice(api.prefix.length) + search
  return [
    "import { mock } from 'proforma'",
    "import { expect, it } from 'vitest'",
    '',
    `const api = mock(${JSON.stringify(api.name)})`,
    '',
    `it(${JSON.stringify(`answers ${call.operation.id}`)}, async () => {`,
    `  const request = new Request(${JSON.stringify(`http://localhost${own}`)}, ${optionsOf(method, headers, body, '  ')})`,
    '  const response = await api.fetch(request)',
    '  expect(response.ok).toBe(true)',
    '})',
  ].join('\n')
}

type Headers = readonly (readonly [string, string])[]

const fetching = (url: string, method: string, headers: Headers, body: string | undefined): string =>
  `const response = await fetch(${JSON.stringify(url)}, ${optionsOf(method, headers, body, '')})`

function optionsOf(method: string, headers: Headers, body: string | undefined, indent: string): string {
  const names = headers.map(
    ([name, value]) => `${/^[a-z]\w*$/i.test(name) ? name : JSON.stringify(name)}: ${JSON.stringify(value)}`,
  )
  return [
    '{',
    ...(method === 'GET' ? [] : [`${indent}  method: ${JSON.stringify(method)},`]),
    ...(names.length === 0 ? [] : [`${indent}  headers: { ${names.join(', ')} },`]),
    ...(body === undefined ? [] : [`${indent}  body: JSON.stringify(${compact(body)}),`]),
    `${indent}}`,
  ].join('\n')
}

/** A shell takes all between single quotes as it is, but for these themselves (POSIX, 2.2.2). */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

function compact(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body))
  } catch {
    return body
  }
}
