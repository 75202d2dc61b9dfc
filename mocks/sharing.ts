import { Unavailable } from './log.ts'
import type { Log, Pen, Place } from './log.ts'
import { Turns } from './turns.ts'
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
  readonly #turns = new Turns()
  /** What changes a world, and has its log for itself. */
  readonly #changes = new WeakMap<World, Promise<unknown>>()
  readonly #readings = new WeakMap<World, Reading>()

  constructor(log: Log) {
    this.log = log
  }

  /** Catches up with what has happened elsewhere until now; `undefined` where it has. @throws Unavailable */
  follow(world: World): Promise<void> | undefined {
    const { name, recorder } = world
    const isCurrent =
      !recorder || (!this.#changes.has(world) && !recorder.hasNews && this.log.isCurrent?.(name, recorder.place))
    return isCurrent ? undefined : this.#catchUp(world)
  }

  /**
   * Does what may change a world, while nobody else does: it has caught up before, and others see it after.
   * @throws Unavailable where others will not see it; then it has not happened here, either.
   */
  change<T>(world: World, work: () => Promise<T>): Promise<T> {
    // What is made for one request is nobody else's.
    if (!world.recorder) return work()
    return this.#turns.take(world.name, async () => {
      const after = world.recorder?.place
      const pen = await this.log.take(world.name, after)
      const changing = this.#change(world, pen, after, work)
      this.#changes.set(
        world,
        changing.catch(() => undefined),
      )
      return changing.finally(() => this.#changes.delete(world))
    })
  }

  async #change<T>(world: World, pen: Pen, after: Place, work: () => Promise<T>): Promise<T> {
    let result: T
    try {
      // A read has caught up while the pen was waited for: nothing is done twice.
      world.follow(
        world.recorder?.place === after ? pen.chapter : await this.log.read(world.name, world.recorder?.place),
      )
      result = await work()
    } finally {
      await this.#write(world, pen)
    }
    return result
  }

  async #write(world: World, pen: Pen): Promise<void> {
    try {
      const place = await pen.write(world.recorder?.take() ?? [])
      world.follow({ events: [], place })
    } catch (error) {
      world.restart()
      throw error instanceof Unavailable ? error : new Unavailable((error as Error).message)
    }
  }

  async #catchUp(world: World): Promise<void> {
    await this.#changes.get(world)
    if (world.recorder?.hasNews && !this.#changes.has(world)) return this.change(world, async () => undefined)
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
    const after = world.recorder?.place
    const chapter = await this.log.read(world.name, after)
    // Who changes the world has caught up meanwhile.
    if (this.#changes.has(world)) await this.#changes.get(world)
    else if (world.recorder?.place === after) world.follow(chapter)
  }
}
