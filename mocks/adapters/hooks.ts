import { failure } from '../../spec/index.ts'

type Hook = (callback: () => void) => unknown

/** How a test runner is told what to do around tests: `before` and `after` where it calls them so, as node:test does. */
export interface Hooks {
  readonly beforeAll?: Hook
  readonly before?: Hook
  readonly afterEach?: Hook
  readonly afterAll?: Hook
  readonly after?: Hook
}

/** What happens around tests. */
interface Around {
  readonly before: () => void
  readonly afterEach: () => void
  readonly after: () => void
}

/**
 * Has a runner do something around tests, by the hooks given, else by those that it keeps as globals: Jest, Vitest with
 * `globals`, Deno.
 * @throws Failure where there are none.
 */
export function around(given: Hooks | undefined, work: Around): void {
  const { beforeAll, before = beforeAll, afterEach, afterAll, after = afterAll } = given ?? found()
  if (!before || !afterEach || !after)
    throw failure('tie a mock to tests', {
      expected: 'beforeAll, afterEach and afterAll as globals, or in hooks',
      received: given ? 'hooks without them' : 'none',
      cure: "Pass your runner's: import * as hooks from 'node:test', then useMock(mock, { hooks }).",
    })
  // A runner that hands its callback something would wait for it to be called.
  before(() => work.before())
  afterEach(() => work.afterEach())
  after(() => work.after())
}

function found(): Hooks {
  const globals = globalThis as Hooks & { Deno?: { test?: Hooks } }
  return globals.afterEach ? globals : (globals.Deno?.test ?? {})
}
