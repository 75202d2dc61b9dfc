/**
 * For Vitest: mocks that reset themselves, matchers (registered by the import), and contract suites.
 *
 * @module proforma/vitest
 */

// Not named after Vitest: in the root, a bundler would take this file for the package of that name.
import { afterAll, afterEach, beforeAll } from 'vitest'
import { setupMock as setup, useMock as use } from './mocks/adapters/testing.ts'

export { describeContract } from './contracts/vitest.ts'

const hooks = { beforeAll, afterEach, afterAll }

/** As in `proforma/testing`, with Vitest's hooks. */
export const setupMock: typeof setup = (mocks, options) => setup(mocks, { hooks, ...options })

/** As in `proforma/testing`, with Vitest's hooks. */
export const useMock: typeof use = (mocks, options) => use(mocks, { hooks, ...options })
