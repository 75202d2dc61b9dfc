import type { HttpHandler } from 'msw/http'
import { factoryOf } from './factories/index.ts'
import type { Factory, FactoryOptions } from './factories/index.ts'
import { handlersOf, mockModel, readToday, standingDay } from './mocks/index.ts'
import type { HandlersOptions, Mock, MockOptions } from './mocks/index.ts'
import { compileBuiltIn, showing, usePrecompiled } from './spec/index.ts'
import type { ApiName, BuiltInApi, InvoiceOf, Model, Schemas, PrecompiledValidators } from './spec/index.ts'

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
export type MockFunction = (
  api: ApiName | BuiltInApi | Model,
  options?: MockOptions & HandlersOptions & Pick<FactoryOptions, 'optional'> & JudgeOptions,
) => MswMock

/** What requests are held against where no code may be made. */
interface JudgeOptions {
  /** The `validators` of a module that `proforma validator` wrote for the document; pages that forbid `eval` need them. */
  readonly validators?: PrecompiledValidators
}

type OwnFactoryOptions = Omit<FactoryOptions, 'today' | 'epoch'> & Pick<MockOptions, 'today' | 'epoch'>

/**
 * Returns the factory of a built-in API's invoices, typed by its document, or of those of a model of your own.
 * @throws Failure for an unknown name, a day that is none, or a number of invoices that no ledger has.
 * @example factory('stuut').build({ total: '121.00', status: 'overdue' })
 */
export interface FactoryFunction {
  <Name extends ApiName, Schema extends keyof Schemas[Name]>(
    api: Name | BuiltInApi<Name>,
    options: OwnFactoryOptions & { readonly schema: Schema },
  ): Factory<Schemas[Name][Schema]>
  <Name extends ApiName>(api: Name | BuiltInApi<Name>, options?: OwnFactoryOptions): Factory<InvoiceOf<Name>>
  <T = Record<string, unknown>>(api: ApiName | BuiltInApi | Model, options?: OwnFactoryOptions): Factory<T>
}

/** Finds the model of a name. */
type Find = (name: string) => Model

const modelOf = (api: string | BuiltInApi | Model, find: Find): Model =>
  typeof api === 'string' ? find(api) : 'json' in api ? compileBuiltIn(api) : api

/** Returns {@link MockFunction} for those who find names so. */
export const mockBy =
  (find: Find): MockFunction =>
  (api, { baseUrl, optional, validators, ...options } = {}) => {
    const model = modelOf(api, find)
    if (validators) usePrecompiled(model.document, validators)
    const mocked = mockModel(showing(model, optional), options)
    return {
      ...mocked,
      handlers: handlersOf(mocked.model, mocked.fetch, { ...(baseUrl !== undefined && { baseUrl }) }),
    }
  }

/** Returns {@link FactoryFunction} for those who find names so. */
export function factoryBy(find: Find): FactoryFunction {
  return factory
  function factory<T>(
    api: string | BuiltInApi | Model,
    { today = standingDay, epoch, ...options }: OwnFactoryOptions = {},
  ): Factory<T> {
    return factoryOf<T>(modelOf(api, find), {
      ...options,
      today: readToday(today),
      ...(epoch !== undefined && { epoch: readToday(epoch) }),
    })
  }
}
