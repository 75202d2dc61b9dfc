// Types and makers of `mock` and `factory`, which the entrances for Node and for pages share.

import type { HttpHandler } from 'msw/http'
import { factoryOf } from './factories/index.ts'
import type { Factory, FactoryOptions } from './factories/index.ts'
import { handlersOf, mockModel, operationHandler, patchedAnswer, readToday, standingDay } from './mocks/index.ts'
import type {
  AnswerPatch,
  HandlersOptions,
  Mock,
  MockOptions,
  OperationResolver,
  OperationTypes,
} from './mocks/index.ts'
import { compileBuiltIn, showing, usePrecompiled } from './spec/index.ts'
import type { ApiName, BuiltInApi, InvoiceOf, Model, Operations, PrecompiledValidators, Schemas } from './spec/index.ts'

/** Operations of a document whose types nobody knows. */
type AnyOperations = Readonly<
  Record<string, { readonly params: Record<string, unknown>; readonly body: unknown; readonly answer: unknown }>
>

/** Types of one operation of an API. */
type TypesOf<All, Id extends keyof All> = All[Id] extends OperationTypes ? All[Id] : never

/** A mocked API with handlers for MSW. */
export interface MswMock<All = AnyOperations> extends Mock {
  /** One handler for each operation; for `setupServer(...)` and `setupWorker(...)`. */
  readonly handlers: readonly HttpHandler[]
  /**
   * Returns a handler for one operation, typed by the document; what it answers is JSON, a `Response`, or nothing: then the mock answers.
   * @throws Failure for an operation that there is not.
   * @example server.use(stuut.on('retrieveInvoice', async ({ answer }) => ({ ...(await answer()), status: 'overdue' })))
   */
  on<Id extends keyof All & string>(operation: Id, resolve: OperationResolver<TypesOf<All, Id>>): HttpHandler
  /**
   * Returns a handler that replaces members of what the mock answers to one operation, and keeps the rest.
   * @param patch members to replace, or what makes another answer of it
   * @throws Failure for an operation that there is not.
   * @example server.use(stuut.override('retrieveInvoice', { status: 'overdue' }))
   */
  override<Id extends keyof All & string>(
    operation: Id,
    patch:
      | AnswerPatch<TypesOf<All, Id>['answer']>
      | ((answer: TypesOf<All, Id>['answer']) => TypesOf<All, Id>['answer']),
  ): HttpHandler
}

/**
 * Returns the mock of a built-in API, or of a model of your own.
 * @throws Failure for an unknown name, a day that is none, or a number of invoices that no ledger has.
 * @example setupServer(...mock('stuut', { seed: 42 }).handlers)
 */
export interface MockFunction {
  <Name extends ApiName>(api: Name | BuiltInApi<Name>, options?: OwnMockOptions): MswMock<Operations[Name]>
  (api: ApiName | BuiltInApi | Model, options?: OwnMockOptions): MswMock
}

type OwnMockOptions = MockOptions & HandlersOptions & Pick<FactoryOptions, 'optional'> & JudgeOptions

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
export function mockBy(find: Find): MockFunction {
  return function mock(
    api: ApiName | BuiltInApi | Model,
    { baseUrl, optional, validators, ...options }: OwnMockOptions = {},
  ): MswMock {
    const model = modelOf(api, find)
    if (validators) usePrecompiled(model.document, validators)
    const mocked = mockModel(showing(model, optional), options)
    const place = baseUrl === undefined ? {} : { baseUrl }
    const on: MswMock['on'] = (id, resolve) => operationHandler(mocked.model, mocked.fetch, id, resolve, place)
    return {
      ...mocked,
      handlers: handlersOf(mocked.model, mocked.fetch, place),
      on,
      override: (id, patch) =>
        on(id, async ({ answer }) => {
          const before = await answer()
          return typeof patch === 'function' ? patch(before) : patchedAnswer(before, patch)
        }),
    }
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
