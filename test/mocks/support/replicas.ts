import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mockModel, Worlds } from '../../../mocks/index.ts'
import type { Log } from '../../../mocks/index.ts'
import { builtIn } from '../../../spec/index.ts'
import type { Model } from '../../../spec/index.ts'
import { clientOf } from '../../support/client.ts'
import type { Client } from '../../support/client.ts'

const books = { seed: 42, invoices: 40, today: 20_468 }
const [sales, purchases] = [builtIn('truto'), builtIn('nuntiq')]

/** A server that shares what happens in it. */
export interface Replica {
  readonly worlds: Worlds
  client(model: Model, world?: string): Client
  control(path: string, body?: object, world?: string): Promise<Record<string, unknown>>
}

/** Returns a server over a log, or one on its own. */
export function replicaOf(log?: Log): Replica {
  const worlds = new Worlds({ ...books, ...(log && { log }) })
  const { fetch } = mockModel(sales, { worlds })
  const inWorld = (world: string): Record<string, string> => (world === '' ? {} : { 'x-proforma-world': world })
  return {
    worlds,
    client: (model, world = '') =>
      clientOf(model, (request) =>
        mockModel(model, { worlds }).fetch(
          new Request(request, { headers: { ...Object.fromEntries(request.headers), ...inWorld(world) } }),
        ),
      ),
    async control(path, body, world = '') {
      const response = await fetch(
        new Request(`http://localhost/__proforma/${path}`, {
          method: body ? 'POST' : 'GET',
          headers: { 'x-proforma': '1', ...inWorld(world) },
          ...(body && { body: JSON.stringify(body) }),
        }),
      )
      return (await response.json()) as Record<string, unknown>
    },
  }
}

/** Creates an invoice for the customer of the newest one and returns what came of it; nothing where no invoice is listed. */
export async function create(
  replica: Replica,
  world = '',
): Promise<{ readonly status: number; readonly id: unknown; readonly number: unknown }> {
  const client = replica.client(sales, world)
  const { result } = (await client.ask('list', { values: { limit: 1 } })).json as { result: { contact: unknown }[] }
  if (!result[0]) return { status: 404, id: undefined, number: undefined }
  const { contact } = result[0]
  const { status, json } = await client.ask('create', {
    body: { contact, line_items: [{ description: 'Anvil', unit_price: 10, quantity: 1 }] },
  })
  const { id, number } = (json ?? {}) as { id?: unknown; number?: unknown }
  return { status, id, number }
}

/** Returns the ids of all invoices that are listed, as many as a page may have. */
export const idsOf = async (replica: Replica): Promise<readonly unknown[]> =>
  (
    (await replica.client(sales).ask('list', { values: { limit: 100 } })).json as { result: { id: unknown }[] }
  ).result.map(({ id }) => id)

const claim = async (replica: Replica, limit: number): Promise<unknown[]> =>
  (await replica.client(purchases).ask('claim', { body: { limit } })).root.list('claim.leases').flatMap((lease) =>
    lease
      .all('invoice.id')
      .map(({ raw }) => String(raw))
      .slice(0, 1),
  )

/** What is to be seen of a world. */
export async function seen({ worlds }: Replica, name = ''): Promise<object> {
  const world = worlds.at(name)
  await worlds.follow(world)
  const { state } = world
  return { created: state.created.length, today: state.today, ...world.save(), kept: world.kept }
}

/** What can happen, asked of a server as its clients would. */
const happenings: Readonly<Record<string, (replica: Replica, world: string, number: number) => Promise<unknown>>> = {
  create: (replica, world) => create(replica, world),
  claim: (replica, world, number) =>
    replica
      .client(purchases, world)
      .ask('claim', { body: { limit: (number % 3) + 1, ...(number > 5 && { idempotency_key: `k${number}` }) } }),
  clock: (replica, world, number) => replica.control('clock', { today: `2026-01-${20 + (number % 10)}` }, world),
  scenario: (replica, world, number) =>
    replica.control('scenario', { name: ['overdue', 'single', 'rate-limited'][number % 3] }, world),
  reset: (replica, world) => replica.control('reset', {}, world),
  reseed: (replica, world, number) =>
    replica.control('reset', { seed: number, ...(number % 2 === 0 && { today: '2025-06-01' }) }, world),
  resetAll: (replica, world) => replica.control('reset', { all: true }, world),
  put: (replica, world) => replica.control('snapshot', {}, world),
  restore: (replica, world) => replica.control('restore', {}, world),
  elsewhere: (replica) => replica.control('clock', { today: '2026-02-02' }, 'other'),
  directly: ({ worlds }, world) => worlds.change(worlds.at(world), async () => worlds.at(world).business.tick()),
}

