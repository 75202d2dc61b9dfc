// Writes a request as a program in several languages.

import type { JSX } from 'preact'
import type { ApiSummary } from '../calls.ts'
import { headerFields, urlOf } from './client.ts'
import type { OperationCall } from './client.ts'
import { CopyButton, Tabs } from './parts.tsx'

interface SnippetsProps {
  readonly api: Pick<ApiSummary, 'name' | 'prefix'>
  readonly call: OperationCall
}

/** A request in each language, to be copied. */
export function Snippets({ api, call }: SnippetsProps): JSX.Element {
  return (
    <Tabs
      label="Languages"
      tabs={snippetLanguages.map((language) => ({
        name: language,
        panel: () => {
          const text = snippetIn(language, api, call)
          return (
            <div class="snippet">
              <CopyButton text={text} what={`${language} snippet`} />
              <pre>{text}</pre>
            </div>
          )
        },
      }))}
    />
  )
}

/** Ways to write a request. */
const snippetLanguages = ['curl', 'fetch', 'Vitest'] as const
type SnippetLanguage = (typeof snippetLanguages)[number]

/** Returns a request as a program that makes it. */
function snippetIn(language: SnippetLanguage, api: Pick<ApiSummary, 'name' | 'prefix'>, call: OperationCall): string {
  const url = location.origin + urlOf(api, call)
  const headers = headerFields(call)
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
