/** Raw values of a query by decoded name, in order; `&` and the first `=` are read, the rest is still encoded. */
export type Query = ReadonlyMap<string, readonly string[]>

const none: Query = new Map()

/** Returns the parameters of a query string, with or without its `?`. */
export function parseQuery(query: string | URLSearchParams): Query {
  const text = typeof query === 'string' ? (query.startsWith('?') ? query.slice(1) : query) : query.toString()
  if (text === '') return none
  const parameters = new Map<string, string[]>()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const raw = equals < 0 ? pair : pair.slice(0, equals)
    const name = decodeText(raw) ?? raw
    const value = equals < 0 ? '' : pair.slice(equals + 1)
    const values = parameters.get(name)
    if (values) values.push(value)
    else parameters.set(name, [value])
  }
  return parameters
}

/** Returns the cookies of a `Cookie` header by name, values still encoded (RFC 6265, 5.4). */
export function parseCookies(header: string | null | undefined): Query {
  if (!header) return none
  const cookies = new Map<string, string[]>()
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals < 0) continue
    const name = pair.slice(0, equals).trim()
    const value = pair.slice(equals + 1).trim()
    const values = cookies.get(name)
    if (values) values.push(value)
    else cookies.set(name, [value])
  }
  return cookies
}

/** Returns a percent-encoded text decoded, `+` as a space, or `undefined` where it is not well encoded. */
export function decodeText(raw: string): string | undefined {
  const text = raw.includes('+') ? raw.replaceAll('+', ' ') : raw
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
