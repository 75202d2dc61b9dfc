// Shows the roles of a document and lets users correct them.

import { useState } from 'preact/hooks'
import type { JSX } from 'preact'
import type { ApiDetail, Evidence, OverlayText, RolesFacts } from '../calls.ts'
import { callControl, refusalOf } from './client.ts'
import { valueAtPointer } from './form.tsx'
import type { JsonSchema } from './form.tsx'
import { Heading, LoadState, AlertNote, saveFile, useLoaded } from './parts.tsx'
import { dataVersion, loadApi, loadApiDocument, runAction } from './state.ts'

/** Roles by the pointers of their places; `none` takes a role away. */
type Corrections = Readonly<Record<string, string>>

/** Shows what is known of a document's meaning and what could not be read of it, and lets inferred roles be corrected. */
export function RolesPage({ api: name }: { api: string }): JSX.Element {
  const { value, error } = useLoaded(async () => {
    const [api, roles, document] = await Promise.all([
      loadApi(name),
      callControl<RolesFacts>(`/apis/${encodeURIComponent(name)}/roles`),
      loadApiDocument(name),
    ])
    return { api, roles, document }
  }, [name, dataVersion.value])
  return value ? <Roles {...value} /> : <LoadState error={error} />
}

interface RolesProps {
  readonly api: ApiDetail
  readonly roles: RolesFacts
  readonly document: unknown
}

function Roles({ api, roles, document }: RolesProps): JSX.Element {
  const [corrections, setCorrections] = useState<Corrections>({})
  const correct = (pointer: string, role: string): void => {
    const { [pointer]: _, ...others } = corrections
    setCorrections(role === '' ? others : { ...others, [pointer]: role })
  }
  const table = { corrections, onCorrect: correct }
  return (
    <>
      <Heading title="Roles and diagnostics" kicker={api.title}>
        {roles.says !== undefined && <p class="prose">{roles.says}</p>}
      </Heading>
      <datalist id="vocabulary">
        <option value="none">takes the role away</option>
        {roles.vocabulary.map((one) => (
          <option key={one.role} value={one.role}>
            {one.says}
          </option>
        ))}
      </datalist>
      <Diagnostics faults={roles.faults} />
      {roles.questions.length > 0 && (
        <>
          <h2>Questions</h2>
          <p class="quiet">Not bound, because the evidence is weak. Choose a role to bind one.</p>
          <RoleTable rows={roles.questions} label="Questions" {...table} />
        </>
      )}
      {roles.inferred.length > 0 && (
        <>
          <h2>Inferred roles</h2>
          <p class="quiet">
            Change a role that is wrong; <code>none</code> takes it away.
          </p>
          <RoleTable rows={roles.inferred} label="Inferred roles" {...table} />
        </>
      )}
      <BoundRoles roles={roles} />
      {roles.inferred.length === 0 && roles.places.length > 0 && (
        <details>
          <summary>{roles.places.length} places that have a role, to be changed</summary>
          <RoleTable rows={roles.places} label="Places" {...table} />
        </details>
      )}
      <NewBinding document={document} onCorrect={correct} />
      <OverlayCard
        api={api}
        roles={roles}
        corrections={corrections}
        onCorrect={correct}
        onSaved={() => setCorrections({})}
      />
    </>
  )
}

