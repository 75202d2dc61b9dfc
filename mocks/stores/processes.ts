// Shares an event log between processes: one serves it, the others are clients.

import type { Event } from '../state/event.ts'
import { Unavailable } from '../state/log.ts'
import type { LogBatch, Lock, Log, Offset } from '../state/log.ts'

/** One end of what connects two processes. */
export interface Channel<In, Out> {
  post(message: Out): void
  listen(listener: (message: In) => void): void
}

/** What a client asks of the log that another process keeps. */
type LogRequest =
  | { readonly ask: 'read' | 'lock'; readonly world: string; readonly after?: Offset }
  | { readonly ask: 'append'; readonly lock: number; readonly world: string; readonly events: readonly Event[] }
  | { readonly ask: 'names' }
  | { readonly ask: 'drop'; readonly world: string }

/** A batch, with a lock where one was asked for; the offset behind what was appended; names. */
type LogResponse =
  | { readonly batch: LogBatch; readonly lock?: number }
  | { readonly offset: Offset }
  | { readonly names: readonly string[] }

/** Requests, each with a number, and that something was heard. */
export type FromClient =
  | { readonly log: 'request'; readonly number: number; readonly request: LogRequest }
  | { readonly log: 'heard'; readonly number: number }

/** Responses, and that something has happened in a world which a client believes to know. */
export type FromServer =
  | {
      readonly log: 'response'
      readonly number: number
      readonly value?: LogResponse | undefined
      readonly error?: string
    }
  | { readonly log: 'happened'; readonly number: number; readonly world: string }

/** A process that reads and appends to a log which another process keeps. */
class Client {
  readonly channel: Channel<FromClient, FromServer>
  readonly locks = new Map<number, Lock>()
  /** Worlds of which it believes to know all. */
  readonly knows = new Set<string>()
  /** What waits until it has heard something. */
  readonly unheard = new Map<number, () => void>()

  constructor(channel: Channel<FromClient, FromServer>) {
    this.channel = channel
  }

  /** Tells it that something has happened in a world, and resolves when it has heard that. */
  tell(number: number, world: string): Promise<void> {
    return new Promise((heard) => {
      this.unheard.set(number, heard)
      this.channel.post({ log: 'happened', number, world })
    })
  }

  heard(number: number): void {
    this.unheard.get(number)?.()
    this.unheard.delete(number)
  }

  /** Waits for nothing and keeps nothing any more. */
  leave(): void {
    for (const heard of this.unheard.values()) heard()
    for (const lock of this.locks.values()) lock.append([]).catch(() => undefined)
  }
}

/**
 * Keeps a log for processes that answer as one. Clients answer from their own copy without asking; so a client that appends waits until all others
 * have heard that something happened.
 */
export class LogServer {
  readonly #log: Log
  readonly #clients = new Set<Client>()
  #count = 0

  constructor(log: Log) {
    this.#log = log
  }

  /** Lets a process read and append; returns what ends that, whatever it was doing. */
  connect(channel: Channel<FromClient, FromServer>): () => void {
    const client = new Client(channel)
    this.#clients.add(client)
    channel.listen((message) => {
      if (message.log === 'heard') return client.heard(message.number)
      const { number, request } = message
      this.#answer(client, request).then(
        (value) => channel.post({ log: 'response', number, value }),
        (error: unknown) => channel.post({ log: 'response', number, error: (error as Error).message }),
      )
    })
    return () => {
      this.#clients.delete(client)
      client.leave()
    }
  }

  /** Resolves when no client but the one that appended believes any more to know all of a world. */
  async #tell(world: string, writer?: Client): Promise<void> {
    const others = [...this.#clients].filter((client) => client !== writer && client.knows.delete(world))
    await Promise.all(others.map((client) => client.tell(++this.#count, world)))
  }

  async #answer(client: Client, request: LogRequest): Promise<LogResponse | undefined> {
    const log = this.#log
    switch (request.ask) {
      case 'read':
        // Before it is read: what is appended meanwhile is then told.
        client.knows.add(request.world)
        return { batch: await log.read(request.world, request.after) }
      case 'lock': {
        const lock = await log.lock(request.world, request.after)
        if (!this.#clients.has(client)) return void (await lock.append([]))
        client.locks.set(++this.#count, lock)
        return { batch: lock.batch, lock: this.#count }
      }
      case 'append': {
        const lock = client.locks.get(request.lock)
        client.locks.delete(request.lock)
        client.knows.add(request.world)
        const offset = await lock?.append(request.events)
        if (request.events.length > 0) await this.#tell(request.world, client)
        return { offset }
      }
      case 'names':
        return { names: await log.names() }
      case 'drop':
        await log.drop(request.world)
        await this.#tell(request.world)
        return undefined
    }
  }
}

/** Milliseconds after which the server is asked although nothing is known to have happened: it forgets worlds that are not asked for. */
const trust = 60_000

/** The log that another process keeps, see {@link LogServer}. */
export class LogClient implements Log {
  readonly #channel: Channel<FromServer, FromClient>
  readonly #asked = new Map<number, (message: FromServer & { readonly log: 'response' }) => void>()
  readonly #known = new Map<string, { readonly offset: Offset; readonly at: number }>()
  /** How often something happened elsewhere. */
  #happened = 0
  #count = 0

  constructor(channel: Channel<FromServer, FromClient>) {
    this.#channel = channel
    channel.listen((message) => this.#hear(message))
  }

  isCurrent(world: string, offset: Offset): boolean {
    const { offset: last, at = 0 } = this.#known.get(world) ?? {}
    return at > 0 && last === offset && Date.now() - at < trust
  }

  async read(world: string, after: Offset): Promise<LogBatch> {
    const { batch } = await this.#learn<{ batch: LogBatch }>(
      world,
      { ask: 'read', world, after },
      (response) => response.batch.offset,
    )
    return batch
  }

  async lock(world: string, after: Offset): Promise<Lock> {
    const { batch, lock = 0 } = (await this.#ask({ ask: 'lock', world, after })) as { batch: LogBatch; lock?: number }
    return {
      batch,
      append: async (events) => {
        const request = { ask: 'append', lock, world, events } as const
        return (await this.#learn<{ offset: Offset }>(world, request, (response) => response.offset)).offset
      },
    }
  }

  async names(): Promise<readonly string[]> {
    return ((await this.#ask({ ask: 'names' })) as { names: readonly string[] }).names
  }

  async drop(world: string): Promise<void> {
    await this.#ask({ ask: 'drop', world })
  }

  async close(): Promise<void> {}

  #hear(message: FromServer): void {
    if (message.log === 'response') {
      this.#asked.get(message.number)?.(message)
      this.#asked.delete(message.number)
      return
    }
    this.#happened++
    this.#known.delete(message.world)
    this.#channel.post({ log: 'heard', number: message.number })
  }

  #ask(request: LogRequest): Promise<LogResponse | undefined> {
    return new Promise((resolve, reject) => {
      const number = ++this.#count
      this.#asked.set(number, ({ error, value }) =>
        error === undefined ? resolve(value) : reject(new Unavailable(error)),
      )
      this.#channel.post({ log: 'request', number, request })
    })
  }

  /** Asks, and remembers the offset unless something has happened since. */
  async #learn<T extends LogResponse>(
    world: string,
    request: LogRequest,
    offsetOf: (response: T) => Offset,
  ): Promise<T> {
    const before = this.#happened
    const response = (await this.#ask(request)) as T
    if (this.#happened === before) this.#known.set(world, { offset: offsetOf(response), at: Date.now() })
    return response
  }
}
