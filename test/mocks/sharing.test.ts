import { describe, expect, it } from 'vitest'
import { memoryLog, mockModel, Unavailable, Worlds } from '../../mocks/index.ts'
import type { Log } from '../../mocks/index.ts'
import { serve } from '../../mocks/server.ts'
import { LogClient, LogServer } from '../../mocks/stores/processes.ts'
import type { Channel, FromClient, FromServer } from '../../mocks/stores/processes.ts'
import { builtIn } from '../../spec/index.ts'
import { clientOf } from '../support/client.ts'
import type { Client } from '../support/client.ts'
import { behaveAsOne, create, replicaOf, seen } from './support/replicas.ts'

/** A log that takes its time, now more, now less: up to four turns of the event loop. */
function slowly(log: Log): Log {
  let count = 0
  const pause = async (): Promise<void> => {
    for (let turns = (count++ * 7) % 5; turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve))
  }
  const late = async <T>(work: () => Promise<T>): Promise<T> => {
    await pause()
    const result = await work()
    await pause()
    return result
  }
  return {
    ...log,
    read: (...asked) => late(() => log.read(...asked)),
    lock: async (...asked) => {
      const lock = await late(() => log.lock(...asked))
      return { ...lock, append: (events) => late(() => lock.append(events)) }
    },
  }
}

describe('servers over one log', () => {
  let log: Log
  behaveAsOne(async (isNew) => (log = isNew ? memoryLog() : log))
})

describe('servers over a slow log', () => {
  let log: Log
  behaveAsOne(async (isNew) => slowly((log = isNew ? memoryLog() : log)))
})

/** Two ends that take their time. */
function cable(): [Channel<FromClient, FromServer>, Channel<FromServer, FromClient>] {
  const { port1, port2 } = new MessageChannel()
  const end = <In, Out>(port: MessagePort): Channel<In, Out> => ({
    post: (message) => port.postMessage(message),
    listen: (listener) => {
      port.addEventListener('message', ({ data }) => listener(data as In))
      port.start()
    },
  })
  const ends: ReturnType<typeof cable> = [end(port1), end(port2)]
  return ends
}

describe('servers that are guests of one process', () => {
  let server: LogServer
  behaveAsOne(async (isNew) => {
    if (isNew) server = new LogServer(memoryLog())
    const [inside, outside] = cable()
    server.connect(inside)
    return new LogClient(outside)
  })

  it('ask nobody as long as nothing happens', async () => {
    let questions = 0
    const kept = memoryLog()
    const [inside, outside] = cable()
    new LogServer({ ...kept, read: (...asked) => (questions++, kept.read(...asked)) }).connect(inside)
    const replica = replicaOf(new LogClient(outside))
    for (let count = 0; count < 5; count++) await seen(replica)
    expect(questions).toBe(1)
    await create(replica)
    await seen(replica)
    expect(questions).toBe(1)
  })

  it('go on when one of them ends with the lock, or hears nothing any more', async () => {
    server = new LogServer(memoryLog())
    const [first, second, third] = [cable(), cable(), cable()]
    const [leave, , goDeaf] = [first, second, third].map(([inside]) => server.connect(inside))
    const [dying, alive] = [new LogClient(first[1]), replicaOf(new LogClient(second[1]))]
    await new LogClient({
      ...third[1],
      listen: (listener) =>
        third[1].listen((message) => {
          if (message.log === 'response') listener(message)
        }),
    }).read('', undefined)
    await dying.lock('', undefined)
    const made = create(alive)
    leave?.()
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
    goDeaf?.()
    expect((await made).status).toBe(200)
  })
})

