// Shows all APIs, and the operations of one API.

import type { JSX } from 'preact'
import type { ApiDetail, OperationFacts } from '../calls.ts'
import { millisecondsText, timeText } from './format.ts'
import { CopyButton, Heading, LoadState, MethodName, StatusCode, useLoaded } from './parts.tsx'
import { isBrowsable } from './rows.ts'
import { dataVersion, hrefOf, loadApi, requestLog, servedApis, worldStatus } from './state.ts'

/** All APIs, and what was asked last. */
export function HomePage(): JSX.Element {
  const all = servedApis.value
  return (
    <>
      <Heading title="APIs">
        <p class="quiet">
          {worldStatus.value &&
            `${worldStatus.value.invoices.toLocaleString('en')} invoices of seed ${String(worldStatus.value.seed)}, the same in every API.`}{' '}
          proforma {all?.version}
        </p>
      </Heading>
      <ul class="apis">
        {all?.apis.map((api) => (
          <li key={api.name}>
            <h2>
              <a href={hrefOf(['api', api.name])}>{api.title}</a>
              {api.isInferred && <span class="badge plain">roles inferred</span>}
              {api.faults > 0 && (
                <a class="badge warn" href={hrefOf(['api', api.name, 'roles'])}>
                  {api.faults} diagnostics
                </a>
              )}
            </h2>
            <p>
              <code>{location.origin + api.prefix}</code>
              <span class="quiet">
                {' '}
                · {api.operations} operations · <a href={`/__proforma/apis/${api.name}/openapi.yaml`}>openapi.yaml</a> ·{' '}
                <a href={`/__proforma/apis/${api.name}/openapi.json`}>openapi.json</a>
              </span>
            </p>
            {api.curl !== undefined && (
              <div class="line">
                <code>{api.curl}</code>
                <CopyButton text={api.curl} what={`curl for ${api.name}`} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <h2>Latest requests</h2>
      {requestLog.value.length === 0 ? (
        <p class="quiet">Nothing has been asked yet. Point your application at one of the addresses above.</p>
      ) : (
        <ul class="latest">
          {requestLog.value.slice(0, 8).map((request) => (
            <li key={request.number}>
              <a href={hrefOf(['log', String(request.number)])}>
                <time class="quiet">{timeText(request.at)}</time> <MethodName name={request.method} />{' '}
                <span class="url">{request.url}</span>
                <StatusCode code={request.status} /> <span class="quiet">{millisecondsText(request.ms)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** One API: its operations, by resource. */
export function ApiPage({ api: name }: { api: string }): JSX.Element {
  const { value: api, error } = useLoaded(() => loadApi(name), [name, dataVersion.value])
  if (!api) return <LoadState error={error} />
  return (
    <>
      <Heading title={api.title} kicker={`${api.name}${api.version === '' ? '' : ` · ${api.version}`}`}>
        {api.description !== '' && <p class="prose">{api.description}</p>}
        <p>
          <code>{location.origin + api.prefix}</code>{' '}
          <span class="quiet">
            {api.also.length > 0 && `and at ${api.also.map((path) => (path === '' ? '/' : path)).join(', ')} `}·{' '}
            <a href={hrefOf(['api', api.name, 'reference'])}>Reference</a> ·{' '}
            <a href={`/__proforma/apis/${api.name}/openapi.yaml`}>openapi.yaml</a> ·{' '}
            <a href={`/__proforma/apis/${api.name}/report`} target="_blank" rel="noopener">
              Contract report
            </a>{' '}
            (takes some seconds)
          </span>
        </p>
      </Heading>
      {groupsOf(api).map(([heading, calls, canBrowse]) => (
        <section key={heading}>
          <h2>
            {heading}
            {canBrowse && (
              <a class="more" href={hrefOf(['api', api.name, 'r', heading])}>
                Browse
              </a>
            )}
          </h2>
          <ul class="operations">
            {calls.map((call) => (
              <li key={call.id}>
                <a href={hrefOf(['api', api.name, 'op', call.id])}>
                  <MethodName name={call.method} />
                  <span class="url">{call.path}</span>
                  <span class="quiet">{call.summary}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function groupsOf(
  api: ApiDetail,
): readonly (readonly [heading: string, calls: readonly OperationFacts[], canBrowse: boolean])[] {
  const byId = new Map(api.calls.map((call) => [call.id, call]))
  const groups = api.resources.map(
    (resource) =>
      [resource.name, resource.does.flatMap(({ id }) => byId.get(id) ?? []), isBrowsable(resource)] as const,
  )
  const placed = new Set(groups.flatMap(([, calls]) => calls))
  const rest = api.calls.filter((call) => !placed.has(call))
  return [...groups, ...(rest.length > 0 ? [['Others', rest, false] as const] : [])]
}
