import type { HttpHandler } from 'msw/http'
import { getResponse } from 'msw/utils/get-response'
import { around } from './hooks.ts'
import type { Hooks } from './hooks.ts'

/** What of a mock is used. */
export interface Resettable {
  readonly handlers: readonly HttpHandler[]
  reset(): void
}

/** How mocks stand in for `fetch` in tests. */
export interface UseMockOptions {
  /** What is done with requests that nobody mocks: refused as if there were no network (where missing), or sent. */
  readonly onUnhandledFrame?: 'error' | 'bypass'
  /** Those of the test runner; where missing, those that it keeps as globals. */
  readonly hooks?: Hooks
}

/** Mocks in place of `fetch`. */
export interface UsedMock {
  /** Answers by these handlers first, until the test ends. */
  use(...handlers: readonly HttpHandler[]): void
}

/**
 * Puts one mock or several in place of the global `fetch` for the tests around it, on any runtime: Node, Bun, Deno, jsdom. After
 * each test, handlers added with `use` and everything that happened to the invoices are forgotten. Requests that are not made with
 * `fetch` it does not see: in Node, `setupMock` does.
 * @throws Failure where there are no hooks.
 * @example useMock(mock('stuut'))
 */
export function useMock(
  mocks: Resettable | readonly Resettable[],
  { onUnhandledFrame = 'error', hooks }: UseMockOptions = {},
): UsedMock {
  const all = 'handlers' in mocks ? [mocks] : mocks
  let own: HttpHandler[] = []
  let real = globalThis.fetch
  const handlers = all.flatMap((mock) => mock.handlers)
  const mocked: typeof fetch = async (...asked) => {
    const request = new Request(...asked)
    const answer = await getResponse([...own, ...handlers], request.clone(), { quiet: true })
    if (answer?.type === 'error') throw new TypeError('Failed to fetch')
    if (answer && answer.headers.get('x-msw-intention') !== 'passthrough') return answer
    if (answer || onUnhandledFrame === 'bypass') return real(request)
    throw new TypeError(`Failed to fetch ${request.method} ${request.url}: no mock takes it.`)
  }
  around(hooks, {
    before() {
      real = globalThis.fetch
      globalThis.fetch = mocked
    },
    afterEach() {
      own = []
      for (const mock of all) mock.reset()
    },
    after() {
      globalThis.fetch = real
    },
  })
  return { use: (...given) => void (own = [...given, ...own]) }
}
