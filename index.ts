import type { HttpHandler } from 'msw/http'
import { factoryOf } from './factories/index.ts'
import type { Factory, FactoryOptions } from './factories/index.ts'
import { handlersOf, mockModel, readToday, standingDay } from './mocks/index.ts'
import type { HandlersOptions, Mock, MockOptions } from './mocks/index.ts'
import { builtIn, showing } from './spec/index.ts'
import type { ApiName, InvoiceOf, Model, Schemas } from './spec/index.ts'

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
export function mock(
  api: ApiName | Model,
  { baseUrl, optional, ...options }: MockOptions & HandlersOptions & Pick<FactoryOptions, 'optional'> = {},
): MswMock {
  const mocked = mockModel(showing(typeof api === 'string' ? builtIn(api) : api, optional), options)
  return { ...mocked, handlers: handlersOf(mocked.model, mocked.fetch, { ...(baseUrl !== undefined && { baseUrl }) }) }
}

type OwnFactoryOptions = Omit<FactoryOptions, 'today'> & Pick<MockOptions, 'today'>

/**
 * Returns the factory of a built-in API's invoices, typed by its document, or of those of a model of your own.
 * @throws Failure for an unknown name, a day that is none, or a number of invoices that no ledger has.
 * @example factory('stuut').build({ total: '121.00', status: 'overdue' })
 */
export function factory<Name extends ApiName, Schema extends keyof Schemas[Name]>(
  api: Name,
  options: OwnFactoryOptions & { readonly schema: Schema },
): Factory<Schemas[Name][Schema]>
export function factory<Name extends ApiName>(api: Name, options?: OwnFactoryOptions): Factory<InvoiceOf<Name>>
export function factory<T = Record<string, unknown>>(api: ApiName | Model, options?: OwnFactoryOptions): Factory<T>
export function factory<T>(
  api: ApiName | Model,
  { today = standingDay, ...options }: OwnFactoryOptions = {},
): Factory<T> {
  return factoryOf<T>(typeof api === 'string' ? builtIn(api) : api, { ...options, today: readToday(today) })
}

export { apiNames, builtIn, compile, Failure } from './spec/index.ts'
export type { ApiName, Document, Fetch, InvoiceOf, Model, Schemas } from './spec/index.ts'
export type { Factory, FactoryOptions, InvoiceParams, LineParams, TraitName } from './factories/index.ts'
export { scenarios, Worlds } from './mocks/index.ts'
export type {
  Faults,
  HandlersOptions,
  Mock,
  MockOptions,
  Scenario,
  ScenarioName,
  Snapshot,
  WorldsOptions,
} from './mocks/index.ts'
