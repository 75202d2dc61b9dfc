// Which API, and which world, a path and its headers mean.

import { suggest, Failure } from '../../spec/index.ts'
import type { Fetch, Model } from '../../spec/index.ts'
import { problemDetails, statusTitle } from '../representation/problem.ts'
import type { Worlds } from '../state/worlds.ts'
import { Unavailable } from '../state/log.ts'
import type { World } from '../state/world.ts'
import { worldHeader } from '../state/worlds.ts'

/** An API and the path it is served under. */
export interface Route {
  /** `/stuut`, or the empty text for the root. */
  readonly prefix: string
  /** Answers requests whose path no longer has the prefix. */
  readonly fetch: Fetch
  /** Other paths that it is served under: the root, that of the document's servers. */
  readonly also?: readonly string[]
  /** Tells whether it has a path, without its prefix: where it may be meant by several prefixes, that decides. */
  readonly serves?: (path: string) => boolean
  /** Shown in the index. */
  readonly title?: string
  /**
   * Requests beyond a server's limits are refused in its form. Where `fetch` mocks it in worlds, and both are given, a server keeps
   * answers ready for as long as nothing changes.
   */
  readonly model?: Model
  readonly worlds?: Worlds
}

/** A route to a path. */
interface Found<R> {
  readonly route: R
  /** Tells whether the route has the path, where it knows. */
  readonly hasPath: boolean | undefined
}

/**
 * Returns the route that a path belongs to, or `undefined`: of those under whose prefix it is, the one with the longest, unless that has no
 * such path and another one has.
 */
export function routeFor<R extends Pick<Route, 'prefix' | 'serves'>>(
  routes: readonly R[],
  path: string,
): Found<R> | undefined {
  const isUnder = ({ prefix }: R): boolean =>
    path.startsWith(prefix) &&
    (path.length === prefix.length || prefix === '' || '/?'.includes(path.charAt(prefix.length)))
  let best: R | undefined
  for (const route of routes)
    if ((best === undefined || route.prefix.length > best.prefix.length) && isUnder(route)) best = route
  if (best === undefined) return undefined
  const has = hasPath(best, path)
  const other = has === false ? routes.find((route) => isUnder(route) && hasPath(route, path)) : undefined
  return other ? { route: other, hasPath: true } : { route: best, hasPath: has }
}

const hasPath = ({ prefix, serves }: Pick<Route, 'prefix' | 'serves'>, path: string): boolean | undefined =>
  serves?.(withoutPrefix(path.split('?', 1)[0] as string, prefix))

/** Returns a path without its route's prefix; always begins with a slash. */
export function withoutPrefix(path: string, prefix: string): string {
  const rest = path.slice(prefix.length)
  return rest.startsWith('/') ? rest : `/${rest}`
}

/**
 * Returns the `Fetch` for paths outside every route: the list of APIs at `/`, a 404 that names them elsewhere.
 * @param desk answers who asks for HTML at `/`
 */
export function apiIndex(routes: readonly Route[], desk?: Fetch): Fetch {
  const prefixes = routes.map(({ prefix }) => prefix)
  return async (request) => {
    const { origin, pathname } = new URL(request.url)
    const allow = 'GET, HEAD, OPTIONS'
    if (pathname === '/' && request.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow } })
    if (pathname === '/' && !allow.includes(request.method))
      return plainProblem(405, `Allowed here: ${allow}.`, { allow })
    if (pathname === '/' && desk && wantsPage(request)) return desk(request)
    if (pathname === '/')
      return Response.json(
        {
          apis: routes.map(({ prefix, title }) => ({
            name: prefix.slice(1),
            ...(title !== undefined && { title }),
            url: `${origin}${prefix}`,
          })),
        },
        { headers: { vary: 'accept' } },
      )
    const asked = `/${pathname.split('/')[1] ?? ''}`
    return plainProblem(404, `No API is served under ${asked}. ${suggest(asked, prefixes)}`)
  }
}

/** Tells whether a request is a browser's for a page: of all clients, only they name HTML. */
const wantsPage = ({ headers }: Pick<Request, 'headers'>): boolean =>
  /\btext\/html\b/i.test(headers.get('accept') ?? '')

/** Returns a problem of RFC 9457 that belongs to no API. */
export const plainProblem = (
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(plainProblemText(status, detail), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  })

/** Returns the body of such a problem. */
export const plainProblemText = (status: number, detail: string): string =>
  JSON.stringify(problemDetails({ status, title: statusTitle(status), detail, problems: [] }))

/** Where an API's files are served, below its own path; no API has a path like it. */
export const filesPath = '/__files/'

/** Header by which a server or handler says what it took off the path of a request: `/__world/a/lago`. A client's own is dropped. */
export const baseHeader = 'x-proforma-base'

/** Returns the address of a request as its client wrote it: links in its answer begin there. */
export function clientUrl({ url, headers }: Pick<Request, 'url' | 'headers'>): URL {
  const address = new URL(url)
  address.pathname = `${headers.get(baseHeader) ?? ''}${address.pathname}`
  return address
}

/** Returns the name of the world that a request is for: of the header, else the cookie; empty for the first world. */
function worldNameOf(headers: { get(name: string): string | null }): string {
  const stated = headers.get(worldHeader)
  if (stated !== null) return stated
  const cookie = headers.get('cookie')
  return cookie === null ? '' : (/(?:^|;)\s*proforma-world=([^;\s]*)/.exec(cookie)?.[1] ?? '')
}

/** Returns the world that a request is for. @throws Failure for a name that is none. */
export const worldOf = (worlds: Worlds, { headers }: Pick<Request, 'headers'>): World => worlds.at(worldNameOf(headers))

/** Calls a function and returns its response; of a Failure it makes a problem of 400, of Unavailable one of 503. */
export async function orProblem(ask: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Failure) return plainProblem(400, error.message)
    if (error instanceof Unavailable) return plainProblem(503, error.message, { 'retry-after': '1' })
    throw error
  }
}
