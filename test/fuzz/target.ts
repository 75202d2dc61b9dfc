import { fileURLToPath } from 'node:url'
import { apiNames, builtIn, isObject, resolve } from '../../spec/index.ts'
import type { Model, Operation, Parameter } from '../../spec/index.ts'
import { load } from '../../spec/load.ts'
import { bodies } from '../support/bodies.ts'
import { clientOf, idFor, pathParameter } from '../support/client.ts'
import { credentialsFor } from '../support/credentials.ts'

/** Where the foreign document stands. */
export const lending = fileURLToPath(new URL('lending.yaml', import.meta.url))

/** An API of the server, with what sound requests to it are made of. */
export interface Target {
  readonly name: string
  readonly model: Model
  readonly headers: Readonly<Record<string, string>>
  /** Values that a parameter of an operation may have, beside those that its schema names. */
  values(operation: Operation, parameter: Parameter): readonly string[]
  /** Returns a body that an operation takes, `undefined` where it takes none. */
  body(operation: Operation, id: string): unknown
}

const tool = { kind: 'drill', watts: 650 }
const loan = {
  loan: 7,
  tool,
  since: '2026-01-02T08:00:00Z',
  until: null,
  deposit: { units: 20, cur: 'EUR' },
  notes: { a: 'b' },
}

/** Returns the APIs that a server of `--document` and of all built-in ones serves, with ids taken from their lists. */
export async function targetsAt(url: string): Promise<readonly Target[]> {
  const targets = await Promise.all(apiNames.map((name) => builtInAt(url, name)))
  return [...targets, foreignTarget()]
}

async function builtInAt(url: string, name: (typeof apiNames)[number]): Promise<Target> {
  const model = builtIn(name)
  const client = clientOf(model, (request) => fetch(request), `${url}/${name}`)
  const invoices = [...(await client.some(100))]
  // A claim takes no more than twenty at once, and finds none when all are claimed.
  for (let more = await client.some(20); more.length > 0 && invoices.length < 60; more = await client.some(20))
    invoices.push(...more)
  const ids = new Map(
    model.operations
      .filter(({ parameters }) => parameters.some((parameter) => parameter.in === 'path'))
      .map((operation) => [operation, invoices.map((invoice) => String(idFor(operation, invoice)))]),
  )
  const list = client.find('list')
  const pages = list ? [(await client.ask(list)).json].filter(isObject) : []
  const cursors = pages.map(({ next_cursor: cursor }) => cursor).filter((cursor) => typeof cursor === 'string')
  return {
    name,
    model,
    headers: credentialsFor(model),
    values(operation, parameter) {
      if (parameter.in === 'path') return parameter === pathParameter(operation) ? (ids.get(operation) ?? []) : []
      if (parameter.binding?.role === 'page.cursor') return cursors
      if (parameter.binding?.role === 'page.size') return ['1', '2', '5', '10']
      if (parameter.binding?.role === 'page.number') return ['1', '2', '3']
      return parameter.required ? [exampleFor(model, parameter)] : []
    },
    body: (operation, id) => bodies[name][operation.id]?.(id),
  }
}

function foreignTarget(): Target {
  const model = load(lending, { name: 'lending' })
  return {
    name: 'lending',
    model,
    headers: {},
    values: (_operation, { name }) =>
      ({
        branch: ['north', 'south'],
        loan: ['1', '7', '4711'],
        take: ['1', '50'],
        kinds: ['drill', 'drill,ladder'],
        card: ['any'],
        'X-Locale': ['de-AT'],
      })[name] ?? [],
    body: ({ method }) => (method === 'POST' || method === 'PUT' ? loan : undefined),
  }
}

/** Returns the query by which an API wants its credentials, where it does. */
export const credentialQuery = ({ model }: Target): readonly (readonly [string, string])[] =>
  Object.values(model.security).flatMap((scheme) =>
    scheme.in === 'query' && scheme.name !== undefined ? [[scheme.name, 'any'] as const] : [],
  )

const byFormat: Readonly<Record<string, string>> = {
  uuid: '5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d',
  'date-time': '2025-12-01T00:00:00Z',
  date: '2025-12-01',
}

function exampleFor({ document }: Model, { schema }: Parameter): string {
  const { value } = resolve(document, schema)
  const stated = isObject(value) ? value : {}
  return String(byFormat[String(stated.format)] ?? (Array.isArray(stated.examples) ? stated.examples[0] : 'any'))
}
