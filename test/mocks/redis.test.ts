import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redisState } from '../../mocks/stores/redis.ts'
import type { Log } from '../../mocks/index.ts'
import { freePort, startRedis } from '../support/redis.ts'
import type { Redis } from '../support/redis.ts'
import { behaveAsOne, create, replicaOf, seen } from './support/replicas.ts'

const wanted = (seed: number | string = 42) => ({
  order: { seed, invoices: 40, epoch: 20_468 },
  scenarios: [],
  today: 20_468,
})
let redis: Redis
let count = 0
const opened: Log[] = []
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(async () => {
  await Promise.all(opened.map((log) => log.close()))
  await redis.stop()
})

async function open(seed: number | string = 42, url = redis.url, options = {}): Promise<Log> {
  const { log } = await redisState(url, wanted(seed), options)
  opened.push(log)
  return log
}

describe('servers over one Redis', () => {
  // Each test has books of its own name; what they are is the replicas' own.
  behaveAsOne((isNew) => open(`books ${isNew ? ++count : count}`))

  it('agree on the day of the one that started last, and on the books of the first', async () => {
    const first = await redisState(redis.url, wanted('days'))
    const later = await redisState(redis.url, {
      ...wanted('days'),
      order: { ...wanted('days').order, epoch: 20_500 },
      today: 20_500,
    })
    opened.push(first.log, later.log)
    expect(later.order.epoch).toBe(20_468)
    const [one, other] = [replicaOf(first.log), replicaOf(later.log)]
    expect([await seen(one), await seen(other)]).toMatchObject([{ today: 20_500 }, { today: 20_500 }])
    await one.control('clock', { today: '2026-01-20' })
    expect(await seen(other)).toMatchObject({ today: 20_473 })
  })

  it('see nothing of servers with other books', async () => {
    const [one, other] = [replicaOf(await open('one')), replicaOf(await open('two'))]
    await create(one)
    expect([await seen(one), await seen(other)]).toMatchObject([{ created: 1 }, { created: 0 }])
  })

  it('forget worlds that nobody uses, and the day of those they keep', async () => {
    const log = await open('idle', redis.url, { idle: 300 })
    const replica = replicaOf(log)
    await create(replica)
    await create(replica, 'a')
    await expect.poll(() => log.names()).toEqual([''])
    expect([await seen(replica), await seen(replica, 'a')]).toMatchObject([{ created: 1 }, { created: 0 }])
  })

  it('write although somebody died with the pen, or waiting for it', async () => {
    const [dead, alive] = [await open('death', redis.url, { lease: 300 }), await open('death')]
    await dead.take('', undefined)
    void dead.take('', undefined).catch(() => undefined)
    const made = create(replicaOf(alive))
    await dead.close()
    expect((await made).status).toBe(200)
  })

  it('do not write with a pen that ran out', async () => {
    const log = await open('late')
    const pen = await log.take('', undefined)
    await log.drop('')
    const other = await open('late')
    await pen.write([{ is: 'moved', today: 20_470 }])
    await expect(pen.write([{ is: 'moved', today: 20_471 }])).rejects.toThrow('nothing has happened')
    expect((await other.read('', undefined)).events).toEqual([{ is: 'moved', today: 20_470 }])
  })
})

describe('a Redis', () => {
  it('that goes away is 503 until it is back', async () => {
    const port = await freePort()
    let own = await startRedis({ port })
    const replica = replicaOf(await open(42, own.url))
    expect((await create(replica)).status).toBe(200)
    await own.stop()
    expect((await create(replica).catch(() => undefined))?.status ?? 503).toBe(503)
    expect(await replica.control('')).toMatchObject({
      status: 503,
      detail: expect.stringMatching(/out of reach: redis:\/\/127\.0\.0\.1:\d+ says/),
    })
    own = await startRedis({ port })
    await expect.poll(async () => (await replica.control('')).changes).toBe(0)
    expect((await create(replica)).status).toBe(200)
    // Whoever comes later finds the books of the one that is there.
    const { log, order } = await redisState(own.url, { ...wanted(), order: { ...wanted().order, epoch: 20_500 } })
    opened.push(log)
    expect(order.epoch).toBe(20_468)
    await own.stop()
  })

  it('that does not answer keeps nobody waiting for long', async () => {
    const own = await startRedis()
    const replica = replicaOf(await open(42, own.url))
    await create(replica)
    own.signal('SIGSTOP')
    expect(await replica.control('')).toMatchObject({
      status: 503,
      detail: expect.stringContaining('nothing for 3 seconds'),
    })
    own.signal('SIGCONT')
    await expect.poll(async () => (await replica.control('')).changes).toBe(1)
    await own.stop()
  })

  it('is refused with what is wrong about it, but not with its password', async () => {
    const guarded = await startRedis({ password: 'hush-hush' })
    const address = `127.0.0.1:${guarded.port}`
    const said = (url: string): Promise<string> =>
      redisState(url, wanted()).then(
        () => 'nothing',
        (error: Error) => error.message,
      )
    expect(await said(`redis://${address}`)).toContain('received a server that asks for a password')
    expect(await said(`redis://:wrong-word@${address}`)).toMatch(/^(?!.*wrong-word).*a refusal of the user or password/)
    expect(await said(`redis://somebody:wrong-word@${address}`)).toMatch(
      /^(?!.*wrong-word).*a refusal of the user or password/,
    )
    expect(await said(`redis://127.0.0.1:${await freePort()}`)).toContain(
      'nobody there (connection refused). Start one',
    )
    expect(await said('redis://nobody.invalid')).toContain('an unknown name')
    for (const url of ['redis:', 'redis://', 'redis://:a/b@host', 'redis://host/x', 'redis://host:99999'])
      expect(await said(url)).toMatch(/^Failed to read --state: (?!.*a\/b)/)
    opened.push(await open(1, `valkey://:hush-hush@${address}`))
    await guarded.stop()
  })
})
