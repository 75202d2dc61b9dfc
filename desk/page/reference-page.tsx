// Shows the reference of an API.

import { useState } from 'preact/hooks'
import type { JSX } from 'preact'
import type { ApiDetail, OperationFacts } from '../calls.ts'
import { fieldOf, flatSchema, valueAtPointer } from './form.tsx'
import type { JsonSchema } from './form.tsx'
import { Heading, LoadState, MethodName, useLoaded } from './parts.tsx'
import { dataVersion, hrefOf, loadApi, loadApiDocument } from './state.ts'

/** Shows the reference of an API: operations with parameters, bodies and answers, as its document says. */
export function ReferencePage({ api: name }: { api: string }): JSX.Element {
  const { value, error } = useLoaded(async () => {
    const [api, document] = await Promise.all([loadApi(name), loadApiDocument(name)])
    return { api, document }
  }, [name, dataVersion.value])
  const [text, setText] = useState('')
  if (!value) return <LoadState error={error} />
  const { api, document } = value
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = api.calls.filter(({ id, method, path, summary }) =>
    words.every((word) => `${id} ${method} ${path} ${summary}`.toLowerCase().includes(word)),
  )
  return (
    <>
      <Heading title="Reference" kicker={api.title}>
        <p>
          <a href={`/__proforma/apis/${api.name}/openapi.yaml`}>openapi.yaml</a>{' '}
          <span class="quiet">
            · {found.length} of {api.calls.length} operations
          </span>
        </p>
      </Heading>
      <form class="filters" role="search" aria-label="Find operations" onSubmit={(event) => event.preventDefault()}>
        <div class="field">
          <label for="find">Find</label>
          <input id="find" type="search" value={text} onInput={({ currentTarget }) => setText(currentTarget.value)} />
        </div>
      </form>
      {found.map((operation) => (
        <OperationReference key={operation.id} api={api} operation={operation} document={document} />
      ))}
    </>
  )
}

interface OperationProps {
  readonly api: ApiDetail
  readonly operation: OperationFacts
  readonly document: unknown
}

function OperationReference({ api, operation, document }: OperationProps): JSX.Element {
  const [isOpen, setOpen] = useState(api.calls.length === 1)
  const stated = valueAtPointer(document, operation.pointer) as { description?: unknown } | undefined
  const description = typeof stated?.description === 'string' ? stated.description : ''
  return (
    <section class="reference">
      <h2>
        <button type="button" class="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> <MethodName name={operation.method} />
          <span class="url">{operation.path}</span> <span class="quiet">{operation.summary}</span>
        </button>
      </h2>
      {isOpen && (
        <div class="members">
          {description !== '' && <p class="prose">{description}</p>}
          <p>
            <code>{operation.id}</code> · <a href={hrefOf(['api', api.name, 'op', operation.id])}>Try it</a>
          </p>
          <Parameters operation={operation} document={document} />
          {operation.bodies.map(({ mediaType, schema }) => (
            <div key={mediaType}>
              <h3>
                Body, {mediaType}
                {operation.isBodyRequired ? ', required' : ''}
              </h3>
              {schema !== undefined && (
                <SchemaTree document={document} schema={valueAtPointer(document, schema)} depth={0} />
              )}
            </div>
          ))}
          {operation.replies.map(({ status, mediaType, schema }, index) => (
            <div key={index}>
              <h3>
                {status} {mediaType !== undefined && <span class="quiet">{mediaType}</span>}
              </h3>
              {schema === undefined ? (
                <p class="quiet">No body.</p>
              ) : (
                <SchemaTree document={document} schema={valueAtPointer(document, schema)} depth={0} />
              )}
            </div>
          ))}
        </div>
      )}
    </section>
  )
}

function Parameters({ operation: { parameters }, document }: Omit<OperationProps, 'api'>): JSX.Element | null {
  if (parameters.length === 0) return null
  return (
    <>
      <h3>Parameters</h3>
      <ul class="schema">
        {parameters.map(({ name, in: place, required, schema, description, role }) => {
          const field = fieldOf(document, valueAtPointer(document, schema), required)
          return (
            <li key={`${place} ${name}`}>
              <p>
                <code class="name">{name}</code> <span class="quiet">{place}</span> <Type field={field} />
                {required && <span class="must"> required</span>}
                {role !== undefined && <span class="role">{role}</span>}
              </p>
              <Notes description={description || field.description} words={field.words} />
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Type({ field: { type, format } }: { field: ReturnType<typeof fieldOf> }): JSX.Element {
  return (
    <span class="type">
      {type}
      {format !== undefined && ` ${format}`}
    </span>
  )
}

function Notes({ description, words }: { description: string; words: readonly string[] }): JSX.Element {
  return (
    <>
      {description !== '' && (
        <p class="quiet">
          <bdi>{description}</bdi>
        </p>
      )}
      {words.length > 0 && (
        <p class="quiet">
          {words.length === 1 ? 'Always' : 'One of'} {words.slice(0, 40).join(', ')}
          {words.length > 40 && ` and ${words.length - 40} more`}
        </p>
      )}
    </>
  )
}

interface SchemaProps {
  readonly document: unknown
  readonly schema: unknown
  readonly depth: number
}

/** Properties of a schema; what lies deeper is opened on demand, so that one that refers to itself ends. */
function SchemaTree({ document, schema, depth }: SchemaProps): JSX.Element {
  const flat = itemsOf(document, flatSchema(document, schema))
  const properties = Object.entries((flat.properties ?? {}) as JsonSchema)
  if (properties.length === 0)
    return (
      <p class="quiet">
        <Type field={fieldOf(document, schema)} />
      </p>
    )
  return (
    <ul class="schema">
      {properties.map(([name, property]) => (
        <Property
          key={name}
          name={name}
          document={document}
          schema={property}
          depth={depth}
          isRequired={(flat.required as readonly unknown[]).includes(name)}
        />
      ))}
    </ul>
  )
}

function Property({
  name,
  document,
  schema,
  depth,
  isRequired,
}: SchemaProps & { name: string; isRequired: boolean }): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  const flat = flatSchema(document, schema)
  const field = fieldOf(document, schema, isRequired)
  const inner = itemsOf(document, flat)
  const hasMore = Object.keys(inner.properties ?? {}).length > 0
  const stated = flat['x-role']
  const role = typeof stated === 'string' ? stated : (stated as { role?: unknown } | undefined)?.role
  return (
    <li>
      <p>
        {hasMore && (
          <button
            type="button"
            class="fold"
            aria-expanded={isOpen}
            aria-label={`Properties of ${name}`}
            onClick={() => setOpen(!isOpen)}
          >
            <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
          </button>
        )}
        <code class="name">{name}</code> <Type field={field} />
        {isRequired && <span class="must"> required</span>}
        {typeof role === 'string' && <span class="role">{role}</span>}
      </p>
      <Notes description={field.description} words={field.words} />
      {isOpen && <SchemaTree document={document} schema={schema} depth={depth + 1} />}
    </li>
  )
}

/** Returns the schema of the items of a list, however many lists lie in each other; other schemas as they are. */
function itemsOf(document: unknown, schema: JsonSchema): JsonSchema {
  let inner = schema
  for (let depth = 0; depth < 5 && inner.items !== undefined; depth++) inner = flatSchema(document, inner.items)
  return inner
}
