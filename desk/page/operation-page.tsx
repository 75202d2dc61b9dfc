// Lets users send a request to an operation.

import { useEffect, useState } from 'preact/hooks'
import type { JSX } from 'preact'
import type { AnswerVerdict, ApiDetail, ApiSummary, OperationFacts, RequestExample, ResourceFacts } from '../calls.ts'
import {
  callApi,
  callControl,
  ControlError,
  headerFields,
  judgeAnswer,
  parameterKey,
  parseJson,
  urlOf,
} from './client.ts'
import type { ApiAnswer, OperationCall } from './client.ts'
import { BodyForm, ParameterFields } from './form.tsx'
import { bytesText, millisecondsText } from './format.ts'
import { JsonView } from './json-view.tsx'
import { CopyButton, Heading, LoadState, MethodName, StatusCode, Tabs, useLoaded, ViolationList } from './parts.tsx'
import { ListRows, valueIn } from './rows.ts'
import { currentAddress, dataVersion, loadApi, loadApiDocument, refreshStatus } from './state.ts'

/** One operation, to be tried. */
export function OperationPage({ api: name, id }: { api: string; id: string }): JSX.Element {
  const { value, error } = useLoaded(async () => {
    const api = await loadApi(name)
    const operation = api.calls.find((call) => call.id === id)
    if (!operation) throw new Error(`${api.title} has no operation ${id}.`)
    const [document, example] = await Promise.all([
      loadApiDocument(name),
      callControl<RequestExample>(`/apis/${encodeURIComponent(name)}/example?operation=${encodeURIComponent(id)}`),
    ])
    return { api, operation, document, example }
  }, [name, id])
  return value ? <Try key={id} {...value} /> : <LoadState error={error} />
}

interface TryProps {
  readonly api: ApiDetail
  readonly operation: OperationFacts
  readonly document: unknown
  readonly example: RequestExample
}

function Try({ api, operation, document, example }: TryProps): JSX.Element {
  const [key] = useState(() => lookedUp(api, operation))
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() => beginning(operation, example, key?.name))
  const [body, setBody] = useState(() => pretty(example.body ?? ''))
  const [answer, setAnswer] = useState<Outcome>({})
  const [isBusy, setBusy] = useState(false)
  const mediaType = operation.bodies[0]?.mediaType
  const call: OperationCall = {
    operation,
    values,
    ...(operation.bodies.length > 0 && { body }),
    ...(mediaType !== undefined && { mediaType }),
  }
  useEffect(() => {
    if (!key) return
    void firstKey(api, key).then((found = example.parameters[key.name] ?? '') =>
      setValues((now) => ({ [parameterKey('path', key.name)]: found, ...now })),
    )
  }, [])
  const submit = async (): Promise<void> => {
    setBusy(true)
    try {
      const answered = await callApi(api, call)
      setAnswer({ answered })
      const read = await judgeAnswer(api.name, operation.id, answered).then(
        (reading) => ({ reading }),
        (why: unknown) => ({ unread: why instanceof ControlError ? why.message : '' }),
      )
      setAnswer({ answered, ...read })
      await refreshStatus().catch(() => undefined)
      if (operation.method !== 'GET') dataVersion.value++
    } catch {
      setAnswer({ error: 'There was no answer: the connection was cut, or the server is away.' })
    }
    setBusy(false)
  }
  return (
    <>
      <Heading title={operation.summary || operation.id} kicker={api.title}>
        <p class="target">
          <MethodName name={operation.method} /> <code>{api.prefix + operation.path}</code>
        </p>
      </Heading>
      <div class="halves">
        <form
          class="card"
          aria-label="Request"
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <ParameterFields
            document={document}
            operation={operation}
            values={values}
            onChange={(name, value) => setValues({ ...values, [name]: value })}
          />
          {operation.bodies.length > 0 && (
            <BodyForm
              document={document}
              schema={operation.bodies[0]?.schema}
              mediaType={mediaType ?? ''}
              body={body}
              onChange={setBody}
            />
          )}
          {operation.credentials.length > 0 && (
            <p class="quiet">
              Sent along: {operation.credentials.map(({ name, value }) => `${name}: ${value}`).join(', ')}. Any value
              will do.
            </p>
          )}
          <button type="submit" class="primary" disabled={isBusy}>
            {isBusy ? 'Sending…' : 'Send'}
          </button>
        </form>
        <section class="card" aria-label="Answer" aria-live="polite">
          <AnswerView {...answer} />
        </section>
      </div>
      <h2>As a program</h2>
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
    </>
  )
}

