// Shows a resource as a table with filters.

import { useMemo, useState } from 'preact/hooks'
import type { JSX } from 'preact'
import type { ApiDetail, ColumnFacts, ListFacts, ResourceFacts } from '../calls.ts'
import { parameterKey } from './client.ts'
import { fieldOf, FormField, valueAtPointer } from './form.tsx'
import { countText } from './format.ts'
import { Grid } from './grid.tsx'
import type { SortedBy } from './grid.tsx'
import { InvoiceForm } from './invoice-form.tsx'
import { Heading, useLoaded, LoadState } from './parts.tsx'
import { currentAddress, dataVersion, hrefOf, loadApi, loadApiDocument, navigate } from './state.ts'
import { isBrowsable, ListRows } from './rows.ts'

/** A resource as a table. */
export function TablePage({ api: name, resource: wanted }: { api: string; resource: string }): JSX.Element {
  const { value, error } = useLoaded(async () => {
    const api = await loadApi(name)
    const resource = api.resources.find((one) => one.name === wanted)
    if (!resource || !isBrowsable(resource)) throw new Error(`${api.title} has no list of ${wanted}.`)
    return { api, resource, document: await loadApiDocument(name) }
  }, [name, wanted])
  return value ? <Browse {...value} /> : <LoadState error={error} />
}

interface BrowseProps {
  readonly api: ApiDetail
  readonly resource: ResourceFacts
  readonly document: unknown
}

function Browse({ api, resource, document }: BrowseProps): JSX.Element {
  const query = Object.fromEntries(currentAddress.value.query)
  const key = JSON.stringify([query, dataVersion.value])
  const needed = neededOf(api, resource)
  const isReady = needed.every((name) => (query[name] ?? '') !== '')
  const rows = useMemo(() => new ListRows(api, resource, placed(api, resource, query)), [key, resource])
  const [chosen, setChosen] = useState<readonly ColumnFacts[]>(() => resource.columns.filter(({ isUsual }) => isUsual))
  const change = (values: Readonly<Record<string, string>>): void =>
    navigate(hrefOf(currentAddress.value.path, { ...query, ...values }), true)
  const total = rows.total.value
  return (
    <div class="browse">
      <Heading title={resource.name} kicker={api.title}>
        <p class="quiet" role="status">
          {rows.version.value === 0
            ? 'Asking…'
            : `${countText(total)}${rows.isOpen.value ? ' or more' : ''} ${total === 1 ? 'row' : 'rows'}`}
        </p>
      </Heading>
      <Filters
        api={api}
        resource={resource}
        document={document}
        query={query}
        onChange={(name, value) => change({ [name]: value })}
      />
      {resource.isInvoice && <InvoiceForm />}
      {resource.list === undefined && (
        <p class="quiet">
          The API has no list of them: these are the items that there are, each as it is answered by its key.
        </p>
      )}
      <Columns columns={resource.columns} chosen={chosen} onChange={setChosen} />
      {rows.error.value !== '' && (
        <p class="alarm" role="alert">
          {rows.error.value}{' '}
          <button type="button" class="small" onClick={() => dataVersion.value++}>
            Ask again
          </button>
        </p>
      )}
      {isReady ? (
        <Grid
          rows={rows}
          label={resource.name}
          columns={chosen}
          sorted={sortedBy(resource.list?.sort, query, change)}
          hrefOf={(row) => itemHref(api, resource, row)}
        />
      ) : (
        <p class="quiet">
          Say {needed.join(' and ')} above to see {resource.name}.
        </p>
      )}
    </div>
  )
}

/** Returns how the query sorts a table, and what sorts it otherwise: by the same column again, the other way round. */
function sortedBy(
  sort: ListFacts['sort'],
  query: Readonly<Record<string, string>>,
  change: (values: Readonly<Record<string, string>>) => void,
): SortedBy | undefined {
  if (!sort) return undefined
  const { by, words, order, ascending = '', descending = '' } = sort
  const isDown = order !== undefined && query[order] === descending
  return {
    roles: Object.keys(words),
    role: Object.entries(words).find(([, word]) => word === query[by])?.[0],
    isDown,
    onSort: (role) => {
      const word = words[role] ?? ''
      const isAgain = query[by] === word
      change({ [by]: word, ...(order !== undefined && { [order]: isAgain && !isDown ? descending : ascending }) })
    },
  }
}

