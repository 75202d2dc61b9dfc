/** What a request from elsewhere is told apart by. */
export interface GuardOptions {
  /** Names, besides those of the loopback, under which the server is known. */
  readonly hosts?: readonly string[]
}

/**
 * Returns why a control call is refused, or `undefined`. A page from elsewhere must not move the clock of a server on this
 * computer, while one that this computer serves may, on whatever port: neither by a form (RFC 9110 has no way to tell, so calls that change something carry JSON or a header of their own),
 * nor by a name that is made to point at the loopback (DNS rebinding).
 */
export function foreign(request: Request, { hosts = [] }: GuardOptions = {}): string | undefined {
  const { headers, method, url } = request
  const host = headers.get('host')
  if (host !== null && !isOwn(host, hosts))
    return `Control calls are answered under a name of this computer, not under ${JSON.stringify(host.slice(0, 100))}.`
  const origin = headers.get('origin')
  if (origin !== null && !isLocal(origin) && hostOf(origin) !== (host?.toLowerCase() ?? new URL(url).host))
    return 'Control calls are not answered to pages of another origin.'
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return undefined
  const isMarked = /^application\/json\b/i.test(headers.get('content-type') ?? '') || headers.has('x-proforma')
  return isMarked ? undefined : 'A control call has content-type: application/json, or the header X-Proforma.'
}

/** Returns the headers that let a page of this computer read the answer to a control call (Fetch Standard, CORS protocol). */
export function leaveFor({ headers }: Pick<Request, 'headers'>): Readonly<Record<string, string>> {
  const origin = headers.get('origin')
  if (origin === null || !isLocal(origin)) return {}
  const asked = headers.get('access-control-request-method')
  const named = headers.get('access-control-request-headers')
  return {
    'access-control-allow-origin': origin,
    vary: 'origin',
    ...(asked !== null && {
      'access-control-allow-methods': asked,
      ...(named !== null && { 'access-control-allow-headers': named }),
    }),
  }
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  /^127(?:\.\d+){3}$/.test(hostname) ||
  hostname === '[::1]'

/** A name below `localhost` stays on this computer (RFC 6761, 6.3). */
const isLocal = (origin: string): boolean =>
  /^https?:/.test(origin) && URL.canParse(origin) && isLoopback(new URL(origin).hostname)

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined)

/** A number names no one else, and cannot be made to: only names can. */
function isOwn(host: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(`http://${host}`)) return false
  const { hostname } = new URL(`http://${host}`)
  if (isLoopback(hostname)) return true
  const isEverywhere = hosts.some((own) => own === '0.0.0.0' || own === '::')
  return hosts.includes(hostname) || (isEverywhere && /^(?:\d+(?:\.\d+){3}|\[.*\])$/.test(hostname))
}
