// Not named after Vitest: in the root, a bundler would take this file for the package of that name.
/** For Vitest: mocks that reset themselves, matchers (registered by the import), and contract suites. */
export { describeContract } from './contracts/vitest.ts'
export { setupMock } from './mocks/adapters/vitest.ts'
