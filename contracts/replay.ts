// Answers requests from recordings.

import { routerOf, isObject } from '../spec/index.ts'
import type { Fetch, Model } from '../spec/index.ts'
import { isConditional } from './exchange-inspector.ts'
import { exchangeRecorder } from './recording.ts'
import type { Recording } from './recording.ts'

/**
 * Returns a `Fetch` that answers what was recorded: to the same request, in the order in which it was answered then, the last
 * answer from there on; else what the operation answered for the same path, else its first answer of success. What was never
 * recorded is answered with 404. That nothing has changed (304) is told only to those who ask for it.
 * @param options.salt the salt of the recording
 */
export function replay(
  model: Model,
  recordings: readonly Recording[],
  options: { readonly salt?: string } = {},
): Fetch {
  const router = routerOf(model.operations)
  const recorder = exchangeRecorder(model, options)
  const full = recordings.filter(({ response: { status } }) => status !== 304)
  const exact = groupBy(full, ({ request }) => keyOf(request))
  const unchanged = new Map(
    recordings
      .filter(({ response: { status } }) => status === 304)
      .map((recording) => [conditionOf(recording.request), recording]),
  )
  const byPath = groupBy(full, ({ request: { method, path } }) => `${method} ${path}`)
  const byOperation = groupBy(
    full.filter(({ response: { status } }) => status < 300),
    ({ operation }) => operation,
  )
  const turns = new Map<string, number>()

  return async (request) => {
    const { pathname, search } = new URL(request.url)
    const matched = router.match(request.method, pathname)
    const operation = matched && 'operation' in matched ? matched.operation : undefined
    const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined
    // Masked as it would have been recorded, so that it is found again.
    const asked = recorder.request(operation, {
      method: request.method,
      target: pathname + search,
      headers: request.headers,
      ...(body && { body }),
    })
    const same = isConditional(request.headers) ? unchanged.get(conditionOf(asked)) : undefined
    if (same) return answer(same)
    const key = keyOf(asked)
    const again = exact.get(key)
    if (again) {
      const turn = turns.get(key) ?? 0
      turns.set(key, turn + 1)
      return answer(again[Math.min(turn, again.length - 1)] as Recording)
    }
    const [other] = byPath.get(`${asked.method} ${asked.path}`) ?? byOperation.get(operation?.id) ?? []
    return other ? answer(other) : nothing(`${asked.method} ${asked.path}`)
  }
}

const conditionOf = (request: Recording['request']): string =>
  JSON.stringify([keyOf(request), request.headers['if-none-match'], request.headers['if-modified-since']])

/** Everything that makes a request the same again; headers do not. */
const keyOf = ({ method, path, query = '', body }: Recording['request']): string =>
  canonical([method, path, query, body])

function groupBy<T, K>(items: readonly T[], keyFor: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyFor(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

function answer({ response: { status, headers, body } }: Recording): Response {
  const text =
    body === undefined
      ? null
      : typeof body === 'string' && !/json/i.test(headers['content-type'] ?? '')
        ? body
        : JSON.stringify(body)
  return new Response(status === 204 || status === 304 ? null : text, { status, headers })
}

const nothing = (what: string): Response =>
  new Response(
    JSON.stringify({ type: 'about:blank', title: 'Not Found', status: 404, detail: `No recording answers ${what}.` }),
    { status: 404, headers: { 'content-type': 'application/problem+json' } },
  )

/** Returns a value as JSON whose members stand in one order, so that equal values are equal texts. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  )
}
