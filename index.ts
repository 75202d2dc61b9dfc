import type { HttpHandler } from 'msw/http'
import { handlersOf, mockModel } from './mocks/index.ts'
import type { HandlersOptions, Mock, MockOptions } from './mocks/index.ts'
import { builtIn } from './spec/index.ts'
import type { ApiName, Model } from './spec/index.ts'

/** A mocked API with handlers for MSW. */
export interface MswMock extends Mock {
  /** One handler for each operation; for `setupServer(...)` and `setupWorker(...)`. */
  readonly handlers: readonly HttpHandler[]
}

/**
 * Returns the mock of a built-in API, or of a model of your own.
 * @throws Failure for an unknown name, a day that is none, or a number of invoices that no ledger has.
 * @example setupServer(...mock('stuut', { seed: 42 }).handlers)
 */
export function mock(api: ApiName | Model, { baseUrl, ...options }: MockOptions & HandlersOptions = {}): MswMock {
  const mocked = mockModel(typeof api === 'string' ? builtIn(api) : api, options)
  return { ...mocked, handlers: handlersOf(mocked.model, mocked.fetch, { ...(baseUrl !== undefined && { baseUrl }) }) }
}

export { apiNames, builtIn, compile, Failure } from './spec/index.ts'
export type { ApiName, Document, Fetch, Model } from './spec/index.ts'
export type { HandlersOptions, Mock, MockOptions } from './mocks/index.ts'
