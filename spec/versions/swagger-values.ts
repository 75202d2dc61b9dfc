// Values, security schemes and servers of Swagger 2.0, written as OpenAPI 3.0.

import { isObject } from '../document.ts'
import type { Document } from '../document.ts'

type Table = Record<string, unknown>

/** Tells whether a parameter stands at a place: `body`, `formData`. */
export const isIn = (value: unknown, place: string): boolean => isObject(value) && value.in === place

/** Tells whether a parameter is a body, or a part of one. */
export const isBody = (value: unknown): boolean => isIn(value, 'body') || isIn(value, 'formData')

export const isExtension = (key: string): boolean => key.startsWith('x-')

/** Returns the members of a table whose keys are to be kept. */
export const picked = (table: Table, keep: (key: string) => boolean): Table =>
  Object.fromEntries(Object.entries(table).filter(([key]) => keep(key)))

/** Members of a parameter or header that say what its value is. */
const ofValue = new Set(
  'type format items default maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems enum multipleOf'.split(
    ' ',
  ),
)

/** Returns the schema of a parameter, header or field of a form. */
export function schemaOfValue(value: Table): Table {
  const { collectionFormat: _, items, ...rest } = value
  return {
    ...picked(rest, (key) => ofValue.has(key)),
    ...(value.type === 'file' && { type: 'string', format: 'binary' }),
    ...(isObject(items) && { items: schemaOfValue(items) }),
    ...(value['x-nullable'] === true && { nullable: true }),
  }
}

/** Returns a parameter or header whose value is said by a schema. */
export const withSchema = (value: Table): Table => {
  const { 'x-example': example = value.example, ...rest } = value
  return {
    ...picked(rest, (key) => !ofValue.has(key) && key !== 'collectionFormat' && key !== 'example'),
    ...(example !== undefined && { example }),
    schema: schemaOfValue(value),
  }
}

/** How lists are written; commas are the rule in 2.0, repetition is in 3.0. */
export function styleOf({ type, in: place, collectionFormat }: Table): Table {
  if (type !== 'array') return {}
  if (place === 'path' || place === 'header') return { style: 'simple' }
  const style =
    collectionFormat === 'ssv' || collectionFormat === 'tsv'
      ? 'spaceDelimited'
      : collectionFormat === 'pipes'
        ? 'pipeDelimited'
        : 'form'
  return { style, explode: collectionFormat === 'multi' }
}

const flows: Readonly<Record<string, string>> = { application: 'clientCredentials', accessCode: 'authorizationCode' }

/** Returns a security definition as the security scheme of OpenAPI 3.0. */
export function schemeOf(value: unknown): unknown {
  if (!isObject(value)) return value
  if (value.type === 'basic') return { ...value, type: 'http', scheme: 'basic' }
  if (value.type !== 'oauth2') return value
  const { flow, authorizationUrl, tokenUrl, scopes = {}, ...rest } = value
  return {
    ...rest,
    flows: {
      [flows[String(flow)] ?? String(flow)]: {
        ...(authorizationUrl !== undefined && { authorizationUrl }),
        ...(tokenUrl !== undefined && { tokenUrl }),
        scopes,
      },
    },
  }
}

/** Returns the addresses that host, base path and schemes make. */
export function swaggerServers({ host, basePath, schemes }: Document): { servers?: readonly { url: string }[] } {
  const path = typeof basePath === 'string' ? basePath : ''
  if (typeof host !== 'string') return path === '' ? {} : { servers: [{ url: path }] }
  const stated = Array.isArray(schemes) && schemes.length > 0 ? schemes : ['https']
  return { servers: stated.map((one) => ({ url: `${String(one)}://${host}${path}` })) }
}
