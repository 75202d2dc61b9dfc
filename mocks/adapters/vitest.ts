import type { HttpHandler } from 'msw/http'
import { setupServer } from 'msw/node'
import type { SetupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll } from 'vitest'

/** What of a mock is used. */
export interface Resettable {
  readonly handlers: readonly HttpHandler[]
  reset(): void
}

/** How a test runner is told what to do around tests. */
export interface Hooks {
  beforeAll(callback: () => void): unknown
  afterEach(callback: () => void): unknown
  afterAll(callback: () => void): unknown
}

/** How mocks take part in tests. */
export interface SetupMockOptions {
  /** What is done with requests that nobody mocks; `error` where missing. */
  readonly onUnhandledFrame?: NonNullable<Parameters<SetupServer['listen']>[0]>['onUnhandledFrame']
  /** Those of another test runner, or of a setup of your own; Vitest's where missing. */
  readonly hooks?: Hooks
}

/**
 * Returns MSW's server over one mock or several, tied to the tests around it: it listens before all of them; after each,
 * handlers added with `server.use` and everything that happened to the invoices are forgotten; it closes after all of them.
 * @example const server = setupMock(mock('stuut'))
 */
export function setupMock(
  mocks: Resettable | readonly Resettable[],
  { onUnhandledFrame = 'error', hooks = { beforeAll, afterEach, afterAll } }: SetupMockOptions = {},
): SetupServer {
  const all = 'handlers' in mocks ? [mocks] : mocks
  const server = setupServer(...all.flatMap(({ handlers }) => handlers))
  hooks.beforeAll(() => server.listen({ onUnhandledFrame }))
  hooks.afterEach(() => {
    server.resetHandlers()
    for (const mock of all) mock.reset()
  })
  hooks.afterAll(() => server.close())
  return server
}
