import type { JSX } from 'preact'
import type { ApiDetail, OperationFacts } from '../calls.ts'
import { Heading, Method, useLoaded, Waiting } from './parts.tsx'
import { hrefOf } from './route.ts'
import { detailOf, version } from './state.ts'

/** One API: its operations, by resource. */
export function ApiPage({ api: name }: { api: string }): JSX.Element {
  const { value: api, error } = useLoaded(() => detailOf(name), [name, version.value])
  if (!api) return <Waiting error={error} />
  return (
    <>
      <Heading title={api.title} kicker={`${api.name}${api.version === '' ? '' : ` · ${api.version}`}`}>
        {api.description !== '' && <p class="prose">{api.description}</p>}
        <p>
          <code>{location.origin + api.prefix}</code>{' '}
          <span class="quiet">
            {api.also.length > 0 && `and at ${api.also.map((path) => (path === '' ? '/' : path)).join(', ')} `}·{' '}
            <a href={`/__proforma/apis/${api.name}/openapi.yaml`}>openapi.yaml</a>
          </span>
        </p>
      </Heading>
      {groupsOf(api).map(([heading, calls, list]) => (
        <section key={heading}>
          <h2>
            {heading}
            {list && (
              <a class="more" href={hrefOf(['api', api.name, 'r', heading])}>
                Browse
              </a>
            )}
          </h2>
          <ul class="operations">
            {calls.map((call) => (
              <li key={call.id}>
                <a href={hrefOf(['api', api.name, 'op', call.id])}>
                  <Method name={call.method} />
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
): readonly (readonly [heading: string, calls: readonly OperationFacts[], hasList: boolean])[] {
  const byId = new Map(api.calls.map((call) => [call.id, call]))
  const groups = api.resources.map(
    ({ name, does, list }) => [name, does.flatMap(({ id }) => byId.get(id) ?? []), list !== undefined] as const,
  )
  const placed = new Set(groups.flatMap(([, calls]) => calls))
  const rest = api.calls.filter((call) => !placed.has(call))
  return [...groups, ...(rest.length > 0 ? [['Others', rest, false] as const] : [])]
}
