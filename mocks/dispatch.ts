import { acceptsJson, challengeOf, isAuthorised, readRequest, routerOf, statusOf } from '../spec/index.ts'
import type { Fetch, Operation } from '../spec/index.ts'
import { valueFor } from './context.ts'
import type { Answer, Context, Setting } from './context.ts'
import { problemResponse } from './problem.ts'
import { Refusal } from './refusal.ts'
import { resolvers } from './resolvers.ts'
import { sampled } from './sampled.ts'
import { trim } from './trim.ts'

/** Answers kept for requests that carry a key of their own. */
const remembered = 10_000

/**
 * Returns the `Fetch` of a mocked API, the one core behind handlers and servers: route, credentials, conformance of the
 * request, resolver, and errors in the API's own form. Paths are the document's own, without a server's prefix.
 */
export function dispatch(open: Omit<Setting, 'fetch'>): Fetch {
  const { model } = open
  const router = routerOf(model.operations)
  const answered = new Map<string, Answer>()
  const setting: Setting = { ...open, fetch: answerTo }

  async function answerTo(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url)
    const matched = router.match(request.method, pathname)
    if (!matched) return problemResponse(model, undefined, 404, { detail: `${model.title} has no ${pathname}.` })
    if ('methodNotAllowed' in matched) return notAllowed(request.method, matched.methodNotAllowed)
    const { operation, params } = matched
    if (!isAuthorised(model, operation, { headers: request.headers, query: search })) return unauthorised(operation)
    if (!acceptsJson(request.headers.get('accept'))) return problemResponse(model, operation, 406, { detail: 'Only JSON is served.' })
    const body = operation.body ? new Uint8Array(await request.arrayBuffer()) : undefined
    const reading = readRequest(model, operation, { params, query: search, headers: request.headers, ...(body && { body }) })
    if (reading.problems.length > 0) return problemResponse(model, operation, statusOf(operation, reading.problems), { problems: reading.problems })
    return respond({ ...setting, operation, values: reading.values, body: reading.body, request })
  }

  async function respond(context: Context): Promise<Response> {
    const { operation } = context
    try {
      return toResponse(await once(context))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const status = error.status === 400 ? statusOf(operation, []) : error.status
      return problemResponse(model, operation, status, { detail: error.message, problems: error.problems })
    }
  }

  /** A request that carries a key gets the same answer again, and nothing happens twice. */
  async function once(context: Context): Promise<Answer> {
    const key = valueFor(context, 'answer.key')
    if (key === undefined) return run(context)
    const name = `${context.operation.id} ${String(key)}`
    const known = answered.get(name)
    if (known) return known
    const answer = await run(context)
    if (answered.size >= remembered) answered.clear()
    answered.set(name, answer)
    return answer
  }

  function notAllowed(method: string, allowed: readonly string[]): Response {
    const headers = { allow: allowed.join(', ') }
    return method === 'OPTIONS' ? new Response(null, { status: 204, headers }) : problemResponse(model, undefined, 405, { detail: `Allowed here: ${headers.allow}.`, headers })
  }

  function unauthorised(operation: Operation): Response {
    const challenge = challengeOf(model, operation)
    return problemResponse(model, operation, 401, { ...(challenge !== undefined && { headers: { 'www-authenticate': challenge } }) })
  }

  return answerTo
}

const run = async (context: Context): Promise<Answer> => trim(context, await (context.operation.does ? resolvers[context.operation.does] : sampled)(context))

const toResponse = ({ status, text, mediaType, headers }: Answer): Response =>
  new Response(text ?? null, { status, headers: { ...(mediaType !== undefined && { 'content-type': mediaType }), ...headers } })
