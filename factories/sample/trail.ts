/** The names of the properties passed on the way to a value. Equal trails from one root are the same object. */
export class Trail {
  readonly name: string
  readonly above: Trail | undefined
  readonly #below = new Map<string, Trail>()

  constructor(name: string, above?: Trail) {
    this.name = name
    this.above = above
  }

  /** Returns the trail that begins with these names. */
  static of(name: string, parents: readonly string[]): Trail {
    return [...parents, name].reduce<Trail | undefined>((above, step) => new Trail(step, above), undefined) as Trail
  }

  /** Returns the trail to a property below. */
  below(name: string): Trail {
    let trail = this.#below.get(name)
    if (!trail) this.#below.set(name, (trail = new Trail(name, this)))
    return trail
  }

  /** Returns the names above, outermost first. */
  parents(): string[] {
    return this.above ? [...this.above.parents(), this.above.name].filter((name) => name !== '') : []
  }
}
