import type { Day, Fetch, Model } from '../spec/index.ts'
import type { Business } from './state/business.ts'
import type { DispatchOptions } from './dispatch.ts'
import { onceLoaded } from './once-loaded.ts'
import type { Snapshot } from './state/event.ts'
import type { World } from './state/world.ts'
import { readToday, worldHeader, Worlds, worldsAround } from './state/worlds.ts'
import type { WorldsOptions } from './state/worlds.ts'

/** What a mock is made of. */
export interface MockOptions extends WorldsOptions, DispatchOptions {
  /** Worlds that other mocks share; all other options are then theirs. A shared business does the same. */
  readonly worlds?: Worlds
}

/** One mocked API in one world. */
export interface Mock {
  readonly model: Model
  readonly business: Business
  /** Answers a request whose path is the document's own, and control calls. */
  readonly fetch: Fetch
  /** Forgets everything that happened, and begins anew. */
  reset(): void
  /** Moves the clock: `2026-03-01`. Statuses follow. @throws Failure for a day that is none. */
  clock(today: string | Day | Date): void
  /** Returns all there is to its world, as data. */
  snapshot(): Snapshot
  /** Puts its world back to a snapshot. @throws Failure for what is none. */
  restore(snapshot: Snapshot): void
  /** Puts its world into a scenario; returns what puts it back. @throws Failure for an unknown scenario. */
  use(scenario: string): () => void
  /** Returns the same API in another world, which sees nothing of this one. @throws Failure for a name that is none. */
  world(name: string): Mock
}

/**
 * Returns the mock of a model.
 * @throws Failure for a day that is none, a number of invoices that no ledger has, or an unknown scenario.
 */
export function mockModel(
  model: Model,
  { worlds: given, auth, graphqlCost, examples, maxDepth, maxItems, ...options }: MockOptions = {},
): Mock {
  const worlds =
    given ??
    (options.business && Object.keys(options).length === 1 ? worldsAround(options.business) : new Worlds(options))
  // What only answers need is two fifths of the code.
  const fetch = onceLoaded(async () => {
    const { answering } = await import('./answering.ts')
    return answering(model, worlds, {
      ...(graphqlCost !== undefined && { graphqlCost }),
      ...(examples !== undefined && { examples }),
      ...(maxDepth !== undefined && { maxDepth }),
      ...(maxItems !== undefined && { maxItems }),
      ...(auth !== undefined && { auth }),
    })
  })
  return mockIn(model, worlds, '', fetch)
}

function mockIn(model: Model, worlds: Worlds, name: string, fetch: Fetch): Mock {
  // A world that was forgotten meanwhile is made anew.
  const here = (): World => worlds.at(name)
  return {
    model,
    get business() {
      return here().business
    },
    fetch: name === '' ? fetch : (request) => fetch(inWorld(request, name)),
    reset: () => here().reset(),
    clock: (today) => here().moveTo(readToday(today)),
    snapshot: () => here().save(),
    restore: (snapshot) => here().restore(snapshot),
    use: (scenario) => here().use(scenario),
    world: (other) => {
      worlds.at(other)
      return mockIn(model, worlds, other, fetch)
    },
  }
}

function inWorld(request: Request, name: string): Request {
  const headers = new Headers(request.headers)
  headers.set(worldHeader, name)
  return new Request(request, { headers })
}
