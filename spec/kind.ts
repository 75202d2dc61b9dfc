import { isObject } from './document.ts'

/** Tells whether a document is of an OpenAPI that is known here. */
export const isOpenApi = (value: unknown): boolean =>
  isObject(value) && typeof value.openapi === 'string' && /^3\.[0-2]\b/.test(value.openapi)

/** Returns what kind of document something is that is not of OpenAPI, as a noun. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (!isObject(value)) return `a ${typeof value}`
  if (typeof value.openapi === 'string') return `OpenAPI ${value.openapi}`
  const version = value.openapi ?? value.swagger
  if (version !== undefined) return `${value.openapi === undefined ? 'Swagger' : 'OpenAPI'} ${String(version)}`
  const info = isObject(value.info) ? value.info : {}
  if (value.asyncapi !== undefined) return 'an AsyncAPI document'
  if (value.arazzo !== undefined) return 'an Arazzo description'
  if (value.overlay !== undefined) return 'an Overlay'
  if (value.raml !== undefined) return 'RAML'
  if ('_postman_id' in info || /getpostman|postman\.com/.test(String(info.schema))) return 'a Postman collection'
  if (isObject(value.log) && Array.isArray(value.log.entries)) return 'a HAR file'
  if ('__schema' in value || (isObject(value.data) && '__schema' in value.data)) return 'a GraphQL schema'
  if (['$schema', '$defs', 'definitions', 'properties', 'allOf', 'anyOf', 'oneOf'].some((key) => key in value))
    return 'a JSON Schema'
  return isObject(value.paths) ? 'paths without a version (openapi: 3.1.0)' : 'something else'
}

/** Returns what to do with a document of another kind, where there is something. */
export function cureFor(kind: string): string | undefined {
  return kind === 'an Overlay' ? 'Name the document, and this with --overlay.' : undefined
}
