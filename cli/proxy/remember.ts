import type { ExchangeInspector } from '../../contracts/index.ts'
import type { HeaderReader } from './headers.ts'

/** What was found, and the headers that were looked at for it. */
interface Memory<T> {
  readonly seen: readonly (readonly [name: string, value: string | null])[]
  readonly found: T
}

/** Questions that are remembered; nobody asks more of them again and again. */
const most = 1000

/** Returns a watch that looks once at requests without a body, and at heads, that are the same in all that is looked at. */
export function remembering(watch: ExchangeInspector): ExchangeInspector {
  const requests = new Map<string, Memory<ReturnType<ExchangeInspector['request']>>>()
  const heads = new WeakMap<object, Map<number, Memory<number>>>()

  return {
    exchange: watch.exchange,
    request(asking) {
      if (asking.body !== undefined) return watch.request(asking)
      return remembered(requests, `${asking.method} ${asking.target}`, asking.headers, (headers) =>
        watch.request({ ...asking, headers }),
      )
    },
    head(operation, answer, asking) {
      // Whether there may be such an answer depends on the request.
      if (answer.status === 304) return watch.head(operation, answer, asking)
      const known = heads.get(operation) ?? new Map<number, Memory<number>>()
      heads.set(operation, known)
      return remembered(known, answer.status, answer.headers, (headers) =>
        watch.head(operation, { ...answer, headers }, asking),
      )
    },
  }
}

function remembered<K, T>(
  memories: Map<K, Memory<T>>,
  key: K,
  headers: HeaderReader,
  look: (headers: HeaderReader) => T,
): T {
  const known = memories.get(key)
  if (known && isSame(known, headers)) return known.found
  const seen: (readonly [string, string | null])[] = []
  const found = look({
    get(name) {
      const value = headers.get(name)
      seen.push([name, value])
      return value
    },
  })
  if (memories.size >= most) memories.clear()
  memories.set(key, { seen, found })
  return found
}

function isSame({ seen }: Memory<unknown>, headers: HeaderReader): boolean {
  for (const [name, value] of seen) if (headers.get(name) !== value) return false
  return true
}