/** What came of a request. */
interface Outcome {
  readonly answered?: ApiAnswer
  readonly reading?: AnswerVerdict
  /** Why it was not read. */
  readonly unread?: string
  /** Why there is no answer. */
  readonly error?: string
}

function AnswerView({ answered, reading, unread, error }: Outcome): JSX.Element {
  if (error !== undefined) return <p class="alarm">{error}</p>
  if (!answered) return <p class="quiet">The answer will be here.</p>
  const json = /json/.test(answered.contentType) ? parseJson(answered.text) : undefined
  const breaches = reading ? [...reading.conformance, ...reading.laws.flatMap((law) => law.breaches)] : []
  const judged = reading?.laws.filter(({ code }) => code !== '').length ?? 0
  return (
    <>
      <p class="verdict">
        <StatusCode code={answered.status} /> <span class="quiet">{millisecondsText(answered.ms)}</span>{' '}
        <span class="quiet">{bytesText(answered.text.length)}</span> <CopyButton text={answered.text} what="answer" />
      </p>
      {unread !== undefined && unread !== '' && <p class="warn-text">{unread}</p>}
      {reading && <ViolationList list={breaches} none={`As documented${judged > 0 ? `; ${judged} laws hold` : ''}`} />}
      <details>
        <summary>{answered.headers.length} header fields</summary>
        <dl class="headers">
          {answered.headers.map(([name, value], index) => (
            <div key={index}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      {json === undefined ? (
        <pre class="body">{answered.text.slice(0, 100_000)}</pre>
      ) : (
        <JsonView value={json} roles={reading?.roles ?? {}} marked={new Set(breaches.map(({ pointer }) => pointer))} />
      )}
    </>
  )
}

/** What the address says, then what the document offers; a key that can be looked up is left open. */
function beginning(
  { parameters }: OperationFacts,
  example: RequestExample,
  key: string | undefined,
): Readonly<Record<string, string>> {
  const { query } = currentAddress.value
  return Object.fromEntries(
    parameters.flatMap(({ name, in: place }) => {
      const value = query.get(name) ?? (name === key && place === 'path' ? undefined : example.parameters[name])
      return value === undefined ? [] : [[parameterKey(place, name), value]]
    }),
  )
}

/** The one parameter that names something of which there is a list. */
interface LookedUp {
  readonly name: string
  readonly resource: ResourceFacts
  readonly property: readonly string[]
}

function lookedUp(api: ApiDetail, operation: OperationFacts): LookedUp | undefined {
  const resource = api.resources.find(({ does }) => does.some(({ id }) => id === operation.id))
  const names = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
  const property = resource?.get?.key?.property ?? resource?.identity
  const [name] = names
  if (!resource?.list || resource.list.parents.length > 0 || name === undefined || names.length > 1 || !property)
    return undefined
  return currentAddress.value.query.has(name) ? undefined : { name, resource, property }
}

/** Finds the key of something that there is, so that the first try finds it; `undefined` where there is nothing. */
function firstKey(api: ApiDetail, { resource, property }: LookedUp): Promise<string | undefined> {
  const list = new ListRows(api, resource, {})
  list.want(0, 1)
  return new Promise((done) => {
    const stop = list.version.subscribe((asked) => {
      if (asked === 0) return
      queueMicrotask(() => stop())
      const found = valueIn(list.at(0), property)
      done(found === undefined || found === null ? undefined : String(found))
    })
  })
}

function pretty(text: string): string {
  const value = parseJson(text)
  return value === undefined ? text : JSON.stringify(value, null, 2)
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
