/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1); lower case. */
const hop = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'])

/** Returns a test that tells which headers are passed on; what the `Connection` header names is not. */
export function passesOn(connection: string | null | undefined): (name: string) => boolean {
  const named = new Set((connection ?? '').toLowerCase().split(',').map((token) => token.trim()))
  return (name) => !hop.has(name.toLowerCase()) && !named.has(name.toLowerCase())
}

/** Returns headers as they are passed on. */
export function forwarded(headers: Headers): Headers {
  const passes = passesOn(headers.get('connection'))
  const kept = new Headers()
  for (const [name, value] of headers) if (passes(name)) kept.append(name, value)
  return kept
}
