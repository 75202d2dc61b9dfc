import { setupServer } from 'msw/node'
import type { SetupServer } from 'msw/node'
import { around } from './hooks.ts'
import type { Hooks } from './hooks.ts'
import type { Resettable } from './use-mock.ts'

export type { Hooks } from './hooks.ts'
export { useMock } from './use-mock.ts'
export type { Resettable, UsedMock, UseMockOptions } from './use-mock.ts'

/** How mocks take part in tests. */
export interface SetupMockOptions {
  /** What is done with requests that nobody mocks; `error` where missing. */
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
