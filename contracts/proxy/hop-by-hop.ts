/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1); lower case. */
const hop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

const passes = (name: string): boolean => !hop.has(name.toLowerCase())

/** Returns a test that tells which headers are passed on; what the `Connection` header names is not. */
export function isForwarded(connection: string | null | undefined): (name: string) => boolean {
  const named = namedBy(connection)
  return named.length === 0 ? passes : (name) => passes(name) && !named.includes(name.toLowerCase())
}

/** Most connections name nothing but themselves. */
function namedBy(connection: string | null | undefined): readonly string[] {
  if (!connection || /^(?:keep-alive|close)$/i.test(connection)) return []
  return connection
    .toLowerCase()
    .split(',')
    .map((token) => token.trim())
}

/** Returns headers as they are passed on. */
export function forwarded(headers: Headers): Headers {
  const passes = isForwarded(headers.get('connection'))
  const kept = new Headers()
  for (const [name, value] of headers) if (passes(name)) kept.append(name, value)
  return kept
}
