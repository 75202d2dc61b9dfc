/** For Vitest: mocks that reset themselves, matchers (registered by the import), and contract suites. */
export { describeContract } from './contracts/vitest.ts'
export { setupMock } from './mocks/adapters/vitest.ts'
