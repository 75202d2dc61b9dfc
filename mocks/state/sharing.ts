// Keeps worlds in step with an event log that other processes share.

import { Mutex, Unavailable } from './log.ts'
import type { Lock, Log } from './log.ts'
import type { World } from './world.ts'

/** Reads of one world: the one that runs, and the one that all who came meanwhile wait for. */
interface Reading {
  running?: Promise<void> | undefined
  next?: Promise<void> | undefined
}

/**
 * Lets worlds be one with those of the same name elsewhere, by a log. A world catches up before it answers, and has its log for
 * itself while it changes.
 */
export class Sharing {
  readonly log: Log
  readonly #mutex = new Mutex()
  /** What changes a world, and has its log for itself. */
  readonly #changes = new WeakMap<World, Promise<unknown>>()
  readonly #readings = new WeakMap<World, Reading>()

  constructor(log: Log) {
    this.log = log
  }

  /** Catches up with what has happened elsewhere until now; `undefined` where it has. @throws Unavailable */
  follow(world: World): Promise<void> | undefined {
    const isCurrent =
      !world.isLogged || (!this.#changes.has(world) && !world.hasNews && this.log.isCurrent?.(world.name, world.offset))
    return isCurrent ? undefined : this.#catchUp(world)
  }

  /**
   * Runs a change of a world under its write lock: the world has caught up before, and others see the change after.
   * @throws Unavailable where others will not see it; then it has not happened here, either.
   */
  change<T>(world: World, work: () => Promise<T>): Promise<T> {
    // A world that was made for one request is not shared.
    if (!world.isLogged) return work()
    return this.#mutex.run(world.name, async () => {
      const after = world.offset
      const lock = await this.log.lock(world.name, after)
      // A read may have caught up while the lock was waited for: nothing is applied twice.
      const changing = this.#change(world, lock, world.offset === after, work)
      this.#changes.set(
        world,
        changing.catch(() => undefined),
      )
      return changing.finally(() => this.#changes.delete(world))
    })
  }

  async #change<T>(world: World, lock: Lock, isBehind: boolean, work: () => Promise<T>): Promise<T> {
    try {
      world.follow(isBehind ? lock.batch : await this.log.read(world.name, world.offset))
      return await work()
    } finally {
      await this.#append(world, lock)
    }
  }

  async #append(world: World, lock: Lock): Promise<void> {
    try {
      world.follow({ events: [], offset: await lock.append(world.takeNews()) })
    } catch (error) {
      // What was not appended has not happened: the log says what has.
      world.restart()
      throw error instanceof Unavailable ? error : new Unavailable((error as Error).message)
    }
  }

  async #catchUp(world: World): Promise<void> {
    await this.#changes.get(world)
    if (world.hasNews && !this.#changes.has(world)) return this.change(world, async () => undefined)
    const reading = this.#readings.get(world) ?? {}
    this.#readings.set(world, reading)
    const settle = (): void => {
      reading.running = reading.next
      reading.next = undefined
    }
    if (!reading.running) return (reading.running = this.#read(world).finally(settle))
    // What runs may have looked before this was asked: the next one will not have.
    return (reading.next ??= reading.running
      .catch(() => undefined)
      .then(() => this.#read(world))
      .finally(settle))
  }

  async #read(world: World): Promise<void> {
    await this.#changes.get(world)
    const after = world.offset
    const batch = await this.log.read(world.name, after)
    // Who changes the world has caught up meanwhile.
    if (this.#changes.has(world)) await this.#changes.get(world)
    else if (world.offset === after) world.follow(batch)
  }
}
