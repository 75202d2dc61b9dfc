// Loads MSW handlers of the user's own and puts them in front of the mocks.

import { resolve } from 'node:path'
import type { HttpHandler } from 'msw/http'
import { getResponse } from 'msw/utils/get-response'
import { Failure, failure, isObject, oneLine, serversOf } from '../../spec/index.ts'
import type { Fetch, Model } from '../../spec/index.ts'
import { plainProblem } from '../../mocks/server.ts'
import { importAnew } from '../import-module.ts'
import { warnText } from '../output.ts'

/**
 * Reads MSW handlers from a module that exports them as `handlers`, or by default; read again, it is loaded again.
 * @throws Failure with file and line for a module that cannot be loaded within 10 seconds, or exports no handlers.
 */
export async function readHandlers(file: string): Promise<readonly HttpHandler[]> {
  const path = resolve(file)
  let loaded: unknown
  try {
    loaded = await importAnew(file, { what: `load handlers from ${file}`, expected: 'a module that can be loaded' })
  } catch (error) {
    if (error instanceof Failure) throw error
    throw failure(`load handlers from ${file}${placeIn(error, path)}`, {
      expected: 'a module that can be loaded',
      received: oneLine(error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
      ...(isUnknownEnding(error) && { cure: 'TypeScript takes Node 22.18 or later; or name a .js file.' }),
    })
  }
  const { handlers, default: usual } = isObject(loaded) ? loaded : {}
  const found = handlers ?? usual
  if (Array.isArray(found) && found.every(isHandler)) return found
  throw failure(`load handlers from ${file}`, {
    expected: 'an export "handlers" with a list of MSW handlers',
    received:
      found === undefined
        ? `exports ${Object.keys(isObject(loaded) ? loaded : {}).join(', ') || 'of nothing'}`
        : 'another',
  })
}

const isHandler = (value: unknown): value is HttpHandler =>
  isObject(value) && typeof value.run === 'function' && typeof value.test === 'function'

const isUnknownEnding = (error: unknown): boolean => isObject(error) && error.code === 'ERR_UNKNOWN_FILE_EXTENSION'

/** Returns `:3:14` where a stack says at which line of a file something was thrown. */
function placeIn(error: unknown, path: string): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const at = stack.indexOf(path)
  const [, place = ''] = /^(?:\?\d+)?((?::\d+){1,2})/.exec(stack.slice(at + path.length)) ?? []
  return at < 0 ? '' : place
}

/**
 * Returns a `Fetch` that asks handlers first, and the mock where none takes a request, or one lets it pass. Handlers see the document's own
 * path, and where they name another origin, that of the document's servers.
 */
export function withHandlers(handlers: () => readonly HttpHandler[], model: () => Model, fetch: Fetch): Fetch {
  return async (request) => {
    const own = [...handlers()]
    if (own.length === 0) return fetch(request)
    const { origin, pathname, search } = new URL(request.url)
    const body = request.body === null ? undefined : await request.arrayBuffer()
    const at = (url: string): Request =>
      new Request(url, {
        method: request.method,
        headers: request.headers,
        ...(body && body.byteLength > 0 && { body }),
      })
    const servers = serversOf(model().document).filter((url) => URL.canParse(url))
    const addresses = [request.url, ...servers.map((url) => url.replace(/\/+$/, '') + pathname + search)]
    try {
      for (const address of addresses) {
        const answer = await getResponse(own, at(address), { baseUrl: origin, quiet: true })
        if (answer && answer.headers.get('x-msw-intention') !== 'passthrough') return answer
        if (answer) break
      }
    } catch (error) {
      warnText(
        `A handler threw at ${request.method} ${pathname}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      )
      return plainProblem(500, `A handler threw: ${error instanceof Error ? error.message : String(error)}`)
    }
    return fetch(at(request.url))
  }
}
