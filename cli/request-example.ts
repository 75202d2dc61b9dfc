// Builds example requests and curl commands from a document.

import {
  atPointer,
  headerText,
  isHeaderName,
  isJson,
  isObject,
  resolve,
  shellWord,
  uriComponent,
  uriText,
} from '../spec/index.ts'
import type { Document, Model, Operation, Parameter, Pointer, SecurityScheme } from '../spec/index.ts'

/** Returns a curl command that shows an API's invoices, ready to be pasted: made from the document alone. `undefined` for one without operations. */
export function curlOf(model: Model, baseUrl: string): string | undefined {
  const operation = showcase(model)
  if (!operation) return undefined
  const credentials = credentialsOf(model, operation)
  const query = [...queryOf(model, operation), ...credentials.flatMap(({ query: pair }) => (pair ? [pair] : []))]
  const path = operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce(
      (text, parameter) =>
        text.replaceAll(`{${uriText(parameter.name)}}`, uriComponent(String(parameterExample(model, parameter)))),
      uriText(operation.path),
    )
  const headers = [
    ...credentials.flatMap(({ header }) => (header === undefined ? [] : [header])),
    ...operation.parameters
      .filter(({ in: place, name, required }) => place === 'header' && required && isHeaderName(name))
      .map((parameter) => `${parameter.name}: ${headerText(String(parameterExample(model, parameter)))}`),
  ]
  const body = exampleBody(model, operation)
  return [
    'curl',
    ...(operation.method === 'GET' || (operation.method === 'POST' && body) ? [] : ['-X', shellWord(operation.method)]),
    ...[...headers, ...(body ? [`Content-Type: ${body.mediaType}`] : [])].flatMap((header) => [
      '-H',
      shellWord(header),
    ]),
    ...(body ? ['-d', shellWord(body.text)] : []),
    shellWord(
      baseUrl + path + (query.length > 0 ? `?${query.map((pair) => pair.map(uriComponent).join('=')).join('&')}` : ''),
    ),
  ].join(' ')
}

/** What shows most: the list, else what hands invoices out, else the first that needs no id. */
function showcase({ operations }: Model): Operation | undefined {
  return (
    operations.find(({ does }) => does === 'list') ??
    operations.find(({ does }) => does === 'claim') ??
    operations.find(({ method, path }) => method === 'GET' && !path.includes('{')) ??
    operations[0]
  )
}

type Pair = readonly [name: string, value: string]

/** Returns the headers and query parameters that let a request in: any value will do. */
export const credentialsOf = (
  model: Model,
  { security }: Operation,
): readonly { readonly header?: string; readonly query?: Pair }[] =>
  (security[0] ?? []).flatMap((name) => credentialOf(model.security[name]))

function credentialOf(scheme: SecurityScheme | undefined): { readonly header?: string; readonly query?: Pair }[] {
  const { type, in: place, name = '', scheme: kind = '' } = scheme ?? { type: '' }
  if (type === 'oauth2' || type === 'openIdConnect') return [{ header: `Authorization: Bearer ${anyCredential}` }]
  if (type === 'http')
    return [{ header: `Authorization: ${kind.charAt(0).toUpperCase()}${kind.slice(1).toLowerCase()} ${anyCredential}` }]
  if (type !== 'apiKey') return []
  if (place === 'query') return [{ query: [name, anyCredential] }]
  if (place === 'cookie') return [{ header: headerText(`Cookie: ${name}=${anyCredential}`) }]
  return isHeaderName(name) ? [{ header: `${name}: ${anyCredential}` }] : []
}

/** Required ones, and a page that fits a screen. */
const queryOf = (model: Model, { parameters }: Operation): Pair[] =>
  parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap((parameter): Pair[] => {
      if (parameter.binding?.role === 'page.size')
        return [
          [parameter.name, String(Math.max(2, Number(resolvedSchema(model.document, parameter.schema).minimum ?? 0)))],
        ]
      return parameter.required ? [[parameter.name, String(parameterExample(model, parameter))]] : []
    })

/** Returns a JSON body to begin with, where an operation needs one. */
export function exampleBody(
  model: Model,
  { body }: Operation,
): { readonly mediaType: string; readonly text: string } | undefined {
  const content = body?.content.find(({ mediaType }) => isJson(mediaType))
  if (!body?.required || !content) return undefined
  const media = resolve(model.document, content.pointer).value
  const stated = isObject(media) ? statedExample(model.document, media, content.pointer) : undefined
  return {
    mediaType: content.mediaType,
    text: JSON.stringify(stated ?? (content.schema === undefined ? {} : requestOf(model, content.schema))),
  }
}

function requestOf(model: Model, pointer: Pointer): unknown {
  const schema = resolvedSchema(model.document, pointer)
  if (schema.example !== undefined || Array.isArray(schema.examples)) return plainValue(schema)
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : []
  return Object.fromEntries(
    [...model.shape(pointer).properties].flatMap(([name, shape]) => {
      if (shape.binding?.role === 'claim.limit') return [[name, 2]]
      return required.includes(name) ? [[name, plainValue(resolvedSchema(model.document, shape.pointer))]] : []
    }),
  )
}

/** Returns a value of a parameter to begin with. */
export function parameterExample({ document }: Model, { pointer, schema }: Parameter): unknown {
  const stated = atPointer(document, pointer)
  return (
    (isObject(stated) ? statedExample(document, stated, pointer) : undefined) ??
    plainValue(resolvedSchema(document, schema))
  )
}

/** Any credential will do; this one says so. */
const anyCredential = 'any'

/** Returns the example of a parameter or media type (OpenAPI 3.1, Media Type Object), or `undefined`. */
function statedExample(document: Document, { example, examples }: Record<string, unknown>, pointer: Pointer): unknown {
  const [first] = isObject(examples) ? Object.keys(examples) : []
  const named = first === undefined ? undefined : resolve(document, `${pointer}/examples/${first}`).value
  return example ?? (isObject(named) ? named.value : undefined)
}

/** Returns the schema at a pointer, references followed; an empty one where there is none. */
const resolvedSchema = (document: Document, pointer: Pointer): Record<string, unknown> => {
  const { value } = atPointer(document, pointer) === undefined ? {} : resolve(document, pointer)
  return isObject(value) ? value : {}
}

const byFormat: Readonly<Record<string, unknown>> = {
  uuid: '00000000-0000-4000-8000-000000000000',
  date: '2026-01-15',
  'date-time': '2026-01-15T00:00:00Z',
}

/** Returns a value that fits a schema: what the document offers, else a plain one of its type. */
function plainValue({
  example,
  examples,
  default: usual,
  const: only,
  enum: words,
  type,
  format,
  minimum,
}: Record<string, unknown>): unknown {
  const stated =
    example ??
    (Array.isArray(examples) ? examples[0] : undefined) ??
    usual ??
    only ??
    (Array.isArray(words) ? words[0] : undefined)
  if (stated !== undefined) return stated
  const kind: unknown = Array.isArray(type) ? type[0] : type
  if (kind === 'integer' || kind === 'number') return typeof minimum === 'number' ? minimum : 1
  if (kind === 'boolean') return true
  return kind === 'object' ? {} : kind === 'array' ? [] : (byFormat[String(format)] ?? anyCredential)
}