function Diagnostics({ faults }: { faults: readonly string[] }): JSX.Element {
  return (
    <>
      <h2>Diagnostics</h2>
      {faults.length === 0 ? (
        <p class="fine">
          <span aria-hidden="true">✓</span> The whole document can be read.
        </p>
      ) : (
        <ul class="breaches">
          {faults.map((sentence, index) => (
            <li key={index}>
              <bdi>{sentence}</bdi>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function BoundRoles({ roles: { bound, vocabulary } }: { roles: RolesFacts }): JSX.Element {
  const says = new Map(vocabulary.map((one) => [one.role, one.says]))
  return (
    <>
      <h2>Bound roles</h2>
      {bound.length === 0 && <p class="quiet">None: its rows are drawn from their schemas.</p>}
      <ul class="bound">
        {bound.map((role) => (
          <li key={role}>
            <code>{role}</code> <span class="quiet">{says.get(role.replace(/^(?:buyer|seller)\./, 'party.'))}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

const shortPlace = (pointer: string): string => pointer.replace(/^\/components\/schemas\//, '')

interface NewBindingProps {
  readonly document: unknown
  readonly onCorrect: (pointer: string, role: string) => void
}

/** Binds a property that has no role yet. */
function NewBinding({ document, onCorrect }: NewBindingProps): JSX.Element {
  const [place, setPlace] = useState('')
  const [role, setRole] = useState('')
  const places = unboundPlaces(document)
  return (
    <form
      class="filters"
      aria-label="Bind another property"
      onSubmit={(event) => {
        event.preventDefault()
        if (!places.includes(place) || role === '') return
        onCorrect(place, role)
        setPlace('')
        setRole('')
      }}
    >
      <datalist id="unbound">
        {places.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <div class="field">
        <label for="bind-place">Property without a role</label>
        <input
          id="bind-place"
          list="unbound"
          value={place}
          onInput={({ currentTarget: { value } }) => setPlace(value)}
        />
      </div>
      <div class="field">
        <label for="bind-role">Role</label>
        <input
          id="bind-role"
          list="vocabulary"
          value={role}
          onInput={({ currentTarget: { value } }) => setRole(value)}
        />
      </div>
      <button type="submit">Bind</button>
    </form>
  )
}

/** Returns the pointers of the properties of all schemas by name that have no role. */
function unboundPlaces(document: unknown): readonly string[] {
  const schemas = (valueAtPointer(document, '/components/schemas') ?? {}) as Readonly<Record<string, unknown>>
  const escape = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1')
  const placesIn = (schema: unknown, pointer: string, depth: number): readonly string[] =>
    Object.entries(((schema as JsonSchema | undefined)?.properties ?? {}) as JsonSchema).flatMap(([name, property]) => {
      const place = `${pointer}/properties/${escape(name)}`
      const isBound = (property as JsonSchema | undefined)?.['x-role'] !== undefined
      return [...(isBound ? [] : [place]), ...(depth < 4 ? placesIn(property, place, depth + 1) : [])]
    })
  return Object.entries(schemas).flatMap(([name, schema]) => placesIn(schema, `/components/schemas/${escape(name)}`, 0))
}

interface OverlayProps {
  readonly api: ApiDetail
  readonly roles: RolesFacts
  readonly corrections: Corrections
  readonly onCorrect: (pointer: string, role: string) => void
  readonly onSaved: () => void
}

/** Lists the corrections, downloads them as an overlay, or saves them where the server may write. */
function OverlayCard({ api, roles: { savesTo }, corrections, onCorrect, onSaved }: OverlayProps): JSX.Element {
  const { refused, save, download } = useOverlay(api.name, corrections, onSaved)
  const changed = Object.keys(corrections).length
  return (
    <section class="card" aria-label="Overlay">
      <p>
        {changed === 0 ? 'Nothing is changed yet.' : `${changed} ${changed === 1 ? 'change' : 'changes'}.`}{' '}
        <span class="quiet">
          An overlay with <code>x-role</code> keeps the document as it is.{' '}
          {savesTo === undefined ? (
            <>
              Start with <code>--save-overlay</code> to save it from here.
            </>
          ) : (
            <>
              It is saved to <code>{savesTo}</code>.
            </>
          )}
        </span>
      </p>
      <ul>
        {Object.entries(corrections).map(([pointer, role]) => (
          <li key={pointer}>
            <code>{shortPlace(pointer)}</code> {role}{' '}
            <button
              type="button"
              class="small"
              aria-label={`Undo the change of ${shortPlace(pointer)}`}
              onClick={() => onCorrect(pointer, '')}
            >
              Undo
            </button>
          </li>
        ))}
      </ul>
      <AlertNote says={refused} />
      <p class="row">
        {savesTo !== undefined && (
          <button type="button" class="primary" disabled={changed === 0} onClick={() => void save()}>
            Save overlay
          </button>
        )}
        <button type="button" onClick={() => void download()}>
          Download overlay
        </button>
      </p>
    </section>
  )
}

/** Asks the server for the overlay that says the corrections: to be saved there, or here. */
function useOverlay(api: string, corrections: Corrections, onSaved: () => void) {
  const [refused, setRefused] = useState('')
  const ask = async (isSaved: boolean): Promise<OverlayText | undefined> => {
    try {
      setRefused('')
      const roles = Object.fromEntries(
        Object.entries(corrections).map(([at, role]) => [at, role === 'none' ? null : role]),
      )
      return await callControl<OverlayText>(`/apis/${encodeURIComponent(api)}/overlay`, 'POST', { roles, isSaved })
    } catch (error) {
      setRefused(refusalOf(error))
      return undefined
    }
  }
  const save = async (): Promise<void> => {
    const saved = await ask(true)
    if (!saved) return
    onSaved()
    await runAction(`Saved to ${saved.path ?? ''}.`, async () => undefined)
  }
  const download = async (): Promise<void> => {
    const overlay = await ask(false)
    if (overlay) saveFile(`${api}.overlay.yaml`, overlay.text, 'application/yaml')
  }
  return { refused, save, download }
}

interface RoleTableProps {
  /** Places with the role that is bound or guessed, and why. */
  readonly rows: readonly (Partial<Evidence> & Pick<Evidence, 'pointer'>)[]
  readonly label: string
  readonly corrections: Corrections
  readonly onCorrect: (pointer: string, role: string) => void
}

/** Places of a document and their roles, each with a field to choose another. */
function RoleTable({ rows, label, corrections, onCorrect }: RoleTableProps): JSX.Element {
  const hasEvidence = rows.some(({ confidence }) => confidence !== undefined)
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={label}>
      <table class="evidence">
        <thead>
          <tr>
            {['Place', 'Role', ...(hasEvidence ? ['Confidence', 'Evidence'] : []), 'Change to'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ pointer, role, confidence, why }, index) => {
            const place = shortPlace(pointer)
            return (
              <tr key={index}>
                <td>
                  <code>{place}</code>
                </td>
                <td>{role ?? '?'}</td>
                {confidence !== undefined && (
                  <>
                    <td>
                      <meter min={0} max={1} value={confidence} aria-label={`${Math.round(confidence * 100)} %`} />{' '}
                      {Math.round(confidence * 100)} %
                    </td>
                    <td class="quiet">{why?.join('; ')}</td>
                  </>
                )}
                <td>
                  <input
                    list="vocabulary"
                    aria-label={`New role of ${place}`}
                    value={corrections[pointer] ?? ''}
                    spellcheck={false}
                    autoComplete="off"
                    onChange={({ currentTarget }) => onCorrect(pointer, currentTarget.value.trim())}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
