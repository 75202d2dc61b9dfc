// Registers the matchers with Vitest and defines describeContract.

import { beforeAll, describe, expect, it } from 'vitest'
import type { Fetch } from '../spec/index.ts'
import { contractSuite, matchers } from './matchers.ts'
import type { Api, ContractMatchers, ContractOptions } from './matchers.ts'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-unused-vars, no-unused-vars, typescript/no-empty-object-type -- an augmentation repeats the type's parameters
  interface Matchers<R, T> extends ContractMatchers<R> {}
}

expect.extend(matchers)

/**
 * Defines one test for every operation and every law of an API, all from one check of the server behind a `Fetch`.
 * @throws Failure for an unknown API.
 * @example describeContract('stuut', fetch, { baseUrl: 'https://api.example.com', headers: { authorization: `Bearer ${token}` } })
 */
export const describeContract = (api: Api, fetch: Fetch, options?: ContractOptions): void =>
  contractSuite({ describe, it, beforeAll }, api, fetch, options)
