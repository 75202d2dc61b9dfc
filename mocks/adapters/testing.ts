/**
 * Mocks in tests: MSW around the tests of a runner, or a replaced `fetch` where MSW sees no requests.
 *
 * @module proforma/testing
 */

import { setupServer } from 'msw/node'
import type { SetupServer } from 'msw/node'
import type { HttpHandler } from 'msw/http'
import { getResponse } from 'msw/utils/get-response'
import { failure } from '../../spec/index.ts'

/** How mocks take part in tests. */
interface SetupMockOptions {
  /** What is done with requests that no mock takes; `error` where missing. */
  readonly onUnhandledFrame?: NonNullable<Parameters<SetupServer['listen']>[0]>['onUnhandledFrame']
  /** Those of the test runner; where missing, those that it keeps as globals. */
  readonly hooks?: Hooks
}

/**
 * Returns MSW's server over one mock or several, tied to the tests around it: it listens before all of them; after each,
 * handlers added with `server.use` and everything that happened to the invoices are forgotten; it closes after all of them. MSW
 * sees every request of Node 22 and later, however it is made; in Bun and Deno, take {@link useMock}.
 * @throws Failure where there are no hooks.
 * @example const server = setupMock(mock('stuut'))
 */
export function setupMock(
  mocks: Resettable | readonly Resettable[],
  { onUnhandledFrame = 'error', hooks }: SetupMockOptions = {},
): SetupServer {
  const all = 'handlers' in mocks ? [mocks] : mocks
  const server = setupServer(...all.flatMap(({ handlers }) => handlers))
  around(hooks, {
    before: () => server.listen({ onUnhandledFrame }),
    afterEach() {
      server.resetHandlers()
      for (const mock of all) mock.reset()
    },
    after: () => server.close(),
  })
  return server
}

type Hook = (callback: () => void) => unknown

/** How a test runner is told what to do around tests: `before` and `after` where it calls them so, as node:test does. */
interface Hooks {
  readonly beforeAll?: Hook
  readonly before?: Hook
  readonly afterEach?: Hook
  readonly afterAll?: Hook
  readonly after?: Hook
}

/** What happens around tests. */
interface Around {
  readonly before: () => void
  readonly afterEach: () => void
  readonly after: () => void
}

/**
 * Has a runner do something around tests, by the hooks given, else by those that it keeps as globals: Jest, Vitest with
 * `globals`, Deno.
 * @throws Failure where there are none.
 */
function around(given: Hooks | undefined, work: Around): void {
  const { beforeAll, before = beforeAll, afterEach, afterAll, after = afterAll } = given ?? found()
  if (!before || !afterEach || !after)
    throw failure('tie a mock to tests', {
      expected: 'beforeAll, afterEach and afterAll as globals, or in hooks',
      received: given ? 'hooks without them' : 'none',
      cure: "Pass your runner's: import * as hooks from 'node:test', then useMock(mock, { hooks }).",
    })
  // A runner that hands its callback something would wait for it to be called.
  before(() => work.before())
  afterEach(() => work.afterEach())
  after(() => work.after())
}

function found(): Hooks {
  const globals = globalThis as Hooks & { Deno?: { test?: Hooks } }
  return globals.afterEach ? globals : (globals.Deno?.test ?? {})
}

/** What of a mock is used. */
interface Resettable {
  readonly handlers: readonly HttpHandler[]
  reset(): void
}

/** How mocks stand in for `fetch` in tests. */
interface UseMockOptions {
  /** What is done with requests that no mock takes: refused as if there were no network (where missing), or sent. */
  readonly onUnhandledFrame?: 'error' | 'bypass'
  /** Those of the test runner; where missing, those that it keeps as globals. */
  readonly hooks?: Hooks
}

/** Mocks in place of `fetch`. */
interface UsedMock {
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
