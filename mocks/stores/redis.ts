// Keeps event logs in Redis.

import { createHash, randomUUID } from 'node:crypto'
import { failure } from '../../spec/index.ts'
import { isWhole } from '../state/event.ts'
import type { Event } from '../state/event.ts'
import { Unavailable } from '../state/log.ts'
import type { LogBatch, Lock, Log, Offset } from '../state/log.ts'
import { connect } from './redis-connection.ts'
import type { Connection } from './redis-connection.ts'
import * as script from './redis-scripts.ts'
import { sayWanted, wantedText } from './store.ts'
import type { StateStore, Wanted } from './store.ts'

/** Logs of this form do not meet those of others. */
const form = 2

/** How a state in Redis is kept. */
export interface RedisOptions {
  /** Milliseconds without a request after which a world is forgotten, an hour unless given. */
  readonly idle?: number
  /** Milliseconds a server may write at one go, 10,000 unless given: one that died keeps the others waiting as long. */
  readonly lease?: number
}

/** The world without a name, and the books, are forgotten after a month without use. */
const month = 30 * 24 * 3_600_000
/** Milliseconds in which who waited must take the lock that was handed over. */
const handover = 1000
/** Milliseconds to wait for the lock. */
const patience = 20_000

/**
 * Opens a state in Redis or Valkey, which any number of servers share. Servers that want the same books find each other, others do
 * not meet. The one that started last says which day it is.
 * @throws Failure for an address that is none, or where no server answers that can keep a state.
 */
export async function redisState(
  address: string,
  wanted: Wanted,
  { idle = 3_600_000, lease = 10_000 }: RedisOptions = {},
): Promise<StateStore> {
  const connection = await connect(address)
  const text = wantedText(wanted)
  // Readable for who looks around, and different wherever the books are.
  const { seed, invoices } = wanted.books
  const name = `proforma:${String(seed)
    .replace(/[^\w.-]/g, '_')
    .slice(0, 40)}-${invoices}-${createHash('sha256').update(`${form} ${text}`).digest('hex').slice(0, 12)}`
  const begin = async (newest: number): Promise<number> => {
    const [known] = (await connection.run(
      script.begin,
      [`${name}:books`],
      [text, String(newest), String(wanted.today), String(month)],
    )) as [string]
    return Number(known)
  }
  try {
    await refuseEviction(connection)
    const newest = await begin(wanted.books.newest)
    return {
      books: { ...wanted.books, newest },
      log: redisLog(connection, name, { idle, lease, begin: () => begin(newest) }),
    }
  } catch (error) {
    await connection.close()
    if (!(error instanceof Unavailable)) throw error
    throw failure(`open ${connection.name}`, {
      expected: `a server that keeps ${sayWanted(text)}`,
      received: error.message,
      cure: 'It takes Redis 6.2 or later, or Valkey, and leave to write.',
    })
  }
}

/** @throws Failure for a server that throws keys away when its memory is full: worlds would be gone without a word. */
async function refuseEviction(connection: Connection): Promise<void> {
  // Who may not be told is trusted.
  const told = String(await connection.run(script.memory, [], []).catch(() => ''))
  const policy = /^maxmemory_policy:(\S+)/m.exec(told)?.[1] ?? 'noeviction'
  const most = Number(/^maxmemory:(\d+)/m.exec(told)?.[1] ?? 0)
  if (policy === 'noeviction' || most === 0) return
  throw failure(`open ${connection.name}`, {
    expected: 'a server that forgets nothing',
    received: `one that throws keys away when its memory is full (maxmemory-policy ${policy})`,
    cure: 'Use another, or redis-cli config set maxmemory-policy noeviction.',
  })
}

function redisLog(
  connection: Connection,
  name: string,
  { idle, lease, begin }: Required<RedisOptions> & { readonly begin: () => Promise<number> },
): Log {
  const key = (kind: string, world: string): string => `${name}:${kind}:${world}`
  const [books, names] = [`${name}:books`, `${name}:worlds`]
  const keeps = (world: string): string => String(world === '' ? month : idle)
  /** A Redis that has lost all it knew is told of the books again. */
  const known = async (batch: LogBatch): Promise<LogBatch> => {
    if (batch.today === undefined) await begin()
    return batch
  }
  return {
    read: async (world, after) =>
      known(batchOf(await connection.run(script.read, [key('log', world), books], [after ?? '', keeps(world)]))),
    async lock(world, after): Promise<Lock> {
      const token = randomUUID()
      const keys = [key('log', world), books, key('lock', world), key('line', world)]
      const batch = await wait(() =>
        connection.run(script.lock, keys, [after ?? '', keeps(world), token, String(lease), String(handover)]),
      )
      return { batch, append: async (events) => append(world, token, batch.offset, events) }
    },
    names: async () => (await connection.run(script.worldNames, [names], [key('log', '')])) as string[],
    drop: async (world) => void (await connection.run(script.drop, [key('log', world), names], [world])),
    close: () => connection.close(),
  }

  async function append(world: string, token: string, offset: Offset, events: readonly Event[]): Promise<Offset> {
    const keys = [key('log', world), names, key('lock', world), key('line', world)]
    const settings = [token, offset ?? '', keeps(world), world, String(handover), isWhole(events) ? '1' : '0']
    const answer = (await connection.run(script.append, keys, [
      ...settings,
      ...events.map((event) => JSON.stringify(event)),
    ])) as string
    if (answer === 'lost')
      throw new Unavailable('It took so long that somebody else has written meanwhile: nothing has happened.')
    return answer === '' ? undefined : answer
  }
}

/** Asks for the lock until it is there. */
async function wait(ask: () => Promise<unknown>): Promise<LogBatch> {
  for (let waited = 0, pause = 1; ; waited += pause, pause = Math.min(pause + 1, 8)) {
    const answer = await ask()
    if (answer !== null) return batchOf(answer)
    if (waited > patience) throw new Unavailable('Others are writing all the time.')
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

/** Scripts answer with the offset, the day, and events. */
function batchOf(answer: unknown): LogBatch {
  const [offset, today, ...events] = answer as [string, string, ...string[]]
  return {
    events: events.map((event) => JSON.parse(event) as Event),
    offset: offset === '' ? undefined : offset,
    ...(today !== '' && { today: Number(today) }),
  }
}
