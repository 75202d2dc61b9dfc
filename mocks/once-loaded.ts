import type { Fetch } from '../spec/index.ts'

/** Returns a `Fetch` that is loaded when the first request comes. Where that fails, the request does, and the next one tries again. */
export function onceLoaded(load: () => Promise<Fetch>): Fetch {
  let loaded: Fetch | undefined
  let loading: Promise<Fetch> | undefined
  const begin = async (): Promise<Fetch> => {
    try {
      return (loaded = await load())
    } finally {
      loading = undefined
    }
  }
  return async (request) => (loaded ?? (await (loading ??= begin())))(request)
}
