// Makes the mock of a model: handlers, fetch, worlds and methods to change data.

import { fittingBooks } from '../factories/index.ts'
import type { Day, Fetch, Model } from '../spec/index.ts'
import type { Business } from './state/business.ts'
import type { DispatchOptions } from './dispatch.ts'
import type { InvoiceEdit } from './edit.ts'
import type { Snapshot } from './state/event.ts'
import type { World } from './state/world.ts'
import { readToday, worldHeader, Worlds, worldsAround } from './state/worlds.ts'
import type { WorldsOptions } from './state/worlds.ts'

/** What a mock is made of. */
export interface MockOptions extends WorldsOptions, DispatchOptions {
  /** Worlds that other mocks share; all other options are then theirs. A shared business does the same. */
  readonly worlds?: Worlds
}

/** Properties as an API shows them. */
type Shown = Readonly<Record<string, unknown>>

/** Items of one resource in one world. All reject with a Failure for what there is not, or what does not fit the schema. */
export interface MockedItems {
  /** Adds an item and returns it; what is not stated is drawn. */
  add(stated?: Shown): Promise<Shown>
  /** Changes properties of the item of an id and returns it. */
  set(id: unknown, stated: Shown): Promise<Shown>
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
  /**
   * Adds an invoice as it is described; what is not said is derived, so that it adds up. Webhooks are told.
   * @returns it as the API shows it; empty where no operation answers one invoice
   * @throws Failure for an unknown trait or param, or naming the law that the description breaks.
   * @example const { id } = await stuut.add({ total: '121.00', status: 'overdue' })
   */
  add(edit?: InvoiceEdit): Promise<Shown>
  /**
   * Changes the invoice that the API knows by an id; sums, dates and states follow. Webhooks are told.
   * @returns it as the API shows it; empty where no operation answers one invoice
   * @throws Failure as {@link Mock.add} does, and for an id that there is not.
   * @example await stuut.set(id, { status: 'overdue' })
   */
  set(id: unknown, edit: InvoiceEdit): Promise<Shown>
  /**
   * Returns the items of another resource, to add and to change them by their properties.
   * @example await lago.items('plans').add({ name: 'Gold' })
   */
  items(resource: string): MockedItems
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
    (options.business && Object.keys(options).length === 1
      ? worldsAround(options.business)
      : new Worlds({ ...fittingBooks(model), ...options }))
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
  const change = <T>(work: (world: World) => T): Promise<T> => {
    const world = here()
    return worlds.change(world, async () => work(world))
  }
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
    async add(wanted = {}) {
      const { makeInvoice, apiIn, shownIn } = await import('./answering.ts')
      return change((world) => shownIn(apiIn(model, world), makeInvoice(world, wanted)))
    },
    async set(id, wanted) {
      const { apiIn, invoiceWith, setInvoice, shownIn } = await import('./answering.ts')
      return change((world) => {
        const api = apiIn(model, world)
        return shownIn(api, setInvoice(world, invoiceWith(api, id), wanted))
      })
    },
    items: (resource) => ({
      async add(stated = {}) {
        const { createItem, apiIn } = await import('./answering.ts')
        return change((world) => createItem(apiIn(model, world), resource, stated))
      },
      async set(id, stated) {
        const { apiIn, changeItem } = await import('./answering.ts')
        return change((world) => changeItem(apiIn(model, world), resource, id, stated))
      },
    }),
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

/** Returns a `Fetch` that is loaded when the first request comes. Where that fails, the request does, and the next one tries again. */
export function onceLoaded(load: () => Promise<Fetch>): Fetch {
  let loaded: Fetch | undefined
  let loading: Promise<Fetch> | undefined
  const begin = async (): Promise<Fetch> => {
    try {
      return (loaded = await load())
    } finally {
      loading = undefined
    }
  }
  return async (request) => (loaded ?? (await (loading ??= begin())))(request)
}
