/** What a request from elsewhere is told apart by. */
export interface GuardOptions {
  /** Names, besides those of the loopback, under which the server is known. */
  readonly hosts?: readonly string[]
}

/**
 * Returns why a control call is refused, or `undefined`. A page of another origin must not move the clock of a server on this
 * computer: neither by a form (RFC 9110 has no way to tell, so calls that change something carry JSON or a header of their own),
 * nor by a name that is made to point at the loopback (DNS rebinding).
 */
export function foreign(request: Request, { hosts = [] }: GuardOptions = {}): string | undefined {
  const { headers, method, url } = request
  const host = headers.get('host')
  if (host !== null && !isOwn(host, hosts)) return `Control calls are answered under a name of this computer, not under ${JSON.stringify(host.slice(0, 100))}.`
  const origin = headers.get('origin')
  if (origin !== null && hostOf(origin) !== (host?.toLowerCase() ?? new URL(url).host)) return 'Control calls are not answered to pages of another origin.'
  if (method === 'GET' || method === 'HEAD') return undefined
  const isMarked = /^application\/json\b/i.test(headers.get('content-type') ?? '') || headers.has('x-proforma')
  return isMarked ? undefined : 'A control call has content-type: application/json, or the header X-Proforma.'
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined)

/** A number names no one else, and cannot be made to: only names can. */
function isOwn(host: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(`http://${host}`)) return false
  const { hostname } = new URL(`http://${host}`)
  if (hostname === 'localhost' || hostname.endsWith('.localhost') || /^127(?:\.\d+){3}$/.test(hostname) || hostname === '[::1]') return true
  const isEverywhere = hosts.some((own) => own === '0.0.0.0' || own === '::')
  return hosts.includes(hostname) || (isEverywhere && /^(?:\d+(?:\.\d+){3}|\[.*\])$/.test(hostname))
}