/** States what holds for servers over one log, whatever keeps it. @param open returns a log of its own, or another door to the last one */
export function behaveAsOne(open: (isNew: boolean) => Promise<Log>): void {
  const pair = async (): Promise<[Replica, Replica]> => [replicaOf(await open(true)), replicaOf(await open(false))]

  it('show each other what was created at once, and take no number twice', async () => {
    const servers = await pair()
    const [made] = await Promise.all([
      Promise.all(Array.from({ length: 40 }, (_, place) => create(servers[place % 2] as Replica))),
      // Looks meanwhile must not get in the way.
      ...Array.from({ length: 10 }, async (_, place) => {
        for (let count = 0; count < 8; count++)
          await (servers[place % 2] as Replica).client(sales).ask('list', { values: { limit: 1 } })
      }),
    ])
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set([200]))
    expect([new Set(made.map(({ id }) => id)).size, new Set(made.map(({ number }) => number)).size]).toEqual([40, 40])
    const [one, other] = await Promise.all([
      servers[0].client(sales).ask('list', { values: { limit: 100 } }),
      servers[1].client(sales).ask('list', { values: { limit: 100 } }),
    ])
    expect([one.status, other.text]).toEqual([200, one.text])
    const listed = new Set((one.json as { result: { id: unknown }[] }).result.map(({ id }) => id))
    expect(made.filter(({ id }) => !listed.has(id))).toEqual([])
  })

  it('give no received invoice to two', async () => {
    const servers = await pair()
    const claimed = (
      await Promise.all(Array.from({ length: 12 }, (_, place) => claim(servers[place % 2] as Replica, 1)))
    ).flat()
    expect(claimed.length).toBeGreaterThan(2)
    expect(new Set(claimed).size).toBe(claimed.length)
  })

  it('count what is refused together', async () => {
    const servers = await pair()
    await servers[0].control('scenario', { name: 'rate-limited' })
    const statuses = []
    for (let count = 0; count < 14; count++)
      statuses.push((await (servers[count % 2] as Replica).client(sales).ask('list')).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 200, 200, 200, 200, 200, 429, 429])
  })

  it('are as one server, whatever happens where', async () => {
    const step = fc.tuple(
      fc.constantFrom(...Object.keys(happenings)),
      fc.constantFrom(0, 1),
      fc.constantFrom('', 'a'),
      fc.nat(9),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const [servers, alone] = [await pair(), replicaOf()]
        for (const [name, place, world, number] of steps) {
          await happenings[name]?.(servers[place === 0 ? 0 : 1], world, number)
          await happenings[name]?.(alone, world, number)
          // Two that look at once, and one of them twice.
          const views = await Promise.all(
            [...servers, ...servers].flatMap((server) => ['', 'a'].map((one) => seen(server, one))),
          )
          const wanted = [await seen(alone), await seen(alone, 'a')]
          expect(views).toEqual([...wanted, ...wanted, ...wanted, ...wanted])
        }
        const names = async (replica: Replica): Promise<unknown> =>
          new Set((await replica.control('worlds')).worlds as string[])
        expect(await names(servers[0])).toEqual(await names(servers[1]))
      }),
      { numRuns: 15 },
    )
  })

  it('begin again with a world that has been forgotten', async () => {
    const servers = await pair()
    await create(servers[0], 'a')
    await seen(servers[1], 'a')
    await servers[0].worlds.sharing?.log.drop('a')
    expect(await seen(servers[1], 'a')).toMatchObject({ created: 0 })
    expect((await create(servers[1], 'a')).status).toBe(200)
    expect(await seen(servers[0], 'a')).toMatchObject({ created: 1 })
  })
}
