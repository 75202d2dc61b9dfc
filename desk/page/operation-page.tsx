import { useEffect, useState } from 'preact/hooks'
import type { JSX } from 'preact'
import type { ApiDetail, BodyReading, OperationFacts, RequestExample, ResourceFacts } from '../calls.ts'
import { callApi, control, parseJson, readBody, Refused, slot } from './client.ts'
import type { Answered, Call } from './client.ts'
import { bytes, milliseconds } from './format.ts'
import { BodyForm, ParameterFields } from './form.tsx'
import { JsonView } from './json-view.tsx'
import { Breaches, Copy, Heading, Method, Status, Tabs, useLoaded, Waiting } from './parts.tsx'
import { route } from './route.ts'
import { Rows, valueIn } from './rows.ts'
import { languages, snippetOf } from './snippets.ts'
import { detailOf, documentOf, refreshStatus, version } from './state.ts'

/** One operation, to be tried. */
export function OperationPage({ api: name, id }: { api: string; id: string }): JSX.Element {
  const { value, error } = useLoaded(async () => {
    const api = await detailOf(name)
    const operation = api.calls.find((call) => call.id === id)
    if (!operation) throw new Error(`${api.title} has no operation ${id}.`)
    const [document, example] = await Promise.all([
      documentOf(name),
      control<RequestExample>(`/apis/${encodeURIComponent(name)}/example?operation=${encodeURIComponent(id)}`),
    ])
    return { api, operation, document, example }
  }, [name, id])
  return value ? <Try key={id} {...value} /> : <Waiting error={error} />
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
  const call: Call = {
    operation,
    values,
    ...(operation.bodies.length > 0 && { body }),
    ...(mediaType !== undefined && { mediaType }),
  }
  useEffect(() => {
    if (!key) return
    void firstKey(api, key).then((found = example.parameters[key.name] ?? '') =>
      setValues((now) => ({ [slot('path', key.name)]: found, ...now })),
    )
  }, [])
  const submit = async (): Promise<void> => {
    setBusy(true)
    try {
      const answered = await callApi(api, call)
      setAnswer({ answered })
      const read = await readBody(api.name, operation.id, answered).then(
        (reading) => ({ reading }),
        (why: unknown) => ({ unread: why instanceof Refused ? why.message : '' }),
      )
      setAnswer({ answered, ...read })
      await refreshStatus().catch(() => undefined)
      if (operation.method !== 'GET') version.value++
    } catch {
      setAnswer({ error: 'There was no answer: the connection was cut, or the server is away.' })
    }
    setBusy(false)
  }
  return (
    <>
      <Heading title={operation.summary || operation.id} kicker={api.title}>
        <p class="target">
          <Method name={operation.method} /> <code>{api.prefix + operation.path}</code>
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
        tabs={languages.map((language) => ({
          name: language,
          panel: () => {
            const text = snippetOf(language, api, call)
            return (
              <div class="snippet">
                <Copy text={text} what={`${language} snippet`} />
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
  readonly answered?: Answered
  readonly reading?: BodyReading
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
        <Status code={answered.status} /> <span class="quiet">{milliseconds(answered.ms)}</span>{' '}
        <span class="quiet">{bytes(answered.text.length)}</span> <Copy text={answered.text} what="answer" />
      </p>
      {unread !== undefined && unread !== '' && <p class="warn-text">{unread}</p>}
      {reading && <Breaches list={breaches} none={`As documented${judged > 0 ? `; ${judged} laws hold` : ''}`} />}
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
  const { query } = route.value
  return Object.fromEntries(
    parameters.flatMap(({ name, in: place }) => {
      const value = query.get(name) ?? (name === key && place === 'path' ? undefined : example.parameters[name])
      return value === undefined ? [] : [[slot(place, name), value]]
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
  return route.value.query.has(name) ? undefined : { name, resource, property }
}

/** Finds the key of something that there is, so that the first try finds it; `undefined` where there is nothing. */
function firstKey(api: ApiDetail, { resource, property }: LookedUp): Promise<string | undefined> {
  const list = new Rows(api, resource, {})
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
