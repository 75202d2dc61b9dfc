import { termsOf } from '../factories/index.ts'
import { routerOf } from '../spec/index.ts'
import type { Fetch, Model } from '../spec/index.ts'
import { answersFor } from './answers-for.ts'
import type { Setting } from './context.ts'
import { answering, worldOf } from './door.ts'
import { ConnectionReset, faultOf, pause, truncate } from './faults.ts'
import type { Fault } from './faults.ts'
import { operate, unauthorised } from './operate.ts'
import { preferenceOf } from './prefer.ts'
import type { Preference } from './prefer.ts'
import { problemResponse } from './problem.ts'
import type { World } from './world.ts'
import type { Worlds } from './worlds.ts'

/**
 * Returns the `Fetch` of a mocked API, the one core behind handlers and servers: world, preferences and faults, then route,
 * credentials, conformance of the request, resolver, and errors in the API's own form. Paths are the document's own, without a
 * server's prefix. It rejects where a scenario cuts the connection.
 */
export function dispatch(model: Model, worlds: Worlds): Fetch {
  const router = routerOf(model.operations)
  const terms = termsOf(model)
  const answer = operate(model, router)

  /** A world is entered anew for each request: its books and its clock may have moved. */
  function settingIn(world: World): Setting {
    const { business } = world
    const setting: Setting = { model, world, business, answers: answersFor(model, business.ledger), terms, fetch: (request) => answer(setting, request) }
    return setting
  }

  function faulty(request: Request, { status = 500, retryAfter }: Fault): Response {
    const matched = router.match(request.method, new URL(request.url).pathname)
    const operation = matched && 'operation' in matched ? matched.operation : undefined
    if (status === 401 && operation) return unauthorised(model, operation)
    return problemResponse(model, operation, status, { ...(retryAfter !== undefined && { headers: { 'retry-after': String(retryAfter) } }) })
  }

  async function enter(request: Request): Promise<Response> {
    const preference = preferenceOf(request.headers.get('prefer'))
    const { world, fault } = fateOf(worlds, request, preference)
    const delay = preference?.delay ?? fault?.delay ?? 0
    if (delay > 0) await pause(delay, request.signal)
    if (fault?.kind === 'reset') throw new ConnectionReset()
    const response = fault?.kind === 'status' ? faulty(request, fault) : await answer(settingIn(world), request, { preference, isMalformed: fault?.kind === 'malform' })
    if (preference) response.headers.set('preference-applied', preference.applied)
    return fault?.kind === 'truncate' ? truncate(response) : response
  }

  return (request) => answering(() => enter(request))
}

/** Returns the world that a request is answered in, and what goes wrong with it. Questions about methods are always answered. */
function fateOf(worlds: Worlds, request: Request, preference: Preference | undefined): { readonly world: World; readonly fault?: Fault } {
  const own = worldOf(worlds, request)
  const isAside = preference !== undefined && (preference.scenario !== undefined || preference.seed !== undefined)
  const { world, faults } = isAside ? worlds.aside(own, preference) : { world: own, faults: own.faults }
  if (request.method === 'OPTIONS') return { world }
  const number = own.requests++
  return { world, ...(faults && { fault: faultOf(faults, world.business.books.order.seed, number) }) }
}
