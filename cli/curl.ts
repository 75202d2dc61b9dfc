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
import type { Model, Operation, Parameter, Pointer, SecurityScheme } from '../spec/index.ts'
import { credential, exampleOf, sample, schemaAt } from './sample.ts'

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
        text.replaceAll(`{${uriText(parameter.name)}}`, uriComponent(String(exampleFor(model, parameter)))),
      uriText(operation.path),
    )
  const headers = [
    ...credentials.flatMap(({ header }) => (header === undefined ? [] : [header])),
    ...operation.parameters
      .filter(({ in: place, name, required }) => place === 'header' && required && isHeaderName(name))
      .map((parameter) => `${parameter.name}: ${headerText(String(exampleFor(model, parameter)))}`),
  ]
  const body = bodyFor(model, operation)
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
  if (type === 'oauth2' || type === 'openIdConnect') return [{ header: `Authorization: Bearer ${credential}` }]
  if (type === 'http')
    return [{ header: `Authorization: ${kind.charAt(0).toUpperCase()}${kind.slice(1).toLowerCase()} ${credential}` }]
  if (type !== 'apiKey') return []
  if (place === 'query') return [{ query: [name, credential] }]
  if (place === 'cookie') return [{ header: headerText(`Cookie: ${name}=${credential}`) }]
  return isHeaderName(name) ? [{ header: `${name}: ${credential}` }] : []
}

/** Required ones, and a page that fits a screen. */
const queryOf = (model: Model, { parameters }: Operation): Pair[] =>
  parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap((parameter): Pair[] => {
      if (parameter.binding?.role === 'page.size')
        return [[parameter.name, String(Math.max(2, Number(schemaAt(model.document, parameter.schema).minimum ?? 0)))]]
      return parameter.required ? [[parameter.name, String(exampleFor(model, parameter))]] : []
    })

/** Returns a JSON body to begin with, where an operation needs one. */
export function bodyFor(
  model: Model,
  { body }: Operation,
): { readonly mediaType: string; readonly text: string } | undefined {
  const content = body?.content.find(({ mediaType }) => isJson(mediaType))
  if (!body?.required || !content) return undefined
  const media = resolve(model.document, content.pointer).value
  const stated = isObject(media) ? exampleOf(model.document, media, content.pointer) : undefined
  return {
    mediaType: content.mediaType,
    text: JSON.stringify(stated ?? (content.schema === undefined ? {} : requestOf(model, content.schema))),
  }
}

function requestOf(model: Model, pointer: Pointer): unknown {
  const schema = schemaAt(model.document, pointer)
  if (schema.example !== undefined || Array.isArray(schema.examples)) return sample(schema)
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : []
  return Object.fromEntries(
    [...model.shape(pointer).properties].flatMap(([name, shape]) => {
      if (shape.binding?.role === 'claim.limit') return [[name, 2]]
      return required.includes(name) ? [[name, sample(schemaAt(model.document, shape.pointer))]] : []
    }),
  )
}

/** Returns a value of a parameter to begin with. */
export function exampleFor({ document }: Model, { pointer, schema }: Parameter): unknown {
  const stated = atPointer(document, pointer)
  return (isObject(stated) ? exampleOf(document, stated, pointer) : undefined) ?? sample(schemaAt(document, schema))
}
