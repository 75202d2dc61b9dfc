// Answers a request in its world: applies preferences, injected faults and the write lock, then calls operate.

import { routerOf } from '../spec/index.ts'
import type { BodyLimits, Fetch, Model, Operation, OperationRole, Router } from '../spec/index.ts'
import { apiIn } from './context.ts'
import type { Setting } from './context.ts'
import { orProblem, worldOf } from './http/routes.ts'
import { ConnectionReset, faultOf, pause, truncate } from './faults.ts'
import type { InjectedFault } from './faults.ts'
import { mockLimits } from './http/limits.ts'
import { Unavailable } from './state/log.ts'
import { operate, unauthorised } from './operate.ts'
import type { Operate } from './operate.ts'
import { preferenceOf } from './representation/prefer.ts'
import type { Preference } from './representation/prefer.ts'
import { problemResponse } from './representation/problem.ts'
import type { World } from './state/world.ts'
import type { Worlds } from './state/worlds.ts'

/** How requests are answered, whatever the world. */
export interface DispatchOptions extends Partial<BodyLimits> {
  /** `false` answers requests without credentials, too. */
  readonly auth?: boolean
  /** What one GraphQL document may cost before it is refused, 1,000,000 unless given: about a second of work. */
  readonly graphqlCost?: number
  /** Answer with the examples of the document where it has them; nothing is then kept by these operations. */
  readonly examples?: boolean
}

/**
 * Returns the `Fetch` of a mocked API, the one core behind handlers and servers: world, preferences and faults, then route,
 * credentials, conformance of the request, resolver, and errors in the API's own form. Paths are the document's own, without a
 * server's prefix. It rejects where a scenario cuts the connection.
 */
export function dispatch(model: Model, worlds: Worlds, options: DispatchOptions = {}): Fetch {
  const dispatcher = new Dispatcher(model, worlds, options)
  return (request) => orProblem(() => dispatcher.answer(request))
}

/** Answers the requests to one API, each in its world. */
class Dispatcher {
  readonly #model: Model
  readonly #worlds: Worlds
  readonly #options: DispatchOptions
  readonly #router: Router
  readonly #operate: Operate

  constructor(model: Model, worlds: Worlds, options: DispatchOptions) {
    const { auth = true, maxDepth = mockLimits.maxDepth, maxItems = mockLimits.maxItems } = options
    this.#model = model
    this.#worlds = worlds
    this.#options = options
    this.#router = routerOf(model.operations)
    this.#operate = operate(model, this.#router, { auth, maxDepth, maxItems })
  }

  /** Returns the answer; where the state cannot be reached, one of 503. @throws ConnectionReset where a scenario cuts the connection. */
  async answer(request: Request): Promise<Response> {
    try {
      return await this.#enter(request)
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      return problemResponse(this.#model, this.#operationOf(request), 503, {
        detail: error.message,
        headers: { 'retry-after': '1' },
      })
    }
  }

  async #enter(request: Request): Promise<Response> {
    const worlds = this.#worlds
    const preference = preferenceOf(request.headers.get('prefer'))
    const own = worldOf(worlds, request)
    await worlds.follow(own)
    const { world, fault } = await fateOf(worlds, own, request, preference)
    const delay = preference?.delay ?? fault?.delay ?? 0
    if (delay > 0) {
      await pause(delay, request.signal)
      await worlds.follow(own)
    }
    if (fault?.kind === 'reset') throw new ConnectionReset()
    const reply = (): Promise<Response> =>
      this.#operate(this.#settingIn(world), request, { preference, isMalformed: fault?.kind === 'malform' })
    const response =
      fault?.kind === 'status'
        ? this.#faulty(request, fault)
        : await (mayChange(request, this.#router) ? worlds.change(world, reply) : reply())
    if (preference) response.headers.set('preference-applied', preference.applied)
    return fault?.kind === 'truncate' ? truncate(response) : response
  }

  /** A world is entered anew for each request: its books and its clock may have moved. */
  #settingIn(world: World): Setting {
    const { graphqlCost, examples } = this.#options
    const setting: Setting = {
      ...apiIn(this.#model, world),
      fetch: (request) => this.#operate(setting, request),
      graphqlCost,
      examples,
    }
    return setting
  }

  #faulty(request: Request, { status = 500, retryAfter }: InjectedFault): Response {
    const operation = this.#operationOf(request)
    if (status === 401 && operation) return unauthorised(this.#model, operation)
    return problemResponse(this.#model, operation, status, {
      ...(retryAfter !== undefined && { headers: { 'retry-after': String(retryAfter) } }),
    })
  }

  #operationOf(request: Request): Operation | undefined {
    const matched = this.#router.match(request.method, new URL(request.url).pathname)
    return matched && 'operation' in matched ? matched.operation : undefined
  }
}

/** Returns the world that a request is answered in, and what goes wrong with it. Questions about methods are always answered. */
async function fateOf(
  worlds: Worlds,
  own: World,
  request: Request,
  preference: Preference | undefined,
): Promise<{ readonly world: World; readonly fault?: InjectedFault }> {
  const isAside = preference !== undefined && (preference.scenario !== undefined || preference.seed !== undefined)
  const { world, faults } = isAside ? worlds.aside(own, preference) : { world: own, faults: own.faults }
  if (request.method === 'OPTIONS') return { world }
  const number = await (faults ? worlds.change(own, async () => own.count()) : own.count())
  return { world, ...(faults && { fault: faultOf(faults, world.business.books.options.seed, number) }) }
}

/** Methods that change nothing (RFC 9110, 9.2.1; QUERY: OpenAPI 3.2). */
const safe = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY'])

/** What changes nothing, whatever its method. */
const readers = new Set<OperationRole>(['list', 'get', 'messages', 'changes'])

/** Tells whether a request may change something. */
function mayChange(request: Request, router: Router): boolean {
  if (safe.has(request.method)) return false
  const matched = router.match(request.method, new URL(request.url).pathname)
  if (!matched || !('operation' in matched)) return false
  const { does } = matched.operation
  return does === undefined || !readers.has(does)
}
