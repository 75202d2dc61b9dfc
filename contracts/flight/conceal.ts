import { mask } from '../check/credentials.ts'
import type { Carriers } from '../check/credentials.ts'

/** Returns a function that takes a request's own credentials out of texts: an answer may echo them. */
export function concealing(headers: Headers, query: string, carriers: Carriers): (text: string) => string {
  const inHeaders = [...carriers.headers].flatMap((name) => headers.get(name) ?? [])
  const inQuery = [...new URLSearchParams(query)].filter(([name]) => carriers.queries.has(name.toLowerCase())).map(([, value]) => value)
  const values = [...inHeaders, ...inQuery].flatMap((value) => [value, value.replace(/^\w+\s+/, ''), ...userIn(value)]).filter((value) => value.length >= 6)
  const spellings = new Set(values.flatMap((value) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]))
  const longestFirst = [...spellings].sort((left, right) => right.length - left.length)
  return (text) => longestFirst.reduce((result, secret) => result.replaceAll(secret, mask), text)
}

/** A server may echo what it has decoded (RFC 7617). */
function userIn(value: string): readonly string[] {
  const [, encoded = ''] = /^basic\s+([A-Za-z0-9+/]+={0,2})$/i.exec(value) ?? []
  if (encoded === '' || encoded.length % 4 !== 0) return []
  const text = new TextDecoder().decode(Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0)))
  return [text, text.slice(text.indexOf(':') + 1)]
}
