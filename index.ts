/**
 * Mocks and factories of built-in APIs, and of models of your own.
 *
 * @module proforma
 */

import { factoryBy, mockBy } from './mocking.ts'
import type { FactoryFunction, MockFunction } from './mocking.ts'
import { builtIn } from './spec/index.ts'

/**
 * Returns the mock of a built-in API, or of a model of your own.
 * @throws Failure for an unknown name, a day that is none, or a number of invoices that no ledger has.
 * @example setupServer(...mock('stuut', { seed: 42 }).handlers)
 */
export const mock: MockFunction = /* @__PURE__ */ mockBy(builtIn)

/**
 * Returns the factory of a built-in API's invoices, typed by its document, or of those of a model of your own.
 * @throws Failure for an unknown name, a day that is none, or a number of invoices that no ledger has.
 * @example factory('stuut', { seed: 42 }).build({ total: '121.00', status: 'overdue' }).status // 'overdue'
 */
export const factory: FactoryFunction = /* @__PURE__ */ factoryBy(builtIn)

export { apiNames, builtIn, compile, compileBuiltIn, Failure } from './spec/index.ts'
export type { ApiName, BuiltInApi, Document, Fetch, InvoiceOf, Model, Operations, Schemas } from './spec/index.ts'
export type { Factory, FactoryOptions, InvoiceParams, LineParams, TraitName } from './factories/index.ts'
export type { FactoryFunction, MockFunction, MswMock } from './mocking.ts'
export { scenarios, Worlds } from './mocks/index.ts'
export type {
  Faults,
  HandlersOptions,
  InvoiceEdit,
  Mock,
  MockedItems,
  MockOptions,
  Scenario,
  ScenarioName,
  Snapshot,
  WorldsOptions,
} from './mocks/index.ts'
