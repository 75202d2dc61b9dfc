import type {
  ApiDetail,
  ApiSummary,
  Credential,
  ItemFacts,
  ListFacts,
  OperationFacts,
  ResourceFacts,
  RequestExample,
} from '../../desk/index.ts'
import { isObject, nameOf, operationOf, resolve, resourcesOf } from '../../spec/index.ts'
import type { Envelope, Model, Operation, Parameter, Resource, ResourceOperation } from '../../spec/index.ts'
import { bodyFor, credentialsOf, curlOf, exampleFor } from '../curl.ts'
import { columnsOf, isInvoice } from './columns.ts'

/** An API as it is served. */
export interface ServedModel {
  readonly model: Model
  readonly prefix: string
  readonly also: readonly string[]
}

/** Returns what a list of APIs says of one. */
export function summaryOf({ model, prefix, also }: ServedModel, origin: string): ApiSummary {
  const { info } = model.document
  const curl = curlOf(model, origin + prefix)
  return {
    name: model.name,
    title: model.title,
    version: isObject(info) && typeof info.version === 'string' ? info.version : '',
    prefix,
    also,
    operations: model.operations.length,
    faults: model.faults.length,
    isInferred: model.inferred?.resource !== undefined,
    ...(curl !== undefined && { curl }),
  }
}

/** Returns operations and resources of an API. */
export function detailOf(served: ServedModel, origin: string): ApiDetail {
  const { model } = served
  const { resources, unknown } = resourcesOf(model)
  const { info } = model.document
  return {
    ...summaryOf(served, origin),
    description: isObject(info) && typeof info.description === 'string' ? info.description : '',
    calls: model.operations.map((operation) => operationFacts(model, operation)),
    resources: resources.map((resource) => resourceFacts(model, resource)),
    unknown: Object.fromEntries(unknown.map(({ operation, why }) => [operation.id, why])),
  }
}

/** Returns values to begin a request with. @throws Failure for an unknown operation. */
export function requestExample(model: Model, id: string): RequestExample {
  const operation = operationOf(model, id)
  const body = bodyFor(model, operation)
  return {
    parameters: Object.fromEntries(
      operation.parameters
        .filter(({ in: place, required }) => required || place === 'path')
        .map((parameter) => [parameter.name, String(exampleFor(model, parameter))]),
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
    credentials: credentialsOf(model, operation).flatMap(({ header, query }): Credential[] => {
      if (query) return [{ in: 'query', name: query[0], value: query[1] }]
      const [, name, value] = /^([^:]+): (.*)$/s.exec(header ?? '') ?? []
      return name === undefined || value === undefined ? [] : [{ in: 'header', name, value }]
    }),
  }
}

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
