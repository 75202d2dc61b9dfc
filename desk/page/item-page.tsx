// Shows one item of a resource and what laws and schema say of it.

import { useState } from 'preact/hooks'
import type { JSX } from 'preact'
import type { ApiDetail, AnswerVerdict, ResourceFacts } from '../calls.ts'
import { callApi, parseJson, judgeAnswer, parameterKey } from './client.ts'
import type { ApiAnswer } from './client.ts'
import { InvoiceForm } from './invoice-form.tsx'
import { InvoicePaper } from './invoice-paper.tsx'
import { JsonView } from './json-view.tsx'
import { ViolationList, CopyButton, Heading, Tabs, useLoaded, LoadState } from './parts.tsx'
import { dataVersion, hrefOf, loadApi } from './state.ts'
import { errorText, requiredQuery } from './rows.ts'

interface Loaded {
  readonly api: ApiDetail
  readonly resource: ResourceFacts
  readonly answered: ApiAnswer
  readonly reading: AnswerVerdict
}

/** One item of a resource; an invoice as people expect to see it. */
export function ItemPage({
  api: name,
  resource: wanted,
  id,
}: {
  api: string
  resource: string
  id: string
}): JSX.Element {
  const { value, error } = useLoaded(async (): Promise<Loaded> => {
    const api = await loadApi(name)
    const resource = api.resources.find((one) => one.name === wanted)
    const operation = api.calls.find((call) => call.id === resource?.get?.operation)
    const key = resource?.get?.key
    if (!resource || !operation || !key) throw new Error(`${api.title} has no way to ask for one of ${wanted}.`)
    const answered = await callApi(
      api,
      { operation, values: { ...requiredQuery(operation), [parameterKey(key.in, key.name)]: id } },
      true,
    )
    if (answered.status >= 300) throw new Error(errorText(answered.status, answered.text))
    return { api, resource, answered, reading: await judgeAnswer(name, operation.id, answered) }
  }, [name, wanted, id, dataVersion.value])
  return value ? <Item {...value} id={id} /> : <LoadState error={error} />
}

function Item({ api, resource, answered, reading, id }: Loaded & { id: string }): JSX.Element {
  const [looked, setLooked] = useState<string | undefined>(undefined)
  const { invoice } = reading
  const breaches = [...reading.conformance, ...reading.laws.flatMap((law) => law.breaches)]
  const marked = new Set(breaches.map(({ pointer }) => pointer))
  const body = parseJson(answered.text)
  return (
    <>
      <Heading
        title={invoice?.number?.text ?? id}
        kicker={
          <>
            {api.title} · <a href={hrefOf(['api', api.name, 'r', resource.name])}>{resource.name}</a>
          </>
        }
      >
        <p class="acts">
          {resource.does
            .filter(({ does }) => does !== 'list' && does !== 'get' && does !== 'create')
            .map(({ id: operation, does }) => (
              <a key={operation} class="button" href={hrefOf(['api', api.name, 'op', operation], keyOf(resource, id))}>
                {does.charAt(0).toUpperCase() + does.slice(1)}
              </a>
            ))}
          {invoice && (
            <button type="button" onClick={() => print()}>
              Print
            </button>
          )}
        </p>
      </Heading>
      {invoice && <InvoiceForm id={id} />}
      <div class="halves item">
        {invoice ? <InvoicePaper paper={invoice} active={looked} onLook={setLooked} /> : <Properties value={body} />}
        <Tabs
          label="Details"
          tabs={[
            {
              name: 'JSON',
              panel: () => (
                <>
                  <p class="line-end">
                    <CopyButton text={answered.text} what="JSON" />
                  </p>
                  <JsonView value={body} roles={reading.roles} marked={marked} active={looked} onLook={setLooked} />
                </>
              ),
            },
            {
              name: breaches.length === 0 ? 'Laws ✓' : `Laws (${breaches.length} broken)`,
              panel: () => <Laws reading={reading} />,
            },
          ]}
        />
      </div>
    </>
  )
}

const keyOf = ({ get }: ResourceFacts, id: string): Readonly<Record<string, string>> =>
  get?.key ? { [get.key.name]: id } : {}

function Laws({ reading: { laws, conformance } }: { reading: AnswerVerdict }): JSX.Element {
  return (
    <>
      <h2>The document</h2>
      <ViolationList list={conformance} none="The answer fits its schema." />
      <h2>The laws</h2>
      {laws.length === 0 && <p class="quiet">No role is bound here that a law is about.</p>}
      <ul class="laws">
        {laws.map(({ code, says, judged, breaches }) => (
          <li key={code} class={breaches.length === 0 ? 'holds' : 'broken'}>
            <span aria-hidden="true">{breaches.length === 0 ? '✓' : '✗'}</span>
            <div>
              <p>
                <code>{code}</code> {says}{' '}
                <span class="quiet">
                  · {breaches.length === 0 ? `holds for ${judged}` : `${breaches.length} broken`}
                </span>
              </p>
              {breaches.length > 0 && <ViolationList list={breaches} none="" />}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

function Properties({ value }: { value: unknown }): JSX.Element {
  const own = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return (
    <dl class="card properties">
      {own
        .filter(([, one]) => typeof one !== 'object' || one === null)
        .map(([name, one]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{one === null ? '–' : String(one)}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  )
}
