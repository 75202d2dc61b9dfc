import { invoicesIn, isObject, readByRole, replyFor, resolve } from '../../spec/index.ts'
import type { BusinessObject, Fetch, Model, Operation, OperationRole, Parameter, Pointer } from '../../spec/index.ts'
import { credentialsFor } from './credentials.ts'

/** What to ask for; parameters by name. */
export interface Asking {
  readonly values?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  /** Sent as it is, instead of a body. */
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer, read. */
export interface Answered {
  readonly operation: Operation
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: unknown
  /** Where the schema of the body stands, if the document has one for the status. */
  readonly schema?: Pointer
  /** What the roles of the document say the body is about. */
  readonly root: BusinessObject
  readonly invoices: readonly BusinessObject[]
}

/** Asks one API by its own document. */
export interface Client {
  readonly model: Model
  /** Returns the operation that does something, or `undefined` where the document has none. */
  find(does: OperationRole): Operation | undefined
  ask(operation: Operation | OperationRole, asking?: Asking): Promise<Answered>
  /** Returns what {@link ask} would send. */
  requestFor(operation: Operation | OperationRole, asking?: Asking): Request
  /** Returns invoices as a list shows them, or as they are fetched after a claim where there is no list. */
  some(count: number): Promise<readonly BusinessObject[]>
}

const mostClaimed = 20

/** Returns a client of a `Fetch` that answers below an address. */
export function clientOf(model: Model, fetch: Fetch, base = 'http://localhost'): Client {
  const find = (does: OperationRole): Operation | undefined =>
    model.operations.find((operation) => operation.does === does)
  const operationFor = (operation: Operation | OperationRole): Operation => {
    const found = typeof operation === 'string' ? find(operation) : operation
    if (!found) throw new Error(`${model.name} has no operation that does ${String(operation)}`)
    return found
  }
  const requestFor = (which: Operation | OperationRole, asking: Asking = {}): Request =>
    compose(model, operationFor(which), asking, base)
  const ask = async (which: Operation | OperationRole, asking: Asking = {}): Promise<Answered> =>
    read(model, operationFor(which), await fetch(requestFor(which, asking)))
  async function some(count: number): Promise<readonly BusinessObject[]> {
    const list = find('list')
    if (list) {
      const size = list.parameters.find(({ binding }) => binding?.role === 'page.size')
      return (await ask(list, { values: size ? { [size.name]: count } : {} })).invoices
    }
    const { root } = await ask('claim', { body: { limit: Math.min(count, mostClaimed) } })
    const fetched = []
    for (const { raw } of root.list('claim.leases').flatMap((lease) => lease.all('invoice.id')))
      fetched.push(...(await ask('get', { values: { [pathParameter(operationFor('get')).name]: raw } })).invoices)
    return fetched
  }
  return { model, find, ask, requestFor, some }
}

/** Returns the parameter that names the object of an operation. */
export function pathParameter({ id, parameters }: Operation): Parameter {
  const found = parameters.find((parameter) => parameter.in === 'path')
  if (!found) throw new Error(`${id} has no path parameter`)
  return found
}

/** Returns the id by which an operation names an invoice. */
export function idFor(operation: Operation, invoice: BusinessObject): unknown {
  const ids = invoice.all('invoice.id')
  const form = pathParameter(operation).binding?.as
  return (ids.find(({ binding }) => binding.as === form) ?? ids[0])?.raw
}

/** Returns a query or path parameter that has a role. */
export const parameterFor = ({ parameters }: Operation, role: string): Parameter | undefined =>
  parameters.find(({ binding }) => binding?.role === role)

function compose(
  model: Model,
  operation: Operation,
  { values = {}, body, text = body === undefined ? undefined : JSON.stringify(body), headers = {} }: Asking,
  base: string,
): Request {
  const { method, parameters } = operation
  const known = (parameter: Parameter): unknown =>
    values[parameter.name] ??
    (parameter.required && !Object.hasOwn(values, parameter.name) ? exampleFor(model, parameter) : undefined)
  const path = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce(
      (text, parameter) => text.replace(`{${parameter.name}}`, encodeURIComponent(String(known(parameter)))),
      operation.path,
    )
  const query = new URLSearchParams()
  for (const parameter of parameters.filter((candidate) => candidate.in === 'query')) {
    const value = known(parameter)
    if (isObject(value))
      for (const [field, part] of Object.entries(value)) query.append(`${parameter.name}[${field}]`, String(part))
    else if (value !== undefined) for (const item of [value].flat()) query.append(parameter.name, String(item))
  }
  const sent = {
    ...credentialsFor(model),
    ...(text !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  }
  return new Request(`${base}${path}${query.size > 0 ? `?${query}` : ''}`, {
    method,
    headers: sent,
    ...(text !== undefined && { body: text }),
  })
}

const byFormat: Readonly<Record<string, string>> = {
  uuid: '5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d',
  'date-time': '2025-12-01T00:00:00Z',
  date: '2025-12-01',
}

function exampleFor({ document }: Model, { schema }: Parameter): unknown {
  const { value } = resolve(document, schema)
  const stated = isObject(value) ? value : {}
  return (
    byFormat[String(stated.format)] ?? (Array.isArray(stated.examples) ? stated.examples[0] : stated.example) ?? 'any'
  )
}

async function read(model: Model, operation: Operation, response: Response): Promise<Answered> {
  const { status, headers } = response
  const text = await response.text()
  const json: unknown = /\bjson\b/.test(headers.get('content-type') ?? '') && text !== '' ? JSON.parse(text) : undefined
  const schema = replyFor(operation, status)?.content.find(({ mediaType }) => /json/.test(mediaType))?.schema
  const root = readByRole(schema === undefined ? undefined : model.shape(schema), json)
  return {
    operation,
    status,
    headers,
    text,
    json,
    ...(schema !== undefined && { schema }),
    root,
    invoices: invoicesIn(root),
  }
}
