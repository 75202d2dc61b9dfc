// Finds the API and operation of a logged request.

import { shownRequestOf } from '../../contracts/mask/shown-request.ts'
import { acceptedBy, fittingRoute, isAuthorised, readRequest, routerOf } from '../../spec/index.ts'
import type { Model, Operation, Router } from '../../spec/index.ts'
import { unknownParameters } from '../../mocks/server.ts'
import type { LoggedRequest } from '../../mocks/server.ts'

/** What a document says of a request. */
export interface RequestFacts {
  readonly model?: Model
  readonly operation?: Operation
  /** What was not understood, or refused, and why. */
  readonly notes: readonly string[]
}

/** An API and where it is mounted, as it stands now. */
export interface MountedModel {
  readonly prefix: string
  readonly model: Model
  readonly auth: boolean
}

const routers = new WeakMap<Model, Router>()

/** Returns what the document of the API that was asked says of a request. */
export function requestFactsOf(request: LoggedRequest, mounted: readonly MountedModel[]): RequestFacts {
  const found = mounted.find(({ prefix }) => prefix === request.prefix)
  if (!found) return { notes: ['no API is served there'] }
  const { model, auth } = found
  const router = routers.get(model) ?? routerOf(model.operations)
  routers.set(model, router)
  const [path, query] = splitAt(request.target, '?')
  const matched = router.match(request.method, path)
  const status = request.answer?.status ?? 0
  // Preflights, and the document itself.
  const isOurs = request.method === 'OPTIONS' || (!matched && status < 400)
  if (!matched) return { model, notes: isOurs ? [] : ['no operation has this path'] }
  if ('methodNotAllowed' in matched)
    return {
      model,
      notes: isOurs ? [] : [`this path has ${matched.methodNotAllowed.join(', ')} only`],
    }
  const { operation, params } = fittingRoute(model, matched)
  const strangers = unknownParameters(query, model, operation)
  const shown = shownRequestOf(model)
  const notes = strangers.length > 0 ? [`not understood: ${strangers.map(shown.text).join(', ')}`] : []
  if (status < 400 || status >= 500) return { model, operation, notes }
  const headers = new Headers(request.headers.filter(([name]) => !name.startsWith(':')) as [string, string][])
  if (auth && !isAuthorised(model, operation, { headers, query }))
    return { model, operation, notes: [...notes, acceptedBy(model, operation) ?? 'no credentials'] }
  const { body } = request
  const { problems } = readRequest(model, operation, { params, query, headers, ...(body && { body }) })
  const reasons = problems
    .slice(0, 3)
    .map(
      ({ in: side, name, pointer, expected, received }) =>
        `${side}${name === '' ? '' : ` ${shown.text(name)}`}${shown.text(pointer)}: expected ${expected} but received ${received === '' ? 'nothing' : shown.value(name + pointer, received)}`,
    )
  return { model, operation, notes: [...notes, ...reasons] }
}

function splitAt(text: string, sign: string): readonly [string, string] {
  const at = text.indexOf(sign)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
