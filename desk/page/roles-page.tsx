import type { JSX } from 'preact'
import type { Evidence, RolesFacts } from '../calls.ts'
import { callControl } from './client.ts'
import { Heading, useLoaded, LoadState } from './parts.tsx'
import { loadApi, dataVersion } from './state.ts'

/** What is known of a document's meaning, and what could not be read of it. */
export function RolesPage({ api: name }: { api: string }): JSX.Element {
  const { value, error } = useLoaded(async () => {
    const [api, roles] = await Promise.all([
      loadApi(name),
      callControl<RolesFacts>(`/apis/${encodeURIComponent(name)}/roles`),
    ])
    return { api, roles }
  }, [name, dataVersion.value])
  if (!value) return <LoadState error={error} />
  const { api, roles } = value
  const says = new Map(roles.vocabulary.map((one) => [one.role, one.says]))
  return (
    <>
      <Heading title="Roles and diagnostics" kicker={api.title}>
        {roles.says !== undefined && <p class="prose">{roles.says}</p>}
      </Heading>
      <h2>Diagnostics</h2>
      {roles.faults.length === 0 ? (
        <p class="fine">
          <span aria-hidden="true">✓</span> All of the document can be read.
        </p>
      ) : (
        <ul class="breaches">
          {roles.faults.map((sentence, index) => (
            <li key={index}>
              <bdi>{sentence}</bdi>
            </li>
          ))}
        </ul>
      )}
      {roles.questions.length > 0 && (
        <>
          <h2>Questions</h2>
          <p class="quiet">Not bound, because it is not sure. An overlay can say: x-role at the place.</p>
          <EvidenceTable list={roles.questions} label="Questions" />
        </>
      )}
      {roles.inferred.length > 0 && (
        <>
          <h2>Inferred roles</h2>
          <EvidenceTable list={roles.inferred} label="Inferred roles" />
          <p class="quiet">
            <code>proforma roles ./openapi.yaml --to overlay.yaml</code> writes them down, to be corrected.
          </p>
        </>
      )}
      <h2>Bound roles</h2>
      {roles.bound.length === 0 && <p class="quiet">None: its rows are drawn from their schemas.</p>}
      <ul class="bound">
        {roles.bound.map((role) => (
          <li key={role}>
            <code>{role}</code> <span class="quiet">{says.get(role.replace(/^(?:buyer|seller)\./, 'party.'))}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function EvidenceTable({ list, label }: { list: readonly Evidence[]; label: string }): JSX.Element {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={label}>
      <table class="evidence">
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">Role</th>
            <th scope="col">Sure</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {list.map(({ pointer, role, confidence, why }, index) => (
            <tr key={index}>
              <td>
                <code>{pointer.replace(/^\/components\/schemas\//, '')}</code>
              </td>
              <td>{role ?? '?'}</td>
              <td>
                <meter min={0} max={1} value={confidence} aria-label={`${Math.round(confidence * 100)} % sure`} />{' '}
                {Math.round(confidence * 100)} %
              </td>
              <td class="quiet">{why.join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
