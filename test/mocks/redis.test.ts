import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redisState } from '../../mocks/stores/redis.ts'
import type { Event, Log } from '../../mocks/index.ts'
import { freePort, startRedis } from '../support/redis.ts'
import type { Redis } from '../support/redis.ts'
import { behaveAsOne, create, idsOf, replicaOf, seen } from './support/replicas.ts'
import type { Replica } from './support/replicas.ts'

const wanted = (seed: number | string = 42) => ({
  books: { seed, invoices: 40, newest: 20_468 },
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

const moved = (today: number): Event => ({ on: 'clock', does: 'move', with: { today, ticks: 0 } })

describe('servers over one Redis', () => {
  // Each test has books of its own name; what they are is the replicas' own.
  behaveAsOne((isNew) => open(`books ${isNew ? ++count : count}`))

  it('agree on the day of the one that started last, and on the books of the first', async () => {
    const first = await redisState(redis.url, wanted('days'))
    const later = await redisState(redis.url, {
      ...wanted('days'),
      books: { ...wanted('days').books, newest: 20_500 },
      today: 20_500,
    })
    opened.push(first.log, later.log)
    expect(later.books.newest).toBe(20_468)
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

  it('write although somebody died with the lock, or waiting for it', async () => {
    const [dead, alive] = [await open('death', redis.url, { lease: 300 }), await open('death')]
    await dead.lock('', undefined)
    void dead.lock('', undefined).catch(() => undefined)
    const made = create(replicaOf(alive))
    await dead.close()
    expect((await made).status).toBe(200)
  })

  it('do not write with a lock that ran out', async () => {
    const log = await open('late')
    const lock = await log.lock('', undefined)
    await log.drop('')
    const other = await open('late')
    await lock.append([moved(20_470)])
    await expect(lock.append([moved(20_471)])).rejects.toThrow('nothing has happened')
    expect((await other.read('', undefined)).events).toEqual([moved(20_470)])
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
    const { log, books } = await redisState(own.url, { ...wanted(), books: { ...wanted().books, newest: 20_500 } })
    opened.push(log)
    expect(books.newest).toBe(20_468)
    await own.stop()
  })

  it('that was killed has all that was acknowledged, once, where it writes to its disk first', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proforma-redis-'))
    const kept = { port: await freePort(), folder, settings: ['--appendonly', 'yes', '--appendfsync', 'always'] }
    let own = await startRedis(kept)
    const replicas = [replicaOf(await open(42, own.url)), replicaOf(await open(42, own.url))] as const
    await create(replicas[0])
    const making = Array.from({ length: 30 }, (_, place) =>
      create(replicas[place % 2] as Replica).catch(() => ({ status: 503, id: undefined })),
    )
    await Promise.race(making)
    await own.stop()
    const acknowledged = (await Promise.all(making)).filter(({ status }) => status === 200).map(({ id }) => id)
    expect(new Set(acknowledged).size).toBe(acknowledged.length)
    own = await startRedis(kept)
    await expect.poll(async () => (await replicas[0].control('')).changes).toBeGreaterThan(acknowledged.length)
    const late = replicaOf(await open(42, own.url))
    for (const replica of [...replicas, late]) {
      const ids = await idsOf(replica)
      expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([])
      expect(new Set(ids).size).toBe(ids.length)
      expect(await seen(replica)).toEqual(await seen(late))
    }
    await own.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('that comes back with an older copy is one truth for all servers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proforma-redis-'))
    const kept = { port: await freePort(), folder }
    let own = await startRedis(kept)
    const [one, other] = [replicaOf(await open(42, own.url)), replicaOf(await open(42, own.url))]
    for (let count = 0; count < 2; count++) await create(one)
    await own.command('SAVE')
    for (let count = 0; count < 3; count++) await create(one)
    await create(one, 'a')
    await seen(other)
    await own.stop()
    own = await startRedis(kept)
    await expect.poll(async () => (await other.control('')).changes).toBe(2)
    expect(await seen(one)).toMatchObject({ created: 2 })
    expect(await seen(one, 'a')).toMatchObject({ created: 0 })
    expect((await create(other)).status).toBe(200)
    // One has read places that are not in the log any more, and some that came after.
    const both = [await seen(one), await seen(other), await seen(replicaOf(await open(42, own.url)))]
    expect(both).toEqual([both[0], both[0], both[0]])
    expect(both[0]).toMatchObject({ created: 3 })
    await own.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('that is flushed begins anew for all', async () => {
    const own = await startRedis()
    const [one, other] = [replicaOf(await open(42, own.url)), replicaOf(await open(42, own.url))]
    await create(one)
    await create(other)
    await own.command('FLUSHALL')
    expect([await seen(one), await seen(other)]).toMatchObject([{ created: 0 }, { created: 0 }])
    const [made, again] = [await create(one), await create(other)]
    expect(made.number).not.toBe(again.number)
    expect(await seen(one)).toEqual(await seen(other))
    await own.stop()
  })

  it('that is flushed while somebody writes has nothing of that, and says so', async () => {
    const own = await startRedis()
    const log = await open(42, own.url)
    const lock = await log.lock('', undefined)
    await own.command('FLUSHALL')
    await expect(lock.append([moved(20_470)])).rejects.toThrow('nothing has happened')
    expect((await log.read('', undefined)).events).toEqual([])
    await own.stop()
  })

  it('that is full says so and goes on being read', async () => {
    const own = await startRedis({ settings: ['--maxmemory', '100mb', '--maxmemory-policy', 'noeviction'] })
    const replica = replicaOf(await open(42, own.url))
    await create(replica)
    await own.command('CONFIG', 'SET', 'maxmemory', '1')
    expect((await create(replica)).status).toBe(503)
    expect(await replica.control('clock', { today: '2026-01-20' })).toMatchObject({
      status: 503,
      detail: expect.stringContaining('maxmemory'),
    })
    expect(await seen(replica)).toMatchObject({ created: 1, today: 20_468 })
    await own.command('CONFIG', 'SET', 'maxmemory', '0')
    expect((await create(replica)).status).toBe(200)
    expect(await seen(replica)).toMatchObject({ created: 2 })
    await own.stop()
  })

  it('that throws keys away when it is full is refused', async () => {
    const own = await startRedis({ settings: ['--maxmemory', '100mb', '--maxmemory-policy', 'volatile-lru'] })
    await expect(redisState(own.url, wanted())).rejects.toThrow(
      'expected a server that forgets nothing but received one that throws keys away when its memory is full (maxmemory-policy volatile-lru).',
    )
    await own.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction')
    opened.push(await open(42, own.url))
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
