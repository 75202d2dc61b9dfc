// Checks that a request carries the credentials that an operation asks for.

import { parseCookies, decodeComponent, parseQuery } from './request/parameters.ts'
import type { Model, SecurityScheme } from './model.ts'
import type { Operation } from './operation.ts'

/** The parts of a request that can carry credentials. */
export interface Credentials {
  readonly headers: { get(name: string): string | null }
  readonly query: string | URLSearchParams
}

/**
 * Tells whether a request carries what an operation asks for: any one of its sets of schemes, every scheme of that set
 * (OpenAPI 3.1, Security Requirement Object). Any credential that is not empty will do; a scheme that cannot be seen in a
 * request (mutual TLS) counts as present.
 */
export function isAuthorised(model: Model, operation: Operation, credentials: Credentials): boolean {
  const { security } = operation
  return (
    security.length === 0 ||
    security.some((schemes) => schemes.every((name) => carries(model.security[name], credentials)))
  )
}

function carries(scheme: SecurityScheme | undefined, { headers, query }: Credentials): boolean {
  switch (scheme?.type) {
    case 'apiKey':
      return Boolean(keyOf(scheme, headers, query))
    case 'http':
      return hasScheme(headers.get('authorization'), scheme.scheme ?? '')
    case 'oauth2':
    case 'openIdConnect':
      return hasScheme(headers.get('authorization'), 'bearer')
    default:
      return scheme !== undefined
  }
}

function keyOf(
  { in: place, name = '' }: SecurityScheme,
  headers: Credentials['headers'],
  query: Credentials['query'],
): string | null | undefined {
  if (place === 'header') return headers.get(name)?.trim()
  const raw = (place === 'cookie' ? parseCookies(headers.get('cookie')) : parseQuery(query)).get(name)?.[0]
  return raw === undefined ? undefined : decodeComponent(raw)?.trim()
}

function hasScheme(header: string | null, scheme: string): boolean {
  if (header === null) return false
  const space = header.indexOf(' ')
  return space > 0 && header.slice(0, space).toLowerCase() === scheme.toLowerCase() && header.slice(space).trim() !== ''
}

/** Returns the `WWW-Authenticate` header that belongs to a 401 (RFC 9110, 11.6.1), or `undefined` where no scheme has one. */
export function challengeOf(model: Model, operation: Operation): string | undefined {
  const schemes = new Set(operation.security.flat().flatMap((name) => wordOf(model.security[name])))
  return schemes.size > 0 ? [...schemes].join(', ') : undefined
}

function wordOf(scheme: SecurityScheme | undefined): string[] {
  if (scheme?.type === 'oauth2' || scheme?.type === 'openIdConnect') return ['Bearer']
  if (scheme?.type !== 'http' || !scheme.scheme) return []
  const word = scheme.scheme.charAt(0).toUpperCase() + scheme.scheme.slice(1).toLowerCase()
  return [word === 'Basic' ? 'Basic realm="mock"' : word]
}

/** Returns what a request without credentials could carry, for people: `send "Authorization: Bearer any": any token will do`. */
export function acceptedBy(model: Model, operation: Operation): string | undefined {
  const sets = operation.security.map((names) => names.flatMap((name) => exampleOf(model.security[name])))
  const shown = [...new Set(sets.filter((set) => set.length > 0).map((set) => set.join(' and ')))]
  return shown.length > 0 ? `Send ${shown.join(', or ')}: any value will do.` : undefined
}

function exampleOf(scheme: SecurityScheme | undefined): string[] {
  const { type, in: place, name = '' } = scheme ?? {}
  if (type === 'apiKey')
    return [
      place === 'header' ? `"${name}: any"` : `the ${place === 'cookie' ? 'cookie' : 'query parameter'} "${name}=any"`,
    ]
  if (type === 'oauth2' || type === 'openIdConnect') return ['"Authorization: Bearer any"']
  return type === 'http' && scheme?.scheme ? [`"Authorization: ${wordOf(scheme)[0]?.split(' ', 1)[0]} any"`] : []
}
