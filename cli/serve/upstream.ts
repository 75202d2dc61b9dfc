// Sends chosen operations to a real API and leaves the others to the mock.

import { proxy } from '../../contracts/index.ts'
import { plainProblem, whyElsewhere } from '../../mocks/server.ts'
import { operationOf, routerOf } from '../../spec/index.ts'
import type { Fetch, Model, Router } from '../../spec/index.ts'
import type { ServeSettings } from '../serve.ts'
import { OwnCookies } from '../proxy/own-cookies.ts'
import { usageError } from '../usage-error.ts'

/** What is asked of the real API, and where it is. */
interface RealApi extends NonNullable<ServeSettings['upstream']> {
  /** Ids of operations that it answers. */
  readonly forward: readonly string[]
  /** Names under which this server is asked, besides those of the loopback. */
  readonly hosts: readonly string[]
}

/**
 * Returns which API is real, and for which operations.
 * @throws UsageError for operations to forward without an address, or an address for several APIs; Failure for an unknown operation.
 */
export function realApiOf(
  { upstream, forward = [], host }: Pick<ServeSettings, 'upstream' | 'forward' | 'host'>,
  models: readonly Model[],
): RealApi {
  if (!upstream) throw usageError('--forward', { expected: 'an --upstream to forward to', received: 'none' })
  const [model] = models
  if (!model || models.length > 1)
    throw usageError('--upstream', { expected: 'one API that it is for', received: String(models.length) })
  for (const id of forward) operationOf(model, id)
  return { ...upstream, forward, hosts: [host] }
}

/**
 * Returns a `Fetch` that asks the real API for the operations to forward and for requests with `Prefer: upstream`, and the mock for
 * the rest. Answers of the real API count in a header what breaks the contract. It is asked with the user's credentials, so pages from
 * elsewhere are refused with 403, and only operations of the document are asked.
 */
export function withUpstream(
  { baseUrl, authorization, forward, hosts }: RealApi,
  model: () => Model,
  fetch: Fetch,
  ask: Fetch = (request) => globalThis.fetch(request),
): Fetch {
  const routers = new WeakMap<Model, Router>()
  let cookies: OwnCookies | undefined
  return async (request) => {
    const { method, url, headers, signal } = request
    // The model is another one when its files have changed.
    const served = model()
    const router = routers.get(served) ?? routerOf(served.operations)
    routers.set(served, router)
    const route = router.match(method, new URL(url).pathname)
    if (route === undefined || !('operation' in route)) return fetch(request)
    const isNamed = forward.includes(route.operation.id)
    if (!isNamed && !/(?:^|[,;\s])upstream(?:$|[,;\s])/i.test(headers.get('prefer') ?? '')) return fetch(request)
    const refusal = whyElsewhere(request, 'Requests to the real API', { hosts })
    if (refusal !== undefined) return plainProblem(403, refusal)
    const own = new Headers(headers)
    // What is meant for the mock is not told to others.
    for (const name of headers.keys()) if (name.startsWith('x-proforma-')) own.delete(name)
    if (!isNamed) own.delete('prefer')
    own.delete('cookie')
    cookies ??= new OwnCookies(served)
    const cookie = cookies.kept(headers)
    if (cookie !== undefined) own.set('cookie', cookie)
    if (authorization !== undefined) own.set('authorization', authorization)
    const body = request.body === null ? undefined : await request.arrayBuffer()
    const sent = new Request(url, { method, headers: own, signal, ...(body && body.byteLength > 0 && { body }) })
    const response = await proxy(served, ask, { baseUrl })(sent)
    cookies.learn(response.headers.getSetCookie())
    return response
  }
}
