// Describes served APIs for the desk: operations, resources, table columns and example requests.

import { exampleBody, credentialsOf, curlOf, parameterExample } from '../request-example.ts'
import type {
  ApiDetail,
  ApiSummary,
  ColumnFacts,
  ColumnKind,
  Credential,
  ItemFacts,
  ListFacts,
  OperationFacts,
  RequestExample,
  ResourceFacts,
} from '../../desk/index.ts'
import { isObject, nameOf, operationOf, resolve, resourcesOf, unitOf } from '../../spec/index.ts'
import type {
  Envelope,
  Fetch,
  Model,
  Operation,
  Parameter,
  Pointer,
  Resource,
  ResourceOperation,
  Shape,
} from '../../spec/index.ts'

/** An API as it is served. */
export interface ServedModel {
  readonly model: Model
  readonly prefix: string
  readonly also: readonly string[]
  /** Answers requests whose path is the document's own. */
  readonly fetch: Fetch
}

/** Returns what a list of APIs says of one. */
export function apiSummary({ model, prefix, also }: ServedModel, origin: string): ApiSummary {
  const { info } = model.document
  const curl = curlOf(model, origin + prefix)
  return {
    name: model.name,
    title: model.title,
    version: isObject(info) && typeof info.version === 'string' ? info.version : '',
    prefix,
    also,
    operations: model.operations.length,
    faults: model.diagnostics.length,
    isInferred: model.inferred?.resource !== undefined,
    ...(curl !== undefined && { curl }),
  }
}

/** Returns operations and resources of an API. */
export function apiDetail(served: ServedModel, origin: string): ApiDetail {
  const { model } = served
  const { resources, unknown } = resourcesOf(model)
  const { info } = model.document
  return {
    ...apiSummary(served, origin),
    description: isObject(info) && typeof info.description === 'string' ? info.description : '',
    calls: model.operations.map((operation) => operationFacts(model, operation)),
    resources: resources.map((resource) => resourceFacts(model, resource)),
    unknown: Object.fromEntries(unknown.map(({ operation, why }) => [operation.id, why])),
  }
}

/** Returns values to begin a request with. @throws Failure for an unknown operation. */
export function requestExample(model: Model, id: string): RequestExample {
  const operation = operationOf(model, id)
  const body = exampleBody(model, operation)
  return {
    parameters: Object.fromEntries(
      operation.parameters
        .filter(({ in: place, required }) => required || place === 'path')
        .map((parameter) => [parameter.name, String(parameterExample(model, parameter))]),
    ),
    ...(body && { body: body.text }),
  }
}

function operationFacts(model: Model, operation: Operation): OperationFacts {
  const { id, method, path, summary, pointer, parameters, body, replies } = operation
  return {
    id,
    method,
    path,
    summary,
    pointer,
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      in: parameter.in,
      required: parameter.required,
      schema: parameter.schema,
      description: descriptionOf(model, parameter),
      ...(parameter.binding && { role: nameOf(parameter.binding) }),
    })),
    bodies:
      body?.content.map(({ mediaType, schema }) => ({ mediaType, ...(schema !== undefined && { schema }) })) ?? [],
    isBodyRequired: body?.required ?? false,
    replies: replies.flatMap(({ status, content }) =>
      content.length === 0
        ? [{ status }]
        : content.map(({ mediaType, schema }) => ({ status, mediaType, ...(schema !== undefined && { schema }) })),
    ),
    credentials: apiCredentials(model, operation),
  }
}

/** Returns made-up credentials that let a request to an operation in. */
export const apiCredentials = (model: Model, operation: Operation): Credential[] =>
  credentialsOf(model, operation).flatMap(({ header, query }): Credential[] => {
    if (query) return [{ in: 'query', name: query[0], value: query[1] }]
    const [, name, value] = /^([^:]+): (.*)$/s.exec(header ?? '') ?? []
    return name === undefined || value === undefined ? [] : [{ in: 'header', name, value }]
  })

function descriptionOf({ document }: Model, { pointer, schema }: Parameter): string {
  for (const place of [pointer, schema]) {
    const { value } = resolve(document, place)
    if (isObject(value) && typeof value.description === 'string') return value.description
  }
  return ''
}

function resourceFacts(model: Model, resource: Resource): ResourceFacts {
  const { name, noun, path, parent, identity, operations } = resource
  const list = operations.find(({ does, answer }) => does === 'list' && answer?.many)
  const get = operations.find(({ does }) => does === 'get')
  const columns = columnsOf(model, list?.answer?.item ?? resource.schema, identity)
  return {
    name,
    noun,
    path,
    ...(parent !== undefined && { parent }),
    ...(identity && { identity }),
    isInvoice: isInvoice(columns),
    columns,
    ...(list?.answer && { list: listFacts(list, list.answer) }),
    ...(get && { get: itemFacts(get) }),
    does: operations.map(({ does, verb, operation }) => ({ id: operation.id, does: verb ?? does })),
  }
}

function itemFacts({ operation, key, answer }: ResourceOperation): ItemFacts {
  return {
    operation: operation.id,
    ...(key && { key: { in: key.in, name: key.name, ...(key.property && { property: key.property }) } }),
    path: answer?.path ?? [],
  }
}

function listFacts({ operation, paging, parents }: ResourceOperation, answer: Envelope): ListFacts {
  const fact = (is: string): readonly string[] | undefined => paging?.facts.find((one) => one.is === is)?.path
  const total = fact('total')
  const nextCursor = fact('nextCursor')
  const sort = sortOf(operation)
  return {
    operation: operation.id,
    path: answer.path,
    wrap: answer.wrap,
    parameters: Object.fromEntries(
      Object.entries(paging?.parameters ?? {}).map(([is, parameter]) => [is, parameter.name]),
    ),
    base: paging?.base ?? 1,
    usual: paging?.usual ?? 20,
    ...(paging?.most !== undefined && { most: paging.most }),
    ...(total && { total }),
    ...(nextCursor && { nextCursor }),
    ...(sort && { sort }),
    parents: parents.map(({ parameter }) => parameter),
  }
}

