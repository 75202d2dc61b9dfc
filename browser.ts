// The entrance `proforma` of pages: mocks and factories of APIs that are imported one by one.

import { factoryBy, mockBy } from './mocking.ts'
import type { FactoryFunction, MockFunction } from './mocking.ts'
import { failure } from './spec/index.ts'

/** A page would carry every document, to find one by its name. */
const unnamed = (name: string): never => {
  throw failure(`find the API "${name}"`, {
    expected: 'an imported API (a page carries no others)',
    received: 'a name',
    cure: `Pass what "import { ${name} } from 'proforma/apis/${name}'" imports.`,
  })
}

/**
 * As in Node, but for APIs that are imported.
 * @example setupWorker(...mock(stuut, { seed: 42 }).handlers) // import { stuut } from 'proforma/apis/stuut'
 */
export const mock: MockFunction = /* @__PURE__ */ mockBy(unnamed)

/**
 * As in Node, but for APIs that are imported.
 * @example factory(stuut).build({ total: '121.00', status: 'overdue' }) // import { stuut } from 'proforma/apis/stuut'
 */
export const factory: FactoryFunction = /* @__PURE__ */ factoryBy(unnamed)

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
