// Finds credentials in requests and masks them in reports.

import { failure, uriComponent, percentDecoded } from '../../spec/index.ts'
import type { Model, Operation } from '../../spec/index.ts'
import type { Violation } from '../violation.ts'
import type { CheckOptions } from './options.ts'

/** Where the credentials of a document's security schemes travel; names in lower case. */
export interface Carriers {
  readonly headers: ReadonlySet<string>
  readonly queries: ReadonlySet<string>
}

/** Returns the headers and query parameters that carry credentials. */
export function carriersOf({ security }: Pick<Model, 'security'>): Carriers {
  const headers = new Set(['authorization', 'proxy-authorization', 'cookie'])
  const queries = new Set<string>()
  for (const { type, in: place, name } of Object.values(security)) {
    if (type !== 'apiKey' || name === undefined) continue
    if (place === 'query') queries.add(name.toLowerCase())
    else if (place === 'header') headers.add(name.toLowerCase())
  }
  return { headers, queries }
}

/** Tells whether an operation asks for credentials: no set of schemes is empty. */
export const isGuarded = ({ security }: Operation): boolean =>
  security.length > 0 && security.every((schemes) => schemes.length > 0)

/** Headers that are never secret. */
const openHeaders = new Set([
  'accept',
  'accept-language',
  'content-type',
  'user-agent',
  'if-none-match',
  'if-modified-since',
  'prefer',
])

/** What stands in reports instead of a credential. */
export const mask = '***'

/** Returns a header’s value as it may be printed: only well-known headers are not masked. */
export const maskedHeader = (name: string, value: string): string =>
  openHeaders.has(name.toLowerCase()) ? value : mask

/** Returns the credentials among headers and query parameters. */
export function secretsIn(
  headers: Iterable<readonly [name: string, value: string]>,
  parameters: Iterable<readonly [name: string, value: string]>,
  { headers: carried, queries }: Carriers,
): readonly string[] {
  const values = [...headers].filter(([name]) => !openHeaders.has(name.toLowerCase())).map(([, value]) => value)
  return [
    ...values,
    ...[...parameters]
      .filter(([name]) => queries.has(name.toLowerCase()) || carried.has(name.toLowerCase()))
      .map(([, value]) => value),
  ]
}

/** Returns a function that takes the credentials of requests out of texts: an answer may echo them. */
export const concealer = (
  headers: Readonly<Record<string, string>>,
  parameters: Readonly<Record<string, string>>,
  carriers: Carriers,
): ((text: string) => string) => concealing(secretsIn(Object.entries(headers), Object.entries(parameters), carriers))

/** Returns a function that takes credentials out of texts, as they are, encoded for URLs and JSON, and decoded. */
export function concealing(credentials: readonly string[]): (text: string) => string {
  const secrets = credentials.flatMap((value) => [value, value.replace(/^\w+\s+/, ''), ...passwordIn(value)])
  const spellings = secrets
    .filter((value) => value.length >= 6)
    .flatMap((value) => [value, uriComponent(value), JSON.stringify(value).slice(1, -1)])
  const longestFirst = [...new Set(spellings)].sort((left, right) => right.length - left.length)
  return (text) => {
    const masked = longestFirst.reduce((result, secret) => result.replaceAll(secret, mask), text)
    return masked.includes('…') ? longestFirst.reduce(withoutBeginning, masked) : masked
  }
}

/** Where a text was cut short, a credential may have been cut as well. */
function withoutBeginning(text: string, secret: string): string {
  for (let length = secret.length - 1; length >= 4; length--) {
    const beginning = `${secret.slice(0, length)}…`
    if (text.includes(beginning)) return text.replaceAll(beginning, `${mask}…`)
  }
  return text
}

/** A server may echo what it has decoded (RFC 7617). */
function passwordIn(value: string): readonly string[] {
  const [, encoded = ''] = /^basic\s+(\S+)$/i.exec(value) ?? []
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || encoded.length % 4 !== 0) return []
  const text = new TextDecoder().decode(Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0)))
  return [text, text.slice(text.indexOf(':') + 1)]
}

/** Returns a violation without the credentials that the answer may have echoed. */
export const concealed = <T extends Violation>(violation: T, conceal: (text: string) => string): T => ({
  ...violation,
  pointer: conceal(violation.pointer),
  expected: conceal(violation.expected),
  received: conceal(violation.received),
})

/** Returns a value in which credentials are taken out of every text, names of properties included. */
export function concealAll<T>(value: T, conceal: (text: string) => string): T {
  if (typeof value === 'string') return conceal(value) as T
  if (Array.isArray(value)) return value.map((item: unknown) => concealAll(item, conceal)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [conceal(name), concealAll(item as unknown, conceal)]),
  ) as T
}

/**
 * Returns options whose address carries no user and password: they become basic credentials, as a browser makes them.
 * @throws Failure for a header that HTTP does not allow; its value is not printed.
 */
export function withoutUserInfo(options: CheckOptions): CheckOptions {
  const { headers = {} } = options
  for (const [name, value] of Object.entries(headers))
    if (!isSendable(name, value))
      throw failure(`read header "${name}"`, { expected: 'a name and a value that HTTP allows', received: 'others' })
  const [, scheme, user, rest] = /^(\w+:\/\/)([^/@]*)@(.*)$/s.exec(options.baseUrl) ?? []
  if (scheme === undefined || user === undefined || rest === undefined) return options
  const hasOwn = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization')
  return { ...options, baseUrl: scheme + rest, headers: { ...headers, ...(!hasOwn && { Authorization: basic(user) }) } }
}

/** RFC 7617, as UTF-8; what is no percent-encoding is taken as it stands. */
function basic(user: string): string {
  const text = user.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => percentDecoded(escapes) ?? escapes)
  return `Basic ${btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))}`
}

function isSendable(name: string, value: string): boolean {
  try {
    return new Headers([[name, value]]).has(name)
  } catch {
    return false
  }
}