describe('a server', () => {
  it('undoes what the log did not take, and says so', async () => {
    const broken = memoryLog()
    let isBroken = false
    const replica = replicaOf({
      ...broken,
      lock: async (world, after) => {
        const lock = await broken.lock(world, after)
        const append: typeof lock.append = async (events) => {
          await lock.append([])
          throw new Unavailable(`Nobody takes ${events.length} events.`)
        }
        return isBroken ? { ...lock, append } : lock
      },
    })
    const told: unknown[] = []
    replica.worlds.listen(({ event }) => told.push(event.does))
    await create(replica)
    const before = await seen(replica)
    isBroken = true
    expect((await create(replica)).status).toBe(503)
    expect(await replica.control('clock', { today: '2026-03-01' })).toMatchObject({ status: 503 })
    isBroken = false
    expect([await seen(replica), told]).toEqual([before, ['create']])
    expect((await create(replica)).status).toBe(200)
  })

  it('answers 503 as the API does while the log is out of reach, and goes on when it is back', async () => {
    const kept = memoryLog()
    let isAway = false
    const away = (): void => {
      if (isAway) throw new Unavailable('The state is out of reach.')
    }
    const replica = replicaOf({
      ...kept,
      read: async (...asked) => (away(), kept.read(...asked)),
      lock: async (...asked) => (away(), kept.lock(...asked)),
    })
    await create(replica)
    isAway = true
    const client = replica.client(builtIn('truto'))
    const refused = await client.ask('list')
    expect([refused.status, refused.headers.get('retry-after'), refused.json]).toMatchObject([
      503,
      '1',
      { statusCode: 503, message: 'The state is out of reach.' },
    ])
    expect((await client.ask('create', { body: { contact: { id: 'x' }, line_items: [] } })).status).toBe(503)
    isAway = false
    expect((await client.ask('list')).status).toBe(200)
  })

  it('shows scenarios as they are now to those who come later, too', async () => {
    const log = memoryLog()
    const open = (count: number): Worlds =>
      new Worlds({ invoices: 9, log, scenarios: { mine: { says: 'Few.', invoices: count } }, scenario: 'mine' })
    const [one, other] = [open(2), open(2)]
    await one.change(one.first, async () => one.first.moveTo(one.first.business.today + 1))
    await other.follow(other.first)
    for (const worlds of [one, other]) worlds.take({ mine: { says: 'More.', invoices: 3 } })
    const third = open(3)
    for (const worlds of [other, one, third]) await worlds.follow(worlds.first)
    for (const worlds of [other, one, third]) await worlds.follow(worlds.first)
    for (const { first, start } of [one, other, third])
      expect([first.business.ledger.size, first.business.today]).toEqual([3, start.today + 1])
  })

  it('forgets worlds that nobody has used for long', async () => {
    let now = 0
    const short = memoryLog({ clock: () => now, idle: 1000, most: 3 })
    const [one, other] = [replicaOf(short), replicaOf(short)]
    await create(one)
    await create(one, 'a')
    await create(one, 'b')
    now = 900
    await seen(other, 'a')
    now = 1500
    expect([await seen(other), await seen(other, 'a'), await seen(other, 'b')]).toMatchObject([
      { created: 1 },
      { created: 1 },
      { created: 0 },
    ])
    for (const world of ['c', 'd', 'e']) await create(one, world)
    expect((await short.names()).length).toBe(3)
  })
})

describe('servers that keep answers ready', () => {
  it('give none that has become another elsewhere', async () => {
    const log = memoryLog()
    const model = builtIn('truto')
    const servers = await Promise.all(
      [1, 2].map(async () => {
        const worlds = new Worlds({ invoices: 5, log })
        return serve([{ prefix: '', model, worlds, fetch: mockModel(model, { worlds }).fetch }])
      }),
    )
    const [one, other] = servers.map(({ url }) => clientOf(model, fetch, url)) as [Client, Client]
    const total = async (client: Client): Promise<unknown> => (await client.ask('list')).invoices.length
    expect([await total(one), await total(other), await total(other)]).toEqual([5, 5, 5])
    const { contact } = ((await one.ask('list')).json as { result: [{ contact: unknown }] }).result[0]
    expect(
      (
        await one.ask('create', {
          body: { contact, line_items: [{ description: 'Anvil', unit_price: 10, quantity: 1 }] },
        })
      ).status,
    ).toBe(200)
    expect([await total(other), await total(other), await total(one)]).toEqual([6, 6, 6])
    await Promise.all(servers.map((server) => server.close()))
  })
})