/** Returns the parameters that sort a list, where roles say which they are. */
function sortOf({ parameters }: Operation): ListFacts['sort'] {
  const by = parameters.find(({ binding }) => binding?.role === 'sort.by')
  const order = parameters.find(({ binding }) => binding?.role === 'sort.order')
  if (!by?.binding?.values) return undefined
  const words = Object.entries(by.binding.values).filter(([, word]) => word !== null)
  const directions = order?.binding?.values
  return {
    by: by.name,
    words: Object.fromEntries(words.map(([role, word]) => [role, String(word)])),
    ...(order && {
      order: order.name,
      ascending: String(directions?.asc ?? 'asc'),
      descending: String(directions?.desc ?? 'desc'),
    }),
  }
}

/** Roles that a table of invoices begins with. */
const first = [
  'invoice.number',
  'buyer.name',
  'party.name',
  'invoice.status',
  'invoice.issueDate',
  'invoice.dueDate',
  'invoice.total',
  'invoice.due',
  'invoice.currency',
]

/** Names that a table without roles begins with. */
const telling =
  /^(?:name|title|number|code|email|status|state|type|total|amount|currency|date|created(?:_?at)?|due(?:_?date)?)$/i

const mostUsual = 8
const deepest = 3
/** Columns that can be chosen. */
const most = 300

/** Returns the properties of an item that fit into a table, those that say most first. */
function columnsOf(model: Model, schema: Pointer, identity: readonly string[] | undefined): readonly ColumnFacts[] {
  const found: Omit<ColumnFacts, 'isUsual'>[] = []
  // Level by level: where there are many, those further down are left out.
  let level: readonly (readonly [path: readonly string[], shape: Shape, seen: ReadonlySet<Shape>])[] = [
    [[], model.shape(schema), new Set()],
  ]
  for (let depth = 0; depth <= deepest; depth++) {
    for (const [path, shape] of level) {
      const column = shape.properties.size === 0 && path.length > 0 ? columnAt(model, shape, path) : undefined
      if (column && found.length < most) found.push(column)
    }
    level = level.flatMap(([path, shape, seen]) =>
      seen.has(shape)
        ? []
        : [...shape.properties].map(([name, inner]) => [[...path, name], inner, new Set([...seen, shape])] as const),
    )
  }
  const isIdentity = ({ path }: Pick<ColumnFacts, 'path'>): boolean => path.join('/') === identity?.join('/')
  const rank = (column: Omit<ColumnFacts, 'isUsual'>, at: number): number => {
    const role = column.role === undefined ? -1 : first.indexOf(column.role)
    if (role >= 0) return role
    if (isIdentity(column)) return 50
    const [name = ''] = column.path.slice(-1)
    return 100 * column.path.length + (telling.test(name) ? 0 : 50) + at / 1000
  }
  const ranked = found.map((column, at) => ({ column, rank: rank(column, at) })).sort((a, b) => a.rank - b.rank)
  const known = ranked.filter((one) => one.rank < first.length)
  // An invoice is told by its roles; anything else by its identity and what is named tellingly.
  const usual = new Set((known.length >= 3 ? known : ranked).slice(0, mostUsual).map(({ column }) => column))
  const roles = new Set<string>()
  return ranked.map(({ column }) => {
    const isAgain = column.role !== undefined && roles.has(column.role)
    if (column.role !== undefined) roles.add(column.role)
    return { ...column, isUsual: usual.has(column) && !isAgain }
  })
}

/** Tells whether the items of these columns are invoices. */
const isInvoice = (columns: readonly ColumnFacts[]): boolean =>
  columns.some(({ role }) => role === 'invoice.total' || role === 'invoice.due') ||
  columns.filter(({ role }) => role?.startsWith('invoice.')).length > 4

function columnAt(
  { document, representation }: Model,
  shape: Shape,
  path: readonly string[],
): Omit<ColumnFacts, 'isUsual'> | undefined {
  const { value } = resolve(document, shape.pointer)
  const schema = isObject(value) ? value : {}
  const types = typesOf(schema)
  if (types.includes('array') || types.includes('object') || shape.items) return undefined
  const { binding } = shape
  return {
    path,
    kind: kindOf(binding?.term.kind, binding?.role, types, { ...schema, name: path.at(-1) }),
    ...(binding && { role: nameOf(binding) }),
    ...(binding?.term.kind === 'amount' && { unit: unitOf(binding, representation) }),
  }
}

function typesOf(schema: Readonly<Record<string, unknown>>): readonly unknown[] {
  const own = [schema.type].flat()
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) =>
    Array.isArray(schema[keyword]) ? schema[keyword] : [],
  )
  return [...own, ...branches.flatMap((branch: unknown) => (isObject(branch) ? [branch.type].flat() : []))]
}

function kindOf(
  kind: string | undefined,
  role: string | undefined,
  types: readonly unknown[],
  { format, enum: words, name }: Readonly<Record<string, unknown>>,
): ColumnKind {
  if (kind === 'amount') return 'amount'
  if (kind === 'date' || format === 'date') return 'date'
  if (kind === 'instant' || format === 'date-time') return 'moment'
  if (kind === 'id') return 'id'
  if (types.includes('boolean')) return 'flag'
  if (role?.endsWith('.status') || (Array.isArray(words) && /^(?:status|state)$/i.test(String(name)))) return 'status'
  return types.includes('integer') || types.includes('number') ? 'number' : 'text'
}
