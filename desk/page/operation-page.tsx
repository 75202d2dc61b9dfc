// Lets users send a request to an operation.

import { useEffect, useState } from 'preact/hooks'
import type { JSX } from 'preact'
import type { AnswerVerdict, ApiDetail, OperationFacts, RequestExample, ResourceFacts } from '../calls.ts'
import { callApi, callControl, ControlError, judgeAnswer, parameterKey, parseJson } from './client.ts'
import type { ApiAnswer, OperationCall } from './client.ts'
import { BodyForm, ParameterFields } from './form.tsx'
import { bytesText, millisecondsText } from './format.ts'
import { JsonView } from './json-view.tsx'
import {
  CopyButton,
  HeaderFields,
  Heading,
  LoadState,
  MethodName,
  StatusCode,
  useLoaded,
  ViolationList,
} from './parts.tsx'
import { isBrowsable, ListRows, valueIn } from './rows.ts'
import { Snippets } from './snippets.tsx'
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
  const { values, setValue, body, setBody, call } = useOperationCall(api, operation, example)
  const { outcome, isBusy, send } = useOutcome(api)
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
            void send(call)
          }}
        >
          <ParameterFields document={document} operation={operation} values={values} onChange={setValue} />
          {operation.bodies.length > 0 && (
            <BodyForm
              document={document}
              schema={operation.bodies[0]?.schema}
              mediaType={operation.bodies[0]?.mediaType ?? ''}
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
          <AnswerView {...outcome} />
        </section>
      </div>
      <h2>As a program</h2>
      <Snippets api={api} call={call} />
    </>
  )
}

/** The request that a form makes: it begins with examples, and with the key of something that there is. */
function useOperationCall(api: ApiDetail, operation: OperationFacts, example: RequestExample) {
  const [key] = useState(() => lookedUp(api, operation))
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() => beginning(operation, example, key?.name))
  const [body, setBody] = useState(() => pretty(example.body ?? ''))
  useEffect(() => {
    if (!key) return
    void firstKey(api, key).then((found = example.parameters[key.name] ?? '') =>
      setValues((now) => ({ [parameterKey('path', key.name)]: found, ...now })),
    )
  }, [])
  const mediaType = operation.bodies[0]?.mediaType
  const call: OperationCall = {
    operation,
    values,
    ...(operation.bodies.length > 0 && { body }),
    ...(mediaType !== undefined && { mediaType }),
  }
  const setValue = (name: string, value: string): void => setValues({ ...values, [name]: value })
  return { values, setValue, body, setBody, call }
}

/** Sends requests, and keeps what came of the last one: the answer first, then what was read of it. */
function useOutcome(api: ApiDetail) {
  const [outcome, setOutcome] = useState<Outcome>({})
  const [isBusy, setBusy] = useState(false)
  const send = async (call: OperationCall): Promise<void> => {
    setBusy(true)
    try {
      const answered = await callApi(api, call)
      setOutcome({ answered })
      const read = await judgeAnswer(api.name, call.operation.id, answered).then(
        (reading) => ({ reading }),
        (why: unknown) => ({ unread: why instanceof ControlError ? why.message : '' }),
      )
      setOutcome({ answered, ...read })
      await refreshStatus().catch(() => undefined)
      if (call.operation.method !== 'GET') dataVersion.value++
    } catch {
      setOutcome({ error: 'There was no answer: the connection was cut, or the server is away.' })
    }
    setBusy(false)
  }
  return { outcome, isBusy, send }
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
      <HeaderFields fields={answered.headers} />
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
  if (
    !resource ||
    !isBrowsable(resource) ||
    (resource.list?.parents.length ?? 0) > 0 ||
    name === undefined ||
    names.length > 1 ||
    !property
  )
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