/** Returns where a row is shown by itself, if it can be. */
function itemHref(api: ApiDetail, { name, get, identity }: ResourceFacts, row: unknown): string | undefined {
  const path = get?.key?.property ?? identity
  let id = row
  for (const step of path ?? [])
    id = typeof id === 'object' && id !== null ? (id as Record<string, unknown>)[step] : undefined
  return get && path && (typeof id === 'string' || typeof id === 'number')
    ? hrefOf(['api', api.name, 'r', name, 'i', String(id)])
    : undefined
}

const callOf = (api: ApiDetail, { list }: ResourceFacts) => api.calls.find(({ id }) => id === list?.operation)

const neededOf = (api: ApiDetail, resource: ResourceFacts): readonly string[] =>
  callOf(api, resource)
    ?.parameters.filter(({ in: place }) => place === 'path')
    .map(({ name }) => name) ?? []

/** Returns the values of the address by where they go. */
function placed(
  api: ApiDetail,
  resource: ResourceFacts,
  query: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (callOf(api, resource)?.parameters ?? []).flatMap(({ name, in: place }) =>
      (query[name] ?? '') === '' ? [] : [[parameterKey(place, name), query[name] ?? '']],
    ),
  )
}

interface FiltersProps extends BrowseProps {
  readonly query: Readonly<Record<string, string>>
  readonly onChange: (name: string, value: string) => void
}

function Filters({ api, resource, document, query, onChange }: FiltersProps): JSX.Element | null {
  const { list } = resource
  const ours = new Set([...Object.values(list?.parameters ?? {}), list?.sort?.by, list?.sort?.order])
  const offered = (callOf(api, resource)?.parameters ?? []).filter(
    ({ name, in: place, schema }) =>
      (place === 'query' || place === 'path') &&
      !ours.has(name) &&
      fieldOf(document, valueAtPointer(document, schema)).type !== 'object',
  )
  if (offered.length === 0) return null
  const field = ({ name, schema, required }: (typeof offered)[number]): JSX.Element => {
    const facts = fieldOf(document, valueAtPointer(document, schema), required)
    return (
      <FormField
        key={name}
        id={`f-${name.replace(/\W/g, '-')}`}
        name={name}
        field={{ ...facts, description: '' }}
        value={query[name] ?? ''}
        onChange={(value) => onChange(name, value)}
      />
    )
  }
  const isSet = ({ name }: (typeof offered)[number]): boolean => (query[name] ?? '') !== ''
  const sorted = offered.toSorted(
    (left, right) => Number(isSet(right)) - Number(isSet(left)) || rankOf(left.name) - rankOf(right.name),
  )
  return (
    <form
      class="filters"
      role="search"
      aria-label={`Filter ${resource.name}`}
      onSubmit={(event) => event.preventDefault()}
    >
      {sorted.slice(0, 4).map(field)}
      {sorted.length > 4 && (
        <details>
          <summary>{sorted.length - 4} more filters</summary>
          <div class="filters">{sorted.slice(4).map(field)}</div>
        </details>
      )}
    </form>
  )
}

const rankOf = (name: string): number => {
  const at = [
    'status',
    'state',
    'search',
    'q',
    'query',
    'due_date',
    'currency',
    'customer',
    'name',
    'number',
  ].findIndex((word) => name.toLowerCase().includes(word))
  return at < 0 ? 99 : at
}

interface ColumnsProps {
  readonly columns: readonly ColumnFacts[]
  readonly chosen: readonly ColumnFacts[]
  readonly onChange: (chosen: readonly ColumnFacts[]) => void
}

function Columns({ columns, chosen, onChange }: ColumnsProps): JSX.Element {
  return (
    <details class="columns">
      <summary>Columns</summary>
      <ul>
        {columns.map((column) => {
          const name = column.path.join('.')
          return (
            <li key={name}>
              <label>
                <input
                  type="checkbox"
                  checked={chosen.includes(column)}
                  onChange={({ currentTarget }) =>
                    onChange(columns.filter((one) => (one === column ? currentTarget.checked : chosen.includes(one))))
                  }
                />{' '}
                {name} {column.role !== undefined && <span class="quiet">{column.role}</span>}
              </label>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
